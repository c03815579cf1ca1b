package desk

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// schemeSRM is the scheme of files that hold approved present risks of the security risk management
// process and no level: only there an area may be without one.
const schemeSRM = "un-srm"

// maxOwnLevel is the highest level of an organisation's own scheme.
const maxOwnLevel = 99

// ParseLevels reads a level file: YAML with one country, or CSV with one area a row, by its name. All
// or nothing: with any error no country is returned, and the error wraps [ErrHalf] or [ErrRefused]. It
// is an error, too, when a key is unknown, since a misspelt valid_until would make a level valid for
// ever. modified is when the file was written, zero when that is not known.
func ParseLevels(file string, data []byte, modified time.Time) ([]level.Country, []problem.Problem, error) {
	r := newReader(file)
	var list []*levelFile
	if strings.EqualFold(filepath.Ext(file), ".csv") {
		list = r.levelTable(data)
	} else if root := r.yaml(data); root != nil {
		c := &levelFile{at: root.at}
		readTable(r, root, levelKeys, c)
		list = append(list, c)
	}
	countries := make([]level.Country, 0, len(list))
	for _, c := range list {
		r.checkLevels(c, modified)
		countries = append(countries, c.Country)
	}
	r.sort()
	if n := CountErrors(r.problems); n > 0 {
		return nil, r.problems, fmt.Errorf("%s: %d errors: %w", r.file, n, whole(data))
	}
	return countries, r.problems, nil
}

// CheckLevels reports areas that stand in more than one file: nobody could say which level holds.
// The countries are those of all files that are in force. Areas are the same when country, scheme and
// name are; a different scheme is another authority's word and stands beside.
func CheckLevels(countries []level.Country) []problem.Problem {
	type areaKey struct {
		country      country.Code
		scheme, name string
	}
	first := make(map[areaKey]incident.Origin)
	var problems []problem.Problem
	for i := range countries {
		c := &countries[i]
		for j := range c.Areas {
			a := &c.Areas[j]
			key := areaKey{c.Country, foldWord(c.Scheme.String()), foldWord(a.Name.String())}
			had, again := first[key]
			if !again {
				first[key] = a.Origin
				continue
			}
			if had.File == a.Origin.File {
				continue // reported by ParseLevels
			}
			problems = append(problems, problem.Problem{
				File: a.Origin.File, Line: a.Origin.Line,
				Message: safetext.Clean(fmt.Sprintf("area %s of %s stands in %s:%d too: keep one of the two",
					quote(a.Name.String()), c.Country, had.File, had.Line)),
			})
		}
	}
	return problems
}

// levelFile is a country as it is being read.
type levelFile struct {
	level.Country
	at          place
	reviewedAt  place
	saidCountry bool // the key is there, whatever its value: a bad value is reported once
	saidAreas   bool
	areas       []*areaEntry
}

// areaEntry is an area as it is being read; Level 0 is not given.
type areaEntry struct {
	level.Area
	at        place
	saidLevel bool
	risks     []*riskEntry
}

type riskEntry struct {
	level.PresentRisk
	at                   place
	saidThreat, saidBand bool
}

var levelKeys = []key[levelFile]{
	{"country", func(r *reader, n *node, c *levelFile) { c.Country.Country, c.saidCountry = r.country(n), true }},
	{"scheme", func(r *reader, n *node, c *levelFile) { c.Scheme = r.scheme(n) }},
	{"authority", func(r *reader, n *node, c *levelFile) { c.Authority = r.words(n) }},
	{"reviewed", func(r *reader, n *node, c *levelFile) { c.Reviewed, c.reviewedAt = r.when(n), n.at }},
	{"names", func(r *reader, n *node, c *levelFile) { c.Names = r.levelNames(n) }},
	{"areas", func(r *reader, n *node, c *levelFile) {
		c.saidAreas = n.kind != listNode || len(n.list) > 0
		for _, item := range r.items(n) {
			a := &areaEntry{at: item.at}
			readTable(r, item, areaKeys, a)
			c.areas = append(c.areas, a)
		}
	}},
}

