package plain

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// The schemas of the JSON that is printed.
const (
	StatusSchema = "vigil.status/1"
	TailSchema   = "vigil.tail/1"
	CheckSchema  = "vigil.check/1"
)

// writeDocument writes one indented JSON document.
func writeDocument(w io.Writer, v any) error { return writeJSON(w, v, jsontext.WithIndent("  ")) }

// writeLine writes one JSON object on a line of its own.
func writeLine(w io.Writer, v any) error { return writeJSON(w, v) }

func writeJSON(w io.Writer, v any, options ...json.Options) error {
	data, err := json.Marshal(v, options...)
	if err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// deskJSON is how every document and line names its desk.
type deskJSON struct {
	Name     string `json:"name"`
	Exercise bool   `json:"exercise"`
}

func deskOf(v picture.View) deskJSON {
	return deskJSON{v.Desk().Name.String(), v.Desk().Exercise}
}

// problemJSON is one problem. Line and column are 0 where the whole file or line is meant.
type problemJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// byThreat is a value for each of the five threat categories, in their usual order.
type byThreat[T any] struct {
	ArmedConflict T `json:"armed_conflict"`
	Terrorism     T `json:"terrorism"`
	Crime         T `json:"crime"`
	CivilUnrest   T `json:"civil_unrest"`
	Hazard        T `json:"hazard"`
}

func eachThreat[T any](value func(incident.Threat) T) byThreat[T] {
	return byThreat[T]{
		ArmedConflict: value(incident.ArmedConflict),
		Terrorism:     value(incident.Terrorism),
		Crime:         value(incident.Crime),
		CivilUnrest:   value(incident.CivilUnrest),
		Hazard:        value(incident.Hazard),
	}
}

// known is n, or null where it is not known.
func known(n int, ok bool) *int {
	if !ok {
		return nil
	}
	return &n
}

func count(c picture.Count) *int { return known(c.N, c.Known) }

// word is a text that is null where there is none.
func word(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func text(t safetext.Text) *string { return word(t.String()) }

// stamp is an instant, null for the zero time.
func stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := instant(t)
	return &s
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// moment is a time as exactly as it is known, null where it is not.
func moment(w incident.When) *string {
	if w.Precision == incident.ToTime {
		return stamp(w.Start)
	}
	return word(w.String())
}

// rounded is a ratio to so many decimals, null where it is not known.
func rounded(x float64, decimals int, ok bool) *float64 {
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	scale := math.Pow10(decimals)
	x = math.Round(x*scale) / scale
	return &x
}
