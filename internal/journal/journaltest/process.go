package journaltest

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

var (
	writeTo = flag.String("write", "", "be a process of a proof that writes to `DIR`")
	entries = flag.Int("entries", 0, "how many; 0 until it is killed")
)

// Process makes a test binary that was started by [ProveKills] or [ProveProcesses] the writer that it was started as, and
// reports whether it was; call it first in TestMain. open opens the log in a directory and gives what appends to it, each
// durable when it returns.
func Process(open func(dir string) (appends func(payload string) error, err error)) bool {
	flag.Parse()
	if *writeTo == "" {
		return false
	}
	if err := write(open); err != nil {
		panic(err) // for a status that is none of success
	}
	return true
}

// write says each payload once it is durable.
func write(open func(dir string) (func(string) error, error)) error {
	fmt.Println("up")
	appends, err := open(*writeTo)
	if err != nil {
		return err
	}
	for n := 1; *entries == 0 || n <= *entries; n++ {
		payload := fmt.Sprintf("%d-%d %s", os.Getpid(), n, strings.Repeat("x", n*97%1900))
		if err := appends(payload); err != nil {
			return err
		}
		fmt.Println(payload)
	}
	return nil
}

// started is a writer and what it said.
type started struct {
	*exec.Cmd
	out *bufio.Scanner
	err *strings.Builder
}

func start(t *testing.T, dir string, entries int) started {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-write="+dir, fmt.Sprintf("-entries=%d", entries))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return started{cmd, bufio.NewScanner(out), &stderr}
}

// ProveKills kills n processes that write to one log, each at the moment at which it says some record is durable, with SIGKILL.
// read gives what is in the log.
func ProveKills(t *testing.T, n int, read func(dir string) ([]string, error)) {
	dice := rand.New(rand.NewPCG(3, uint64(n)))
	var acknowledged, lost, before int
	const together = 50 // that write to one log, one after the other
	for from := 0; from < n; from += together {
		dir := filepath.Join(t.TempDir(), "log")
		var said []string
		for range min(together, n-from) {
			w := start(t, dir, 0)
			for left := dice.IntN(12); w.out.Scan(); left-- {
				if w.out.Text() != "up" {
					said = append(said, w.out.Text())
				} else if left == 0 {
					before++
				}
				if left == 0 {
					_ = w.Process.Kill()
				}
			}
			var exit *exec.ExitError
			if err := w.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("it ended by itself: %v: %s", err, w.err)
			}
			got, err := read(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range said {
				if !slices.Contains(got, p) {
					lost++
					t.Errorf("acknowledged and gone: %.30s", p)
				}
			}
			if len(got) != len(slices.Compact(slices.Sorted(slices.Values(got)))) {
				t.Error("an entry is there twice")
			}
		}
		acknowledged += len(said)
	}
	f := NewFigures("kill -9 of a process that writes (which proves nothing about fsync: see the power cuts)")
	f.Row(n, "kills, each at the moment of an acknowledgement")
	f.Row(before, "of them while it was opening the log")
	f.Row(acknowledged, "records acknowledged as durable")
	f.Row(lost, "of those lost")
	f.Print(t, t.Output())
}

// ProveProcesses lets several processes write to one log at once.
func ProveProcesses(t *testing.T, processes, each int, read func(dir string) ([]string, error)) {
	dir := filepath.Join(t.TempDir(), "log")
	var all []started
	for range processes {
		all = append(all, start(t, dir, each))
	}
	var said []string
	for _, w := range all { // a pipe that is full makes the others wait, and no more
		for w.out.Scan() {
			if w.out.Text() != "up" {
				said = append(said, w.out.Text())
			}
		}
		if err := w.Wait(); err != nil {
			t.Errorf("%v: %s", err, w.err)
		}
	}
	got, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(said)
	slices.Sort(got)
	if len(got) != processes*each || !slices.Equal(said, got) {
		t.Errorf("%d of %d entries are there", len(got), processes*each)
	}
	f := NewFigures("processes that write to one log at once")
	f.Row(processes, "processes")
	f.Row(each, "entries of each")
	f.Row(len(got), "entries present, each once")
	f.Print(t, t.Output())
}
