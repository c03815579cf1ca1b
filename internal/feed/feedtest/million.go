package feedtest

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
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
	towns := [...]struct {
		country  string
		lat, lon float64
		name     string
	}{
		{"MLI", 16.27, -0.04, "Gao"},
		{"MLI", 14.49, -4.19, "Mopti"},
		{"BFA", 14.10, -1.63, "Djibo"},
		{"NER", 13.31, 12.61, "Diffa"},
		{"SOM", 3.11, 43.65, "Baidoa"},
		{"SDN", 13.63, 25.35, "El Fasher"},
		{"SSD", 9.23, 29.80, "Bentiu"},
		{"ETH", 9.03, 38.74, "Addis Ababa"},
		{"COD", 1.56, 30.25, "Bunia"},
		{"CAF", 5.76, 20.68, "Bambari"},
		{"NGA", 11.83, 13.15, "Maiduguri"},
		{"TCD", 13.83, 20.83, "Abéché"},
		{"SYR", 35.93, 36.63, "Idlib"},
		{"YEM", 13.58, 44.02, "Taiz"},
		{"IRQ", 36.34, 43.13, "Mosul"},
		{"AFG", 34.34, 62.20, "Herat"},
		{"PAK", 30.18, 66.99, "Quetta"},
		{"MMR", 21.95, 96.08, "Mandalay"},
		{"UKR", 49.99, 36.23, "Kharkiv"},
		{"COL", 2.44, -76.61, "Popayán"},
	}
	words := strings.Fields("reported by radio room after convoy stopped near market crossing armed men fired warning shots vehicle damaged staff safe area closed until further notice local authorities informed")
	acts := [...]string{"shooting", "bombing_ied", "assault", "armed_robbery", "abduction", "protest", "arrest_detention", "road_accident", "intimidation", "theft"}
	threats := [...]string{"armed_conflict", "terrorism", "crime", "civil_unrest"}
	severities := [...]string{"negligible", "minor", "moderate", "severe", "critical"}
	outcomes := [...]string{"killed", "injured", "abducted", "none"}
	start := now.AddDate(-10, 0, 0)
	step := now.Add(-2*time.Hour).Sub(start) / time.Duration(n)
	for k := range n {
		at := start.Add(step * time.Duration(k)).Truncate(time.Second)
		occurred := at.Format(time.RFC3339)
		if k%5 == 0 && k < n-n/100 {
			occurred = at.Format(time.DateOnly)
		}
		town := &towns[k%len(towns)]
		place := fmt.Sprintf("%s, quarter %d", town.name, r.IntN(500))
		fmt.Fprintf(w, `{"id":"R-%08d","source":"radio","occurred":%q,"reported":%q,"country":%q,"admin1":"Region %d","place":%q,`+
			`"lat":%.4f,"lon":%.4f,"threat":%q,"act":%q,"severity":%q,"title":"Incident near %s","details":"%s`,
			k, occurred, at.Add(time.Hour).Format(time.RFC3339), town.country, k%300, place,
			town.lat+r.Float64()/5-0.1, town.lon+r.Float64()/5-0.1, threats[r.IntN(len(threats))], acts[k%len(acts)], severities[r.IntN(len(severities))], place, words[r.IntN(len(words))])
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
