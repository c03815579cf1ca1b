package plain

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/golden"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/tui/widget"
)

func TestStatusGoldens(t *testing.T) {
	view := sahel(false).view()
	past := sahel(false).At(now, ago(30*day), now).For(picture.DutyOfficer)
	for name, print := range map[string]func(*bytes.Buffer) error{
		"status-80.txt":       func(b *bytes.Buffer) error { return StatusTable(b, view, nil, Layout{}) },
		"status-132.txt":      func(b *bytes.Buffer) error { return StatusTable(b, view, nil, Layout{Width: 132}) },
		"status-40-ascii.txt": func(b *bytes.Buffer) error { return StatusTable(b, view, nil, Layout{Width: 40, ASCII: true}) },
		"status-one.txt": func(b *bytes.Buffer) error {
			return StatusTable(b, view, []country.Code{country.MRT, country.FJI}, Layout{})
		},
		"status-recorded.txt": func(b *bytes.Buffer) error { return StatusTable(b, past, nil, Layout{}) },
		"status-exercise.txt": func(b *bytes.Buffer) error { return StatusTable(b, sahel(true).view(), nil, Layout{}) },
		"status-duty.txt":     func(b *bytes.Buffer) error { return StatusTable(b, onDuty(), nil, Layout{}) },
		"status-empty.txt": func(b *bytes.Buffer) error {
			return StatusTable(b, picture.NewStore(picture.Options{}).Publish(now).For(picture.DutyOfficer), nil, Layout{})
		},
		"status-duty.json":     func(b *bytes.Buffer) error { return StatusJSON(b, onDuty(), []country.Code{country.MLI, country.MRT}) },
		"status.json":          func(b *bytes.Buffer) error { return StatusJSON(b, view, nil) },
		"status-recorded.json": func(b *bytes.Buffer) error { return StatusJSON(b, past, []country.Code{country.MLI}) },
	} {
		t.Run(name, func(t *testing.T) { golden.File(t, name, written(t, print)) })
	}
}

func TestTailGoldens(t *testing.T) {
	view, exercise := sahel(false).view(), sahel(true).view()
	// The desk remembers what it learnt before 13:00; the rest was read at the start.
	o := TailOptions{Start: ago(90 * time.Minute), Since: 48 * time.Hour}
	for name, c := range map[string]struct {
		view picture.View
		json bool
	}{"tail.txt": {view, false}, "tail.jsonl": {view, true}, "tail-exercise.txt": {exercise, false}} {
		t.Run(name, func(t *testing.T) {
			o.JSON = c.json
			golden.File(t, name, written(t, func(b *bytes.Buffer) error { return NewTail(b, o).Show(c.view, false) }))
		})
	}
}

// What no width and no state of the desk may break.
func TestEveryLine(t *testing.T) {
	for _, exercise := range []bool{false, true} {
		view := sahel(exercise).view()
		for width := MinWidth; width < 200; width += 7 {
			for _, ascii := range []bool{false, true} {
				l := Layout{Width: width, ASCII: ascii}
				out := written(t, func(b *bytes.Buffer) error { return StatusTable(b, view, nil, l) })
				for line := range strings.Lines(string(out)) {
					line = strings.TrimSuffix(line, "\n")
					if got := widget.Width(line); got > width {
						t.Errorf("a line of %d cells at width %d: %q", got, width, line)
					}
					if exercise && !strings.HasPrefix(line, "EXERCISE") {
						t.Errorf("a line without the watermark: %q", line)
					}
					if i := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || (ascii && r > '~') }); i >= 0 {
						t.Errorf("byte %d of %q is not for this terminal", i, line)
					}
				}
			}
		}
	}
}

