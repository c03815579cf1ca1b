package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what has to happen; it is met only where something hangs.
const patience = 30 * time.Second

// noRaceSleep spares the second for which a program built with -race waits before it ends.
const noRaceSleep = "GORACE=atexit_sleep_ms=0"

// vigil is this test binary as the program: TestMain runs main under that name.
func vigil(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"TERM=dumb", "LC_ALL=C.UTF-8", "HOME=" + t.TempDir(), noRaceSleep}
	return &exec.Cmd{Path: exe, Args: append([]string{"vigil"}, args...), Env: env}
}

// makeDesk is a new desk with a radio log of one record of long ago.
func makeDesk(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	if out, err := vigil(t, "init", dir).CombinedOutput(); err != nil {
		t.Fatalf("init: %v\n%s", err, out)
	}
	appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"), `{"id":"R-1","country":"MLI","act":"abduction","occurred":"2020-01-05T10:00:00Z"}`)
	return dir
}

func appendTo(t *testing.T, file string, lines ...string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(strings.Join(lines, "\n") + "\n"); err != nil {
		t.Fatal(err)
	}
}

// running is a program whose lines are read as they come.
type running struct {
	*exec.Cmd
	t     *testing.T
	out   io.ReadCloser
	lines chan string     // of standard output; closed at its end
	said  strings.Builder // on standard error
	errs  chan string
}

func runVigil(t *testing.T, args ...string) *running {
	t.Helper()
	return runCommand(t, vigil(t, args...))
}

func runCommand(t *testing.T, cmd *exec.Cmd) *running {
	t.Helper()
	r := &running{Cmd: cmd, t: t, lines: make(chan string, 1000), errs: make(chan string, 1000)}
	var err error
	if r.out, err = r.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	stderr, err := r.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Process.Kill() })
	read := func(from io.Reader, to chan<- string) {
		defer close(to)
		for s := bufio.NewScanner(from); s.Scan(); {
			to <- s.Text()
		}
	}
	go read(r.out, r.lines)
	go read(stderr, r.errs)
	return r
}

// await reads lines until one holds want, and returns all that it read.
func (r *running) await(lines <-chan string, want string) []string {
	r.t.Helper()
	var read []string
	for limit := time.After(patience); ; {
		select {
		case line, ok := <-lines:
			if !ok {
				r.t.Fatalf("ended without %q:\n%s", want, strings.Join(read, "\n"))
			}
			if read = append(read, line); strings.Contains(line, want) {
				return read
			}
		case <-limit:
			r.t.Fatalf("waited in vain for %q:\n%s", want, strings.Join(read, "\n"))
		}
	}
}

// ends waits for the program and checks that it ended well.
func (r *running) ends() (rest []string) {
	r.t.Helper()
	watchdog := time.AfterFunc(patience, func() { _ = r.Process.Kill() })
	defer watchdog.Stop()
	for line := range r.lines {
		rest = append(rest, line)
	}
	for line := range r.errs {
		r.said.WriteString(line + "\n")
	}
	if err := r.Wait(); err != nil {
		r.t.Errorf("it ended with %v, having said\n%s", err, r.said.String())
	}
	return rest
}

func count(lines []string, what string) (n int) {
	for _, l := range lines {
		if strings.Contains(l, what) {
			n++
		}
	}
	return n
}

// Each change is one line, once, also over a rotation; what was there before is not told; SIGINT ends it.
func TestTailLive(t *testing.T) {
	dir := makeDesk(t)
	feed := filepath.Join(dir, "feeds", "radio.jsonl")
	r := runVigil(t, "tail", "-C", dir)
	r.await(r.errs, "watching ")
	appendTo(t, feed, `{"id":"R-2","country":"MLI","act":"shelling","occurred":"2026-01-05T10:00:00Z"}`)
	seen := r.await(r.lines, "R-2")
	if err := os.Rename(feed, feed+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, feed, `{"id":"R-3","country":"NER","act":"theft"}`)
	seen = append(seen, r.await(r.lines, "R-3")...)
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	seen = append(seen, r.ends()...)
	for what, want := range map[string]int{"R-1": 0, "R-2": 1, "R-3": 1, " source radio NEVER": 1} {
		if got := count(seen, what); got != want {
			t.Errorf("%q stands on %d lines, want %d:\n%s", what, got, want, strings.Join(seen, "\n"))
		}
	}
}

