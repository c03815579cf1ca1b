package order_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
)

var now = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

// desk is a desk on which a critical alarm and a low one are open.
func desk() picture.View {
	d := duty.NewDraft()
	for n, severity := range []duty.Severity{duty.Critical, duty.Low} {
		d.Add(&duty.Entry{
			ID: string(rune('a' + n)), At: now.Add(-time.Hour),
			Body: &duty.Raise{Rule: "r", Key: string(rune('k' + n)), Severity: severity, Words: duty.Words("EXERCISE")},
		})
	}
	s := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}})
	return s.Publish(now).For(picture.DutyOfficer)
}

var oscar = action.Actor{Name: safetext.Const("Oscar")}

func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"ack A1 on it":                    "Oscar has it until 15:02Z: on it",
		"ACK  a1  for 2h   on it,  again": "Oscar has it until 16:32Z: on it, again",
		"ack 2 until 15:10Z x":            "Oscar has it until 15:10Z: x",
		"ack 2 until 09:10 x":             "Oscar has it until 09:10Z: x",
		"shelve A2 for 1h30m radio check": "shelved until 16:02Z: radio check",
		"unshelve A2":                     "off the shelf",
		"close A1 seen":                   "closed: seen",
		"note Gao: road is open":          "Gao: road is open",
		"take Papa":                       "the watch was taken by Papa",
		"take":                            "the watch was taken by Oscar",
		"takeover Papa nobody answers":    "the watch was taken over by Papa: nobody answers",
	} {
		c, err := order.Parse(line, desk(), oscar, now)
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		if got := strings.Join(strings.Fields(duty.Says(c.(action.Record).Body)), " "); got != want {
			t.Errorf("%q says %q, want %q", line, got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for line, want := range map[string]struct {
		column int
		says   string
	}{
		"":                       {1, "is no command: known are accept, ack"},
		"sing":                   {1, "is no command"},
		"ack":                    {4, "which alarm?: write ack A17"},
		"ack A9 x":               {5, `there is no alarm "A9"`},
		"ack A1":                 {7, "the reason is missing"},
		"ack A1 for ever and":    {12, "is no duration: write 30m"},
		"ack A1 until noon x":    {14, "is no time of day"},
		"shelve A2 for 9h x":     {15, "at most 8 h"},
		"shelve A1 for 1h x":     {15, "highest severity"},
		"shelve A2 x":            {11, "until when is missing"},
		"note  ":                 {7, "the text is missing"},
		"takeover":               {9, "the call sign is missing"},
		"takeover Papa":          {14, "the reason is missing"},
		"merge R-1":              {7, "no incident is called"},
		"ack A\x1b[31m":          {5, "there is no alarm"},
		"\x1b[31m\u202eack A1 x": {1, "is no command"},
	} {
		_, err := order.Parse(line, desk(), oscar, now)
		var e *order.Error
		if !errors.As(err, &e) || e.Column != want.column || !strings.Contains(err.Error(), want.says) || strings.ContainsAny(err.Error(), "\x1b\u202e") {
			t.Errorf("%q: %v; want column %d, %q", line, err, want.column, want.says)
		}
	}
}

func TestNext(t *testing.T) {
	v := desk()
	for line, want := range map[string]string{"ack ": "A1 A2", "ack A": "A1 A2", "ack A1 ": "", "note ": "", "sing ": ""} {
		if got := strings.Join(order.Next(line, v, now), " "); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	if words := order.Next("a", v, now); !slices.Contains(words, "ack") || !slices.IsSorted(words) {
		t.Errorf("words %v", words)
	}
}

// TestEveryUsageBegins: what a command says of itself is what it reads.
func TestEveryUsageBegins(t *testing.T) {
	for _, o := range order.All() {
		if !strings.HasPrefix(o.Usage+" ", o.Word+" ") || o.Help == "" {
			t.Errorf("%s: %q, %q", o.Word, o.Usage, o.Help)
		}
	}
}

func FuzzParse(f *testing.F) {
	v := desk()
	f.Add("ack A1 for 30m on it")
	f.Add("shelve A2 until 15:00 \u202e")
	f.Fuzz(func(t *testing.T, line string) {
		c, err := order.Parse(line, v, oscar, now)
		switch {
		case err != nil:
			var e *order.Error
			if !errors.As(err, &e) || e.Column < 1 || e.Column > len([]rune(line))+1 {
				t.Fatalf("%q: %#v", line, err)
			}
		default:
			if r, ok := c.(action.Record); ok && r.Body.Check() == nil && duty.Says(r.Body) == "" && r.Body.Kind() != duty.KindNote {
				t.Fatalf("%q says nothing", line)
			}
		}
		order.Next(line, v, now)
	})
}

// TestReportsAreMoved: how far an incident is established, and that it did not happen.
func TestReportsAreMoved(t *testing.T) {
	v := tuitest.Sahel().View()
	for line, want := range map[string]string{
		"verify R-2026-0412 probable two callers": "verify", "refute radio/R-2026-0412 false_alarm": "refute",
		"verify R-2026-0412 refuted": "unconfirmed, probable, confirmed", "verify R-2026-0412": "unconfirmed, probable, confirmed",
		"refute R-2026-0412 mistake": "false-alarm, hoax, duplicate or drill", "verify nobody probable": "no incident",
	} {
		c, err := order.Parse(line, v, action.Actor{}, tuitest.Now)
		switch {
		case err != nil && !strings.Contains(err.Error(), want):
			t.Errorf("%q: %v, want %q", line, err, want)
		case err == nil && c.Verb() != want:
			t.Errorf("%q is %s, want %q", line, c.Verb(), want)
		}
	}
	if got := order.Next("verify R-2026-0412 ", v, tuitest.Now); len(got) != 3 {
		t.Errorf("%q", got)
	}
}
