package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStoppedWhileWriting: what stood there stays, nothing else is left, also while what is read does not come.
func TestStoppedWhileWriting(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "out.csv")
	if err := os.WriteFile(file, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	never := make(chan struct{})
	defer close(never)
	err := (&program{}).into(ctx, file, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		stop()
		<-never
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "stopped before the end: "+file+" is as it was before") {
		t.Errorf("it says %v", err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "before\n" {
		t.Errorf("it holds %q, %v", got, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("beside it lie %v, %v", left, err)
	}
	err = (&program{}).into(ctx, "", func(io.Writer) error { return ctx.Err() })
	if err == nil || !strings.Contains(err.Error(), "what was written is not whole") {
		t.Errorf("of standard output it says %v", err)
	}
}

// TestWhatFailsLeavesTheFile, and the error is that of the writer.
func TestWhatFailsLeavesTheFile(t *testing.T) {
	dir := t.TempDir()
	full := errors.New("disk full")
	if err := (&program{}).into(t.Context(), filepath.Join(dir, "out.csv"), func(io.Writer) error { return full }); !errors.Is(err, full) {
		t.Errorf("it says %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestFilesThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"none/out.csv": "does not exist: make it (mkdir -p ",
		".":            "that is a folder: name the file",
		"file/out.csv": "is no folder: name a file in one",
	} {
		err := writable(filepath.Join(dir, file))
		var usage usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := writable(os.DevNull); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("a device: %v", err)
	}
	if err := writable(filepath.Join(dir, "file")); err != nil {
		t.Error(err)
	}
	err := unwritten("out.csv", &os.PathError{Op: "open", Path: ".out.csv123", Err: os.ErrPermission})
	if got := err.Error(); got != "out.csv cannot be written: permission denied: mend that, or name a file elsewhere with -o" {
		t.Errorf("got %q", got)
	}
}
