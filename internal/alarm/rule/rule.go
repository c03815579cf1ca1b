// Package rule holds alarm rules: what each kind of subject can be asked, the set that ships, and how the desk's own rules change
// it. Rules are pure values, compiled once and safe to share; package alarm applies them to a picture.
package rule

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/alarm/three"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/misspelt"
)

// On is what a rule is asked of.
type On string

// What rules are asked of, one at a time.
const (
	Incident On = "incident"
	Country  On = "country"
	Source   On = "source"
	Area     On = "area" // a security level area, or an area in which staff are
	Due      On = "due"  // what is expected at a time
	Desk     On = "desk" // the desk as a whole
)

var ons = [...]On{Incident, Country, Source, Area, Due, Desk}

// Ons lists what rules are asked of.
func Ons() []On { return slices.Clone(ons[:]) }

// Rule says when an alarm rings.
type Rule struct {
	Name     string
	On       On
	When     *three.Expression
	Severity duty.Severity
	// Escalate is after how long without an owner it escalates, time after time; none is never.
	Escalate []Rung
	// Moment says that what it rings for happens and does not last.
	Moment bool
	Off    bool
	// Line is where vigil.toml says it, 0 where it says nothing. Shipped says that the rule is of the set that ships,
	// changed or not.
	Line    int
	Shipped bool
}

// Rung is one step of an escalation.
type Rung struct {
	After time.Duration // without an owner, from when it rang
	// To is the function that must know of the alarm from then on, as country profiles write it; empty is nobody beside the call tree.
	To string
}

// String is the rung as vigil.toml writes it: 15m security adviser.
func (r Rung) String() string { return strings.TrimSpace(health.Period(r.After) + " " + r.To) }

// Source is where the rule comes from, for lists.
func (r *Rule) Source(file string) string {
	switch {
	case r.Line == 0:
		return "shipped"
	case r.Shipped:
		return fmt.Sprintf("shipped, changed in %s:%d", file, r.Line)
	}
	return fmt.Sprintf("%s:%d", file, r.Line)
}

// nearBy finds the distances of staff_near(km): a number is all that can stand there.
var nearBy = regexp.MustCompile(`staff_near\(\s*([0-9.]+)\s*\)`)

// Radius is the longest distance, in kilometres, within which the rule asks for staff; false where it asks for none.
func (r *Rule) Radius() (km float64, asks bool) {
	for _, found := range nearBy.FindAllStringSubmatch(r.When.String(), -1) {
		if n, err := strconv.ParseFloat(found[1], 64); err == nil {
			km, asks = max(km, n), true
		}
	}
	return km, asks
}

// usualRadius is that of rules which ask for no staff nearby, where none does, in kilometres.
const usualRadius = 25

// Radii are the distances within which the staff near what a rule rang for are told, by the name of the rule; "" is that of every rule
// which asks for none itself: the distance of the rule that ships for staff nearby, whether or not it is switched off.
func (s Set) Radii() map[string]float64 {
	radii := map[string]float64{"": usualRadius}
	for i := range s {
		km, asks := s[i].Radius()
		if !asks {
			continue
		}
		radii[s[i].Name] = km
		if s[i].Name == nearStaff {
			radii[""] = km
		}
	}
	return radii
}

// Set is a whole set of rules, by name, in the order in which they are shown.
type Set []Rule

// Find is the rule of that name.
func (s Set) Find(name string) (*Rule, bool) {
	i := slices.IndexFunc(s, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return nil, false
	}
	return &s[i], true
}

// Names lists the rules.
func (s Set) Names() []string {
	names := make([]string, len(s))
	for i := range s {
		names[i] = s[i].Name
	}
	return names
}

// Draft is a rule as it is written: what is left out is that of the shipped rule of the same name, else the usual.
type Draft struct {
	Name     string
	On       *On
	When     *string
	Severity *duty.Severity
	Escalate *[]Rung
	Moment   *bool
	Off      *bool
	Line     int
}

// The errors of [Draft.Rule], besides those of the expression.
var (
	ErrWhen     = errors.New("a rule of one's own needs when: the expression that rings")
	ErrSeverity = errors.New("a rule of one's own needs severity: critical, high, medium or low")
	ErrOn       = errors.New("what a shipped rule is asked of cannot be changed: give the rule another name")
)

// Rule makes the rule that a draft comes to. The error of an expression is a [*three.Error].
func (d *Draft) Rule() (Rule, error) {
	r := Rule{Name: d.Name, On: Incident, Line: d.Line}
	shipped, known := Shipped().Find(d.Name)
	if known {
		r = *shipped
		r.Line = d.Line
	}
	switch {
	case known && d.On != nil && *d.On != r.On:
		return Rule{}, ErrOn
	case d.On != nil:
		r.On = *d.On
	}
	if !known {
		r.Moment = r.On == Incident
	}
	set(&r.Severity, d.Severity)
	set(&r.Escalate, d.Escalate)
	set(&r.Moment, d.Moment)
	set(&r.Off, d.Off)
	if d.When != nil {
		when, err := three.Compile(*d.When, Schema(r.On))
		if err != nil {
			return Rule{}, err
		}
		r.When = when
	}
	switch {
	case r.When == nil:
		if near, is := misspelt.Nearest(d.Name, Shipped().Names()); is {
			return Rule{}, fmt.Errorf("%w; did you mean %q?", ErrWhen, near)
		}
		return Rule{}, ErrWhen
	case r.Severity == "":
		return Rule{}, ErrSeverity
	}
	return r, nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// With is the shipped set with the desk's own rules in place of those of the same name, and the others behind, by severity.
func With(own []Rule) Set {
	all := slices.Clone(Shipped())
	for i := range own {
		if have, known := all.Find(own[i].Name); known {
			*have = own[i]
			continue
		}
		all = append(all, own[i])
	}
	slices.SortStableFunc(all, func(a, b Rule) int { return cmp.Compare(a.Severity.Rank(), b.Severity.Rank()) })
	return all
}

// InForce are the rules that are not switched off.
func (s Set) InForce() Set {
	return slices.DeleteFunc(slices.Clone(s), func(r Rule) bool { return r.Off })
}
