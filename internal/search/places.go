package search

import (
	"cmp"
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/country/fold"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/voice"
)

// Place is a place that the picture knows.
type Place struct {
	Name    string
	Country country.Code
	Admin1  string
	Times   int // how many incidents name it, of those looked at; 0 for one that only levels or rosters name
	// incident is the newest that names it; 0 for none.
	incident picture.ID
	areas    []string // in which the desk's levels have it, else in which incidents do: Admin1 is the first of them
	levels   bool     // they are of the levels
}

// in notes an area that a place is in. The levels are the desk's own, and go before what incidents say; a region that is named after
// another, "Gao" and "Gao region", is no second one.
func (p *Place) in(area string, levels bool) {
	switch {
	case area == "" || p.levels && !levels:
		return
	case levels && !p.levels:
		p.areas, p.levels = nil, true
	}
	name := folded(area)
	if !slices.ContainsFunc(p.areas, func(other string) bool {
		other = folded(other)
		return other == name || !levels && (strings.HasPrefix(name, other+" ") || strings.HasPrefix(other, name+" "))
	}) {
		p.areas = append(p.areas, area)
	}
	p.Admin1 = p.areas[0]
}

// Places are the places and the first administrative levels that a picture knows: of incidents, security level areas and staff.
type Places struct {
	view   picture.View
	places []Place // those named most often first
	areas  []Place
}

// placesOf is of how many incidents, the newest first, the places are looked at: for completing a name, the lately named ones do.
const placesOf = 20_000

// NewPlaces gathers the places of a picture.
func NewPlaces(v picture.View) *Places {
	p := &Places{view: v}
	if v.IsZero() {
		return p
	}
	places, areas := map[string]*Place{}, map[string]*Place{}
	add := func(to map[string]*Place, name safetext.Text, c country.Code, admin1 safetext.Text, id picture.ID) { // of an incident, or of the levels
		if name.IsZero() {
			return
		}
		key := folded(name.String()) + "\x00" + c.Alpha3()
		at := to[key]
		if at == nil {
			at = &Place{Name: name.OneLine().String(), Country: c, incident: id}
			to[key] = at
		}
		at.in(admin1.OneLine().String(), id == 0)
		if id != 0 {
			at.Times++
		}
	}
	for i := range min(v.Len(), placesOf) {
		f, ok := v.Facts(v.At(i))
		if !ok || f.Hidden() || len(f.Countries()) != 1 {
			continue
		}
		place, admin1 := f.Where()
		add(places, place, f.Countries()[0], admin1, v.At(i))
		add(areas, admin1, f.Countries()[0], safetext.Text{}, v.At(i))
	}
	for c := range v.Countries() {
		if c.Levels != nil {
			for i := range c.Levels.Areas {
				a := &c.Levels.Areas[i]
				add(areas, a.Name, c.Code, safetext.Text{}, 0)
				for _, name := range a.Places {
					add(places, name, c.Code, a.Name, 0)
				}
			}
		}
		for _, g := range v.Groups(c.Code) {
			add(areas, g.Area, c.Code, safetext.Text{}, 0)
		}
	}
	p.places, p.areas = ranked(places), ranked(areas)
	return p
}

func ranked(of map[string]*Place) []Place {
	list := make([]Place, 0, len(of))
	for _, p := range of {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Place) int {
		return cmp.Or(b.Times-a.Times, strings.Compare(a.Name, b.Name), strings.Compare(a.Country.Alpha3(), b.Country.Alpha3()))
	})
	return list
}

// folded is a name as two people write the same one.
func folded(name string) string {
	buf := make([]byte, 0, 4*len(name)+8)
	if b, ok := fold.Append(buf, name); ok {
		return string(b)
	}
	return strings.ToLower(name)
}

// Complete lists the names that begin with what was typed, or with it at a later word, those of a country alone where it is known. Accents and case do not
// count.
func (p *Places) Complete(typed string, in country.Code) []string {
	return complete(p.places, typed, in)
}

// CompleteArea is Complete for first administrative levels.
func (p *Places) CompleteArea(typed string, in country.Code) []string {
	return complete(p.areas, typed, in)
}

// candidates is how many names are offered at once.
const candidates = 20

func complete(of []Place, typed string, in country.Code) []string {
	want := folded(typed)
	var first, later []string
	for i := range of {
		at := &of[i]
		if in.Known() && at.Country != in {
			continue
		}
		name := folded(at.Name)
		switch {
		case slices.Contains(first, at.Name) || slices.Contains(later, at.Name):
		case strings.HasPrefix(name, want):
			first = append(first, at.Name)
		case strings.Contains(name, want):
			later = append(later, at.Name)
		}
		if len(first) >= candidates {
			break
		}
	}
	list := append(first, later...)
	return list[:min(len(list), candidates)]
}

// Point is where the newest incident that names the place says that it is.
func (p *Places) Point(at *Place) (incident.Point, bool) {
	if at.incident == 0 {
		return incident.Point{}, false
	}
	d, ok := p.view.Detail(at.incident)
	if !ok || d.Incident == nil || !d.Incident.HasPoint {
		return incident.Point{}, false
	}
	return d.Incident.Point, true
}

// Brings is what a report says of where it happened that names a place or an area the picture knows: by the fields of package voice. as says
// of which that is known. It is empty where none is called so; and where several are, or one is in several areas, which are then in: unless
// the area is given, nothing tells which is meant.
func (p *Places) Brings(name string, in country.Code, area string) (fields map[voice.Field]string, as string, among []string) {
	fields = map[voice.Field]string{voice.Country: "", voice.Admin1: "", voice.Position: ""}
	found, among := p.where(name, in, area)
	if name == "" || len(among) != 1 {
		if len(among) < 2 {
			among = nil
		}
		return fields, "", among
	}
	fields[voice.Country], fields[voice.Admin1] = found.Country.Alpha3(), found.Admin1
	if point, ok := p.Point(&found); ok {
		fields[voice.Position] = voice.Text(voice.Position, &incident.Incident{Point: point, HasPoint: true})
	}
	return fields, found.Name, nil
}

// where lists the areas and countries that have a place of that name, or are called so, in words; found is the last of them.
func (p *Places) where(name string, in country.Code, area string) (found Place, among []string) {
	want, within := folded(name), folded(area)
	add := func(at Place, words string) {
		if !slices.Contains(among, words) {
			found, among = at, append(among, words)
		}
	}
	known := map[country.Code]bool{}
	for _, at := range p.places {
		if folded(at.Name) != want || in.Known() && at.Country != in {
			continue
		}
		known[at.Country] = true
		if len(at.areas) == 0 {
			if slices.ContainsFunc(p.areas, func(a Place) bool { return a.Country == at.Country && folded(a.Name) == want }) {
				at.Admin1 = at.Name // an area that somebody gave as the place
			}
			add(at, at.Country.Alpha3())
		}
		several := len(at.areas) > 1
		for _, a := range at.areas {
			if several && within != "" && folded(a) != within {
				continue
			}
			at.Admin1 = a
			if several {
				at.incident = 0 // where the newest was need not be in this area
			}
			add(at, a+" "+at.Country.Alpha3())
		}
	}
	for _, at := range p.areas {
		if folded(at.Name) == want && !known[at.Country] && (!in.Known() || at.Country == in) {
			at.Admin1, at.incident = at.Name, 0 // it lies somewhere in it
			add(at, at.Country.Alpha3())
		}
	}
	return found, among
}
