package picture

import (
	"iter"
	"slices"

	"vigil/internal/country"
	"vigil/internal/risk"
)

// withheld are the incidents of a country that who is not a security lead may not see, by the figures that count them.
type withheld struct {
	day, week, month Window
	recent, before   int // of the trend
	lastYear         int
}

// withholds reports whether an incident is of those.
func (a account) withholds() bool { return a.veiled || a.traits()&isRestricted != 0 }

// Disclosed yields the countries as [View.Countries] does, for who must not even learn that anything is withheld from them: no window and no
// trend counts what the viewer may not see, and a country that is there for nothing else, or because something of ours is on the move there,
// is left out. The estimate rests on everything, and so do outcomes and weeks.
func (v View) Disclosed() iter.Seq[*Country] {
	return func(yield func(*Country) bool) {
		for c := range v.Countries() {
			if open, is := v.disclosed(c); is && !yield(open) {
				return
			}
		}
	}
}

// disclosed is a country as it may be told of, if it may.
func (v View) disclosed(c *Country) (*Country, bool) {
	if v.role >= SecurityLead {
		return c, true
	}
	if c.withheld != (withheld{}) {
		open := *c
		open.disclose(v.p)
		c = &open
	}
	return c, v.stays(c)
}

// TrendWithholds reports whether a country's own normal, or its trend, counts what the viewer may not see; of Unknown whether that of any does.
func (v View) TrendWithholds(code country.Code) bool {
	for c := range v.Countries() {
		if (c.Code == code || !code.Known()) && v.role < SecurityLead && c.withheld.recent+c.withheld.before > 0 {
			return true
		}
	}
	return false
}

// Conceals reports whether a country is on the desk and not of those that [View.Disclosed] yields.
func (v View) Conceals(code country.Code) bool {
	c, there := v.Country(code)
	if !there {
		return false
	}
	_, told := v.disclosed(c)
	return !told
}

// DisclosedBlindness is [View.Blindness] of those alone.
func (v View) DisclosedBlindness() (blind, partial int) { return blindness(v.Disclosed()) }

// stays reports whether a country is on the desk for what may be told.
func (v View) stays(c *Country) bool {
	return c.Home || c.Levels != nil || c.HasStaff || c.Hazards.Active > 0 || c.LastYear > 0 || slices.Contains(v.p.options.Asked, c.Code)
}

// disclose takes what is withheld off the figures of a country.
func (c *Country) disclose(p *Picture) {
	w := &c.withheld
	for _, of := range []struct{ from, less *Window }{{&c.Day, &w.day}, {&c.Week, &w.week}, {&c.Month, &w.month}} {
		of.from.Sure -= of.less.Sure
		of.from.Maybe -= of.less.Maybe
	}
	c.LastYear -= w.lastYear
	if t := &c.Trend; t.Known {
		*t = risk.TrendOf(t.Recent-w.recent, t.Before-w.before, true, t.Until, p.valid)
	}
}
