package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestHandKeptFilesAreWellFormed(t *testing.T) {
	h, err := readHand()
	if err != nil {
		t.Fatal(err)
	}
	if len(h.m49) == 0 || len(h.aliases) == 0 || len(h.codes) == 0 {
		t.Errorf("read %d names, aliases of %d countries, %d codes", len(h.m49), len(h.aliases), len(h.codes))
	}
}

func TestEachLineNamesTheLine(t *testing.T) {
	bad := errors.New("bad")
	err := eachLine("names.txt", "# a comment\n\ngood\nworse\n", func(line string) error {
		if line == "worse" {
			return bad
		}
		return nil
	})
	if !errors.Is(err, bad) || !strings.HasPrefix(err.Error(), "names.txt:4: ") {
		t.Errorf("got %v", err)
	}
}

func TestInvert(t *testing.T) {
	for name, want := range map[string]string{
		"Republic of Mali":                  "Mali, Republic of",
		"Islamic Republic of the Gambia":    "Gambia, Islamic Republic of the",
		"Mali":                              "",
		"Bolivia (Plurinational State of)":  "",
		"Congo, Democratic Republic of the": "",
	} {
		if got, ok := invert(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", name, got, ok, want)
		}
	}
}

func TestSaints(t *testing.T) {
	for name, want := range map[string][]string{
		"Saint Lucia":  {"Saint Lucia", "St Lucia"},
		"St. Lucia":    {"St. Lucia", "Saint Lucia"},
		"Saint-Marin":  {"Saint-Marin", "St Marin"},
		"Sint Maarten": {"Sint Maarten"},
	} {
		if got := saints(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestSortKeysRefusesANameOfTwo(t *testing.T) {
	keys, err := sortKeys([]keyed{{"niger", "NER"}, {"mali", "MLI"}, {"niger", "NER"}})
	if want := []keyed{{"mali", "MLI"}, {"niger", "NER"}}; err != nil || !slices.Equal(keys, want) {
		t.Errorf("%v, %v; want %v", keys, err, want)
	}
	if _, err := sortKeys([]keyed{{"congo", "COG"}, {"congo", "COD"}}); err == nil {
		t.Error("a name of two countries was accepted")
	}
}

func TestIsCountry(t *testing.T) {
	withdrawn := map[string]string{"ZR": "deprecated"}
	for code, want := range map[string]bool{"ML": true, "XK": true, "XA": false, "QO": false, "ZZ": false, "EU": false, "ZR": false, "001": false} {
		if got := isCountry(code, codeMapping{Numeric: "466", Alpha3: "MLI"}, withdrawn); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
}

func TestMissingPackagesAreExplained(t *testing.T) {
	if _, err := readCLDR(""); err == nil || !strings.Contains(err.Error(), "-npm") {
		t.Errorf("got %v", err)
	}
	if _, err := readCLDR(t.TempDir()); err == nil || !strings.Contains(err.Error(), ".tgz") {
		t.Errorf("got %v", err)
	}
}