var areaKeys = []key[areaEntry]{
	{"name", func(r *reader, n *node, a *areaEntry) { a.Name = r.words(n) }},
	{"level", func(r *reader, n *node, a *areaEntry) {
		a.Level, _ = r.integer(n, 1, maxOwnLevel)
		a.saidLevel = true
	}},
	{"since", func(r *reader, n *node, a *areaEntry) { a.Since = r.when(n) }},
	{"valid_until", func(r *reader, n *node, a *areaEntry) { a.ValidUntil = r.when(n) }},
	{"places", func(r *reader, n *node, a *areaEntry) {
		for _, item := range r.items(n) {
			if p := r.words(item); !p.IsZero() {
				a.Places = append(a.Places, p)
			}
		}
	}},
	{"threats", func(r *reader, n *node, a *areaEntry) { readTable(r, n, threatKeys(""), a) }},
	{"srm", func(r *reader, n *node, a *areaEntry) {
		for _, item := range r.items(n) {
			p := &riskEntry{at: item.at}
			readTable(r, item, srmKeys, p)
			a.risks = append(a.risks, p)
		}
	}},
}

// threatKeys are the five categories, each 1 to level.ThreatMax.
func threatKeys(prefix string) []key[areaEntry] {
	var keys []key[areaEntry]
	for _, t := range incident.Threats() {
		keys = append(keys, key[areaEntry]{prefix + t.String(), func(r *reader, n *node, a *areaEntry) {
			a.Threats[t], _ = r.integer(n, 1, level.ThreatMax)
		}})
	}
	return keys
}

var srmKeys = []key[riskEntry]{
	{"threat", func(r *reader, n *node, p *riskEntry) { p.Threat, p.saidThreat = r.threat(n), true }},
	{"band", func(r *reader, n *node, p *riskEntry) { p.Band, p.saidBand = r.band(n), true }},
	{"approved_by", func(r *reader, n *node, p *riskEntry) { p.ApprovedBy = r.words(n) }},
	{"valid_until", func(r *reader, n *node, p *riskEntry) { p.ValidUntil = r.when(n) }},
}

// scheme names a scale; those of the United Nations are the same in any case.
func (r *reader) scheme(n *node) safetext.Text {
	s := r.words(n)
	for _, known := range []safetext.Text{safetext.Const(level.UNSLS), safetext.Const(schemeSRM)} {
		if strings.EqualFold(s.String(), known.String()) {
			return known
		}
	}
	return s
}

func (r *reader) threat(n *node) incident.Coded[incident.Threat] {
	s, ok := r.scalar(n)
	if !ok || !r.oneOf(n.at, "threat", s, incident.ThreatWords()) {
		return incident.Coded[incident.Threat]{}
	}
	return incident.ParseThreat(s)
}

func (r *reader) band(n *node) level.Band {
	s, ok := r.scalar(n)
	if !ok || !r.oneOf(n.at, "band", s, level.BandWords()) {
		return level.BandNone
	}
	b, _ := level.ParseBand(s)
	return b
}

// levelNames reads {1: Calm, 2: …}.
func (r *reader) levelNames(n *node) []level.LevelName {
	if n.kind != tableNode {
		r.errorf(n.at, "here stands %s, where names should be: write {1: Calm, 2: …}", n.kind)
		return nil
	}
	var list []level.LevelName
	seen := map[int]bool{}
	for _, f := range n.fields {
		v, ok := r.integer(&node{kind: integerNode, at: f.at, text: f.key}, 1, maxOwnLevel)
		switch {
		case !ok:
		case seen[v]:
			r.errorf(f.at, "level %d is named twice: remove one of the names", v)
		default:
			seen[v] = true
			list = append(list, level.LevelName{Level: v, Name: r.words(f.value)})
		}
	}
	return list
}

