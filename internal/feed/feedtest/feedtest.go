// Package feedtest holds what the tests of several formats share.
package feedtest

import (
	"os"
	"path/filepath"
	"testing"

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

// Messages are the problems of a record as they are printed.
func Messages(rec *feed.Record) []string {
	var all []string
	for _, p := range rec.Problems {
		all = append(all, p.String())
	}
	return all
}
