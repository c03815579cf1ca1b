package query

import (
	"strconv"
	"testing"
	"time"
)

// columns is a million incidents as a store by columns has them: codes and numbers in
// arrays, the words in one text.
type columns struct {
	country, act, severity, killed []uint8
	start                          []int64
	words                          string
	wordsAt                        []uint32
}

const benchRows = 1_000_000

var (
	benchCountries = []string{"MLI", "BFA", "NER", "TCD", "MRT", "SSD", "AFG", "YEM"}
	benchActs      = []string{"abduction", "killing", "shooting", "complex_attack"}
)

// newColumns makes the same rows each time; 255 killed stands for unknown.
func newColumns() *columns {
	c := &columns{}
	const text = "armed men stopped a convoy of two vehicles on the road and took equipment and two staff members ansongo gao "
	var words []byte
	for i := range benchRows {
		h := uint32(i) * 2654435761
		c.country = append(c.country, uint8(h>>5%8))
		c.act = append(c.act, uint8(h>>9%4))
		c.severity = append(c.severity, uint8(h>>13%6))
		killed := uint8(h >> 17 % 6)
		if killed == 5 {
			killed = 255
		}
		c.killed = append(c.killed, killed)
		c.start = append(c.start, now.Add(-time.Duration(i)*time.Minute).Unix())
		if i%100 == 0 { // a hundred rows share one text, or the bench needs 100 MB
			words = append(append(words, text...), strconv.Itoa(i)...)
		}
		c.wordsAt = append(c.wordsAt, uint32(len(words)))
	}
	c.words = string(words)
	return c
}

type columnRow struct {
	c *columns
	i int
}

func (r *columnRow) May(Field, string) bool { return true }

func (r *columnRow) Text(Field) string {
	end := int(r.c.wordsAt[r.i])
	return r.c.words[max(0, end-110):end]
}

func (r *columnRow) Has(f Field, value string) Tri {
	switch f {
	case FieldCountry:
		return Of(benchCountries[r.c.country[r.i]%8] == value)
	case FieldAct:
		return Of(benchActs[r.c.act[r.i]%4] == value)
	}
	return No
}

func (r *columnRow) Severity() (int, bool) {
	s := int(r.c.severity[r.i] % 6)
	return s, s > 0
}

func (r *columnRow) Count(Field) (int, bool) {
	n := int(r.c.killed[r.i])
	if n == 255 {
		return 0, false
	}
	return n, true
}

func (r *columnRow) Time() (start, end time.Time, known bool) {
	t := time.Unix(r.c.start[r.i], 0)
	return t, t, true
}

// BenchmarkMatchMillion scans a million rows and prints the time a row and what matched.
func BenchmarkMatchMillion(b *testing.B) {
	c := newColumns()
	for _, s := range []string{
		"", "country:MLI", "country:MLI act:abduction severity>=severe", "killed>0 since:7d",
		"equipment", "equipment country:MLI", `"not in any of them"`, "country:MLI OR (act:killing -killed:0)",
	} {
		q, err := Parse(s, Vocabulary{Values: func(f Field) []string {
			if f == FieldCountry {
				return benchCountries
			}
			return benchActs
		}})
		if err != nil {
			b.Fatal(err)
		}
		if s == "" {
			s = "everything"
		}
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			matched := 0
			for b.Loop() {
				matched = 0
				row := &columnRow{c: c}
				for row.i = range benchRows {
					if q.Match(row, now) {
						matched++
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
			b.ReportMetric(float64(matched), "rows")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(`(abduction OR act:killing) country:MLI severity>=severe -place:"Gao region" since:7d`, vocabulary); err != nil {
			b.Fatal(err)
		}
	}
}
