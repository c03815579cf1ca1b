package query

import (
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// now is the moment that all tests ask at.
var now = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

// vocabulary is a small one of the kind that the application gives.
var vocabulary = Vocabulary{
	Values: func(f Field) []string {
		switch f {
		case FieldCountry:
			return []string{"MLI", "BFA", "NER", "Mali", "Burkina Faso", "Niger"}
		case FieldAct:
			return []string{"abduction", "complex_attack", "killing", "shooting"}
		case FieldSource:
			return []string{"radio", "awsd", "field-reports"}
		}
		return nil
	},
	Resolve: func(f Field, s string) (string, bool) {
		switch f {
		case FieldCountry:
			switch valueKey(s) {
			case "mli", "mali":
				return "MLI", true
			case "bfa", "burkina_faso":
				return "BFA", true
			case "ner", "niger":
				return "NER", true
			}
		case FieldAct, FieldSource:
			for _, v := range []string{"abduction", "complex_attack", "killing", "shooting", "radio", "awsd", "field-reports"} {
				if valueKey(v) == valueKey(s) {
					return v, true
				}
			}
		}
		return "", false
	},
}

// persons is a count as a row gives it.
type persons struct {
	n     int
	exact bool
}

// fakeRow is a Row made of plain values. A coded field without values is not known.
type fakeRow struct {
	words, place, id string
	codes            map[Field][]string
	severity         int // 0 is unknown
	counts           map[Field]persons
	start, end       time.Time // zero is unknown
}

func (r *fakeRow) May(f Field, text string) bool { return strings.Contains(r.Text(f), text) }

func (r *fakeRow) Text(f Field) string {
	switch f {
	case FieldPlace:
		return r.place
	case FieldID:
		return r.id
	}
	return r.words
}

func (r *fakeRow) Has(f Field, value string) Tri {
	have := r.codes[f]
	switch {
	case value == Unknown:
		return Of(len(have) == 0)
	case len(have) == 0:
		return Maybe
	}
	return Of(slices.Contains(have, value))
}

func (r *fakeRow) Severity() (int, bool) { return r.severity, r.severity > 0 }

func (r *fakeRow) Count(f Field) (int, bool) { return r.counts[f].n, r.counts[f].exact }

func (r *fakeRow) Time() (start, end time.Time, known bool) { return r.start, r.end, !r.start.IsZero() }

// ansongo is a well reported incident.
func ansongo() *fakeRow {
	at := time.Date(2026, 11, 20, 14, 21, 0, 0, time.UTC)
	return &fakeRow{
		words: Fold("Abduction on the road\nAnsongo\nMénaka\n2 staff taken near N’Djamena\nR-2026-0412"),
		place: Fold("Ansongo"), id: Fold("R-2026-0412"),
		codes: map[Field][]string{
			FieldCountry: {"MLI", "NER"}, FieldAct: {"abduction"}, FieldThreat: {"terrorism"}, FieldSource: {"radio"},
			FieldStaff: {"national"}, FieldVerification: {"unconfirmed"}, FieldHandling: {"internal"},
		},
		severity: 4,
		counts: map[Field]persons{
			FieldKilled: {0, true}, FieldInjured: {1, true}, FieldAbducted: {2, false}, FieldAffected: {3, false},
		},
		start: at, end: at,
	}
}

// sometime says nothing but that something happened.
func sometime() *fakeRow { return &fakeRow{words: "report"} }

// randomRow is any row at all, unknowns among the values.
func randomRow(t *rapid.T) *fakeRow {
	r := &fakeRow{
		words:    rapid.StringMatching(`[a-c ]{0,6}`).Draw(t, "words"),
		place:    rapid.StringMatching(`[a-c]{0,3}`).Draw(t, "place"),
		id:       rapid.StringMatching(`[a-c]{0,3}`).Draw(t, "id"),
		codes:    map[Field][]string{},
		severity: rapid.IntRange(0, 5).Draw(t, "severity"),
		counts:   map[Field]persons{},
	}
	for _, f := range Fields() {
		switch fields[f].kind {
		case codeKind:
			list := vocabulary.values(f)
			if f == FieldCountry {
				list = list[:3]
			}
			r.codes[f] = rapid.SliceOfNDistinct(rapid.SampledFrom(list), 0, 2, rapid.ID).Draw(t, f.String())
		case countKind:
			r.counts[f] = persons{rapid.IntRange(0, 4).Draw(t, f.String()), rapid.Bool().Draw(t, "exact")}
		}
	}
	if rapid.Bool().Draw(t, "time known") {
		r.start = now.Add(time.Duration(rapid.IntRange(-24*400, 2).Draw(t, "start")) * time.Hour)
		r.end = r.start.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 24, 24 * 30}).Draw(t, "length")) * time.Hour)
	}
	return r
}

// randomQuery is the text of a query, mostly one that parses.
func randomQuery(t *rapid.T, depth int) string {
	n := rapid.IntRange(0, 6).Draw(t, "shape")
	if depth <= 0 {
		n = 0
	}
	sub := func() string { return randomQuery(t, depth-1) }
	switch n {
	case 1:
		return sub() + " " + sub()
	case 2:
		return sub() + rapid.SampledFrom([]string{" OR ", "|", " | "}).Draw(t, "or") + sub()
	case 3:
		return "(" + sub() + ")"
	case 4:
		return rapid.SampledFrom([]string{"-(", "NOT (", "-(-"}).Draw(t, "not") + sub() + ")"
	case 5:
		return sub() + " AND " + sub()
	}
	return rapid.SampledFrom([]string{"", "", "", "-"}).Draw(t, "minus") + randomTerm(t)
}

func randomTerm(t *rapid.T) string {
	f := rapid.SampledFrom(Fields()).Draw(t, "field")
	sign := rapid.SampledFrom([]string{":", "=", "!="}).Draw(t, "sign")
	order := rapid.SampledFrom([]string{":", "=", "!=", "<", "<=", ">", ">=", ":>"}).Draw(t, "order")
	var value string
	switch fields[f].kind {
	case textKind:
		value = rapid.OneOf(rapid.StringMatching(`[a-c]{1,2}`), rapid.StringOfN(rapid.Rune(), 1, 6, -1)).Draw(t, "text")
		if !rapid.Bool().Draw(t, "bare") || strings.ContainsAny(value, ` "\()|:<>=!-`) {
			value = string(appendQuoted(nil, value))
		}
	case codeKind:
		value = string(appendValue(nil, rapid.SampledFrom(append(vocabulary.values(f), Unknown)).Draw(t, "value")))
	case severityKind:
		sign, value = order, rapid.SampledFrom(Severities()).Draw(t, "value")
	case countKind:
		sign, value = order, rapid.SampledFrom([]string{"0", "1", "02", "3"}).Draw(t, "value")
	case timeKind:
		value = rapid.SampledFrom([]string{
			"7d", "036h", "today", "yesterday", "2026", "2026-11", "2026-11-20", "2026-11-20T14:21Z",
			"2026-11-20t14:21:00+02:00", "2026-11-20T14:21:07.5", "unknown", "1y", "90min",
		}).Draw(t, "value")
	}
	if f == FieldWord {
		return value
	}
	return f.String() + sign + value
}
