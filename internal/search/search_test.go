package search_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/tui/tuitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func parse(tb testing.TB, v picture.View, text string) query.Query {
	tb.Helper()
	q, err := query.Parse(text, search.Vocabulary(v))
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return q
}

// found is the ids that the sources gave to what a query finds; a restricted incident shows none.
func found(tb testing.TB, v picture.View, text string) (ids []string, undecided int) {
	tb.Helper()
	r, err := search.Run(tb.Context(), v, parse(tb, v, text))
	if err != nil || !r.Whole {
		tb.Fatalf("%s: %v, whole %t", text, err, r.Whole)
	}
	for _, id := range r.IDs {
		ids = append(ids, v.Identity(id).ID.String())
	}
	return ids, r.Undecided
}

func TestFields(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, c := range []struct {
		query string
		want  string
	}{
		{"convoy drivers", "R-2026-0412"},
		{"tillaberi", "R-2026-0409"},
		{`place:"ansongo" killed:0 since:1d`, "R-2026-0412"},
		{"country:niger act:flood", "FL 1103511"},
		{"country:NER -act:flood", "R-2026-0409"},
		{"act:arrest_detention", "R-2026-0408"},
		{"threat:hazard", "FL 1103511"},
		{"severity:severe", "R-2026-0412"},
		{"killed>=3", "7741"},
		{"detained>0", "R-2026-0408"},
		{"staff:national killed>1", "R-2026-0411 7741"},
		{"source:gdacs", "FL 1103511"},
		{"source:Partner_network_of_the_lower_river", ""},
		{"verification:refuted", "R-2026-0404"},
		{"class:incident killed>=3", "7741"},
		{"id:R-2026-041", "R-2026-0412 R-2026-0411"},
		{"since:unknown act:protest", "R-2026-0405"},
		{"since:unknown source:radio act:protest OR id:7741", "R-2026-0405 7741"},
		{"place:تمبكتو", "R-2026-0404"},
	} {
		got, _ := found(t, v, c.query)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s finds %v, want %s", c.query, got, c.want)
		}
	}
}

// TestRestricted holds the search to what the viewer may see: nothing but the source of a restricted
// incident can be asked for, and its words find nothing.
func TestRestricted(t *testing.T) {
	d := tuitest.Sahel()
	officer, lead := d.View(), d.Store.Publish(tuitest.Now).For(picture.SecurityLead)
	for _, text := range []string{
		"must never be seen", "act:sexual_violence", "mopti since:12h", "threat:crime since:12h", "id:R-2026-0407",
		"country:MLI threat:crime since:12h", "handling:public", "severity:critical since:12h", "injured>0 since:12h act:sexual_violence",
	} {
		r, err := search.Run(t.Context(), officer, parse(t, officer, text))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range r.IDs {
			if row, _ := officer.Row(id); row.Restricted {
				t.Errorf("%q finds a restricted incident", text)
			}
		}
	}
	if got, _ := found(t, lead, "act:sexual_violence"); !slices.Equal(got, []string{"R-2026-0407"}) {
		t.Errorf("the security lead finds %v", got)
	}
	_, all := found(t, officer, "severity:critical")
	if _, other := found(t, officer, "severity:minor"); all != other {
		t.Error("the number of undecided tells the severity of a restricted incident")
	}
}

func TestFirstPageThenTheWhole(t *testing.T) {
	v := tuitest.Many(3000).View()
	results := collect(search.Start(t.Context(), v, parse(t, v, "threat:crime"), 10))
	if len(results) != 2 || len(results[0].IDs) != 10 || results[0].Whole || !results[1].Whole || len(results[1].IDs) != 600 {
		t.Fatalf("got %d results", len(results))
	}
	if !slices.Equal(results[0].IDs, results[1].IDs[:10]) {
		t.Error("the whole does not begin with the first page")
	}
	if few := collect(search.Start(t.Context(), v, parse(t, v, "threat:crime"), 600)); len(few) != 1 || !few[0].Whole {
		t.Errorf("a page that holds everything is not all that is given: %d results", len(few))
	}
	if none := collect(search.Start(t.Context(), v, parse(t, v, "nosuchword"), 10)); len(none) != 1 || len(none[0].IDs) != 0 || !none[0].Whole {
		t.Error("nothing found is not told once")
	}
}

