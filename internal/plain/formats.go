package plain

import (
	"io"

	"vigil/internal/figure"
	"vigil/internal/incident"
)

// FormatsSchema is the schema of the list of formats.
const FormatsSchema = "vigil.formats/1"

// Format is a format of incident feeds and what a source of it promises.
type Format struct {
	Name, Sign, Authority string
	Expect, Lag, Reach    string
	Memory                string
	Covers                []string
	Lines                 bool
}

type formatsJSON struct {
	Schema  string       `json:"schema"`
	Formats []formatJSON `json:"formats"`
}

type formatJSON struct {
	Name       string   `json:"name"`
	Recognised string   `json:"recognised_by"`
	Authority  *string  `json:"authority"`
	Expect     string   `json:"expect"`
	Lag        string   `json:"lag"`
	Reach      *string  `json:"reach"`
	Memory     string   `json:"memory"`
	Covers     []string `json:"covers"`
	Lines      bool     `json:"lines"`
}

// FormatsJSON writes the formats as one JSON document, vigil.formats/1.
func FormatsJSON(w io.Writer, list []Format) error {
	out := formatsJSON{Schema: FormatsSchema, Formats: []formatJSON{}}
	for i := range list {
		f := &list[i]
		out.Formats = append(out.Formats, formatJSON{
			f.Name, f.Sign, word(f.Authority), f.Expect, f.Lag, word(f.Reach), f.Memory, f.Covers, f.Lines,
		})
	}
	return writeDocument(w, &out)
}

// FormatsText writes the formats for people.
func FormatsText(w io.Writer, list []Format, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	columns := []column{
		{title: "FORMAT"},
		{title: "EXPECT", right: true},
		{title: "LAG", right: true},
		{title: "MEMORY", drop: 3},
		{title: "REACH", right: true, drop: 4},
		{title: "COVERS", drop: 2},
	}
	rows := make([][]string, 0, len(list))
	for i := range list {
		f := &list[i]
		covers := ""
		for _, c := range f.Covers {
			covers += incident.ParseThreat(c).Value.Letter()
		}
		rows = append(rows, []string{
			f.Name, f.Expect, f.Lag, f.Memory, orNothing(f.Reach), orNothing(covers),
		})
	}
	s.table(columns, rows)
	s.say("covers: A armed conflict, T terrorism, C crime, U civil unrest, H hazards")
	s.line("")
	for i := range list {
		s.say(list[i].Name + ": " + list[i].Sign)
	}
	return s.err
}

func orNothing(s string) string {
	if s == "" {
		return figure.Nothing
	}
	return s
}
