package convert_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vigil/internal/convert"
	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func when(t *testing.T, s string) incident.When {
	t.Helper()
	w, err := incident.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func ambush(t *testing.T) *incident.Incident {
	return &incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("=R-1")},
		Occurred: when(t, "2026-11-20"), Countries: []country.Code{country.MLI},
		Place: safetext.Const("@Ansongo"), Point: incident.Point{Lat: -15.5, Lon: -0.25}, HasPoint: true,
		Threat: incident.Known(incident.Terrorism), Act: incident.ParseAct("highway ambush"),
		Title: safetext.Const("+two taken"), Details: safetext.Block("-first\n=second"),
		Affected: incident.Breakdown{{
			Population: incident.Known(incident.PopulationNGO), Recruitment: incident.Known(incident.National),
			Outcome: incident.Known(incident.Abducted), Count: 2,
		}},
	}
}

func written(t *testing.T, form convert.Form, all ...*incident.Incident) []byte {
	t.Helper()
	var b bytes.Buffer
	w, ok := convert.New(&b, form)
	if !ok {
		t.Fatalf("no form %q", form)
	}
	for _, i := range all {
		if err := w.Write(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSONLIsTheNativeFormat(t *testing.T) {
	want := ambush(t)
	r, ok := native.Format.Line(&feed.Context{}, bytes.TrimSpace(written(t, convert.JSONL, want)), feed.Place{Line: 1})
	if !ok || r.Kind != feed.Incident || r.Incident.Hash() != want.Hash() {
		t.Errorf("read back as %+v", r)
	}
}

func TestCSV(t *testing.T) {
	for _, form := range []convert.Form{convert.CSV, convert.HXL} {
		t.Run(string(form), func(t *testing.T) {
			rows, err := csv.NewReader(bytes.NewReader(written(t, form, ambush(t)))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if form == convert.HXL {
				for n, tag := range rows[1] {
					if !strings.HasPrefix(tag, "#") || slices.Index(rows[1], tag) != n {
						t.Errorf("column %d has the tag %q", n, tag)
					}
				}
				rows = slices.Delete(rows, 1, 2)
			}
			if len(rows) != 2 {
				t.Fatalf("%d rows", len(rows))
			}
			for column, want := range map[string]string{
				"id": "'=R-1", "place": "'@Ansongo", "title": "'+two taken", "details": "'-first\n=second",
				"lat": "-15.5", "lon": "-0.25", "occurred": "2026-11-20", "country": "MLI", "act": "highway ambush",
				"abducted": "2", "killed": "0", "national": "2", "female": "", "accuracy_km": "", "reported": "", "until": "",
			} {
				if got := rows[1][slices.Index(rows[0], column)]; got != want {
					t.Errorf("%s is %q, want %q", column, got, want)
				}
			}
		})
	}
}

func TestWhatNobodySaidIsEmpty(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(written(t, convert.CSV, &incident.Incident{
		Identity: incident.Identity{ID: safetext.Const("1")},
	}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"occurred", "reported", "country", "lat", "lon", "killed", "injured", "affected", "national", "version"} {
		if got := rows[1][slices.Index(rows[0], column)]; got != "" {
			t.Errorf("%s is %q, and nobody said", column, got)
		}
	}
}

func TestGeoJSON(t *testing.T) {
	nowhere := ambush(t)
	nowhere.HasPoint = false
	for _, all := range [][]*incident.Incident{{}, {ambush(t)}, {ambush(t), nowhere}} {
		var doc struct {
			Type     string
			Features []struct {
				Type     string
				Geometry *struct {
					Type        string
					Coordinates []float64
				}
				Properties map[string]any
			}
		}
		if err := json.Unmarshal(written(t, convert.GeoJSON, all...), &doc); err != nil {
			t.Fatal(err)
		}
		if doc.Type != "FeatureCollection" || len(doc.Features) != len(all) {
			t.Errorf("%+v", doc)
		}
		for n, f := range doc.Features {
			if (f.Geometry != nil) != all[n].HasPoint || f.Properties["id"] != "=R-1" {
				t.Errorf("%+v", f)
			}
			if f.Geometry != nil && !slices.Equal(f.Geometry.Coordinates, []float64{-0.25, -15.5}) {
				t.Errorf("coordinates %v, longitude comes first", f.Geometry.Coordinates)
			}
		}
	}
}

// Nothing of a restricted record leaves but that there is one.
func TestRestrictedRecordsAreWithheld(t *testing.T) {
	secret := ambush(t)
	secret.Act = incident.Known(incident.SexualViolence)
	secret.Place, secret.Title, secret.Details = safetext.Const("CANARY"), safetext.Const("CANARY"), safetext.Const("CANARY")
	secret.Identity.ID, secret.Actor, secret.Links = safetext.Const("CANARY"), safetext.Const("CANARY"), []safetext.Text{safetext.Const("CANARY")}
	for _, form := range convert.Forms() {
		var b bytes.Buffer
		w, _ := convert.New(&b, form)
		p := &convert.Projected{Writer: w}
		for _, i := range []*incident.Incident{secret, ambush(t)} {
			if err := p.Write(i); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		if out := b.String(); strings.Contains(out, "CANARY") || strings.Contains(out, "sexual") || !strings.Contains(out, "Restricted incident") ||
			!strings.Contains(out, "two taken") || p.Withheld != 1 {
			t.Errorf("%s: withheld %d\n%s", form, p.Withheld, out)
		}
	}
}

// What was said of a record before it was restricted, or under the name whose place it takes, does not leave either.
func TestOtherVersionsOfARestrictedRecordAreWithheld(t *testing.T) {
	before, replaced, other := ambush(t), ambush(t), ambush(t)
	replaced.Identity.ID, other.Identity.ID = safetext.Const("R-replaced"), safetext.Const("R-other")
	restricted := ambush(t)
	restricted.Version, restricted.Handling = before.Version+1, incident.Known(incident.StrictlyConfidential)
	restricted.Replaces = []incident.Identity{replaced.Identity}
	nameless := ambush(t)
	nameless.Identity, nameless.Handling = incident.Identity{}, incident.Known(incident.Restricted)
	of := convert.Restrictions{}
	all := []*incident.Incident{before, replaced, restricted, other, nameless}
	for _, i := range all {
		if err := of.Write(i); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	w, _ := convert.New(&b, convert.JSONL)
	p := &convert.Projected{Writer: w, Of: of}
	for _, i := range append(all, &incident.Incident{Title: safetext.Const("no name, and open")}) {
		if err := p.Write(i); err != nil {
			t.Fatal(err)
		}
	}
	if out := b.String(); p.Withheld != 4 || strings.Count(out, "two taken") != 1 || !strings.Contains(out, "R-other") || !strings.Contains(out, "and open") {
		t.Errorf("withheld %d\n%s", p.Withheld, out)
	}
}
