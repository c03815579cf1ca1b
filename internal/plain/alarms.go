package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/safetext"
)

// The schemas of the lists of alarm rules, and of what they would have rung.
const (
	RulesSchema  = "vigil.alarm-rules/1"
	ReplaySchema = "vigil.alarm-test/1"
)

type rulesJSON struct {
	Schema string     `json:"schema"`
	Rules  []ruleJSON `json:"rules"`
	NotYet []notYet   `json:"not_yet"`
}

// notYet is a rule of a later version.
type notYet struct {
	Name    string `json:"name"`
	With    string `json:"comes_with"`
	InForce bool   `json:"in_force"` // false
}

type ruleJSON struct {
	Name     string   `json:"name"`
	On       string   `json:"on"`
	When     string   `json:"when"`
	Severity string   `json:"severity"`
	Escalate []string `json:"escalate"`
	To       []string `json:"escalate_to"` // the function that each of them goes to; "" is nobody beside the call tree
	Moment   bool     `json:"moment"`
	Enabled  bool     `json:"enabled"`
	Shipped  bool     `json:"shipped"`
	Line     *int     `json:"line"` // of vigil.toml; null where it says nothing of the rule
}

func ruleOf(r *rule.Rule) ruleJSON {
	return ruleJSON{
		Name: r.Name, On: string(r.On), When: r.When.String(), Severity: string(r.Severity), Escalate: escalation(r), To: ladder(r), Moment: r.Moment,
		Enabled: !r.Off, Shipped: r.Shipped, Line: known(r.Line, r.Line > 0),
	}
}

func escalation(r *rule.Rule) []string {
	list := []string{}
	for _, d := range r.Escalate {
		list = append(list, health.Period(d.After))
	}
	return list
}

// ladder are the functions that each escalation goes to.
func ladder(r *rule.Rule) []string {
	list := []string{}
	for _, d := range r.Escalate {
		list = append(list, d.To)
	}
	return list
}

// RulesJSON writes alarm rules as one JSON document, vigil.alarm-rules/1.
func RulesJSON(w io.Writer, rules rule.Set) error {
	out := rulesJSON{Schema: RulesSchema, Rules: []ruleJSON{}}
	for i := range rules {
		out.Rules = append(out.Rules, ruleOf(&rules[i]))
	}
	for _, c := range rule.NotYet() {
		out.NotYet = append(out.NotYet, notYet{Name: c.Name, With: c.With})
	}
	return writeDocument(w, &out)
}

// RulesText writes alarm rules for people: a table, then where each comes from, and when it rings; last what a later version brings.
func RulesText(w io.Writer, rules rule.Set, file string, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	columns := []column{
		{title: "ALARM"}, {title: "SEVERITY"}, {title: "ON", drop: 1}, {title: "ESCALATES", drop: 2},
	}
	rows := make([][]string, 0, len(rules))
	for i := range rules {
		r := &rules[i]
		severity := string(r.Severity)
		if r.Off {
			severity = "OFF"
		}
		rows = append(rows, []string{l.clean(r.Name), severity, string(r.On), orNothing(strings.Join(escalation(r), " "))})
	}
	s.table(columns, rows)
	s.line("")
	for i := range rules {
		text := rules[i].Name + " (" + rules[i].Source(file) + "): " + rules[i].When.String()
		var rungs []string
		for _, d := range rules[i].Escalate {
			if d.To != "" {
				rungs = append(rungs, d.String())
			}
		}
		if len(rungs) > 0 {
			text += "; escalates to: " + strings.Join(rungs, ", ")
		}
		s.say(l.clean(text))
	}
	s.line("")
	for _, c := range rule.NotYet() {
		s.say(c.Name + ": comes with " + c.With + ", in a later version: not in force")
	}
	return s.err
}

