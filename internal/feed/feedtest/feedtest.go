// Package feedtest holds what the tests of several formats share.
package feedtest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Text compares texts for cmp.
var Text = cmp.Comparer(func(a, b safetext.Text) bool { return a == b })

// Real is a file of real input, which is kept beside the project and not in it. Without
// it the test fails where CI is set and is skipped elsewhere.
func Real(tb testing.TB, name string) []byte {
	tb.Helper()
	dir := os.Getenv("VIGIL_REAL_DATA") //nolint:forbidigo // only tests import this package
	if dir == "" {
		dir = filepath.Join(root(tb), "..", "shared", "data")
	}
	body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	switch {
	case err == nil:
		return body
	case os.Getenv("CI") != "": //nolint:forbidigo // only tests import this package
		tb.Fatalf("no real input: %v; set VIGIL_REAL_DATA to where it is", err)
	default:
		tb.Skipf("real input is kept beside the project and is not here: %v", err)
	}
	return nil
}

// root is the directory of go.mod.
func root(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			tb.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// RoundTrip checks that an incident is written in the native form and read back as the same,
// on which intake stands.
func RoundTrip(tb testing.TB, i *incident.Incident) {
	tb.Helper()
	line := native.Encode(i)
	rec, _ := native.Format.Line(&feed.Context{}, line, feed.Place{Line: 1})
	if rec.Kind != feed.Incident {
		tb.Errorf("the native form is refused: %v\n%s", rec.Problems, line)
		return
	}
	if diff := cmp.Diff(*i, rec.Incident, Text); diff != "" || rec.Incident.Hash() != i.Hash() {
		tb.Errorf("read back as another (-want +got):\n%s\n%s", diff, line)
	}
}

// Decode is what a format makes of a body that it must recognise and have no error about.
func Decode(tb testing.TB, format *feed.Format, file, body string) feed.Document {
	tb.Helper()
	if !format.Recognise([]byte(body[:min(len(body), feed.HeadSize)])) {
		tb.Fatalf("not recognised: %.200s", body)
	}
	doc, err := Sound(tb, format, feed.NewContext(file), []byte(body))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// Sound is what a format makes of any body, of which it checks what holds of all: an error says that the body is half, what is refused has a
// reason and its line, and an incident comes back the same from the native form.
func Sound(tb testing.TB, format *feed.Format, ctx *feed.Context, body []byte) (feed.Document, error) {
	tb.Helper()
	format.Recognise(body)
	doc, err := format.Document(ctx, body)
	if err != nil && !errors.Is(err, feed.ErrHalf) {
		tb.Errorf("an error, and not that it is half: %v", err)
	}
	for n := range doc.Records {
		rec := &doc.Records[n]
		if rec.Line < 1 {
			tb.Errorf("record %d is at line %d", n, rec.Line)
		}
		clean(tb, Messages(rec)...)
		switch rec.Kind {
		case feed.Incident:
			RoundTrip(tb, &rec.Incident)
			clean(tb, rec.Incident.Title.String(), rec.Incident.Place.String(), rec.Incident.Details.String())
			for _, p := range rec.Problems {
				if !p.Warning {
					tb.Errorf("line %d is used, and refused: %v", rec.Line, p)
				}
			}
		case feed.Rejected:
			if len(rec.Problems) == 0 || rec.Problems[0].Warning {
				tb.Errorf("line %d is refused without a reason: %+v", rec.Line, rec)
			}
		}
	}
	return doc, err
}

// clean checks that nothing in a text steers a terminal.
func clean(tb testing.TB, texts ...string) {
	tb.Helper()
	for _, text := range texts {
		if strings.ContainsFunc(text, func(r rune) bool {
			return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) && !strings.ContainsRune("\u2068\u2069\u2066\u2067", r)
		}) {
			tb.Errorf("%q holds control characters", text)
		}
	}
}

// When is a time as a feed says it.
func When(tb testing.TB, text string) incident.When {
	tb.Helper()
	w, err := incident.ParseWhen(text)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

// Messages are the problems of a record as they are printed.
func Messages(rec *feed.Record) []string {
	var all []string
	for _, p := range rec.Problems {
		all = append(all, p.String())
	}
	return all
}
