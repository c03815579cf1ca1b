package alarm

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"vigil/internal/incident"
)

// million is how many incidents the benchmark holds; VIGIL_BENCH_INCIDENTS changes it.
const million = 1_000_000

// BenchmarkEvaluate asks the shipped rules of a desk that holds a million incidents, of which 500 are of the last 48 h: the first look at
// all of it, each further one, one after an incident came, and the sweep of every ten minutes.
func BenchmarkEvaluate(b *testing.B) {
	n := million
	if s := os.Getenv("VIGIL_BENCH_INCIDENTS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	r := newRoom(b)
	const recent = 500
	for i := n - 1; i >= 0; i-- { // the room's clock goes on with each: the newest come last
		at := time.Duration(i) * 48 * time.Hour / recent
		if i >= recent {
			at = 48*time.Hour + time.Duration(i)*time.Minute
		}
		r.say("radio", r.shooting(fmt.Sprint("i", i), ago(at), func(in *incident.Incident) { in.Affected[0].Count = i % 3 }))
	}
	v := r.view()
	for r.store.Uncompared() > 0 { // each picture compares some more of what may tell of one event
		v = r.view()
	}
	book := r.draft.Book()
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			if e := NewEvaluator(r.rules); !e.Evaluate(v, book).Whole || len(e.held) == 0 {
				b.Fatal("nothing was asked")
			}
		}
	})
	r.look()
	v, book = r.view(), r.draft.Book()
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			r.eval.Evaluate(v, book)
		}
	})
	b.Run("one came", func(b *testing.B) {
		k := 0
		for b.Loop() {
			b.StopTimer()
			k++
			r.say("radio", r.shooting(fmt.Sprint("new", k), killed(1)))
			v := r.view()
			b.StartTimer()
			r.eval.Evaluate(v, book)
		}
	})
	b.Run("sweep", func(b *testing.B) {
		v := r.view()
		for b.Loop() {
			b.StopTimer()
			r.eval.swept = time.Time{}
			b.StartTimer()
			r.eval.Evaluate(v, book)
		}
	})
}
