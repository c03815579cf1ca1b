package table

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

const (
	fullExport   = "awsd/incidents.csv"
	afghanExport = "awsd/AWSD_AF_security_incidents.csv"
)

func decodeReal(t *testing.T, body []byte) feed.Document {
	t.Helper()
	if !AWSD.Recognise(body[:feed.HeadSize]) {
		t.Fatal("not recognised")
	}
	doc, err := AWSD.Document(feed.NewContext("feeds/awsd.csv"), body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestRealExport holds for the full export what is known of it by other means.
func TestRealExport(t *testing.T) {
	doc := decodeReal(t, feedtest.Real(t, fullExport))
	if len(doc.Records) != 4954 || len(doc.Problems) != 0 || !doc.ContentTime.IsZero() {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	ids := make(map[string]int)
	precision := make(map[incident.Precision]int)
	verified := make(map[incident.Verification]int)
	noCountry, named, inferred, points := 0, 0, 0, 0
	for n := range doc.Records {
		rec := &doc.Records[n]
		if rec.Kind != feed.Incident || len(rec.Problems) != 0 {
			t.Fatalf("line %d: %v %q", rec.Line, rec.Kind, feedtest.Messages(rec))
		}
		i := &rec.Incident
		ids[i.Identity.ID.String()]++
		precision[i.Occurred.Precision]++
		verified[i.Verification.Value]++
		if len(i.Countries) == 0 {
			noCountry++
			named += len(i.CountryText)
		}
		if i.Inferred {
			inferred++ // Chechnya, and what names nothing but has a position; Kashmir is nobody's
		}
		if i.HasPoint {
			points++
		}
		if i.Act.Unlisted() || i.Threat.Unlisted() || i.Verification.Unlisted() {
			t.Errorf("line %d: a code falls through: %+v", rec.Line, i)
		}
		feedtest.RoundTrip(t, i)
	}
	if len(ids) != 4953 || ids["4664"] != 2 {
		t.Errorf("%d ids, 4664 stands %d times", len(ids), ids["4664"])
	}
	if precision[incident.ToYear] != 52 || precision[incident.ToMonth] != 347-52 || precision[incident.Unstated] != 0 {
		t.Errorf("precisions %v", precision)
	}
	if verified[incident.Confirmed] != 3828 || verified[incident.Unconfirmed] != 4954-3828 {
		t.Errorf("verified %v", verified)
	}
	if noCountry != 7 || named != 1 || inferred != 27 {
		t.Errorf("%d rows without a country, %d of them with a name that is none; of %d it is inferred", noCountry, named, inferred)
	}
	if points != 4954-13 {
		t.Errorf("%d positions", points)
	}
}

// TestRealFigures sums the same people as the columns do, read here without any of the code
// under test.
func TestRealFigures(t *testing.T) {
	for _, name := range []string{fullExport, afghanExport} {
		body := feedtest.Real(t, name)
		rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		header, rows := rows[0], rows[1:]
		if strings.HasPrefix(rows[0][0], "#") {
			rows = rows[1:]
		}
		doc := decodeReal(t, body)
		if len(doc.Records) != len(rows) {
			t.Fatalf("%s: %d records of %d rows", name, len(doc.Records), len(rows))
		}
		cuts := map[string]incident.Cut{
			"UN":                       {Population: incident.PopulationUN},
			"Other":                    {Population: incident.PopulationOther},
			"Nationals killed":         {Recruitment: incident.National, Outcome: incident.Killed},
			"Internationals kidnapped": {Recruitment: incident.International, Outcome: incident.Abducted},
			"Nationals detained":       {Recruitment: incident.National, Outcome: incident.Detained},
			"Total nationals":          {Recruitment: incident.National},
			"Total internationals":     {Recruitment: incident.International},
			"Total killed":             {Outcome: incident.Killed},
			"Total wounded":            {Outcome: incident.Injured},
			"Total kidnapped":          {Outcome: incident.Abducted},
			"Total detained":           {Outcome: incident.Detained},
			"Total affected":           {},
			"Gender Male":              {Sex: incident.Male},
			"Gender Female":            {Sex: incident.Female},
			"Gender Unknown":           {Sex: incident.SexUnknown},
			"INGO\x00NNGO":             {Population: incident.PopulationNGO},
			"ICRC\x00NRCS and IFRC":    {Population: incident.PopulationRedCross},
			"Total killed\x00Total detained\x00Total wounded\x00Total kidnapped": {},
		}
		for columns, cut := range cuts {
			for n, cells := range rows {
				want := 0
				for column := range strings.SplitSeq(columns, "\x00") {
					count, err := strconv.Atoi(cells[index(header, column)])
					if err != nil {
						t.Fatal(err)
					}
					want += count
				}
				got, known := doc.Records[n].Incident.Affected.Figure(cut)
				if !known || got != want {
					t.Errorf("%s line %d: %q is %d, known %t; want %d", name, doc.Records[n].Line, columns, got, known, want)
				}
			}
		}
	}
}

func index(header []string, column string) int {
	for i, name := range header {
		if name == column {
			return i
		}
	}
	return -1
}

// TestRealPlaces looks at each record's line and bytes in the file as they stand there.
func TestRealPlaces(t *testing.T) {
	for _, name := range []string{fullExport, afghanExport} {
		body := feedtest.Real(t, name)
		for _, rec := range decodeReal(t, body).Records {
			if line := 1 + bytes.Count(body[:rec.Offset], []byte("\n")); line != rec.Line {
				t.Fatalf("%s: offset %d is on line %d, not %d", name, rec.Offset, line, rec.Line)
			}
			if id := rec.Incident.Identity.ID.String(); !bytes.HasPrefix(body[rec.Offset:], []byte(id+",")) {
				t.Fatalf("%s:%d: the row of %s does not begin there", name, rec.Line, id)
			}
		}
	}
}

func TestRealCountries(t *testing.T) {
	doc := decodeReal(t, feedtest.Real(t, fullExport))
	count := make(map[country.Code]int)
	for n := range doc.Records {
		for _, c := range doc.Records[n].Incident.Countries {
			count[c]++
		}
	}
	// As counted by the column of codes, Namibia's NA among them.
	for code, want := range map[string]int{"SSD": 635, "AFG": 617, "PSE": 511, "MLI": 129} {
		if got := count[country.MustParse(code)]; got != want {
			t.Errorf("%s: %d incidents, want %d", code, got, want)
		}
	}
	if count[country.MustParse("NAM")] == 0 {
		t.Error("Namibia is lost")
	}
}

// TestRealThreats pins how the rules divide the full export, so that a change of a rule shows how
// many records it moves.
func TestRealThreats(t *testing.T) {
	doc := decodeReal(t, feedtest.Real(t, fullExport))
	got := make(map[incident.Threat]int)
	for n := range doc.Records {
		got[doc.Records[n].Incident.Threat.Value]++
	}
	want := map[incident.Threat]int{
		incident.ThreatUnknown: 2363, incident.ArmedConflict: 1186, incident.Terrorism: 413, incident.Crime: 894, incident.CivilUnrest: 98,
	}
	for threat, n := range want {
		if got[threat] != n {
			t.Errorf("%s: %d, want %d", threat, got[threat], n)
		}
	}
}

func BenchmarkAWSD(b *testing.B) {
	body := feedtest.Real(b, fullExport)
	ctx := feed.NewContext("bench")
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := AWSD.Document(ctx, body); err != nil {
			b.Fatal(err)
		}
	}
}
