package plain

import (
	"io"
	"strings"

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

// Folder is a folder of a desk that holds something else than feeds.
type Folder struct {
	Name, Holds string
	Files       []string // how the names of its files end
}

type formatsJSON struct {
	Schema  string       `json:"schema"`
	Formats []formatJSON `json:"formats"`
	Folders []folderJSON `json:"folders"`
}

type folderJSON struct {
	Name  string   `json:"name"`
	Holds string   `json:"holds"`
	Files []string `json:"files"`
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
func FormatsJSON(w io.Writer, list []Format, folders []Folder) error {
	out := formatsJSON{Schema: FormatsSchema, Formats: []formatJSON{}, Folders: []folderJSON{}}
	for _, f := range folders {
		out.Folders = append(out.Folders, folderJSON(f))
	}
	for i := range list {
		f := &list[i]
		out.Formats = append(out.Formats, formatJSON{
			f.Name, f.Sign, word(f.Authority), f.Expect, f.Lag, word(f.Reach), f.Memory, f.Covers, f.Lines,
		})
	}
	return writeDocument(w, &out)
}

// FormatsText writes the formats for people.
func FormatsText(w io.Writer, list []Format, folders []Folder, l Layout) error {
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
	s.line("")
	s.say("beside the feeds, by the names of the files:")
	for _, f := range folders {
		s.say(f.Name + " (" + strings.Join(f.Files, " ") + "): " + f.Holds)
	}
	return s.err
}

func orNothing(s string) string {
	if s == "" {
		return figure.Nothing
	}
	return s
}