func TestRestrictedSaysNothing(t *testing.T) {
	view := sahel(false).view()
	out := written(t, func(b *bytes.Buffer) error {
		for _, asJSON := range []bool{false, true} {
			if err := NewTail(b, TailOptions{JSON: asJSON, Start: now, Since: 100 * day}).Show(view, false); err != nil {
				return err
			}
		}
		return errors.Join(StatusJSON(b, view, nil), StatusTable(b, view, nil, Layout{}))
	})
	for _, secret := range []string{"R-0408", "nobody but the lead"} {
		if bytes.Contains(out, []byte(secret)) {
			t.Errorf("printed %q of a restricted incident", secret)
		}
	}
	if n := bytes.Count(out, []byte("Restricted incident")); n != 2 {
		t.Errorf("the restricted incident stands on %d lines of two tails, want 1 each", n)
	}
}

// keys lists the keys of a JSON value in the order in which they are written.
func keysOf(t *testing.T, data []byte, path ...string) []string {
	t.Helper()
	for _, step := range path {
		if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
			var list []json.RawMessage
			if err := json.Unmarshal(data, &list); err != nil || len(list) == 0 {
				t.Fatalf("%s: no list: %v", step, err)
			}
			data = list[0]
		}
		var m map[string]json.RawMessage
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		data = m[step]
	}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil || len(list) == 0 {
			t.Fatalf("no list: %v", err)
		}
		data = list[0]
	}
	d := json.NewDecoder(bytes.NewReader(data))
	var keys []string
	for depth := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return keys
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
		case string:
			if depth == 1 {
				keys = append(keys, v)
				var skip json.RawMessage
				if err := d.Decode(&skip); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// The contract is frozen: these keys, in this order, whatever is known.
func TestStatusContract(t *testing.T) {
	full := written(t, func(b *bytes.Buffer) error { return StatusJSON(b, sahel(false).view(), []country.Code{country.MLI}) })
	duties := written(t, func(b *bytes.Buffer) error { return StatusJSON(b, onDuty(), nil) })
	for path, want := range map[string]string{
		"alarms": "alarm id rule severity state raised came country words unsure owner until told of escalated claimed near",
		"watch":  "holder since hours taken_over",
	} {
		if got := strings.Join(keysOf(t, duties, path), " "); got != want {
			t.Errorf("keys of %q are\n%s, want\n%s", path, got, want)
		}
	}
	flood := written(t, func(b *bytes.Buffer) error { return AlarmsJSON(b, flooded()) })
	for path, want := range map[string]string{"flood": "came minutes groups", "flood groups": "severity rule country newest alarms"} {
		if got := strings.Join(keysOf(t, flood, strings.Fields(path)...), " "); got != want {
			t.Errorf("keys of %q are\n%s, want\n%s", path, got, want)
		}
	}
	blind := written(t, func(b *bytes.Buffer) error { return StatusJSON(b, sahel(false).view(), []country.Code{country.MRT}) })
	for _, c := range []struct {
		path string
		want string
	}{
		{"", "schema at known_at desk sources incidents countries due alarms watch flood"},
		{"due", "kind title state from to all_day recurs countries area source line alarm"},
		{"desk", "name exercise"},
		{"sources", "name format path url kept_at next_attempt state reason last_attempt last_success content_time expect lag covers records incidents reports advisories positions aggregates updates duplicates conflicts cancels rejected excluded retained problems_total problems"},
		{"incidents", "total hazards unknown_time unknown_country conflicts cancelled refuted excluded reports misplaced merged proposed single_source"},
		{"countries", "code name coverage level estimate staff incidents hazards outcomes_30d outcomes_30d_seen tracked advisories background"},
		{"countries coverage", "state since threats"},
		{"countries coverage threats", "armed_conflict terrorism crime civil_unrest hazard"},
		{"countries level", "scheme min max driver areas"},
		{"countries level areas", "name level since valid_until expired threats"},
		{"countries estimate", "band likelihood impact threat threats own_normal own_normal_until"},
		{"countries estimate threats", "armed_conflict terrorism crime civil_unrest hazard unknown"},
		{"countries staff", "total national international recruitment_unknown female male sex_unknown as_of"},
		{"countries incidents", "24h 24h_seen 24h_maybe 7d 7d_seen 7d_maybe 30d 30d_seen 30d_maybe"},
		{"countries hazards", "active worst active_seen"},
		{"countries outcomes_30d", "killed injured abducted detained other"},
		{"countries advisories", "authority scheme level max label statuses updated link"},
		{"countries background", "authority kind from to events fatalities"},
	} {
		if got := strings.Join(keysOf(t, full, strings.Fields(c.path)...), " "); got != c.want {
			t.Errorf("keys of %q are\n%s, want\n%s", c.path, got, c.want)
		}
		if strings.HasPrefix(c.path, "countries level") || strings.HasPrefix(c.path, "countries estimate") ||
			c.path == "countries advisories" || c.path == "countries background" || c.path == "due" {
			continue // null or empty as a whole
		}
		if got := strings.Join(keysOf(t, blind, strings.Fields(c.path)...), " "); got != c.want {
			t.Errorf("of a blind country, keys of %q are\n%s, want\n%s", c.path, got, c.want)
		}
	}
}

// A second look prints nothing, what is new is printed once, and an old record that arrives live too.
func TestTailTellsEachChangeOnce(t *testing.T) {
	r := sahel(false)
	var b bytes.Buffer
	tail := NewTail(&b, TailOptions{Start: now})
	show := func(reading bool) string {
		t.Helper()
		b.Reset()
		if err := tail.Show(r.view(), reading); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if out := show(true); strings.Contains(out, " incident ") || strings.Count(out, " source ") != 7 {
		t.Errorf("the first picture told\n%s, want the seven sources and nothing else", out)
	}
	r.say("radio", "R-0300", "2025-01-01", 0)
	if out := show(false); out != "" {
		t.Errorf("what the first reading brought was told:\n%s", out)
	}
	if out := show(false); out != "" {
		t.Errorf("nothing happened, and it told\n%s", out)
	}
	r.say("radio", "R-0301", "2019", 0)
	if out := show(false); strings.Count(out, "\n") != 1 || !strings.Contains(out, "R-0301") {
		t.Errorf("a record that arrived live gave\n%s, want one line", out)
	}
	if got := tail.Untold(); got != r.view().LastChange()-7-1 {
		t.Errorf("%d changes are counted as left out, of %d in all", got, r.view().LastChange())
	}
}

func TestConsole(t *testing.T) {
	r := sahel(true)
	var b bytes.Buffer
	c := NewConsole(&b, "TERM is dumb or not set", Layout{})
	if err := c.Heartbeat(now); err != nil || !strings.Contains(b.String(), "nothing read yet") {
		t.Errorf("before the first picture: %q, %v", b.String(), err)
	}
	b.Reset()
	if err := c.Show(r.view(), false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"EXERCISE vigil: TERM is dumb", "EXERCISE VIGIL Sahel", "worst source state NEVER: new"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the start lacks %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	r.Observe("new", health.Facts{LastAttempt: now, Failure: safetext.Const("gone")})
	if err := errors.Join(c.Show(r.view(), false), c.Heartbeat(now), c.Heartbeat(now.Add(time.Minute))); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"source new NEVER→FAILED (gone)", "worst source state FAILED: gdacs, new", "watching: ", "NOT WATCHING"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
}

// All sources are quiet only where none is live.
func TestConsoleSaysHowAllSourcesAre(t *testing.T) {
	store := picture.NewStore(picture.Options{})
	for _, tt := range []struct {
		name  string
		facts health.Facts
		want  string
	}{
		{"radio", health.Facts{LastSuccess: now, Heartbeat: now}, "all sources quiet"},
		{"field", health.Facts{LastSuccess: now, ContentTime: now}, "all sources live or quiet"},
		{"radio", health.Facts{LastSuccess: now, ContentTime: now}, "all sources live"},
	} {
		store.Configure(tt.name, picture.SourceInfo{Name: safetext.Clean(tt.name), Profile: health.Profile{Expect: time.Hour}})
		store.Observe(tt.name, tt.facts)
		c := Console{view: store.At(now, now, now).For(picture.DutyOfficer)}
		if got := c.worstLine(); got != tt.want {
			t.Errorf("with %s it says %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A bad edit, a file that is not used and what is not recorded are lines when they begin and when they end.
func TestConsoleTellsWhatStands(t *testing.T) {
	r := sahel(false)
	d := r.view().Desk()
	var b bytes.Buffer
	c := NewConsole(&b, "not a terminal", Layout{})
	show := func() string {
		t.Helper()
		b.Reset()
		if err := c.Show(r.view(), false); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	show()
	if got := show(); got != "" {
		t.Errorf("nothing changed, and it says\n%s", got)
	}
	d.Trouble = append(slices.Clone(d.Trouble), saying.Of("vigil.toml has errors"))
	d.Recording = saying.Of("NOT RECORDED: 3 records wait")
	d.Reading = safetext.Const("still reading the files: 1 %")
	r.SetDesk(d)
	if got := show(); strings.Count(got, "vigil ! ") != 2 || !strings.Contains(got, "until the files are read") || !strings.Contains(got, "! vigil.toml has errors") || !strings.Contains(got, "! NOT RECORDED: 3") {
		t.Errorf("the begin of two is told as\n%s", got)
	}
	d.Recording = saying.Of("NOT RECORDED: 4 records wait")
	d.Reading = safetext.Const("still reading the files: 3 %")
	d.Trouble = append(slices.Clone(d.Trouble), saying.Text(d.Reading.String()))
	r.SetDesk(d)
	if got := show(); got != "" {
		t.Errorf("only counts moved, and it says\n%s", got)
	}
	d.Trouble, d.Reading, d.Recording = nil, safetext.Text{}, saying.Saying{}
	r.SetDesk(d)
	if got := show(); !strings.Contains(got, "vigil no longer: vigil.toml has errors") {
		t.Errorf("the end is told as\n%s", got)
	}
}

// A cancel that is only an id tells what it cancelled.
func TestTailTellsWhatWasCancelled(t *testing.T) {
	r := sahel(false)
	r.say("radio", "C-1", "2026-11-20T10:00:00Z", time.Hour, in(country.MLI), titled("A convoy is stopped"))
	seq := r.view().LastChange()
	tail := NewTail(new(bytes.Buffer), TailOptions{Start: ago(time.Hour)})
	if err := tail.Show(r.view(), false); err != nil {
		t.Fatal(err)
	}
	r.say("radio", "C-1", "", 0, func(i *incident.Incident) {
		*i = incident.Incident{Identity: i.Identity, Type: incident.Cancel}
	})
	if got := r.view().LastChange(); got != seq+1 {
		t.Fatalf("%d changes, want one", got-seq)
	}
	for _, asJSON := range []bool{false, true} {
		var b bytes.Buffer
		tail := *tail
		tail.w, tail.options.JSON = &b, asJSON
		if err := tail.Show(r.view(), false); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"cancel", "MLI", "A convoy is stopped", "C-1"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("the line of the cancel lacks %q: %s", want, b.String())
			}
		}
	}
}

func TestCheck(t *testing.T) {
	c := &Check{
		Name: safetext.Const("Sahel"), At: now,
		Problems: []problem.Problem{
			{File: safetext.Const("levels/mali.yaml"), Line: 3, Column: 9, Message: safetext.Const("level is 9: write 1 to 6")},
			{File: safetext.Const("presence/x.csv"), Line: 1, Warning: true, Message: safetext.Const("column \"shoe\" is not used: remove it")},
		},
		Sources: []CheckSource{
			{
				Name: "gdacs", Format: "gdacs", Authority: "gdacs", Path: "feeds/gdacs.xml", Expect: "2h", Lag: "1h", Reach: "24h",
				Memory: "forgets", Covers: []string{"hazard"}, Records: 12, Rejected: 1,
			},
			{Name: "new", Path: "feeds/new.txt"},
			{
				Name: "quakes", Format: "gdacs", Authority: "gdacs", URL: "https://example.org/feed?…", Every: "15m", Expect: "1h",
				Memory: "forgets", Covers: []string{"hazard"}, Records: 2,
			},
			{Name: "unasked", URL: "https://example.org/", Every: "5m"},
		},
		Ignored: []IgnoredFile{{"feeds/.hidden", "hidden files are not read"}},
	}
	golden.File(t, "check.txt", written(t, func(b *bytes.Buffer) error { return CheckText(b, c) }))
	golden.File(t, "check.json", written(t, func(b *bytes.Buffer) error { return CheckJSON(b, c) }))
	c.Exercise = true
	for line := range strings.Lines(string(written(t, func(b *bytes.Buffer) error { return CheckText(b, c) }))) {
		if !strings.HasSuffix(line, "[EXERCISE]\n") {
			t.Errorf("a line without the watermark: %q", line)
		}
	}
}

func TestPeriod(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 45 * time.Second: "45s", 90 * time.Minute: "90m", day: "24h", 36 * hour: "36h", 2 * day: "2d", 180 * day: "180d", 49 * hour: "49h",
	} {
		if got := health.Period(d); got != want {
			t.Errorf("health.Period(%s) = %q, want %q", d, got, want)
		}
	}
}

// full is a writer that takes n writes.
type full struct{ n int }

var errFull = errors.New("no space")

func (f *full) Write(p []byte) (int, error) {
	if f.n == 0 {
		return 0, errFull
	}
	f.n--
	return len(p), nil
}

func TestWriterErrors(t *testing.T) {
	view := sahel(false).view()
	for _, n := range []int{0, 3} {
		for name, print := range map[string]func(w *full) error{
			"table":   func(w *full) error { return StatusTable(w, view, nil, Layout{}) },
			"tail":    func(w *full) error { return NewTail(w, TailOptions{Start: now}).Show(view, false) },
			"console": func(w *full) error { return NewConsole(w, "", Layout{}).Show(view, false) },
		} {
			w := &full{n}
			if err := print(w); !errors.Is(err, errFull) || w.n != 0 {
				t.Errorf("%s after %d lines: error %v, want that of the writer", name, n, err)
			}
		}
	}
}

// A table drops whole columns and names them; a number is never cut.
func TestTable(t *testing.T) {
	columns := []column{{title: "NAME", least: 4}, {title: "A", right: true, drop: 1}, {title: "B", right: true, drop: 2}, {title: "C", right: true}}
	rows := [][]string{{"Longer name", "1,234", "56,789", "0"}, {"x", "", "1", "10,000"}}
	for room := 40; room >= 4; room-- {
		lines, gone := table(Layout{}, room, columns, rows)
		for _, r := range rows {
			for i, cell := range r[1:] {
				shown := slices.ContainsFunc(lines, func(l string) bool { return slices.Contains(strings.Fields(l), cell) })
				if cell != "" && shown == slices.Contains(gone, columns[i+1].title) {
					t.Errorf("at %d cells %q shows %v, and the columns gone are %v:\n%s", room, cell, shown, gone, strings.Join(lines, "\n"))
				}
			}
		}
	}
}

func TestNullsAreNotZeros(t *testing.T) {
	data := written(t, func(b *bytes.Buffer) error { return StatusJSON(b, sahel(false).view(), []country.Code{country.MRT}) })
	var out struct {
		Countries []struct {
			Level, Estimate *struct{}
			Staff           map[string]any
			Incidents       map[string]any
			Hazards         map[string]any
			Outcomes        map[string]any `json:"outcomes_30d"`
		}
	}
	if err := json.Unmarshal(data, &out); err != nil || len(out.Countries) != 1 {
		t.Fatalf("%v, %d countries", err, len(out.Countries))
	}
	c := out.Countries[0]
	if c.Level != nil || c.Estimate != nil {
		t.Errorf("level %v and estimate %v of a blind country without levels, want null", c.Level, c.Estimate)
	}
	for _, m := range []map[string]any{c.Staff, c.Outcomes, {"24h": c.Incidents["24h"], "7d": c.Incidents["7d"], "30d": c.Incidents["30d"]}, {"active": c.Hazards["active"], "worst": c.Hazards["worst"]}} {
		for k, v := range m {
			if v != nil {
				t.Errorf("%s is %v, want null", k, v)
			}
		}
	}
}

func TestTailTellsTheCalendar(t *testing.T) {
	r := sahel(false)
	var b bytes.Buffer
	tail := NewTail(&b, TailOptions{Start: now, Since: 24 * time.Hour})
	show := func(reading bool) string {
		t.Helper()
		b.Reset()
		if err := tail.Show(r.view(), reading); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	entry := func(title string, kind calendar.Kind, from, to time.Duration, line int) calendar.Entry {
		return calendar.Entry{
			Title: safetext.Clean(title), Kind: kind, Start: now.Add(from), End: now.Add(to), Country: country.MLI, Area: safetext.Const("Gao region"),
			Origin: incident.Origin{File: safetext.Const("calendar/plan.yaml"), Line: line},
		}
	}
	convoy := entry("MV3", calendar.Movement, -3*time.Hour, -time.Hour, 1)
	r.SetCalendar([]calendar.Entry{convoy, entry("Old", calendar.Movement, -99*time.Hour, -98*time.Hour, 5), entry("Visit", calendar.Visit, 0, time.Hour, 9)}, now)
	if out := show(true); strings.Count(out, " calendar ") != 1 || !strings.Contains(out, "calendar new MLI movement MV3, Gao region; 2026-11-20 11:32Z to 2026-11-20 13:32Z; calendar/plan.yaml:1\n") {
		t.Errorf("of the first reading what is overdue since a day:\n%s", out)
	}
	show(false)
	convoy.Cancelled = true
	r.SetCalendar([]calendar.Entry{convoy, entry("Curfew", calendar.Curfew, 6*time.Hour, 15*time.Hour, 2)}, now)
	out := show(false)
	for _, want := range []string{"cancelled MLI movement MV3", "new MLI curfew Curfew, Gao region; 2026-11-20 20:32Z to 2026-11-21 05:32Z", "gone MLI visit Visit"} {
		if !strings.Contains(out, " calendar "+want) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
	tail.options.JSON, tail.seq = true, 0
	tail.whole = true
	lines := strings.Split(show(false), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, `"change":"cancelled","entry"`) })
	if at < 0 {
		t.Fatalf("no line of the calendar in\n%s", strings.Join(lines, "\n"))
	}
	var line struct {
		Kind  string `json:"kind"`
		Entry struct{ Kind, Title, State, From, To string }
	}
	if err := json.Unmarshal([]byte(lines[at]), &line); err != nil || line.Kind != "calendar" || line.Entry.Kind != "movement" || line.Entry.State != "cancelled" || line.Entry.To != "2026-11-20T13:32:07Z" {
		t.Errorf("%v: %s", err, lines[at])
	}
}

// TestTailTellsWhoElseTellsOfIt: an arrival that is one event with others says so, whichever came first, and a restricted record says nothing.
func TestTailTellsWhoElseTellsOfIt(t *testing.T) {
	r := newRoom(false)
	for _, name := range []string{"radio", "field"} {
		r.say(name, "A-"+name, "2026-11-20T09:10:00Z", time.Hour, harming(incident.Killed, 2), func(i *incident.Incident) {
			i.Place, i.Details = safetext.Const("Ansongo"), safetext.Const("Nurses of a vaccination team shot at a checkpoint near the cattle market")
			i.Point, i.HasPoint = incident.Point{Lat: 15.66, Lon: 0.5}, true
		})
	}
	r.say("press", "P-1", "2026-11-02", time.Hour)
	v := r.view()
	for _, asJSON := range []bool{false, true} {
		out := string(written(t, func(b *bytes.Buffer) error {
			return NewTail(b, TailOptions{JSON: asJSON, Start: now.Add(time.Hour), Since: 1000 * time.Hour}).Show(v, false)
		}))
		want := []string{"radio A-radio; one event with field A-field\n", "field A-field; one event with radio A-radio\n", "press P-1\n"}
		if asJSON {
			want = []string{
				`"joined":[{"authority":"field","id":"A-field","source":"field"}]`, `"joined":[]`,
			}
		}
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s is not in\n%s", w, out)
			}
		}
	}
}

// TestTailTellsWhoseWordItIs: what the record shown leaves unsaid stands in its line as another says it, with whose word it is; the
// line of the other has nothing that is not its own.
func TestTailTellsWhoseWordItIs(t *testing.T) {
	r := newRoom(false)
	says := func(i *incident.Incident) {
		i.Place, i.Details = safetext.Const("Ansongo"), safetext.Const("Nurses of a vaccination team shot at a checkpoint near the cattle market")
	}
	r.say("field", "A-field", "2026-11-20T09:10:00Z", time.Hour, harming(incident.Killed, 2), says, func(i *incident.Incident) { i.Admin1 = safetext.Const("Gao") })
	r.say("radio", "A-radio", "2026-11-20T09:10:00Z", time.Hour, says, func(i *incident.Incident) {
		i.Grade, i.Severity = safetext.Const("A1"), incident.Known(incident.Severe)
	})
	v := r.view()
	tail := func(asJSON bool) string {
		return string(written(t, func(b *bytes.Buffer) error {
			return NewTail(b, TailOptions{JSON: asJSON, Start: now.Add(time.Hour), Since: 1000 * time.Hour}).Show(v, false)
		}))
	}
	if out := tail(false); !strings.Contains(out, "; admin1, affected told by field; radio A-radio; one event with field A-field\n") || strings.Count(out, "told by") != 1 {
		t.Error(out)
	}
	const by = `"authority":"field","id":"A-field","source":"field"}`
	for _, line := range strings.Split(strings.TrimSpace(tail(true)), "\n") {
		switch {
		case strings.Contains(line, `"id":"A-radio","authority":"radio"`):
			for _, want := range []string{`"filled":[{"field":"admin1",` + by + `,{"field":"affected",` + by + `]`, `"admin1":"Gao"`, `"killed":2`, `"severity":"severe"`} {
				if !strings.Contains(line, want) {
					t.Errorf("%s is not in\n%s", want, line)
				}
			}
		case strings.Contains(line, `"id":"A-field","authority":"field"`):
			if !strings.Contains(line, `"severity":"unknown"`) || !strings.Contains(line, `"filled":[]`) {
				t.Errorf("it says more than it was told:\n%s", line)
			}
		}
	}
}

// What publishers counted stands in the text of a country as in its JSON.
func TestStatusTellsBackgroundRates(t *testing.T) {
	var b bytes.Buffer
	if err := StatusTable(&b, sahel(false).view(), []country.Code{country.MLI}, Layout{Width: 200}); err != nil {
		t.Fatal(err)
	}
	if want := "MLI: background rate, in no window: political violence, 42 events, 80 killed, 2026-10-01 to 2026-10-31, by hapi\n"; !strings.Contains(b.String(), want) {
		t.Errorf("%s", b.String())
	}
}
