package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/incident"
	"vigil/internal/tui/keys"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The README's key table is made from the bindings.
func TestReadmeKeys(t *testing.T) {
	if table := keys.Default().Markdown(); !strings.Contains(readme(t), table) {
		t.Errorf("README.md lacks the key table as it is; replace it by:\n%s", table)
	}
}

// The README's table of packages has each directory of internal, and no other.
func TestReadmePackages(t *testing.T) {
	_, table, _ := strings.Cut(readme(t), "| Package | What it is |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	named := map[string]bool{}
	for row := range strings.Lines(table) {
		for n, word := range strings.Split(strings.Split(row, "|")[1], "`") {
			named[word] = named[word] || n%2 == 1
		}
	}
	dirs, err := os.ReadDir("../../internal")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if !named[d.Name()] {
			t.Errorf("README.md has no row of internal/%s", d.Name())
		}
		delete(named, d.Name())
	}
	delete(named, "cmd/vigil")
	for name, is := range named {
		if is {
			t.Errorf("README.md has a row of %s, which is not in internal/", name)
		}
	}
}

// The README's lists of words are those that are read.
func TestReadmeVocabularies(t *testing.T) {
	text := readme(t)
	for name, words := range map[string][]string{
		"threat":       incident.ThreatWords(),
		"act":          incident.ActWords(),
		"target":       incident.TargetWords(),
		"holder":       {"unknown", "state", "de_facto_authority", "non_state"},
		"severity":     incident.SeverityWords(),
		"verification": incident.VerificationWords(),
		"handling":     incident.HandlingWords(),
		"population":   incident.PopulationWords(),
		"recruitment":  incident.RecruitmentWords(),
		"sex":          incident.SexWords(),
		"outcome":      incident.OutcomeWords(),
		"type":         {"new", "update", "cancel", "withdraw"},
		"status":       {"actual", "exercise", "test"},
	} {
		if list := "`" + strings.Join(words, "` `") + "`"; !strings.Contains(text, list) {
			t.Errorf("README.md lacks the words of %s as they are:\n%s", name, list)
		}
	}
	for _, word := range []string{"new", "update", "cancel", "withdraw"} {
		if _, ok := incident.LookupType(word); !ok {
			t.Errorf("%q is no type of a record", word)
		}
	}
	for _, word := range []string{"unknown", "state", "de_facto_authority", "non_state"} {
		if incident.ParseHolder(word).Unlisted() {
			t.Errorf("%q is no holder", word)
		}
	}
}

// The README's document of vigil.status/1 has the keys that are printed.
func TestReadmeStatus(t *testing.T) {
	want := map[string]bool{}
	for _, name := range []string{"status.json", "status-duty.json"} {
		printed, err := os.ReadFile("../../internal/plain/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(want, keysIn(t, printed))
	}
	_, rest, _ := strings.Cut(readme(t), "\n```\n{\"schema\":")
	shown, _, ok := strings.Cut(rest, "\n```")
	if !ok {
		t.Fatal("README.md has no document of vigil.status/1")
	}
	got := keysIn(t, []byte(`{"schema":`+shown))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys of README.md (-printed +README):\n%s", diff)
	}
}

// keysIn are the paths of all keys of a document.
func keysIn(t *testing.T, document []byte) map[string]bool {
	t.Helper()
	var v any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	var walk func(v any, path string)
	walk = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				keys[path+"."+key] = true
				walk(value, path+"."+key)
			}
		case []any:
			for _, value := range v {
				walk(value, path)
			}
		}
	}
	walk(v, "")
	// Each category of the estimate has the same keys, where it is known.
	for key := range keys {
		if parts := strings.Split(key, "."); len(parts) == 6 && parts[3] == "threats" && parts[2] == "estimate" {
			delete(keys, key)
			parts[4] = "*"
			keys[strings.Join(parts, ".")] = true
		}
	}
	return keys
}

// The README's examples make a desk without problems.
func TestReadmeExamples(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	files := map[string]string{"json": "feeds/radio.jsonl", "yaml": "levels/mali.yaml", "toml": "vigil.toml"}
	for language, name := range files {
		_, block, ok := strings.Cut(readme(t), "\n```"+language+"\n")
		block, _, closed := strings.Cut(block, "```")
		if !ok || !closed {
			t.Fatalf("README.md has no example of %s", name)
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(block), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := vigil(t, "check", "-C", dir).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "0 errors, 0 warnings") {
		t.Errorf("check says %v:\n%s", err, out)
	}
}
