package feed_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

func TestUTF8(t *testing.T) {
	tests := []struct {
		name, in, want string
		repairs        feed.Repairs
	}{
		{"as it is", "Béni – 1", "Béni – 1", feed.Repairs{}},
		{"byte order marks", "\xEF\xBB\xBF\xEF\xBB\xBFa", "a", feed.Repairs{Marks: 2}},
		{"NUL", "a\x00\x00b", "ab", feed.Repairs{NUL: 2}},
		{"Windows-1252", "B\xE9ni \x96 \x80", "Béni – €", feed.Repairs{Converted: 3}},
		{"neither", "Béni \x96 \xFF", "Béni \uFFFD \uFFFD", feed.Repairs{Invalid: 2}},
		{"a real replacement character", "\uFFFD\x96", "\uFFFD\uFFFD", feed.Repairs{Invalid: 1}},
		{"nothing", "", "", feed.Repairs{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, repairs := feed.UTF8([]byte(tt.in))
			if string(got) != tt.want || repairs != tt.repairs {
				t.Errorf("%q with %+v, want %q with %+v", got, repairs, tt.want, tt.repairs)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		before := string(in)
		out, repairs := feed.UTF8(in)
		if !utf8.Valid(out) || strings.ContainsRune(string(out), 0) {
			t.Fatalf("%q became %q", in, out)
		}
		if string(in) != before {
			t.Fatal("the bytes passed in were changed")
		}
		if repairs.IsZero() != (string(out) == before) {
			t.Fatalf("%q became %q with %+v", in, out, repairs)
		}
	})
}

func TestTitleIsCutAndCounted(t *testing.T) {
	var text feed.Text
	title := text.Title(strings.Repeat("x", 600))
	if title.Len() > feed.MaxTitle || !strings.HasSuffix(title.String(), "...") || text.Report.Cut == 0 {
		t.Errorf("%d bytes, report %+v", title.Len(), text.Report)
	}
}

func TestAuthority(t *testing.T) {
	ctx := feed.NewContext("feeds/radio.gao.jsonl")
	if got := ctx.Resolve(safetext.Text{}, ""); got.String() != "radio" {
		t.Errorf("of last resort: %q", got)
	}
	if got := ctx.Resolve(safetext.Text{}, "awsd"); got.String() != "awsd" {
		t.Errorf("of the format: %q", got)
	}
	ctx.Authority = safetext.Const("base")
	if got := ctx.Resolve(safetext.Text{}, "awsd"); got.String() != "base" {
		t.Errorf("of the source: %q", got)
	}
	if got := ctx.Resolve(safetext.Const("team"), "awsd"); got.String() != "team" {
		t.Errorf("of the record: %q", got)
	}
}

func TestHandlingOfASource(t *testing.T) {
	tests := []struct {
		name           string
		record, source incident.Handling
		act            incident.Act
		want           incident.Handling
	}{
		{"for records that do not say", incident.HandlingUnstated, incident.Internal, incident.Shooting, incident.Internal},
		{"the record's own", incident.Public, incident.Restricted, incident.Shooting, incident.Public},
		{"never opens", incident.HandlingUnstated, incident.Public, incident.SexualViolence, incident.HandlingUnstated},
		{"may restrict", incident.HandlingUnstated, incident.StrictlyConfidential, incident.SexualViolence, incident.StrictlyConfidential},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := incident.Incident{Act: incident.Known(tt.act), Handling: incident.Known(tt.record)}
			ctx := feed.Context{Handling: incident.Known(tt.source)}
			if ctx.Complete(&i); !i.Handling.Is(tt.want) {
				t.Errorf("%v, want %v", i.Handling, tt.want)
			}
		})
	}
}

func TestHalf(t *testing.T) {
	ctx := feed.NewContext("x.xml")
	err := feed.Half(ctx.Reject(3, 0, "cut off at %q", "a\x1b[31m"))
	if !errors.Is(err, feed.ErrHalf) || strings.ContainsRune(err.Error(), 0x1b) {
		t.Errorf("%v", err)
	}
	if p := feed.AsProblem(ctx, err); p.Line != 3 || p.File != ctx.File || p.Warning {
		t.Errorf("%+v", p)
	}
	want := problem.Problem{File: ctx.File, Message: safetext.Const("EOF")}
	if p := feed.AsProblem(ctx, io.EOF); p != want {
		t.Errorf("%+v", p)
	}
}
