package desk

import (
	"math"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// The keys of vigil.toml. These tables are the contract: reading, the words for unknown keys and the
// test that vigil init explains every key follow from them.
var configKeys = []key[Config]{
	{"name", func(r *reader, n *node, c *Config) { c.Name = r.plainText(n) }},
	{"countries", func(r *reader, n *node, c *Config) { c.Countries = r.countries(n) }},
	{"country_names", func(r *reader, n *node, c *Config) {
		var ok bool
		if c.CountryNames, ok = country.ParseNaming(n.text); !ok {
			r.oneOf(n.at, "country_names", r.plainText(n).String(), country.Namings())
		}
	}},
	{"exercise", func(r *reader, n *node, c *Config) { c.Exercise = r.boolean(n) }},
	{"state", func(r *reader, n *node, c *Config) { c.State = r.path(n) }},
	{"source", func(r *reader, n *node, c *Config) { c.Sources = r.sources(n) }},
	{"alarm", func(r *reader, n *node, c *Config) { c.Alarms = r.alarms(n) }},
	{"risk", func(r *reader, n *node, c *Config) { readTable(r, n, riskKeys, &c.Risk) }},
	{"retention", func(r *reader, n *node, c *Config) { readTable(r, n, retentionKeys, &c.Retention) }},
	{"ui", func(r *reader, n *node, c *Config) { readTable(r, n, uiKeys, &c.UI) }},
	{"keys", func(r *reader, n *node, c *Config) { r.apart(func() { c.UI.Keys = r.rebindings(n) }) }},
	{"alias", func(r *reader, n *node, c *Config) { r.apart(func() { c.UI.Aliases = r.aliases(n) }) }},
	{"view", func(r *reader, n *node, c *Config) { r.apart(func() { c.UI.Views = r.views(n) }) }},
	{"out", func(r *reader, n *node, c *Config) { c.Outs = r.outs(n) }},
	{"heartbeat", func(r *reader, n *node, c *Config) { c.Heartbeat = r.heartbeat(n) }},
	{"watch", func(r *reader, n *node, c *Config) { readTable(r, n, watchKeys, &c.Watch) }},
}

var sourceKeys = []key[Source]{
	{"name", func(r *reader, n *node, s *Source) { s.Name = r.sourceName(n) }},
	{"path", func(r *reader, n *node, s *Source) { s.Path = r.sourcePath(n) }},
	{"url", func(r *reader, n *node, s *Source) { s.Poll.URL = r.address(n) }},
	{"every", func(r *reader, n *node, s *Source) { s.Poll.Every = r.optional(n, MinEvery) }},
	{"header", func(r *reader, n *node, s *Source) { s.Poll.Header = r.headers(n) }},
	{"allow_private", func(r *reader, n *node, s *Source) { s.Poll.AllowPrivate = r.boolean(n) }},
	{"format", func(r *reader, n *node, s *Source) { s.Format, s.formatAt = r.plainText(n).String(), n.at }},
	{"authority", func(r *reader, n *node, s *Source) { s.Authority = r.plainText(n) }},
	{"countries", func(r *reader, n *node, s *Source) { s.Countries = r.countries(n) }},
	{"covers", func(r *reader, n *node, s *Source) { s.Covers = r.covers(n) }},
	{"expect", func(r *reader, n *node, s *Source) { s.Expect = r.optional(n, time.Second) }},
	{"lag", func(r *reader, n *node, s *Source) { s.Lag = r.optional(n, 0) }},
	{"reach", func(r *reader, n *node, s *Source) { s.Reach = r.optional(n, 0) }},
	{"grade", func(r *reader, n *node, s *Source) { s.Grade = r.grade(n) }},
	{"handling", func(r *reader, n *node, s *Source) { s.Handling = r.handling(n) }},
	{"empty_ok", func(r *reader, n *node, s *Source) { s.EmptyOK = r.boolean(n) }},
	{"sheet", func(r *reader, n *node, s *Source) { s.Sheet = r.plainText(n).String() }},
	{"map", func(r *reader, n *node, s *Source) { s.Map = r.sourceMap(n) }},
}

var retentionKeys = []key[Retention]{
	{"intake", func(r *reader, n *node, t *Retention) {
		var ok bool
		if t.Intake, ok = r.duration(n, day); ok {
			r.warnf(n.at, "this version drops nothing from the intake, a later one will: what is older is kept")
		}
	}},
}

var uiKeys = []key[UI]{
	{"theme", func(r *reader, n *node, u *UI) { u.Theme, u.themeAt = r.plainText(n).String(), n.at }},
	{"glyphs", func(r *reader, n *node, u *UI) {
		for i, word := range glyphWords {
			if n.text == word {
				u.Glyphs = Glyphs(i)
				return
			}
		}
		r.oneOf(n.at, "glyphs", r.plainText(n).String(), glyphWords[:])
	}},
	{"local_time", func(r *reader, n *node, u *UI) { u.LocalTime = r.boolean(n) }},
	{"language", func(r *reader, n *node, u *UI) { u.Language = r.language(n) }},
	{"alert", func(r *reader, n *node, u *UI) { u.Alert = r.alert(n) }},
}

// language reads the code of a language.
func (r *reader) language(n *node) string {
	s := r.plainText(n).String()
	code, _, _ := strings.Cut(s, "-")
	const shortest, longest = 2, 3
	if len(code) < shortest || len(code) > longest || strings.Trim(strings.ToLower(code), "abcdefghijklmnopqrstuvwxyz") != "" {
		r.errorf(n.at, "%s is no code of a language: write one such as fr, or pt-BR", quote(s))
		return ""
	}
	return s
}

const century = 100 * year

var riskKeys = []key[risk.Params]{
	{"horizon", func(r *reader, n *node, p *risk.Params) { r.setDuration(n, &p.Horizon) }},
	{"short_half_life", func(r *reader, n *node, p *risk.Params) { r.setDuration(n, &p.ShortHalfLife) }},
	{"long_half_life", func(r *reader, n *node, p *risk.Params) { r.setDuration(n, &p.LongHalfLife) }},
	{"short_weight", func(r *reader, n *node, p *risk.Params) { r.setNumber(n, &p.ShortWeight, 0, 1) }},
	{"prior_incidents", func(r *reader, n *node, p *risk.Params) { r.setNumber(n, &p.PriorIncidents, 1e-6, 1e6) }},
	{"prior_exposure", func(r *reader, n *node, p *risk.Params) { r.setDuration(n, &p.PriorExposure) }},
	{"bands", func(r *reader, n *node, p *risk.Params) { r.bands(n, p) }},
	{"impact_window", func(r *reader, n *node, p *risk.Params) { r.setDuration(n, &p.ImpactWindow) }},
	{"severe_killed", func(r *reader, n *node, p *risk.Params) { r.setInteger(n, &p.SevereKilled) }},
	{"critical_killed", func(r *reader, n *node, p *risk.Params) { r.setInteger(n, &p.CriticalKilled) }},
	{"exposed_staff", func(r *reader, n *node, p *risk.Params) { r.setInteger(n, &p.ExposedStaff) }},
	{"table", func(r *reader, n *node, p *risk.Params) { r.riskTable(n, p) }},
}

func (r *reader) setDuration(n *node, to *time.Duration) {
	d, ok := r.duration(n, time.Hour)
	if ok && d > century {
		r.errorf(n.at, "%s is too long: write at most %s", quote(n.text), FormatDuration(century))
		return
	}
	if ok {
		*to = d
	}
}

func (r *reader) setNumber(n *node, to *float64, least, most float64) {
	if v, ok := r.number(n, least, most); ok {
		*to = v
	}
}

func (r *reader) setInteger(n *node, to *int) {
	if v, ok := r.integer(n, 1, math.MaxInt32); ok {
		*to = v
	}
}

func (r *reader) optional(n *node, least time.Duration) *time.Duration {
	d, ok := r.duration(n, least)
	if !ok {
		return nil
	}
	return &d
}

// plainText is a text in quotes: a number or a list there is a mistake.
func (r *reader) plainText(n *node) safetext.Text {
	if !r.is(n, textNode) {
		return safetext.Text{}
	}
	return r.words(n)
}

// path reads a path; it is used as it is written, so it may not hold what cannot be in one.
func (r *reader) path(n *node) string {
	if !r.is(n, textNode) {
		return ""
	}
	if strings.TrimSpace(n.text) == "" || strings.ContainsRune(n.text, 0) {
		r.errorf(n.at, "the path is empty or holds a NUL: write it relative to the desk, or absolute")
		return ""
	}
	return n.text
}

func (r *reader) sourcePath(n *node) string {
	p := r.path(n)
	if p == "" {
		return ""
	}
	top, _, _ := strings.Cut(filepath.ToSlash(filepath.Clean(p)), "/")
	if top == IntakeDir || top == DutyLogDir {
		r.errorf(n.at, "%s/ is written by vigil and is no source: put the file into %s/", top, FeedsDir)
	}
	return p
}

func (r *reader) sourceName(n *node) safetext.Text {
	name := r.plainText(n)
	if name.IsZero() && n.kind == textNode {
		r.errorf(n.at, "the name of a source is empty: give it one, or leave the key out")
	}
	return name
}

// sources reads the [[source]] blocks.
func (r *reader) sources(n *node) []Source {
	if n.kind == tableNode {
		r.errorf(n.at, "a source is written [[source]], with two brackets, because there can be several")
		return nil
	}
	var list []Source
	for _, block := range r.items(n) {
		s := Source{Line: block.at.line}
		before := len(r.problems)
		readTable(r, block, sourceKeys, &s)
		if !r.failed(before) {
			r.origin(block, &s)
		}
		s.faulty = r.failed(before)
		if s.Name.IsZero() {
			s.Name = s.defaultName()
		}
		list = append(list, s)
	}
	return list
}

func (r *reader) covers(n *node) *health.ThreatSet {
	var known []string
	for _, t := range incident.Threats() {
		known = append(known, t.String())
	}
	var set health.ThreatSet
	for _, item := range r.items(n) {
		s, ok := r.scalar(item)
		if ok && r.oneOf(item.at, "threat category", s, known) {
			set |= health.Set(incident.ParseThreat(s).Value)
		}
	}
	return &set
}

// grade takes the letter of a source's reliability, with or without the digit of an information's
// credibility.
func (r *reader) grade(n *node) safetext.Text {
	g := r.plainText(n)
	s := g.String()
	ok := len(s) == 1 || len(s) == 2 && s[1] >= '1' && s[1] <= '6'
	if n.kind == textNode && (!ok || s[0] < 'A' || s[0] > 'F') {
		r.errorf(n.at, "grade %s is none: write a letter from A to F, with or without a digit from 1 to 6, such as B2", quote(s))
	}
	return g
}

func (r *reader) handling(n *node) incident.Coded[incident.Handling] {
	s, ok := r.scalar(n)
	if !ok || !r.oneOf(n.at, "handling", s, incident.HandlingWords()) {
		return incident.Coded[incident.Handling]{}
	}
	return incident.ParseHandling(s)
}

// bands reads the four probabilities at which likelihood rises.
func (r *reader) bands(n *node, p *risk.Params) {
	items := r.items(n)
	if n.kind == listNode && len(items) != len(p.Bands) {
		r.errorf(n.at, "there are %d bands, where %d probabilities should be", len(items), len(p.Bands))
		return
	}
	for i, item := range items {
		v, ok := r.number(item, 0, 1)
		switch {
		case !ok:
			return
		case v == 0 || v == 1 || i > 0 && v <= p.Bands[i-1]:
			r.errorf(item.at, "%s is not between the one before and 1: the bands have to rise", quote(item.text))
			return
		}
		p.Bands[i] = v
	}
}

// riskTable reads the bands of likelihood (very unlikely first) × impact (negligible first).
func (r *reader) riskTable(n *node, p *risk.Params) {
	rows := r.items(n)
	if n.kind == listNode && len(rows) != len(p.Table) {
		r.errorf(n.at, "the table has %d rows, where %d should be: very_unlikely first, very_likely last", len(rows), len(p.Table))
		return
	}
	for i, row := range rows {
		cells := r.items(row)
		if row.kind == listNode && len(cells) != len(p.Table[i]) {
			r.errorf(row.at, "the row has %d bands, where %d should be: negligible impact first, critical last", len(cells), len(p.Table[i]))
			continue
		}
		for j, c := range cells {
			s, ok := r.scalar(c)
			if !ok || !r.oneOf(c.at, "band", s, level.BandWords()) {
				continue
			}
			p.Table[i][j], _ = level.ParseBand(s)
			if i > 0 && p.Table[i][j] < p.Table[i-1][j] || j > 0 && p.Table[i][j] < p.Table[i][j-1] {
				r.errorf(c.at, "band %s is lower than its neighbour: a greater likelihood or impact never lowers the risk", quote(s))
			}
		}
	}
}

// checkRisk reports parameters that contradict each other; n is the table, or nil.
func (r *reader) checkRisk(n *node, p *risk.Params) {
	if n == nil {
		return
	}
	if p.ShortHalfLife >= p.LongHalfLife {
		r.errorf(n.at, "short_half_life (%s) has to be shorter than long_half_life (%s)", FormatDuration(p.ShortHalfLife), FormatDuration(p.LongHalfLife))
	}
	if p.SevereKilled > p.CriticalKilled {
		r.errorf(n.at, "severe_killed (%d) may not be more than critical_killed (%d)", p.SevereKilled, p.CriticalKilled)
	}
}
