package feedtest

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
)

// WriteFeed writes n lines of a native feed to path: incidents over the ten years before now, oldest first, of
// some 537 bytes each, so that a million are 537 MB. The same n and now give the same file.
func WriteFeed(tb testing.TB, path string, n int, now time.Time) (size int64) {
	tb.Helper()
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	r := rand.New(rand.NewPCG(1, 2))
	codes := country.All()[:60]
	words := strings.Fields("reported by radio room after convoy stopped near market crossing armed men fired warning shots vehicle damaged staff safe area closed until further notice local authorities informed")
	acts := [...]string{"shooting", "bombing_ied", "assault", "armed_robbery", "abduction", "protest", "arrest_detention", "road_accident", "intimidation", "theft"}
	threats := [...]string{"armed_conflict", "terrorism", "crime", "civil_unrest"}
	severities := [...]string{"negligible", "minor", "moderate", "severe", "critical"}
	outcomes := [...]string{"killed", "injured", "abducted", "none"}
	towns := [...]string{"Gao", "Kidal", "Mopti", "Segou", "Bunia", "Goma", "Baidoa"}
	start := now.AddDate(-10, 0, 0)
	step := now.Add(-2*time.Hour).Sub(start) / time.Duration(n)
	for k := range n {
		at := start.Add(step * time.Duration(k)).Truncate(time.Second)
		occurred := at.Format(time.RFC3339)
		if k%5 == 0 && k < n-n/100 {
			occurred = at.Format(time.DateOnly)
		}
		place := fmt.Sprintf("%s %d", towns[r.IntN(len(towns))], r.IntN(2000))
		fmt.Fprintf(w, `{"id":"R-%08d","source":"radio","occurred":%q,"reported":%q,"country":%q,"admin1":"Region %d","place":%q,`+
			`"lat":%.4f,"lon":%.4f,"threat":%q,"act":%q,"severity":%q,"title":"Incident near %s","details":"%s`,
			k, occurred, at.Add(time.Hour).Format(time.RFC3339), codes[k%len(codes)].Alpha3(), k%300, place,
			r.Float64()*70-30, r.Float64()*80-20, threats[r.IntN(len(threats))], acts[k%len(acts)], severities[r.IntN(len(severities))], place, words[r.IntN(len(words))])
		for range 15 {
			fmt.Fprintf(w, " %s", words[r.IntN(len(words))])
		}
		fmt.Fprintf(w, `","affected":[{"population":"ngo","recruitment":"national","sex":"f","outcome":%q,"count":%d}],"verification":"probable","grade":"B2"}`+"\n",
			outcomes[r.IntN(len(outcomes))], r.IntN(6))
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return info.Size()
}
