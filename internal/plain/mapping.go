package plain

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/figure"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// MapSchema is the schema of a proposed [source.map].
const MapSchema = "vigil.map/1"

// Mapping is a [source.map] that is proposed for a file, and what it makes of the file.
type Mapping struct {
	Format, TOML, Known       string
	Fields                    []MappingField
	Words                     []MappingWord
	Unused, Notes             []string
	Fits                      bool
	Rows, Incidents, Rejected int
	First                     []MappingIncident
	Problems                  []problem.Problem
	ProblemsTotal             int
}

// MappingField is one line of the map.
type MappingField struct{ Name, Place string }

// MappingWord is our word for a word of the source; Ours is empty where none is known to fit.
type MappingWord struct {
	Field, Theirs, Ours string
	Rows                int
}

// MappingIncident is an incident as it is listed, and in the native form.
type MappingIncident struct {
	When, Countries, Place, Act, People, Title safetext.Text
	Native                                     []byte
}

// MappingText writes the proposal so that all of it can be pasted into vigil.toml: what is no TOML stands
// behind "#".
func MappingText(w io.Writer, m *Mapping, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	if m.Known != "" {
		s.prefix = "# "
		s.say("This file is read as " + m.Known + " without a map: put it into feeds/ as it is. A [[source]] with a map goes before that, and loses what only " + m.Known + " knows.")
		s.prefix = ""
	}
	for line := range strings.Lines(m.TOML) {
		s.line(strings.TrimSuffix(line, "\n")) // a name of a column must stay as it is: it is safe already
	}
	s.prefix = "# "
	s.line("")
	columns := []column{
		{title: "OCCURRED"},
		{title: "COUNTRY", least: 7},
		{title: "PLACE", least: 8, drop: 2},
		{title: "ACT", least: 8},
		{title: "PEOPLE", least: 8},
		{title: "TITLE", least: 10, drop: 1},
	}
	rows := make([][]string, 0, len(m.First))
	for i := range m.First {
		f := &m.First[i]
		row := make([]string, 0, len(columns))
		for _, t := range []safetext.Text{f.When, f.Countries, f.Place, f.Act, f.People, f.Title} {
			row = append(row, orNothing(l.clean(t.String())))
		}
		rows = append(rows, row)
	}
	s.table(columns, rows)
	s.say(fmt.Sprintf("The first %s of %s; %s refused.", figure.Plain.Number(len(m.First)), figure.Plain.Plural(m.Incidents, "incident"), figure.Plain.Number(m.Rejected)))
	for i := range m.Problems {
		s.say(l.clean(m.Problems[i].String()))
	}
	if more := m.ProblemsTotal - len(m.Problems); more > 0 {
		s.say("and " + figure.Plain.Plural(more, "more problem"))
	}
	return s.err
}

type mappingJSON struct {
	Schema    string                       `json:"schema"`
	Format    string                       `json:"format"`
	Known     *string                      `json:"known_as"`
	Fits      bool                         `json:"fits"`
	TOML      string                       `json:"toml"`
	Map       map[string]string            `json:"map"`
	Values    map[string]map[string]string `json:"values"`
	Open      []mappingWordJSON            `json:"open_words"`
	Unused    []string                     `json:"unused"`
	Notes     []string                     `json:"notes"`
	Rows      int                          `json:"rows"`
	Incidents int                          `json:"incidents"`
	Rejected  int                          `json:"rejected"`
	Total     int                          `json:"problems_total"`
	Problems  []problemJSON                `json:"problems"`
	First     []jsontext.Value             `json:"first"`
}

type mappingWordJSON struct {
	Field string `json:"field"`
	Word  string `json:"word"`
	Rows  int    `json:"rows"`
}

// MappingJSON writes the proposal as one JSON document, vigil.map/1.
func MappingJSON(w io.Writer, m *Mapping) error {
	out := mappingJSON{
		Schema: MapSchema, Format: m.Format, Known: word(m.Known), Fits: m.Fits, TOML: m.TOML, Map: map[string]string{}, Values: map[string]map[string]string{},
		Open: []mappingWordJSON{}, Unused: append([]string{}, m.Unused...), Notes: append([]string{}, m.Notes...),
		Rows: m.Rows, Incidents: m.Incidents, Rejected: m.Rejected, Total: m.ProblemsTotal, Problems: []problemJSON{}, First: []jsontext.Value{},
	}
	for _, f := range m.Fields {
		out.Map[f.Name] = f.Place
	}
	for _, v := range m.Words {
		if v.Ours == "" {
			out.Open = append(out.Open, mappingWordJSON{v.Field, v.Theirs, v.Rows})
			continue
		}
		if out.Values[v.Field] == nil {
			out.Values[v.Field] = map[string]string{}
		}
		out.Values[v.Field][v.Theirs] = v.Ours
	}
	for _, p := range m.Problems {
		out.Problems = append(out.Problems, problemJSON{p.File.String(), p.Line, p.Column, p.Message.String()})
	}
	for i := range m.First {
		out.First = append(out.First, jsontext.Value(m.First[i].Native))
	}
	return writeJSON(w, &out, jsontext.WithIndent("  "), json.Deterministic(true))
}
