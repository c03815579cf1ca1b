package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vigil/internal/country/fold"
)

// kosovo has no code of ISO. Its alpha-2 is user-assigned, and CLDR makes the alpha-3 by
// doubling the last letter, where everyone else writes XKX.
const kosovo, kosovo3 = "XK", "XKX"

// assigned is the number of codes that ISO 3166-1 has assigned. It is checked, so that a
// change in it is noticed.
const assigned = 249

// table is what is generated, in the order in which it is written.
type table struct {
	tzVersion string
	countries []entry
	regions   []string
	zones     []string
	codes     map[string][]keyed // by scheme
	names     []keyed
}

type entry struct {
	alpha2, alpha3, fips string
	numeric              int
	region, subregion    int
	name                 string
	names                []string // in the order of languages
	zone, zones          int
	capital              capital
}

// keyed is a text to search for and the alpha-3 code of its country.
type keyed struct{ key, alpha3 string }

func build(c *cldr, z *zoneTable, h *hand) (*table, error) {
	t := &table{tzVersion: z.version, codes: make(map[string][]keyed)}
	places := newPlaces(c, h)
	for _, alpha2 := range slices.Sorted(maps.Keys(c.codes)) {
		m := c.codes[alpha2]
		if !isCountry(alpha2, m, c.aliases) {
			continue
		}
		e := entry{alpha2: alpha2, alpha3: m.Alpha3, fips: m.FIPS}
		if alpha2 == kosovo {
			e.alpha3 = kosovo3
		}
		var err error
		if e.numeric, err = strconv.Atoi(m.Numeric); err != nil {
			return nil, fmt.Errorf("number of %s: %w", alpha2, err)
		}
		if e.region, e.subregion, err = places.of(alpha2); err != nil {
			return nil, err
		}
		for _, lang := range languages {
			name := c.names[lang][alpha2]
			if name == "" {
				return nil, fmt.Errorf("%s has no name in %s", alpha2, lang)
			}
			e.names = append(e.names, name)
		}
		e.name = cmp.Or(h.m49[e.alpha3], e.names[0])
		e.capital = h.capitals[e.alpha3]
		t.countries = append(t.countries, e)
	}
	if len(t.countries) != assigned+1 {
		return nil, fmt.Errorf("%d countries, want the %d of ISO and Kosovo", len(t.countries), assigned)
	}
	slices.SortFunc(t.countries, func(a, b entry) int { return strings.Compare(a.alpha3, b.alpha3) })
	t.regions = places.names
	for i := range t.countries {
		e := &t.countries[i]
		e.zone, e.zones = len(t.zones), len(z.zones[e.alpha2])
		t.zones = append(t.zones, z.zones[e.alpha2]...)
	}
	if err := t.addCodes(h); err != nil {
		return nil, err
	}
	return t, t.addNames(c, h)
}

// isCountry leaves out codes which are withdrawn, for private use, or of groups.
func isCountry(alpha2 string, m codeMapping, aliases map[string]string) bool {
	if len(alpha2) != 2 || m.Alpha3 == "" || m.Numeric == "" || aliases[alpha2] != "" {
		return false
	}
	private := alpha2 == "AA" || alpha2 == "EU" || alpha2 == "ZZ" || alpha2[0] == 'X' || alpha2[0] == 'Q' && alpha2[1] >= 'M'
	return !private || alpha2 == kosovo
}

// places finds the regions of countries.
type places struct {
	parent map[string]string // country or region to region
	hand   *hand
	names  []string // the first is that of no region
}

func newPlaces(c *cldr, h *hand) *places {
	p := &places{parent: make(map[string]string), hand: h, names: []string{""}}
	for _, region := range slices.Sorted(maps.Keys(c.contains)) {
		for _, in := range c.contains[region] {
			p.parent[in] = region
		}
	}
	return p
}

// of is the region and the subregion of a country, as indexes of names.
func (p *places) of(alpha2 string) (region, subregion int, err error) {
	sub := p.parent[alpha2]
	if sub == "QO" { // CLDR's for what M49 has in no region
		return 0, 0, nil
	}
	for _, part := range []struct {
		code  string
		index *int
	}{{sub, &subregion}, {p.parent[sub], &region}} {
		name := p.hand.m49[part.code]
		if name == "" {
			return 0, 0, fmt.Errorf("m49.txt: region %q, of %s, has no name", part.code, alpha2)
		}
		i := slices.Index(p.names, name)
		if i < 0 {
			i = len(p.names)
			p.names = append(p.names, name)
		}
		*part.index = i
	}
	return region, subregion, nil
}

