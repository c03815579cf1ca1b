package desk

import (
	"errors"
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/alarm/three"
	"vigil/internal/duty"
	"vigil/internal/safetext"
)

// alarm is one [[alarm]] block, with the places of what can be wrong with it as a whole.
type alarm struct {
	rule.Draft
	whenAt, onAt place
}

var alarmKeys = []key[alarm]{
	{"name", func(r *reader, n *node, a *alarm) { a.Name = r.ruleName(n) }},
	{"on", func(r *reader, n *node, a *alarm) {
		on := rule.On(r.plainText(n).String())
		var known []string
		for _, o := range rule.Ons() {
			known = append(known, string(o))
		}
		if n.kind == textNode && r.oneOf(n.at, "on", string(on), known) {
			a.On, a.onAt = &on, n.at
		}
	}},
	{"when", func(r *reader, n *node, a *alarm) {
		if r.is(n, textNode) {
			a.When, a.whenAt = &n.text, n.at
		}
	}},
	{"severity", func(r *reader, n *node, a *alarm) {
		s := duty.Severity(r.plainText(n).String())
		var known []string
		for _, o := range duty.Severities() {
			known = append(known, string(o))
		}
		if n.kind == textNode && r.oneOf(n.at, "severity", string(s), known) {
			a.Severity = &s
		}
	}},
	{"escalate", func(r *reader, n *node, a *alarm) { a.Escalate = r.escalate(n) }},
	{"moment", func(r *reader, n *node, a *alarm) { a.Moment = r.flag(n) }},
	{"enabled", func(r *reader, n *node, a *alarm) {
		if on := r.flag(n); on != nil {
			off := !*on
			a.Off = &off
		}
	}},
}

func (r *reader) flag(n *node) *bool {
	if !r.is(n, boolNode) {
		return nil
	}
	is := n.text == "true"
	return &is
}

const longestRuleName = 60

// ruleName reads the name of a rule: it stands in lists and in the duty log.
func (r *reader) ruleName(n *node) string {
	if !r.is(n, textNode) {
		return ""
	}
	name := strings.TrimSpace(r.words(n).String())
	switch {
	case name == "":
		r.errorf(n.at, "the name of an alarm is empty: it stands in lists and in the duty log")
	case len(name) > longestRuleName:
		r.errorf(n.at, "the name has %d bytes: write at most %d, and what rings into when", len(name), longestRuleName)
	case name == rule.Together:
		r.errorf(n.at, "%s is what vigil itself calls what rings together: give the alarm another name", quote(name))
	}
	return strings.Clone(name)
}

// escalate reads after how long an alarm escalates, again and again: one time, or several that rise.
// escalate reads after how long an alarm that nobody owns escalates, and to which function: "5m", "15m security adviser".
func (r *reader) escalate(n *node) *[]rule.Rung {
	items := []*node{n}
	if n.kind == listNode {
		items = n.list
	}
	list := []rule.Rung{}
	for _, item := range items {
		after := *item
		var to string
		after.text, to, _ = strings.Cut(strings.TrimSpace(item.text), " ")
		d, ok := r.duration(&after, time.Second)
		switch {
		case !ok:
			return nil
		case len(to) > longestRuleName:
			r.errorf(item.at, "a function has at most %d bytes: write it as the country profiles do, such as 15m security adviser", longestRuleName)
			return nil
		case len(list) > 0 && d <= list[len(list)-1].After:
			r.errorf(item.at, "%s is not later than the one before: the times count from when the alarm rang, and rise", quote(item.text))
			return nil
		}
		list = append(list, rule.Rung{After: d, To: safetext.Clean(strings.TrimSpace(to)).OneLine().String()})
	}
	return &list
}

// alarms reads the [[alarm]] blocks.
func (r *reader) alarms(n *node) []rule.Rule {
	if n.kind == tableNode {
		r.errorf(n.at, "an alarm is written [[alarm]], with two brackets, because there can be several")
		return nil
	}
	var list []rule.Rule
	for _, block := range r.items(n) {
		a := alarm{}
		a.Line = block.at.line
		before := len(r.problems)
		readTable(r, block, alarmKeys, &a)
		if a.Name == "" && !r.failed(before) {
			r.errorf(block.at, "this alarm has no name: give it one, or that of a shipped one to change it (vigil alarm list)")
		}
		if r.failed(before) {
			continue
		}
		made, err := a.Rule()
		if err != nil {
			r.errorf(a.at(block, err), "%s", told(err))
			continue
		}
		if i := slices.IndexFunc(list, func(o rule.Rule) bool { return o.Name == made.Name }); i >= 0 {
			r.errorf(block.at, "alarm %s stands in line %d already: remove one of the two", quote(made.Name), list[i].Line)
			continue
		}
		list = append(list, made)
	}
	return list
}

// at is where an error of the whole stands.
func (a *alarm) at(block *node, err error) place {
	var wrong *three.Error
	switch {
	case errors.As(err, &wrong):
		return a.whenAt
	case errors.Is(err, rule.ErrOn):
		return a.onAt
	}
	return block.at
}

// told is the error of a rule; of an expression it says where in the text.
func told(err error) string {
	var wrong *three.Error
	if errors.As(err, &wrong) {
		return "when: " + wrong.Error()
	}
	return err.Error()
}
