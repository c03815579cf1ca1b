package convert

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// column is one column of CSV. A value that is a number of ours is marked so, and never taken for a formula.
type column struct {
	header, tag string
	value       func(i *incident.Incident) cell
}

type cell struct {
	text   string
	number bool
}

func words(s string) cell         { return cell{text: s} }
func said(t safetext.Text) cell   { return cell{text: t.String()} }
func moment(w incident.When) cell { return cell{text: w.String()} }

// whole is a number of people, empty where the record does not say.
func whole(n int, known bool) cell {
	if !known {
		return cell{}
	}
	return cell{strconv.Itoa(n), true}
}

func degrees(f float64, known bool) cell {
	if !known {
		return cell{}
	}
	return cell{strconv.FormatFloat(f, 'f', -1, 64), true}
}

// code is the word of a vocabulary, or the source's own.
func code[T interface {
	~uint8
	String() string
}](c incident.Coded[T],
) cell {
	if c.Unlisted() {
		return said(c.Text)
	}
	return words(c.Value.String())
}

func outcome(o incident.Outcome) func(i *incident.Incident) cell {
	return func(i *incident.Incident) cell { return whole(i.Affected.Outcome(o)) }
}

func people(c incident.Cut) func(i *incident.Incident) cell {
	return func(i *incident.Incident) cell { return whole(i.Affected.Figure(c)) }
}

func list(texts []safetext.Text) cell {
	parts := make([]string, len(texts))
	for n, t := range texts {
		parts[n] = t.String()
	}
	return words(strings.Join(parts, ";"))
}

// columns are those of CSV. The tags are of the HXL 1.1 core schema, with attributes of its own list where
// it has them.
var columns = []column{
	{"id", "#event+id", func(i *incident.Incident) cell { return said(i.Identity.ID) }},
	{"source", "#meta+source", func(i *incident.Incident) cell { return said(i.Identity.Authority) }},
	{"class", "#meta+class", func(i *incident.Incident) cell { return words(i.Class.String()) }},
	{"version", "#meta+version", func(i *incident.Incident) cell { return whole(int(i.Version), i.Version > 0) }},
	{"type", "#meta+type", func(i *incident.Incident) cell { return words(i.Type.String()) }},
	{"status", "#status", func(i *incident.Incident) cell { return words(i.Status.String()) }},
	{"occurred", "#date+occurred", func(i *incident.Incident) cell { return moment(i.Occurred) }},
	{"until", "#date+end", func(i *incident.Incident) cell {
		if i.Ongoing && i.Until.IsZero() {
			return words("open")
		}
		return moment(i.Until)
	}},
	{"reported", "#date+reported", func(i *incident.Incident) cell {
		if i.Reported.IsZero() {
			return cell{}
		}
		return words(i.Reported.Format(time.RFC3339Nano))
	}},
	{"expected_from", "#date+start+expected", func(i *incident.Incident) cell { return moment(i.ExpectedFrom) }},
	{"expected_to", "#date+end+expected", func(i *incident.Incident) cell { return moment(i.ExpectedTo) }},
	{"country", "#country+code", func(i *incident.Incident) cell {
		parts := make([]string, len(i.Countries))
		for n, c := range i.Countries {
			parts[n] = c.Alpha3()
		}
		return words(strings.Join(parts, ";"))
	}},
	{"country_text", "#country+name", func(i *incident.Incident) cell { return list(i.CountryText) }},
	{"inferred", "#country+inferred", func(i *incident.Incident) cell { return flag(i.Inferred) }},
	{"admin1", "#adm1+name", func(i *incident.Incident) cell { return said(i.Admin1) }},
	{"place", "#loc+name", func(i *incident.Incident) cell { return said(i.Place) }},
	{"lat", "#geo+lat", func(i *incident.Incident) cell { return degrees(i.Point.Lat, i.HasPoint) }},
	{"lon", "#geo+lon", func(i *incident.Incident) cell { return degrees(i.Point.Lon, i.HasPoint) }},
	{"accuracy_km", "#geo+accuracy+km", func(i *incident.Incident) cell { return degrees(i.Accuracy, i.Accuracy > 0) }},
	{"threat", "#cause+threat", func(i *incident.Incident) cell { return code(i.Threat) }},
	{"act", "#event+type", func(i *incident.Incident) cell { return code(i.Act) }},
	{"target", "#event+target", func(i *incident.Incident) cell { return code(i.Target) }},
	{"holder", "#event+holder", func(i *incident.Incident) cell { return code(i.Holder) }},
	{"means", "#event+means", func(i *incident.Incident) cell { return said(i.Means) }},
	{"actor", "#event+actor", func(i *incident.Incident) cell { return said(i.Actor) }},
	{"severity", "#severity", func(i *incident.Incident) cell { return code(i.Severity) }},
	{"title", "#event+name", func(i *incident.Incident) cell { return said(i.Title) }},
	{"details", "#description", func(i *incident.Incident) cell { return said(i.Details) }},
	{"killed", "#affected+killed", outcome(incident.Killed)},
	{"injured", "#affected+injured", outcome(incident.Injured)},
	{"abducted", "#affected+abducted", outcome(incident.Abducted)},
	{"detained", "#affected+detained", outcome(incident.Detained)},
	{"affected", "#affected", people(incident.Cut{})},
	{"national", "#affected+national", people(incident.Cut{Recruitment: incident.National})},
	{"international", "#affected+international", people(incident.Cut{Recruitment: incident.International})},
	{"female", "#affected+f", people(incident.Cut{Sex: incident.Female})},
	{"male", "#affected+m", people(incident.Cut{Sex: incident.Male})},
	{"verification", "#status+verification", func(i *incident.Incident) cell { return code(i.Verification) }},
	{"grade", "#meta+grade", func(i *incident.Incident) cell { return said(i.Grade) }},
	{"handling", "#meta+handling", func(i *incident.Incident) cell { return code(i.Handling) }},
	{"no_onward", "#meta+no_onward", func(i *incident.Incident) cell { return flag(i.NoOnward) }},
	{"links", "#meta+url", func(i *incident.Incident) cell { return list(i.Links) }},
}

func flag(is bool) cell {
	if is {
		return words("true")
	}
	return cell{}
}

// rows writes CSV as RFC 4180 has it, in UTF-8 with LF.
type rows struct {
	w     *csv.Writer
	tags  bool
	begun bool
	row   []string
}

func newRows(w io.Writer, tags bool) *rows {
	return &rows{w: csv.NewWriter(w), tags: tags, row: make([]string, len(columns))}
}

// begin writes the header, also of a table without rows.
func (r *rows) begin() error {
	if r.begun {
		return nil
	}
	r.begun = true
	for n := range columns {
		r.row[n] = columns[n].header
	}
	if err := r.w.Write(r.row); err != nil || !r.tags {
		return err
	}
	for n := range columns {
		r.row[n] = columns[n].tag
	}
	return r.w.Write(r.row)
}

func (r *rows) Write(i *incident.Incident) error {
	if err := r.begin(); err != nil {
		return err
	}
	for n := range columns {
		c := columns[n].value(i)
		if !c.number {
			c.text = Neutral(c.text)
		}
		r.row[n] = c.text
	}
	return r.w.Write(r.row)
}

func (r *rows) Close() error {
	if err := r.begin(); err != nil {
		return err
	}
	r.w.Flush()
	return r.w.Error()
}

// Neutral is text that no spreadsheet takes for a formula: one that begins like a formula has an apostrophe
// put before it.
func Neutral(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
