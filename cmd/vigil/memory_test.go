package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigil/internal/tui"
)

func TestMemory(t *testing.T) {
	dir := t.TempDir()
	p := &program{environ: []string{"XDG_STATE_HOME=" + dir}}
	m := p.newMemory()
	if got := m.read(); len(got.Commands)+len(got.Filters)+len(got.Views) > 0 {
		t.Errorf("before anything: %+v", got)
	}
	for _, k := range []tui.Kept{
		{Command: "alarms"},
		{Command: "country MLI"},
		{Command: "alarms"},
		{Filter: "killed>0"},
		{View: tui.View{Name: "night", Line: "events", Filter: "killed>0"}},
		{View: tui.View{Name: "night", Line: "alarms"}},
		{View: tui.View{Name: "gone", Line: "plan"}},
		{Forgotten: "gone"},
	} {
		if err := m.keep(k); err != nil {
			t.Fatal(err)
		}
	}
	got := p.newMemory().read()
	if !slices.Equal(got.Commands, []string{"country MLI", "alarms"}) || !slices.Equal(got.Filters, []string{"killed>0"}) ||
		!slices.Equal(got.Views, []tui.View{{Name: "night", Line: "alarms"}}) {
		t.Errorf("it remembers %+v", got)
	}
	file := filepath.Join(dir, "vigil", "console.json")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	// What is no memory is not thrown away.
	if err := os.WriteFile(file, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := m.keep(tui.Kept{Command: "plan"}); err == nil {
		t.Error("what somebody put there was replaced")
	}
	if data, _ := os.ReadFile(file); string(data) != "something else" {
		t.Errorf("the file is %q", data)
	}
}

// TestMemoryWithoutAPlace: a console opens all the same, and only who wants to save something is told.
func TestMemoryWithoutAPlace(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, env := range [][]string{nil, {"HOME=relative"}, {"XDG_STATE_HOME=" + blocked}} {
		m := (&program{environ: env}).newMemory()
		if got := m.read(); got.Commands != nil {
			t.Errorf("%q: %+v", env, got)
		}
		if err := m.keep(tui.Kept{Command: "plan"}); err == nil {
			t.Errorf("%q: nothing is said", env)
		}
	}
	var long []string
	for range memoryMost + 5 {
		long = last(long, strings.Repeat("x", len(long)+1))
	}
	if len(long) != memoryMost {
		t.Errorf("%d entries", len(long))
	}
}