type replayJSON struct {
	Schema    string     `json:"schema"`
	From      string     `json:"from"`
	To        string     `json:"to"`
	Rules     []ruleJSON `json:"rules"`
	Skipped   []string   `json:"not_replayed"`
	Incidents int        `json:"incidents"`
	AsIf      int        `json:"incidents_as_if"` // of which the arrival is not recorded
	Hidden    int        `json:"restricted_left_out"`
	Rings     []ringJSON `json:"rings"`
	Median    float64    `json:"median_12h"`
	Most      int        `json:"most_12h"`
	Hour      int        `json:"most_1h"` // outside of a flood
	Flooded   int        `json:"in_floods"`
}

type ringJSON struct {
	At       string  `json:"at"`
	Rule     string  `json:"rule"`
	Severity string  `json:"severity"`
	Unsure   bool    `json:"unsure"`
	Country  *string `json:"country"`
	Together int     `json:"together"`
	AsIf     bool    `json:"as_if"`
	Words    string  `json:"words"`
}

// ReplayJSON writes what rules would have rung as one JSON document, vigil.alarm-test/1.
func ReplayJSON(w io.Writer, r *alarm.Replayed, rules rule.Set) error {
	out := replayJSON{
		Schema: ReplaySchema, From: r.From.UTC().Format(time.RFC3339), To: r.To.UTC().Format(time.RFC3339), Rules: []ruleJSON{},
		Skipped: append([]string{}, r.Skipped...), Incidents: r.Incidents, AsIf: r.AsIf, Hidden: r.Restricted, Rings: []ringJSON{},
		Median: r.Median, Most: r.Most, Hour: r.Hour, Flooded: r.Flooded,
	}
	for i := range rules {
		out.Rules = append(out.Rules, ruleOf(&rules[i]))
	}
	for i := range r.Rings {
		g := &r.Rings[i]
		out.Rings = append(out.Rings, ringJSON{
			At: g.At.UTC().Format(time.RFC3339), Rule: g.Rule, Severity: string(g.Severity), Unsure: g.Unsure, Country: word(g.Country),
			Together: g.Together, AsIf: g.AsIf, Words: safetext.Clean(g.Words).String(),
		})
	}
	return writeDocument(w, &out)
}

// ReplayText writes what rules would have rung for people, and how it was found.
func ReplayText(w io.Writer, r *alarm.Replayed, rules rule.Set, l Layout) error {
	p := &printer{w: w}
	unsure := 0
	for i := range r.Rings {
		g := &r.Rings[i]
		mark := " "
		if g.AsIf {
			mark = "~"
		}
		if g.Unsure {
			unsure++
		}
		words := g.Words
		if len(rules) > 1 && !strings.Contains(words, g.Rule) {
			words = g.Rule + ": " + words
		}
		p.line(fmt.Sprintf("%s%s %-8s %s", mark, g.At.UTC().Format("2006-01-02 15:04Z"), g.Severity, l.clean(words)))
	}
	days := r.To.Sub(r.From).Hours() / 24
	p.line(fmt.Sprintf("%s in %.0f days, %d of them cannot be excluded; median %g in 12 h, at most %d; at most %d in an hour outside of floods, %d in floods",
		rings(len(r.Rings)), days, unsure, r.Median, r.Most, r.Hour, r.Flooded))
	p.line(fmt.Sprintf("asked of %s as they are known today; the arrival of %s is not recorded (~): they are taken to have come when they were reported or happened", figure.Plain.Plural(r.Incidents, "incident"), figure.Plain.Number(r.AsIf)))
	p.line("presence and levels are those of today; somebody acknowledges each alarm after 10 min")
	if r.Restricted > 0 {
		p.line(figure.Plain.Forms(r.Restricted, "restricted incident is left out: of it this role may not see when it was reported or happened", "restricted incidents are left out: of them this role may not see when they were reported or happened"))
	}
	if r.Crowded {
		p.line("too many to be played: every condition is listed as a ring")
	}
	for _, s := range r.Skipped {
		p.line("not replayed: " + l.clean(s))
	}
	return p.err
}

func rings(n int) string { return figure.Plain.Plural(n, "ring") }
