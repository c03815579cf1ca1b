package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
)

// TestBrokenRows: a row that is broken costs itself, and is named by its line.
func TestBrokenRows(t *testing.T) {
	tests := []struct {
		name, row, want string
	}{
		{"a quotation mark within a cell", `2,2031,1,0,Shooting,5,6,ML,Mali,the "Oasis",1,2,1,1,Yes,Unknown`, `:3: bare "`},
		{"a quoted cell that goes on", `2,2031,1,0,Shooting,5,6,ML,Mali,"the" Oasis,1,2,1,1,Yes,Unknown`, `:3: extraneous or missing "`},
		{"a quotation mark that is not closed", `2,2031,1,0,Shooting,5,6,ML,Mali,"the Oasis,1,2,1,1,Yes,Unknown`, `:3: extraneous or missing "`},
		{"a separator too many", `2,2031,1,0,Shooting,5,6,ML,Mali,Gao, near,1,2,1,1,Yes,Unknown`, `:3: the row has 17 cells and the header 16`},
		{"a separator too few", `2,2031,1,0,Shooting`, `:3: the row has 5 cells and the header 16`},
		{"no id", ` ,2031,1,0,Shooting,5,6,ML,Mali,Gao,1,2,1,1,Yes,Unknown`, `:3:1: the row has no Incident ID`},
		{"a long id", strings.Repeat("9", 300) + `,2031,1,0,Shooting,5,6,ML,Mali,Gao,1,2,1,1,Yes,Unknown`, `:3:1: the Incident ID has 300 bytes`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// A row with quotes follows, so that an open one meets another.
			after := strings.Replace(smallRow, "Somewhere", `"Some, where"`, 1)
			doc := decode(t, []byte(small+tt.row+"\n"+after))
			if len(doc.Records) != 3 {
				t.Fatalf("%d records: %+v", len(doc.Records), doc.Records)
			}
			rec := &doc.Records[1]
			if rec.Kind != feed.Rejected || len(rec.Problems) == 0 || !strings.Contains(rec.Problems[0].String(), tt.want) || rec.Problems[0].Warning {
				t.Errorf("%v %q, want %q", rec.Kind, feedtest.Messages(rec), tt.want)
			}
			if last := &doc.Records[2]; last.Kind != feed.Incident || last.Line != 4 || last.Incident.Place.String() != "Some, where" {
				t.Errorf("the row after it: line %d %v %q", last.Line, last.Kind, feedtest.Messages(last))
			}
		})
	}
}

// TestHalfWritten cuts an export at every byte. It gives what stands before, or nothing: never
// a row that is not the one that was written.
func TestHalfWritten(t *testing.T) {
	body := testdata(t, "awsd44.csv")
	want := decode(t, body)
	for cut := range len(body) - 1 {
		doc, err := AWSD.Document(feed.NewContext("x"), body[:cut])
		if err != nil {
			if !errors.Is(err, feed.ErrHalf) || feed.AsProblem(nil, err).Line == 0 {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			continue
		}
		for n := range doc.Records {
			got := doc.Records[n]
			if n == len(doc.Records)-1 && !bytes.HasSuffix(body[:cut], []byte("\n")) {
				continue // all its cells are there, and how much of the last nobody can tell
			}
			if got.Kind != feed.Incident || got.Incident.Hash() != want.Records[n].Incident.Hash() {
				t.Fatalf("cut at %d: record %d is %v %q", cut, n, got.Kind, feedtest.Messages(&got))
			}
		}
	}
}

func TestNotAnExport(t *testing.T) {
	for _, body := range []string{"", "\n", "a,b,c\n1,2,3\n", "<rss/>", `{"id":"1"}`, "Incident ID,Year\n1,2031\n"} {
		if AWSD.Recognise([]byte(body)) {
			t.Errorf("recognised: %q", body)
		}
		if _, err := AWSD.Document(feed.NewContext("x"), []byte(body)); !errors.Is(err, feed.ErrHalf) {
			t.Errorf("%q: %v", body, err)
		}
	}
	doc := decode(t, []byte(smallHeader))
	if len(doc.Records) != 0 {
		t.Errorf("an export without rows: %+v", doc.Records)
	}
}

// FuzzAWSD holds for every input: no panic, lines within the text, a reason for each refusal, and a
// native form of all that is used.
func FuzzAWSD(f *testing.F) {
	f.Add([]byte(small))
	f.Add(testdata(f, "awsd44.csv"))
	f.Add([]byte(small + `2,"2031` + "\n3,\"\r\n\",,\n"))
	f.Add([]byte(strings.ReplaceAll(small, ",", ";") + "\xE9\x00;\"\n"))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, _ := feedtest.Sound(t, AWSD, ctx, body)
		for n := range doc.Records {
			if line := doc.Records[n].Line; line > 1+bytes.Count(body, []byte("\n")) || n > 0 && line <= doc.Records[n-1].Line {
				t.Errorf("record %d is at line %d", n, line)
			}
		}
	})
}
