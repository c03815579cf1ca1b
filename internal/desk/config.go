package desk

import (
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/notify/channel"
	"vigil/internal/problem"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// Config is vigil.toml. Every key is optional: [Default] is what an empty file means.
type Config struct {
	File      safetext.Text
	Name      safetext.Text
	Countries []country.Code // home countries, shown even when nothing happens there; each once
	Exercise  bool           // exercise and test records are the picture, actual ones are left out
	State     string         // where vigil writes, relative to the desk or absolute; empty is the desk
	Sources   []Source
	Alarms    []rule.Rule // its own rules, and what it changes of those that ship; see [rule.With]
	Risk      risk.Params
	Retention Retention
	UI        UI
	Outs      []channel.Channel // by which alarms leave the desk
	Heartbeat Heartbeat
	Watch     Watch

	// CountryNames is which names of countries are shown, on every screen and in what is printed.
	CountryNames country.Naming
}

// Source is one [[source]] block: what it says of a file in place of what the format says. Fields that
// it leaves out are zero or nil.
type Source struct {
	Name      safetext.Text
	Path      string // a file or a pattern, relative to the desk or absolute; empty for an address
	Poll      Poll   // of an address in place of a path
	Format    string
	Authority safetext.Text
	Countries []country.Code
	Covers    *health.ThreatSet
	Expect    *time.Duration
	Lag       *time.Duration
	Reach     *time.Duration
	Grade     safetext.Text
	Handling  incident.Coded[incident.Handling]
	EmptyOK   bool // an empty file is an answer and not missing data
	// Map says how the fields of its records become those of an incident; nil where nothing is said.
	Map   *feed.Map
	Sheet string // of a workbook; empty is the first

	Line     int // of the block in vigil.toml
	faulty   bool
	formatAt place
}

// Retention says how long vigil keeps what it writes; 0 keeps everything. Nothing applies it yet, which a
// warning says wherever it is set.
type Retention struct {
	Intake time.Duration
}

// UI is how the console looks unless the command line says otherwise.
type UI struct {
	Theme     string // empty is the default theme
	Glyphs    Glyphs
	LocalTime bool // local time beside UTC where a place is meant
	// Language is the one in which what a source says in several is shown, as an ISO 639 code with or without a
	// country ("fr", "pt-BR"); empty is that of the environment.
	Language string
	// Alert is how a new alarm makes itself known on the terminal: bell, osc9, osc777, osc99. Nil is not said, and empty is silence.
	Alert []string
	// Other keys, short names for command lines, and screens by name.
	Keys    []Rebinding
	Aliases []Alias
	Views   []View

	themeAt place
}

// Glyphs says which marks the console draws with.
type Glyphs uint8

// The sets of glyphs. GlyphsAuto is as the terminal's locale says.
const (
	GlyphsAuto Glyphs = iota
	GlyphsUTF8
	GlyphsASCII
)

var glyphWords = [...]string{"auto", "utf8", "ascii"}

// String is the word used in vigil.toml.
func (g Glyphs) String() string { return glyphWords[min(int(g), len(glyphWords)-1)] }

// Default is the configuration of an empty vigil.toml.
func Default() Config {
	return Config{File: safetext.Const(ConfigName), Risk: risk.Default(), Watch: usualWatch()}
}

// Profile is what the source promises: the defaults of its format, with what the block says in their place.
func (s *Source) Profile(defaults health.Profile) health.Profile {
	p := defaults
	if s.Expect != nil {
		p.Expect = *s.Expect
	}
	if s.Lag != nil {
		p.Lag = *s.Lag
	}
	if s.Reach != nil {
		p.Reach = *s.Reach
	}
	if s.Covers != nil {
		p.Covers = *s.Covers
	}
	if s.Countries != nil {
		p.Countries = s.Countries
	}
	return p
}

// maxConfig is the largest vigil.toml read, in bytes.
const maxConfig = 256 << 10

// ParseConfig reads vigil.toml. All problems are reported at once; the Config is only to be used
// when none of them is an error (see [CountErrors]), else the one before stays in force. The formats
// and themes that it names are not known here: see [Config.CheckFormats] and [Config.CheckTheme].
func ParseConfig(file string, data []byte) (Config, []problem.Problem) {
	r := newReader(file)
	cfg := Default()
	cfg.File = r.file
	if root := r.toml(data, maxConfig); root != nil {
		readTable(r, root, configKeys, &cfg)
		r.checkSources(cfg.Sources)
		r.checkRisk(root.child("risk"), &cfg.Risk)
	}
	r.sort()
	return cfg, r.problems
}

// Usable is what of a configuration with errors holds all the same, for a program that lists them: what the desk is
// called, whether it is an exercise, and the sources, channels and alarms whose blocks have no error. What an estimate rests on, how long
// things are kept and how the console looks is that of [Default].
func (c *Config) Usable() Config {
	u := Default()
	u.Name, u.Countries, u.CountryNames, u.Exercise, u.State = c.Name, c.Countries, c.CountryNames, c.Exercise, c.State
	u.Outs, u.Heartbeat = c.Outs, c.Heartbeat
	u.Alarms = c.Alarms
	for i := range c.Sources {
		if !c.Sources[i].faulty {
			u.Sources = append(u.Sources, c.Sources[i])
		}
	}
	return u
}

// CheckFormats reports the sources whose format is none of known.
func (c *Config) CheckFormats(known []string) []problem.Problem {
	r := &reader{file: c.File}
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.Format != "" {
			s.faulty = !r.oneOf(s.formatAt, "format", s.Format, known) || s.faulty
		}
	}
	return r.problems
}

// CheckTheme reports a theme that is none of known.
func (c *Config) CheckTheme(known []string) []problem.Problem {
	r := &reader{file: c.File, aside: true}
	if c.UI.Theme != "" {
		r.oneOf(c.UI.themeAt, "theme", c.UI.Theme, known)
	}
	return r.problems
}

// checkSources reports what only shows when the blocks are seen together.
func (r *reader) checkSources(sources []Source) {
	names, paths, urls := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range sources {
		s := &sources[i]
		before := len(r.problems)
		r.once(names, strings.ToLower(s.Name.String()), s.Line, "source %q is in line %d already: give one of the two another name", s.Name)
		r.once(urls, s.Poll.key(), s.Line, "the address of %s is polled by the source in line %d already: remove one of the two", s.Name)
		r.once(paths, s.Path, s.Line, "path %q is read by the source in line %d already: remove one of the two", safetext.Clean(s.Path))
		s.faulty = s.faulty || r.failed(before)
	}
}

// once reports a second use of word; the format takes the word and the line of the first.
func (r *reader) once(seen map[string]int, word string, line int, format string, shown safetext.Text) {
	if word == "" {
		return
	}
	if first, ok := seen[word]; ok {
		r.errorf(place{line: line}, format, shown, first)
		return
	}
	seen[word] = line
}
