//go:build unix

package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vigil/internal/notify/channel"
)

func program(t *testing.T, script string) (channel.Channel, Options) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "send"), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	c := channel.Default()
	c.Name, c.Kind, c.Command = "siren", channel.Exec, []string{"./send", "a b", "$HOME"}
	return c, Options{Dir: dir, Clock: time.Now, Lookup: env("PATH", os.Getenv("PATH"), "HOOK", canary, "HOME", "/nowhere")}
}

func TestAProgramGetsTextAndJSON(t *testing.T) {
	c, o := program(t, `{ printf '%s|' "$@"; echo; cat; env; } > out`)
	text, err := test(t, c, o)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(o.Dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitN(string(data), "\n", 4)
	var f map[string]any
	if err := json.Unmarshal([]byte(lines[2]), &f); err != nil || f["schema"] != Schema || f["text"] != text || f["test"] != true || f["severity"] != "high" {
		t.Errorf("%v: %s", err, lines[2])
	}
	if lines[0] != "a b|$HOME|" || lines[1] != text {
		t.Errorf("%q", lines)
	}
	if strings.Contains(lines[3], canary) || !strings.Contains(lines[3], "VIGIL_CHANNEL=siren\n") || !strings.Contains(lines[3], "HOME=/nowhere\n") {
		t.Errorf("its environment is %q", lines[3])
	}
}

func TestAProgramThatFails(t *testing.T) {
	for _, f := range []struct{ script, want string }{
		{"echo " + canary + " >&2; exit 3", "the program ended with exit code 3"},
		{"kill -9 $$", "the program was killed by a signal"},
	} {
		c, o := program(t, f.script)
		var stderr bytes.Buffer
		if _, err := Test(t.Context(), &c, o, &stderr); err == nil || err.Error() != f.want {
			t.Errorf("%v, want %s", err, f.want)
		}
		if strings.Contains(f.script, "echo") && stderr.String() != canary+"\n" {
			t.Errorf("standard error is %q", stderr.String())
		}
	}
	c, o := program(t, "")
	for name, want := range map[string]string{
		"./none": "not there", "none": "no program of that name is in PATH", "sh": "", "/bin/none": "not there",
	} {
		c.Command = []string{name, "-c", "exit 0"}
		if _, err := test(t, c, o); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

// TestAProgramIsKilledWithItsChildren waits for a child by the pipe that it holds: the pipe ends when the child does.
func TestAProgramIsKilledWithItsChildren(t *testing.T) {
	c, o := program(t, "sleep 3600 > pipe & echo $$ > ready; wait")
	c.Timeout = channel.MaxTimeout
	pipe := filepath.Join(o.Dir, "pipe")
	ready := filepath.Join(o.Dir, "ready")
	for _, p := range []string{pipe, ready} {
		if err := syscall.Mkfifo(p, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := Test(ctx, &c, o, nil)
		ended <- err
	}()
	held, err := os.Open(pipe) // returns when the child has it
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if _, err := os.ReadFile(ready); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; fmt.Sprint(err) != errStopped.Error() {
		t.Error(err)
	}
	if n, err := held.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("the child still holds the pipe: %d %v", n, err)
	}
}