// What a long first reading brings is not told as if it happened now, however many pictures it takes.
func TestTailOfMuch(t *testing.T) {
	dir := makeDesk(t)
	feed := filepath.Join(dir, "feeds", "radio.jsonl")
	const many = 40_000
	lines := make([]string, many)
	for n := range lines {
		lines[n] = fmt.Sprintf(`{"id":"M-%d","country":"MLI","act":"theft","occurred":"2020-01-05T10:00:00Z"}`, n)
	}
	appendTo(t, feed, lines...)
	r := runVigil(t, "tail", "-C", dir)
	said := r.await(r.errs, "watching ")
	if want := "40,001 changes of before"; !strings.Contains(said[len(said)-1], want) {
		t.Errorf("it said %q, want %q", said, want)
	}
	appendTo(t, feed, `{"id":"R-2","country":"MLI","act":"shelling"}`)
	seen := r.await(r.lines, "R-2")
	if n := count(seen, " incident "); n != 1 {
		t.Errorf("%d incidents are told, want the one that happened", n)
	}
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	r.ends()
}

// Each line of JSON stands by itself; SIGTERM ends it well.
func TestTailJSONLive(t *testing.T) {
	dir := makeDesk(t)
	r := runVigil(t, "tail", "-C", dir, "--json", "--since", "100y")
	seen := r.await(r.lines, `"R-1"`)
	r.await(r.errs, "watching ")
	level := "country: MLI\nscheme: un-sls\nauthority: UNDSS\nareas:\n  - {name: Gao region, level: 4}\n"
	writeWhole(t, filepath.Join(dir, "levels", "mali.yaml"), level)
	writeWhole(t, filepath.Join(dir, "presence", "heads.csv"), "country,organization,population,count,as_of\nMLI,Agency A,un,40,2026-01-05\n")
	appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"), `{"id":"R-2","country":"MLI","act":"shelling","handling":"restricted","title":"not for this eye"}`)
	seen = append(seen, r.await(r.lines, "restricted-")...)
	if err := r.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	seen = append(seen, r.ends()...)
	for _, line := range seen {
		var v struct{ Schema, Kind, At string }
		if err := json.Unmarshal([]byte(line), &v); err != nil || v.Schema != "vigil.tail/1" || v.Kind == "" || v.At == "" {
			t.Errorf("a line that is not of the contract (%v): %s", err, line)
		}
		if strings.Contains(line, "R-2") || strings.Contains(line, "not for this eye") {
			t.Errorf("a restricted incident is told: %s", line)
		}
	}
}

// writeWhole writes a file and renames it into place.
func writeWhole(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file+".tmp", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		t.Fatal(err)
	}
}

// A reader that goes away ends it quietly.
func TestTailReaderGone(t *testing.T) {
	dir := makeDesk(t)
	r := runVigil(t, "tail", "-C", dir)
	r.await(r.errs, "watching ")
	r.out.Close()
	appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"), `{"id":"R-2","country":"MLI","act":"shelling"}`)
	r.ends()
	if r.said.Len() > 0 {
		t.Errorf("it said\n%s", r.said.String())
	}
}

// Without a terminal the console is plain lines, and says so.
func TestConsoleWithoutTerminal(t *testing.T) {
	dir := makeDesk(t)
	r := runVigil(t, "-C", dir)
	first := r.await(r.lines, "vigil worst source state STALE: radio")
	if !strings.Contains(first[0], "TERM is dumb or not set, so the console is plain lines") || count(first, "VIGIL desk") != 1 {
		t.Errorf("it began with\n%s", strings.Join(first, "\n"))
	}
	appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"), `{"id":"R-2","country":"MLI","act":"shelling"}`)
	r.await(r.lines, "R-2")
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	r.ends()
}

// The exercise is played into real files and worked by a colleague, and every line of it says so.
func TestDemoWithoutTerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "exercise")
	r := runVigil(t, "demo", "--dir", dir, "--speed", "600")
	seen := r.await(r.lines, "own R-EXPAPA02")
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	for _, line := range append(seen, r.ends()...) {
		if !strings.HasPrefix(line, "EXERCISE") {
			t.Errorf("a line without the watermark: %q", line)
		}
	}
	if !strings.Contains(r.said.String(), "EXERCISE the desk stays in "+dir) {
		t.Errorf("it said %q", r.said.String())
	}
	out, err := vigil(t, "status", "-C", dir, "--json").Output()
	if err != nil || !strings.Contains(string(out), `"exercise": true`) {
		t.Errorf("the desk that stays: %v\n%s", err, out)
	}
	for range 2 { // opening it again writes nothing of the shift before
		out, err = vigil(t, "log", "-C", dir, "--json").Output()
		if err != nil || strings.Count(string(out), `"id":"exercise-sign"`) != 1 || strings.Count(string(out), `"id":"EXPAPA01"`) != 1 {
			t.Errorf("the duty log of the desk that stays: %v\n%s", err, out)
		}
		again := runVigil(t, "-C", dir)
		again.await(again.lines, "VIGIL")
		if err := again.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		again.ends()
	}
}
