package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/picture"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vigil": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("VIGIL_UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LC_ALL", "C.UTF-8")
			env.Setenv("TERM", "dumb")
			env.Vars = append(env.Vars, noRaceSleep)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits, "raises": raises, "await": await, "reported": reported, "restricted": restricted, "moment": moment},
	})
}

// raises writes an alarm into the duty log of a desk, as vigil itself does: raises DESK SEVERITY COUNTRY INCIDENT WORDS [moment], with - for
// no country and no incident. An incident is AUTHORITY/ID; what rings for a moment can be closed.
func raises(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 && (len(args) != 6 || args[5] != "moment") {
		ts.Fatalf("usage: raises DESK SEVERITY COUNTRY INCIDENT WORDS [moment]")
	}
	id := action.NewID()
	b := &duty.Raise{Rule: "test", Severity: duty.Severity(args[1]), Key: id, Words: duty.Words(args[4]), Moment: len(args) == 6}
	if args[2] != "-" {
		b.Country = args[2]
	}
	if authority, name, ok := strings.Cut(args[3], "/"); ok {
		b.Incident = duty.Name{Authority: duty.Words(authority), ID: duty.Words(name)}
	}
	log := dutylog.New(filepath.Join(ts.MkAbs(args[0]), desk.DutyLogDir), dutylog.Options{})
	ts.Check(log.Append(context.Background(), duty.Entry{V: dutylog.Version, ID: id, At: time.Now().UTC(), By: duty.Vigil, Body: b, Word: b.Kind()}))
}

// exits runs a command and checks its exit code: exits 2 vigil bogus.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s: exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// await runs a command until its output matches, for what another process does: await REGEXP COMMAND ... It looks again while it waits, which a
// person would do too; its patience only ends a test that fails.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: await REGEXP COMMAND ...")
	}
	want := regexp.MustCompile("(?m)" + args[0])
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		err := ts.Exec(args[1], args[2:]...)
		out := ts.ReadFile("stdout")
		if err == nil && want.MatchString(out) {
			return
		}
		select {
		case <-again.C:
		case <-limit.C:
			ts.Fatalf("%s never prints %s; the last:\n%s", strings.Join(args[1:], " "), args[0], out)
		}
	}
}

// moment sets a variable to the time that it is: moment NAME.
func moment(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: moment NAME")
	}
	ts.Setenv(args[0], time.Now().UTC().Format(time.RFC3339Nano))
}

// reported sets a variable to the first incident that a log in JSON tells was reported: reported NAME FILE.
func reported(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: reported NAME FILE")
	}
	found := regexp.MustCompile(`"incident":\{"authority":"([^"]+)","id":"([^"]+)"`).FindStringSubmatch(ts.ReadFile(args[1]))
	if found == nil {
		ts.Fatalf("no incident is in %s", args[1])
	}
	ts.Setenv(args[0], found[1]+"/"+found[2])
}

// restricted sets a variable to the id of the first incident in a log in JSON whose authority is left out: restricted NAME FILE.
func restricted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: restricted NAME FILE")
	}
	found := regexp.MustCompile(`"incident":\{"authority":null,"id":"([^"]+)"`).FindStringSubmatch(ts.ReadFile(args[1]))
	if found == nil {
		ts.Fatalf("no restricted incident is in %s", args[1])
	}
	ts.Setenv(args[0], found[1])
}

func TestPastTime(t *testing.T) {
	p := &program{now: func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }}
	for _, c := range []struct{ value, want string }{
		{"", "0001-01-01T00:00:00Z"},
		{"2026-11-20", "2026-11-20T00:00:00Z"},
		{"2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z"},
		{"2026-11-20T14:00:00+02:00", "2026-11-20T12:00:00Z"},
		{"2026-11-20T12:00:01Z", ""},
		{"2026-11-21", ""},
		{"2026-11", ""},
		{"yesterday", ""},
	} {
		got, err := p.pastTime("--at", c.value)
		var usage usageError
		switch {
		case c.want == "" && !errors.As(err, &usage):
			t.Errorf("%q gave %v and error %v, want a usage error", c.value, got, err)
		case c.want != "" && (err != nil || got.Format(time.RFC3339) != c.want):
			t.Errorf("%q gave %v, %v, want %s", c.value, got, err, c.want)
		}
	}
}

func TestNearestCountry(t *testing.T) {
	for written, want := range map[string]country.Code{
		"Mlai": country.MLI, "Afganistan": country.AFG, "south sudna": country.SSD, "Nigeria!": country.NGA,
		"zzzzzz": country.Unknown, "": country.Unknown, "Q": country.Unknown,
	} {
		if got := nearestCountry(written); got != want {
			t.Errorf("nearest to %q is %q, want %q", written, got, want)
		}
	}
}

// The screens are told to end when there will be no more pictures.
func TestViewsEnd(t *testing.T) {
	pictures := make(chan *picture.Picture, 1)
	pictures <- picture.NewStore(picture.Options{}).Publish(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	ended := make(chan struct{})
	mailbox := views(t.Context(), pictures, func() { close(ended) })
	if v, ok := <-mailbox; !ok || v.IsZero() || v.Role() != picture.DutyOfficer {
		t.Errorf("the first view is %v, %v", v, ok)
	}
	close(pictures)
	<-ended
	if _, ok := <-mailbox; ok {
		t.Error("a view came after the last picture")
	}
}
