package plain

import (
	"io"
	"strings"

	"vigil/internal/doctor"
	"vigil/internal/tui/widget"
)

// DoctorSchema is the schema of what the doctor found.
const DoctorSchema = "vigil.doctor/1"

type doctorJSON struct {
	Schema   string        `json:"schema"`
	At       string        `json:"at"`
	Able     bool          `json:"able"`
	Findings []findingJSON `json:"findings"`
}

type findingJSON struct {
	Section string `json:"section"`
	Name    string `json:"name"`
	Found   string `json:"found"`
	Does    string `json:"does"`
	State   string `json:"state"`
}

// DoctorJSON writes what was found as one JSON document, vigil.doctor/1.
func DoctorJSON(w io.Writer, r *doctor.Report) error {
	out := doctorJSON{Schema: DoctorSchema, At: instant(r.At), Able: r.Able(), Findings: []findingJSON{}}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, findingJSON{f.Section.String(), f.Name, f.Found.String(), f.Does.String(), f.State.String()})
	}
	return writeDocument(w, &out)
}

// DoctorText writes what was found for people: what is there, and behind or under it what vigil does about it. "!" marks what could
// be better, and FAILED what vigil cannot work with.
func DoctorText(w io.Writer, r *doctor.Report, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	names := 0
	for _, f := range r.Findings {
		names = max(names, widget.Width(f.Name))
	}
	arrow := "→ "
	if l.ASCII {
		arrow = "> "
	}
	section := doctor.Section(0)
	for i := range r.Findings {
		f := &r.Findings[i]
		if i > 0 && f.Section != section {
			s.line("")
		}
		section = f.Section
		mark, found := " ", l.text(f.Found)
		switch f.State {
		case doctor.Lesser:
			mark = "!"
		case doctor.Unable:
			mark, found = "!", "FAILED: "+found
		default:
		}
		name, does := mark+widget.Fit(f.Name, names, "")+" ", l.text(f.Does)
		if line := name + found + "  " + arrow + does; widget.Width(line) <= l.width() {
			s.line(line)
			continue
		}
		s.under(name, names+2, found)
		s.under(strings.Repeat(" ", names+2)+arrow, names+2+widget.Width(arrow), does)
	}
	return s.err
}

// under writes text behind a first column, and goes on below it.
func (s *status) under(first string, indent int, text string) {
	for i, line := range widget.Wrap(text, max(10, s.l.width()-indent)) {
		if i > 0 {
			first = strings.Repeat(" ", indent)
		}
		s.line(first + strings.TrimRight(line, " "))
	}
}