// checkLevels reports what only shows when a country is seen whole, and gives it its areas.
func (r *reader) checkLevels(c *levelFile, modified time.Time) {
	if !c.saidCountry {
		r.errorf(c.at, "the country is missing: write country: MLI")
	}
	switch scheme := c.Scheme.String(); {
	case scheme == "":
		r.errorf(c.at, "the scheme is missing: write scheme: %s, or the name of the organisation's own", level.UNSLS)
	case len(c.Names) > 0 && (scheme == level.UNSLS || scheme == schemeSRM):
		r.errorf(c.at, "scheme %s has names of its own: remove names, or give the scheme another name", scheme)
	}
	if c.Authority.IsZero() {
		r.warnf(c.at, "the authority is missing: write who set these levels")
	}
	if !modified.IsZero() && c.Reviewed.Start.After(modified.Add(incident.FutureTolerance)) {
		r.warnf(c.reviewedAt, "reviewed is later than the file was written: it makes nothing fresh")
	}
	if len(c.areas) == 0 && !c.saidAreas {
		r.errorf(c.at, "there is no area: write the areas with their levels, or remove the file")
	}
	named := make(map[string]int)
	placed := make(map[string]string)
	for _, a := range c.areas {
		r.checkArea(c, a)
		name := foldWord(a.Name.String())
		if line, again := named[name]; again && name != "" {
			r.errorf(a.at, "area %s stands in line %d already: keep one of the two", quote(a.Name.String()), line)
		}
		named[name] = a.at.line
		for _, p := range a.Places {
			other, again := placed[foldWord(p.String())]
			if again && other != name {
				r.warnf(a.at, "place %s is in another area too: the first one is used", quote(p.String()))
			}
			if !again {
				placed[foldWord(p.String())] = name
			}
		}
		a.Origin = incident.Origin{File: r.file, Line: a.at.line}
		c.Areas = append(c.Areas, a.Area)
	}
}

func (r *reader) checkArea(c *levelFile, a *areaEntry) {
	if a.Name.IsZero() {
		r.errorf(a.at, "the area has no name: write name: …, as its authority names it")
	}
	scheme := c.Scheme.String()
	switch {
	case a.Level == 0 && scheme == schemeSRM && len(a.risks) > 0:
	case a.Level == 0 && !a.saidLevel:
		r.errorf(a.at, "the area has no level: write level: …; if none is known, leave the area out")
	case scheme == level.UNSLS && a.Level > level.UNSLSMax:
		r.errorf(a.at, "level %d is none of %s: write %d to %d, or name the scheme that has it", a.Level, scheme, level.UNSLSMin, level.UNSLSMax)
	case len(c.Names) > 0 && c.Name(a.Level) == "" && a.Level > 0:
		r.errorf(a.at, "level %d is none of those that names lists: add its name, or correct the level", a.Level)
	}
	if !a.Since.IsZero() && !a.ValidUntil.IsZero() && !a.ValidUntil.End().After(a.Since.Start) {
		r.errorf(a.at, "valid_until (%s) is before since (%s): correct one of the two", a.ValidUntil, a.Since)
	}
	seen := map[incident.Threat]bool{}
	for _, p := range a.risks {
		switch {
		case !p.saidThreat:
			r.errorf(p.at, "the present risk has no threat: write one of %s", strings.Join(incident.ThreatWords(), ", "))
		case !p.saidBand:
			r.errorf(p.at, "the present risk has no band: write one of %s", strings.Join(level.BandWords(), ", "))
		case p.ApprovedBy.IsZero():
			r.errorf(p.at, "the present risk has no approved_by: only one that somebody approved is imported")
		case seen[p.Threat.Value]:
			r.errorf(p.at, "a present risk of %s stands there already: keep one of the two", p.Threat.Value)
		}
		seen[p.Threat.Value] = true
		a.Risks = append(a.Risks, p.PresentRisk)
	}
}