func collect(c <-chan search.Result) []search.Result {
	var list []search.Result
	for r := range c {
		list = append(list, r)
	}
	return list
}

func TestCancelled(t *testing.T) {
	v := tuitest.Many(3000).View()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := search.Run(ctx, v, parse(t, v, "threat:crime")); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search gives %v", err)
	}
	if got := collect(search.Start(ctx, v, parse(t, v, "threat:crime"), 10)); len(got) != 0 {
		t.Error("a cancelled search gives a result")
	}
}

func TestNoPicture(t *testing.T) {
	r, err := search.Run(t.Context(), picture.View{}, query.Query{})
	if err != nil || !r.Whole || len(r.IDs) != 0 {
		t.Errorf("without a picture: %+v, %v", r, err)
	}
	search.Vocabulary(picture.View{}).Values(query.FieldSource)
}

// TestVocabularyTakesItsOwnWords is what query asks of a vocabulary.
func TestVocabularyTakesItsOwnWords(t *testing.T) {
	vocabulary := search.Vocabulary(tuitest.Sahel().View())
	for _, f := range []query.Field{query.FieldCountry, query.FieldAct, query.FieldSource} {
		for _, word := range vocabulary.Values(f) {
			if got, ok := vocabulary.Resolve(f, word); !ok || got != word {
				t.Errorf("%s:%s becomes %q, %t", f, word, got, ok)
			}
		}
		if _, ok := vocabulary.Resolve(f, "no such thing"); ok {
			t.Errorf("%s takes anything", f)
		}
	}
	if first := vocabulary.Values(query.FieldCountry)[0]; first != "BFA" {
		t.Errorf("completion begins with %s, not with the countries of the picture", first)
	}
}

// BenchmarkSearch prints how many incidents a second are looked at, by what is asked for, and what the first page
// costs.
func BenchmarkSearch(b *testing.B) {
	const n = 100_000
	v := tuitest.Many(n).View()
	for _, text := range []string{"country:MLI", "killed>0", "since:30d severity>=severe", "nosuchword"} {
		q := parse(b, v, text)
		b.Run("whole/"+text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := search.Run(b.Context(), v, q); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
		})
	}
	b.Run("page/country:MLI", func(b *testing.B) {
		q := parse(b, v, "country:MLI")
		for b.Loop() {
			ctx, cancel := context.WithCancel(b.Context())
			<-search.Start(ctx, v, q, 24)
			cancel()
		}
	})
}

// What was only written about is found by its class, and what happened without it.
func TestClass(t *testing.T) {
	d := tuitest.Sahel()
	d.Store.Arrive(picture.Arrival{
		Incident: &incident.Incident{
			Identity: incident.Identity{Authority: safetext.Const("news"), ID: safetext.Const("N-1")}, Class: incident.Report,
			Countries: []country.Code{country.MLI}, Title: safetext.Const("Talks on access"),
		},
		Source: "radio", Received: tuitest.Now,
		Origin: incident.Origin{File: safetext.Const("feeds/radio.jsonl"), Line: 9000, Offset: 900000, Generation: 1},
	})
	v := d.View()
	if ids, undecided := found(t, v, "class:report"); len(ids) != 1 || ids[0] != "N-1" || undecided != v.Totals().Restricted {
		t.Errorf("reports %v, and %d undecided", ids, undecided)
	}
	if ids, _ := found(t, v, "class:incident"); slices.Contains(ids, "N-1") || len(ids) != v.Len()-1-v.Totals().Restricted {
		t.Errorf("%d incidents of %d", len(ids), v.Len())
	}
}

// Which events several sources tell of, or may, is found as lists mark it.
func TestEvent(t *testing.T) {
	v := tuitest.Convoy().View()
	for q, want := range map[string]int{"event:merged": 1, "event:single": 1, "event:proposed": 2, "-event:proposed": 0} {
		if ids, undecided := found(t, v, q); len(ids) != want || undecided != 0 {
			t.Errorf("%s finds %v, and %d undecided", q, ids, undecided)
		}
	}
}

// Where records contradict each other is found as well.
func TestConflict(t *testing.T) {
	v := tuitest.Sahel().View()
	if ids, _ := found(t, v, "event:conflict"); len(ids) != v.Totals().Conflicts || len(ids) == 0 {
		t.Errorf("%v, want %d", ids, v.Totals().Conflicts)
	}
}
