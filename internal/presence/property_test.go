package presence

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/safetext"
)

var (
	drawID       = rapid.SampledFrom([]string{"", "1", "2", "3", "4"})
	drawName     = rapid.SampledFrom([]string{"", "A", "B", "a"})
	drawOrg      = rapid.SampledFrom([]string{"", "UNHCR", "unhcr", "WFP"})
	drawPop      = rapid.SampledFrom([]string{"", "un", "ngo", "guards"})
	drawRec      = rapid.SampledFrom([]string{"", "national", "international", "unknown", "volunteer"})
	drawSex      = rapid.SampledFrom([]string{"", "f", "m", "unknown"})
	drawCountry  = rapid.SampledFrom([]string{"MLI", "NER"})
	drawArea     = rapid.SampledFrom([]string{"", "Gao", "gao", "Kidal"})
	drawStatus   = rapid.SampledFrom([]string{"", "safe", "left area"})
	drawWhen     = rapid.SampledFrom([]string{"", "2026", "2026-11", "2026-11-19", "2026-11-20", "2026-11-20T10:00:00Z"})
	drawCount    = rapid.IntRange(0, 9)
	drawModified = rapid.SampledFrom([]string{"", "2026-11-19"})
)

func drawFiles(t *rapid.T) []File {
	var files []File
	for i := range rapid.IntRange(0, 4).Draw(t, "files") {
		source := fmt.Sprintf("f%d", i)
		rows := make([]string, rapid.IntRange(0, 8).Draw(t, "rows"))
		var f File
		if rapid.Bool().Draw(t, "roster") {
			for j := range rows {
				rows[j] = strings.Join([]string{
					drawID.Draw(t, "id"), drawName.Draw(t, "name"), drawOrg.Draw(t, "org"), drawPop.Draw(t, "pop"), drawRec.Draw(t, "rec"),
					drawSex.Draw(t, "sex"), drawCountry.Draw(t, "country"), drawArea.Draw(t, "area"), drawStatus.Draw(t, "status"), drawWhen.Draw(t, "when"),
				}, "|")
			}
			f = roster(source, drawWhen.Draw(t, "as of"), rows...)
		} else {
			for j := range rows {
				rows[j] = strings.Join([]string{
					drawCountry.Draw(t, "country"), drawArea.Draw(t, "area"), drawOrg.Draw(t, "org"), drawPop.Draw(t, "pop"), drawRec.Draw(t, "rec"),
					drawSex.Draw(t, "sex"), fmt.Sprint(drawCount.Draw(t, "count")), drawWhen.Draw(t, "when"),
				}, "|")
			}
			f = headcount(source, rows...)
			f.AsOf = on(drawWhen.Draw(t, "as of")).Start
		}
		f.Modified = on(drawModified.Draw(t, "modified")).Start
		files = append(files, f)
	}
	return files
}

var exported = cmp.Options{cmpopts.EquateComparable(safetext.Text{}, Name{}), cmpopts.EquateEmpty()}

func TestReconcileProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := drawFiles(t)
		l := Reconcile(files)

		// Whatever the order of the files, the ledger is the same.
		shuffled := append([]File(nil), files...)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(l, Reconcile(shuffled), exported); diff != "" {
			t.Fatalf("the order of the files matters:\n%s", diff)
		}

		rows, rosterRows, counted := 0, 0, 0
		for _, f := range files {
			rosterRows += len(f.People)
			rows += len(f.Headcounts)
		}
		// Every row of a roster is a person or went into one.
		if len(l.People)+l.Merged != rosterRows {
			t.Fatalf("%d people and %d merged of %d rows", len(l.People), l.Merged, rosterRows)
		}
		if l.SetAside+l.Superseded > rows {
			t.Fatalf("%d aside and %d superseded of %d rows", l.SetAside, l.Superseded, rows)
		}
		// Nobody is listed twice.
		type identity struct{ id, organization string }
		seen := map[identity]bool{}
		expected := 0
		for i := range l.People {
			p := &l.People[i]
			who := identity{fold(p.ID), fold(p.Organization)}
			if who.id != "" && seen[who] {
				t.Fatalf("%v is listed twice", who)
			}
			seen[who] = true
			if p.Expected() {
				expected++
			}
		}
		keys := map[groupKey]bool{}
		for i := range l.Groups {
			g := &l.Groups[i]
			if g.FromRoster {
				counted += g.Total
				if keys[keyOf(g)] {
					t.Fatalf("group %v stands there twice", keyOf(g))
				}
				keys[keyOf(g)] = true
			}
			if min(g.National, g.International, g.RecruitmentUnknown, g.Female, g.Male, g.SexUnknown) < 0 {
				t.Fatalf("negative: %+v", g)
			}
		}
		if counted != expected || expected+l.NotExpected != len(l.People) {
			t.Fatalf("%d of %d expected counted, %d not expected", counted, expected, l.NotExpected)
		}
		for _, c := range l.Countries() {
			checkTotals(t, &l, c)
		}
	})
}

func checkTotals(t *rapid.T, l *Ledger, c country.Code) {
	n, ok := l.Totals(c)
	if !ok || n.National+n.International+n.RecruitmentUnknown != n.Total || n.Female+n.Male+n.SexUnknown != n.Total {
		t.Fatalf("%s does not add up: %+v", c, n)
	}
	for _, parts := range [][]Part{l.ByArea(c), l.ByOrganization(c), l.ByPopulation(c)} {
		sum := parts[0].Totals
		for _, p := range parts[1:] {
			sum = sum.plus(p.Totals)
		}
		if sum != n {
			t.Fatalf("%s: the parts are %+v and the whole %+v", c, sum, n)
		}
	}
}

// Headcounts alone: the figure is at least what each breakdown of one group counts, and saying the same
// again in another file changes nothing.
func TestHeadcountProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var files []File
		for _, f := range drawFiles(t) {
			if len(f.People) == 0 {
				files = append(files, f)
			}
		}
		once, twice := Reconcile(files), Reconcile(append(append([]File(nil), files...), files...))
		if diff := cmp.Diff(once.Groups, twice.Groups, exported); diff != "" {
			t.Fatalf("said twice, counted differently:\n%s", diff)
		}
		for _, f := range files {
			for i := range f.Headcounts {
				if h := &f.Headcounts[i]; !replaced(files, h) {
					if n, _ := once.Totals(h.Country); n.Total < h.Count {
						t.Fatalf("%d people of %+v are not in %+v", h.Count, *h, n)
					}
				}
			}
		}
	})
}

// replaced reports whether another row of the same description may stand in place of h.
func replaced(files []File, h *Headcount) bool {
	for _, f := range files {
		for i := range f.Headcounts {
			o := &f.Headcounts[i]
			if o != h && o.Country == h.Country && fold(o.Area) == fold(h.Area) && fold(o.Organization) == fold(h.Organization) &&
				o.Population == h.Population && o.Recruitment == h.Recruitment && o.Sex == h.Sex {
				return true
			}
		}
	}
	return false
}

func BenchmarkReconcile(b *testing.B) {
	var rows []string
	for i := range 100_000 {
		rows = append(rows, fmt.Sprintf("P-%d|N %d|Org %d|un|national|f|MLI|Area %d||2026-11-20", i%90_000, i, i%20, i%300))
	}
	files := []File{roster("a", "2026-11-20", rows[:50_000]...), roster("b", "2026-11-20", rows[50_000:]...)}
	b.ReportAllocs()
	for b.Loop() {
		if l := Reconcile(files); len(l.People) == 0 {
			b.Fatal("nobody")
		}
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
}
