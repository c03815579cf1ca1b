package geo_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed/feedtest"
	"vigil/internal/geo"
	"vigil/internal/incident"
)

// columns are where a real file has what this test compares, read raw and not by a format's decoder.
type columns struct{ id, code, name, lat, lon, year, month, day, date string }

var realFiles = []struct {
	file string
	columns
	// share is how much of the records with a position and a country must be inferred to be where they say, and flagged how
	// many of them are certainly elsewhere. Each of those was looked at once.
	share   float64
	flagged int
}{
	{"awsd/incidents.csv", columns{id: "Incident ID", code: "Country Code", name: "Country", lat: "Latitude", lon: "Longitude", year: "Year", month: "Month", day: "Day"}, 0.985, 19},
	{"insecurity-insight/derived/attacks-on-health-care-2016-2023.csv", columns{id: "SiND Event ID", code: "Country ISO", name: "Country", lat: "Latitude", lon: "Longitude", date: "Date"}, 0.985, 5},
	{"insecurity-insight/derived/protection-in-danger-2020-2023.csv", columns{id: "SiND ID", code: "Country ISO", name: "Country", lat: "Latitude", lon: "Longitude", date: "Date"}, 0.985, 1},
	{"insecurity-insight/aidWorkerKIKA.json", columns{id: "SiND Event ID", code: "Country ISO", name: "Country", lat: "Latitude", lon: "Longitude", date: "Date"}, 0.985, 0},
	{"insecurity-insight/foodSecurity-backfill.json", columns{id: "SiND Event ID", code: "Country ISO", name: "Country", lat: "Latitude", lon: "Longitude", date: "Date"}, 0.985, 0},
	{"hxl/2014-json.json", columns{id: "web_id", name: "country_of_incident", lat: "location_coodinates"}, 0.84, 11},
	{"hxl/2025-json.json", columns{id: "web_id", name: "country_of_incident", lat: "location_coodinates"}, 0.92, 4},
}

func TestRealRecordsAreWhereTheySay(t *testing.T) {
	for _, f := range realFiles {
		t.Run(f.file, func(t *testing.T) {
			body := feedtest.Real(t, f.file)
			compared, equal, accepted, flagged := 0, 0, 0, 0
			kinds := make(map[string]int)
			for record := range records(t, f.file, body) {
				p, ok := f.point(record)
				stated := f.countries(record)
				if !ok || len(stated) == 0 {
					continue
				}
				compared++
				inferred, _ := geo.At(p)
				if slices.Contains(stated, inferred) {
					equal++
					continue
				}
				kind := fmt.Sprintf("%v stated, %q inferred", stated, inferred)
				if geo.Outside(p, country.Then(stated, f.when(record)), 0) {
					flagged++
					kind += ", certainly outside"
					t.Logf("%s %s: %v %s", kind, record[f.id], p, record[f.name])
				} else {
					accepted++
				}
				kinds[kind]++
			}
			for _, k := range slices.SortedFunc(maps.Keys(kinds), func(a, b string) int { return kinds[b] - kinds[a] }) {
				t.Logf("%4d %s", kinds[k], k)
			}
			share := float64(equal) / float64(compared)
			t.Logf("%d compared: %d equal (%.2f %%), %d near or of a place of two, %d certainly outside", compared, equal, 100*share, accepted, flagged)
			if compared == 0 || share < f.share || flagged != f.flagged {
				t.Errorf("%.4f equal, want at least %.4f; %d outside, want %d", share, f.share, flagged, f.flagged)
			}
		})
	}
}

// records are the records of a CSV or JSON file by the names of their fields.
func records(t *testing.T, file string, body []byte) func(func(map[string]string) bool) {
	t.Helper()
	if strings.HasSuffix(file, ".json") {
		var all []map[string]any
		if err := json.Unmarshal(body, &all); err != nil {
			t.Fatal(err)
		}
		return func(yield func(map[string]string) bool) {
			for _, r := range all {
				text := make(map[string]string, len(r))
				for k, v := range r {
					text[k] = fmt.Sprint(v)
				}
				if !yield(text) {
					return
				}
			}
		}
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(map[string]string) bool) {
		for _, row := range all[1:] {
			text := make(map[string]string, len(row))
			for i, v := range row[:min(len(row), len(all[0]))] {
				text[all[0][i]] = v
			}
			if !yield(text) {
				return
			}
		}
	}
}

func (c *columns) point(r map[string]string) (incident.Point, bool) {
	lat, lon := r[c.lat], r[c.lon]
	if c.lon == "" {
		lat, lon, _ = strings.Cut(lat, ",")
	}
	y, err1 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := incident.Point{Lat: y, Lon: x}
	return p, err1 == nil && err2 == nil && p.Valid()
}

func (c *columns) countries(r map[string]string) []country.Code {
	if code, ok := country.Parse(r[c.code]); ok {
		return []country.Code{code}
	}
	codes, _ := country.ParseList(r[c.name])
	return codes
}

// when is when it happened at the latest; zero where that is not known.
func (c *columns) when(r map[string]string) time.Time {
	if c.date != "" {
		at, _ := time.Parse(time.DateOnly, strings.TrimSpace(r[c.date]))
		return at
	}
	year, _ := strconv.Atoi(r[c.year])
	month, _ := strconv.Atoi(r[c.month])
	day, _ := strconv.Atoi(r[c.day])
	return time.Date(year, time.Month(max(month, 1)), max(day, 1), 0, 0, 0, 0, time.UTC)
}
