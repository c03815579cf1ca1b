package picture

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/safetext"
)

// AreaStaff is the staff of one area as presence files name it, and what is said of its warden zones.
type AreaStaff struct {
	Country country.Code
	Area    safetext.Text // empty where nobody says which
	Staff   int
	Zones   int // different warden zones that its roster names
	Unzoned int // of its roster: people without one
	Counted int // people who are only counted: of them no zone is known
}

// AreaStaff lists the areas with staff, by country and name.
func (v View) AreaStaff() []AreaStaff {
	l, _ := v.p.located()
	var list []AreaStaff
	at := map[string]int{}
	key := func(c country.Code, area safetext.Text) string {
		return c.String() + "\x00" + strings.ToLower(strings.TrimSpace(area.String()))
	}
	for i := range l.Groups { // sorted by country and area
		g := &l.Groups[i]
		k := key(g.Country, g.Area)
		n, ok := at[k]
		if !ok {
			n = len(list)
			at[k] = n
			list = append(list, AreaStaff{Country: g.Country, Area: g.Area})
		}
		list[n].Staff += g.Total
		if !g.FromRoster {
			list[n].Counted += g.Total
		}
	}
	zones := map[string]bool{}
	for i := range l.People {
		p := &l.People[i]
		n, ok := at[key(p.Country, p.Area)]
		switch {
		case !ok || !p.Expected():
		case p.WardenZone.IsZero():
			list[n].Unzoned++
		case !zones[key(p.Country, p.Area)+"\x00"+p.WardenZone.String()]:
			zones[key(p.Country, p.Area)+"\x00"+p.WardenZone.String()] = true
			list[n].Zones++
		}
	}
	return list
}
