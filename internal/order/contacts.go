package order

import (
	"maps"
	"slices"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/misspelt"
	"vigil/internal/profile"
)

// contacts are who can be told of an alarm.
type contacts struct {
	names []string            // as the log writes them, those of the call tree first
	zones map[string][]string // of a function that has zones, folded: its names in them
}

// contacts are those of the told-sheet, then everybody of the country's profile, of every profile where the alarm has none, and the
// functions that it was escalated to. Whoever was written onto the sheet before is among them, so that it can be put right.
func (l *line) contacts(s *duty.Sheet) contacts {
	c := contacts{zones: map[string][]string{}}
	for i := range s.Posts {
		c.add(s.Posts[i].Name)
		for _, call := range s.Posts[i].Calls {
			c.add(call.Contact.Called)
		}
	}
	of := l.view.Profiles()
	if s.Profile != nil {
		of = profile.Set{s.Profile}
	}
	for _, p := range of {
		c.take(p)
	}
	for _, function := range append(slices.Clone(s.Alarm.To), profile.SecurityLead) {
		if len(c.zones[profile.Fold(function)]) == 0 {
			c.add(function)
		}
	}
	return c
}

func (c *contacts) add(name string) {
	if !slices.ContainsFunc(c.names, func(n string) bool { return profile.Fold(n) == profile.Fold(name) }) {
		c.names = append(c.names, name)
	}
}

// take adds everybody of a profile.
func (c *contacts) take(p *profile.Profile) {
	for i := range p.Contacts {
		one := &p.Contacts[i]
		c.add(one.Called)
		if one.Zone.IsZero() {
			continue
		}
		function, name := profile.Fold(one.Function.String()), one.Function.String()+" "+one.Zone.String()
		if !slices.ContainsFunc(c.zones[function], func(n string) bool { return profile.Fold(n) == profile.Fold(name) }) {
			c.zones[function] = append(c.zones[function], name)
		}
	}
}

// functions are those that have zones.
func (c *contacts) functions() []string { return slices.Sorted(maps.Keys(c.zones)) }

// meant is the contact that the first of these words may have meant; empty where none is near.
func (c *contacts) meant(words []string) string {
	best, least := "", 0
	for _, name := range append(slices.Clone(c.names), c.functions()...) {
		of := profile.Fold(name)
		typed := profile.Fold(strings.Join(words[:min(len(words), len(strings.Fields(of)))], " "))
		const longest = 80
		if len(typed) > longest || len(of) > longest {
			continue
		}
		if d := misspelt.Distance(typed, of); d <= max(1, len(of)/3) && (best == "" || d < least) {
			best, least = name, d
		}
	}
	return best
}

// list names them, as far as they have room in a sentence.
func (c *contacts) list() string {
	const most = 12
	if len(c.names) <= most {
		return strings.Join(c.names, ", ")
	}
	return strings.Join(c.names[:most], ", ") + ", …"
}
