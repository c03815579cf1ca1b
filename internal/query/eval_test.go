package query

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEval(t *testing.T) {
	tests := []struct {
		query               string
		reported, sometimes Tri
	}{
		{"", Yes, Yes},
		{"  ", Yes, Yes},
		{"report", No, Yes},
		{"ABDUCT", Yes, No},
		{"menaka", Yes, No},
		{"Ménaka", Yes, No},
		{"Me\u0301naka", Yes, No},
		{"n'djamena", Yes, No},
		{"abduction ansongo", Yes, No},
		{`"the road"`, Yes, No},
		{`"road the"`, No, No},
		{"road AND the", Yes, No},
		{"report | road", Yes, Yes},
		{"report road OR ansongo", Yes, No},
		{"report (road OR ansongo)", No, No},
		{"-report", Yes, No},
		{"NOT report", Yes, No},
		{"--report", No, Yes},
		{"-(report OR zzz)", Yes, No},
		{"place:anson", Yes, No},
		{"place:gao", No, No},
		{"id:r-2026", Yes, No},
		{"country:MLI", Yes, Maybe},
		{"country:mali", Yes, Maybe},
		{"Country:NER", Yes, Maybe},
		{`country:"Burkina Faso"`, No, Maybe},
		{"country!=BFA", Yes, Maybe},
		{"country:unknown", No, Yes},
		{"act:abduction", Yes, Maybe},
		{"act:Complex-Attack", No, Maybe},
		{"threat:terrorism", Yes, Maybe},
		{"threat:armed_conflict", No, Maybe},
		{"staff:national", Yes, Maybe},
		{"staff:international", No, Maybe},
		{"source:radio", Yes, Maybe},
		{"verification:unconfirmed", Yes, Maybe},
		{"handling:internal", Yes, Maybe},
		{"-handling:restricted", Yes, Maybe},
		{"severity>=severe", Yes, Yes},
		{"severity>=critical", No, Yes},
		{"severity>severe", No, Yes},
		{"severity<severe", No, No},
		{"severity<=moderate", No, No},
		{"severity<=critical", Yes, Yes},
		{"severity:severe", Yes, Maybe},
		{"severity!=severe", No, Maybe},
		{"severity:unknown", No, Yes},
		{"severity!=unknown", Yes, No},
		{"killed>0", No, Maybe},
		{"-killed>0", Yes, Maybe},
		{"killed=0", Yes, Maybe},
		{"killed:0", Yes, Maybe},
		{"killed>=0", Yes, Yes},
		{"killed<0", No, No},
		{"killed!=0", No, Maybe},
		{"killed:unknown", No, Yes},
		{"killed!=unknown", Yes, No},
		{"injured:>0", Yes, Maybe},
		{"injured<=1", Yes, Maybe},
		{"abducted>1", Yes, Maybe}, // at least two
		{"abducted>=3", Maybe, Maybe},
		{"abducted=1", No, Maybe},
		{"abducted!=1", Yes, Maybe},
		{"abducted=2", Maybe, Maybe},
		{"abducted<2", No, Maybe},
		{"abducted<=1", No, Maybe},
		{"abducted<=2", Maybe, Maybe},
		{"abducted:unknown", Yes, Yes},
		{"affected>=3", Yes, Maybe},
		{"detained>0", Maybe, Maybe},
		{"since:7d", Yes, Maybe},
		{"since:10min", No, Maybe},
		{"since:today", Yes, Maybe},
		{"since:2026-11-20T14:21Z", Yes, Maybe},
		{"since:2026-11-20T14:22Z", No, Maybe},
		{"since:2026-11-20T16:21+02:00", Yes, Maybe},
		{"since:2026-12", No, Maybe},
		{"since:unknown", No, Yes},
		{"until:7d", No, Maybe},
		{"until:yesterday", No, Maybe},
		{"until:today", Yes, Maybe},
		{"until:2026-11-20", Yes, Maybe},
		{"until:2026-11-19", No, Maybe},
		{"until:2026-11", Yes, Maybe},
		{"until:2026", Yes, Maybe},
		{"until:2025", No, Maybe},
		{"until:2026-11-20T14:21Z", No, Maybe},
		{"since:2026-11-20 until:2026-11-20", Yes, Maybe},
		{"killed>0 report", No, Maybe},
		{"killed>0 zzz", No, No},
		{"killed>0 OR report", No, Yes},
	}
	for _, tt := range tests {
		q := mustParse(t, tt.query)
		if got := q.Eval(ansongo(), now); got != tt.reported {
			t.Errorf("%q on a full report: %v, want %v", tt.query, got, tt.reported)
		}
		if got := q.Eval(sometime(), now); got != tt.sometimes {
			t.Errorf("%q on an empty report: %v, want %v", tt.query, got, tt.sometimes)
		}
		if got := q.Match(ansongo(), now); got != (tt.reported == Yes) {
			t.Errorf("Match(%q) = %v, want %v", tt.query, got, tt.reported == Yes)
		}
	}
}

func TestImpreciseTime(t *testing.T) {
	november := &fakeRow{
		start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		end:   time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
	}
	for s, want := range map[string]Tri{
		"since:7d": Maybe, "since:2026-11": Yes, "since:2026-10-31": Yes, "since:2026-12-01": No, "since:30d": Yes,
		"until:7d": Maybe, "until:2026-11": Yes, "until:2026-10-31": No, "until:2026-11-29": Maybe, "until:2026-11-30": Yes,
		"-since:7d": Maybe,
	} {
		if got := mustParse(t, s).Eval(november, now); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

// TestMoreKnowledgeNeverTurnsAnAnswer checks what Maybe means: whatever an unknown
// count turns out to be, Yes and No of before stay.
func TestMoreKnowledgeNeverTurnsAnAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := "killed" + rapid.SampledFrom([]string{":", "!=", "<", "<=", ">", ">="}).Draw(t, "op") + rapid.SampledFrom([]string{"0", "1", "2"}).Draw(t, "n")
		q, err := Parse(s, vocabulary)
		if err != nil {
			t.Fatal(err)
		}
		floor := rapid.IntRange(0, 4).Draw(t, "at least")
		before := q.Eval(&fakeRow{counts: map[Field]persons{FieldKilled: {floor, false}}}, now)
		yes, no := false, false
		for n := floor; n < 10; n++ {
			after := q.Eval(&fakeRow{counts: map[Field]persons{FieldKilled: {n, true}}}, now)
			yes, no = yes || after == Yes, no || after == No
		}
		want := Maybe
		if yes != no {
			want = Of(yes)
		}
		if before != want {
			t.Fatalf("%s of at least %d is %v, want %v", s, floor, before, want)
		}
	})
}

func TestConcurrentUse(t *testing.T) {
	q := mustParse(t, "(abduction OR act:killing) -country:BFA since:7d")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			r := ansongo()
			for range 100 {
				if !q.Match(r, now) || q.String() == "" {
					t.Error("no match")
				}
			}
		})
	}
	wg.Wait()
}

func TestEvalDoesNotAllocate(t *testing.T) {
	q := mustParse(t, "(zzz OR act:abduction) country:MLI severity>=severe injured>0 since:today until:2026")
	r := ansongo()
	if n := testing.AllocsPerRun(100, func() { q.Eval(r, now) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func TestTri(t *testing.T) {
	for v, want := range map[Tri]string{No: "no", Maybe: "maybe", Yes: "yes"} {
		if v.String() != want || v.Not().Not() != v {
			t.Errorf("%d is %q, not not %v", v, v, v.Not().Not())
		}
	}
}