// addCodes makes the tables that codes are searched in.
func (t *table) addCodes(h *hand) error {
	add := func(scheme, code, alpha3 string) {
		if code != "" {
			t.codes[scheme] = append(t.codes[scheme], keyed{code, alpha3})
		}
	}
	fips := make(map[string]string)
	for _, x := range h.codes {
		switch x.scheme {
		case "fips":
			fips[x.alpha3] = x.code
		case "also":
			add("fips", x.code, x.alpha3)
		default:
			add(x.scheme, x.code, x.alpha3)
		}
	}
	for i := range t.countries {
		e := &t.countries[i]
		if e.fips = cmp.Or(fips[e.alpha3], e.fips, e.alpha2); e.fips == "-" {
			e.fips = ""
		}
		add("alpha2", e.alpha2, e.alpha3)
		add("alpha3", e.alpha3, e.alpha3)
		add("fips", e.fips, e.alpha3)
		add("numeric", fmt.Sprintf("%03d", e.numeric), e.alpha3)
	}
	for scheme, codes := range t.codes {
		sorted, err := sortKeys(codes)
		if err != nil {
			return fmt.Errorf("%s: %w", scheme, err)
		}
		t.codes[scheme] = sorted
	}
	return nil
}

// addNames makes the table that folded names are searched in.
func (t *table) addNames(c *cldr, h *hand) error {
	known := make(map[string]bool)
	for _, e := range t.countries {
		known[e.alpha3] = true
		english := append([]string{e.name}, h.aliases[e.alpha3]...)
		for _, name := range english {
			if t.isCodeOfAnother(name, e.alpha3) {
				return fmt.Errorf("aliases.txt: %q of %s looks like the code of another", name, e.alpha3)
			}
			if inverted, ok := invert(name); ok {
				english = append(english, inverted)
			}
		}
		names := append(english, e.names...)
		for _, lang := range languages {
			for _, name := range c.variants[lang][e.alpha2] {
				if !t.isCodeOfAnother(name, e.alpha3) {
					names = append(names, name)
				}
			}
		}
		for _, name := range names {
			for _, form := range saints(name) {
				key, ok := fold.Append(make([]byte, 0, 256), form)
				if !ok || len(key) == 0 {
					return fmt.Errorf("%s: %q cannot be folded", e.alpha3, name)
				}
				t.names = append(t.names, keyed{string(key), e.alpha3})
			}
		}
	}
	for _, alpha3 := range slices.Concat(slices.Sorted(maps.Keys(h.aliases)), slices.Sorted(maps.Keys(h.m49)), slices.Sorted(maps.Keys(h.capitals))) {
		if !known[alpha3] && alpha3[0] > '9' {
			return fmt.Errorf("aliases.txt, m49.txt or capitals.txt: %s is no country", alpha3)
		}
	}
	var err error
	t.names, err = sortKeys(t.names)
	return err
}

// isCodeOfAnother reports whether a name, folded, could be taken for the code of another
// country or group: in Spanish the United Kingdom is short RU, in French the United States
// are E.U.
func (t *table) isCodeOfAnother(name, alpha3 string) bool {
	key, _ := fold.Append(make([]byte, 0, 256), name)
	if len(key) == 2 && key[1] < utf8.RuneSelf {
		return !slices.Contains(t.codes["alpha2"], keyed{strings.ToUpper(string(key)), alpha3})
	}
	return slices.ContainsFunc(t.codes["alpha3"], func(k keyed) bool {
		return k.key == strings.ToUpper(string(key)) && k.alpha3 != alpha3
	})
}

// invert turns "Republic of Mali" into "Mali, Republic of".
func invert(name string) (string, bool) {
	form, place, ok := strings.Cut(name, " of ")
	if !ok || strings.ContainsAny(name, "(,") {
		return "", false
	}
	if bare, ok := strings.CutPrefix(place, "the "); ok {
		return bare + ", " + form + " of the", true
	}
	return place + ", " + form + " of", true
}

// saints is a name with its saint both abbreviated and not.
func saints(name string) []string {
	for _, long := range []string{"Saint ", "Saint-"} {
		if rest, ok := strings.CutPrefix(name, long); ok {
			return []string{name, "St " + rest}
		}
	}
	for _, short := range []string{"St. ", "St "} {
		if rest, ok := strings.CutPrefix(name, short); ok {
			return []string{name, "Saint " + rest}
		}
	}
	return []string{name}
}

// sortKeys sorts and removes repetitions; a key of two countries is an error.
func sortKeys(keys []keyed) ([]keyed, error) {
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.alpha3, b.alpha3))
	})
	keys = slices.Compact(keys)
	for i := 1; i < len(keys); i++ {
		if keys[i].key == keys[i-1].key {
			return nil, fmt.Errorf("%q is %s and %s", keys[i].key, keys[i-1].alpha3, keys[i].alpha3)
		}
	}
	return keys, nil
}

// longest is the room that folding the longest name needs, with an article before it and
// the reserve that fold.Append keeps.
func (t *table) longest() int {
	n := 0
	for _, k := range t.names {
		n = max(n, len(k.key))
	}
	return n + len("the") + utf8.UTFMax
}
