// Package golden compares what tests draw and print with files beside them that somebody has looked at. With -update a test writes them anew.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew; look at each before you commit it")

// File compares got with testdata/name.
func File[T ~string | ~[]byte](tb testing.TB, name string, got T) {
	tb.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		tb.Fatalf("%v: run the test with -update, and look at what it wrote", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		tb.Errorf("%s differs (-golden +got):\n%s", file, diff)
	}
}
