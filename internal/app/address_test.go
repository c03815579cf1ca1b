package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/fetch"
	"vigil/internal/health"
	"vigil/internal/picture"
)

const canary = "canary-7f3a9c"

// feedServer answers with contents by path, each with its validator, and can be changed.
type feedServer struct {
	*httptest.Server
	mu     sync.Mutex
	bodies map[string]string
	status int  // in place of everything, if not 0
	plain  bool // it gives no validators, and so never a 304
	asked  int
}

func newFeedServer(t *testing.T) *feedServer {
	t.Helper()
	s := &feedServer{bodies: map[string]string{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked++
		body, found := s.bodies[r.URL.Path]
		switch tag := fmt.Sprintf("\"%x\"", sha256.Sum256([]byte(body))); {
		case s.status != 0:
			http.Error(w, canary, s.status)
		case !found:
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			if !s.plain {
				w.Header().Set("ETag", tag)
			}
			_, _ = w.Write([]byte(body))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *feedServer) serve(path, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bodies[path] = body
}

func (s *feedServer) fail(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

// block is a [[source]] of the server; the query has what may be a secret.
func (s *feedServer) block(name, path, more string) string {
	return fmt.Sprintf("[[source]]\nname = %q\nurl = \"%s%s?key=%s\"\nallow_private = true\nevery = \"10m\"\n%s\n", name, s.URL, path, canary, more)
}

// poll asks for a poll now, as a person would, and waits until it has been made.
func (d *testDesk) poll(name string) picture.View {
	d.t.Helper()
	d.clock.forward(time.Minute)
	since := d.clock.now()
	if err := d.s.Poll(name); err != nil {
		d.t.Fatal(err)
	}
	return d.await("a poll of "+name, func(v picture.View) bool { return !sourceOf(v, name).Facts.LastAttempt.Before(since) })
}

func polled(name string) func(picture.View) bool {
	return func(v picture.View) bool {
		return sourceOf(v, name).State.Sees() && sourceOf(v, name).Counts.Records > 0
	}
}

func TestAddressIsStaleAfterARestart(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	d.still = true
	server.serve("/radio.jsonl", d.line("A-1", time.Minute, "")+"\n")
	check, err := Check(t.Context(), d.options())
	if err != nil || len(check.Problems) != 2 || !strings.Contains(check.Problems[0].String(), "not polled yet") || !check.Problems[0].Warning {
		t.Errorf("before the first poll: %v, %v", check.Problems, err)
	} else if second := check.Problems[1].String(); !strings.Contains(second, `the secret "key" is written down`) || strings.Contains(second, canary) {
		t.Errorf("of a secret in the query: %s", second)
	}
	d.open()
	v := d.await("the answer", polled("north"))
	s := sourceOf(v, "north")
	if want := server.URL + "/radio.jsonl?…"; s.Info.URL.String() != want || !s.Info.Path.IsZero() || s.State != health.Live || s.Poll.Next.IsZero() || s.Poll.Status != 200 {
		t.Errorf("%s: url %q path %q %+v", s.State, s.Info.URL, s.Info.Path, s.Poll)
	}
	// A process beside it sees the same, once the collector has given a sign of life.
	await(t, "a sign of life", func() bool { return runOf(d.path("intake"), d.clock.now()) != "" })
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if other := sourceOf(p.For(picture.DutyOfficer), "north"); other.State != health.Live || other.Facts.LastSuccess != s.Facts.LastSuccess || other.Counts != s.Counts {
		t.Errorf("another process sees %s %q %+v", other.State, other.Reason, other.Facts)
	}
	d.close()
	server.Close()

	// With the collector gone, and the network too.
	succeeded := s.Facts.LastSuccess
	kept := func() string { return "kept answer of " + health.Moment(succeeded, d.clock.now()) } // with its date, after midnight
	d.clock.forward(10 * time.Minute)
	p, err = Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s = sourceOf(p.For(picture.DutyOfficer), "north")
	if s.Reason.String() != kept()+", not polled since" || s.State != health.Stale || s.Counts.Records != 1 || !s.Poll.Next.IsZero() {
		t.Fatalf("after the collector's end: %s %q %+v", s.State, s.Reason, s.Counts)
	}
	d.open()
	defer d.close()
	d.await("a failed poll that keeps the answer", func(v picture.View) bool {
		s := sourceOf(v, "north")
		return s.State == health.Failed && strings.Contains(s.Reason.String(), "refused") &&
			strings.HasSuffix(s.Reason.String(), kept()) && v.Totals().Total == 1
	})
}

// Whatever the server sends, what was good stays: on the screen, on the disk, and after a restart.
func TestAddressThatGoesBad(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", ""))
	server.serve("/radio.jsonl", d.line("A-1", time.Minute, "")+"\n")
	d.open()
	d.await("the answer", polled("north"))
	for body, why := range map[string]string{
		"<html><body>log in":                                    "a web page (HTML)",
		`{"id":"` + canary + `"}`:                               "no format that vigil knows",
		`{"id":"A-1","act":"killing","title":"` + canary + `"}`: "cannot be used: line 1:",
		"nothing that anybody would know\n":                     "no format that vigil knows",
		"":                                                      "the answer is empty",
	} {
		server.serve("/radio.jsonl", body)
		s := sourceOf(d.poll("north"), "north")
		if s.State != health.Failed || !strings.Contains(s.Reason.String(), why) || s.Counts.Records != 1 || s.Counts.Rejected != 0 {
			t.Errorf("%q: %s %q %+v", body, s.State, s.Reason, s.Counts)
		}
	}
	server.fail(http.StatusInternalServerError)
	if s := sourceOf(d.poll("north"), "north"); s.State != health.Failed || !strings.Contains(s.Reason.String(), "500") {
		t.Errorf("%s %q", s.State, s.Reason)
	}
	d.close()
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if s := sourceOf(p.For(picture.DutyOfficer), "north"); s.State != health.Stale || s.Counts.Records != 1 {
		t.Errorf("after a restart: %s %q %+v", s.State, s.Reason, s.Counts)
	}
	d.noSecrets()
}

func TestAnswerOfAnotherKind(t *testing.T) {
	good := map[string]string{
		"us-state": `[{"Title":"Mali - Level 4: Do Not Travel","Link":"https://x.invalid/ml","Category":["ML"],"Published":"2031-05-01T00:00:00Z"}]`,
		"uk-fcdo":  `{"base_path":"/foreign-travel-advice/mali","title":"Mali travel advice","details":{"alert_status":["avoid_all_travel_to_parts"]}}`,
		"adam":     `[{"guid":"1001_9","eventType":"Tropical Storm","eventISO3":"IDN","pubDate":"2031-01-02T03:04:05"}]`,
	}
	for format, body := range good {
		t.Run(format, func(t *testing.T) {
			server := newFeedServer(t)
			d := newDesk(t, home+server.block("north", "/a.json", "format = \""+format+"\""))
			server.serve("/a.json", body)
			d.open()
			d.await("the answer", func(v picture.View) bool { return sourceOf(v, "north").Counts.Records > 0 })
			for bad, why := range map[string]string{
				`{"error":"invalid api key\u202e"}`: `the server refused the request: "invalid api key`,
				`{"hello":1}`:                       "cannot be used: line 1: not ",
				`[{"hello":1}]`:                     "cannot be used: ",
				`[]`:                                "cannot be used: line 1: ",
			} {
				server.serve("/a.json", bad)
				s := sourceOf(d.poll("north"), "north")
				if s.State != health.Failed || !strings.Contains(s.Reason.String(), why) || strings.Contains(s.Reason.String(), "\u202e") || s.Counts.Records != 1 || s.Counts.Rejected != 0 {
					t.Errorf("%s: %s %q %+v", bad, s.State, s.Reason, s.Counts)
				}
				kept, err := filepath.Glob(filepath.Join(d.dir, "intake", "fetched", "*", "answer"))
				if err != nil || len(kept) != 1 {
					t.Fatal(kept, err)
				}
				if text, err := os.ReadFile(kept[0]); err != nil || strings.TrimSpace(string(text)) != body {
					t.Errorf("%s: kept %q, %v", bad, text, err)
				}
			}
			d.close()
		})
	}
}

// TestRefusalWithoutAFormat: whatever the source is of, what the server says of the request is told in its words, and what says
// nothing of its format says what to write.
func TestRefusalWithoutAFormat(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/a.json", ""))
	server.serve("/a.json", `{"error":"invalid api key"}`)
	d.open()
	defer d.close()
	d.await("the refusal", func(v picture.View) bool { return sourceOf(v, "north").State == health.Failed })
	for body, why := range map[string]string{
		`{"error":"invalid api key"}`: `the server refused the request: "invalid api key"`,
		`[]`:                          "NO DATA: an empty list",
		`{"hello":1}`:                 "it looks like JSON",
	} {
		server.serve("/a.json", body)
		if s := sourceOf(d.poll("north"), "north"); s.State != health.Failed || !strings.Contains(s.Reason.String(), why) {
			t.Errorf("%s: %s %q", body, s.State, s.Reason)
		}
	}
}

func TestOnePageOfMore(t *testing.T) {
	d := newDesk(t, home)
	d.write("feeds/rw.json", `{"href":"https://api.reliefweb.int/v1/disasters","totalCount":3677,"count":1,"data":[{"id":"1","fields":{"name":"Mali: Floods - Aug 2024","glide":"FL-2024-000139-MLI"}}]}`)
	check, err := Check(t.Context(), d.options())
	if err != nil || len(check.Problems) == 0 || !strings.Contains(check.Problems[0].String(), "feeds/rw.json: 1 of 3,677: this is one page;") || !check.Problems[0].Warning {
		t.Errorf("%v %v", check.Problems, err)
	}
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if s := sourceOf(p.For(picture.DutyOfficer), "rw"); !strings.Contains(s.Facts.Note.String(), "1 of 3,677: this is one page") || s.Counts.Records != 1 {
		t.Errorf("%q %+v", s.Facts.Note, s.Counts)
	}
}

// await waits for what comes at once.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-limit.C:
			t.Fatal("never came: ", what)
		}
	}
}

// noSecrets looks through everything that was written.
func (d *testDesk) noSecrets() {
	d.t.Helper()
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "vigil.toml" {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), canary) || strings.Contains(path, canary) {
			d.t.Errorf("a secret is in %s: %s", path, data)
		}
		return err
	})
	if err != nil {
		d.t.Error(err)
	}
}

func answered(name string) func(picture.View) bool {
	return func(v picture.View) bool {
		s := sourceOf(v, name)
		return s.Counts.Records > 0 && !s.Facts.LastSuccess.IsZero()
	}
}

// What makes a feed may have stopped years ago, while the server goes on sending what it made last: that is no
// calm.
func TestOldContentSentAgainIsStale(t *testing.T) {
	server := newFeedServer(t)
	server.plain = true
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	server.serve("/radio.jsonl", d.line("A-1", 10*time.Hour, "")+"\n")
	d.open()
	defer d.close()
	for n, v := range []picture.View{d.await("the answer", answered("north")), d.poll("north"), d.poll("north")} {
		s := sourceOf(v, "north")
		if s.State != health.Stale || s.Facts.LastSuccess.IsZero() {
			t.Errorf("after poll %d: %s %q", n+1, s.State, s.Reason)
		}
		if c, _ := v.Country(country.MLI); c == nil || c.Coverage.State != health.Blind || c.Day.Known {
			t.Errorf("after poll %d it is taken to watch: %+v", n+1, c)
		}
	}
}

// The kept answers are found whatever way the desk is named.
func TestAddressOfADeskNamedByARelativePath(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	server.serve("/radio.jsonl", d.line("A-1", time.Minute, "")+"\n")
	t.Chdir(filepath.Dir(d.dir))
	d.dir = filepath.Base(d.dir)
	d.open()
	d.await("the answer", polled("north"))
	d.close()
	t.Chdir(d.dir)
	d.dir = "."
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if s := sourceOf(p.For(picture.DutyOfficer), "north"); s.State != health.Stale || s.Counts.Records != 1 {
		t.Errorf("from within the desk: %s %q %+v", s.State, s.Reason, s.Counts)
	}
}

// A 304 is reachability and no content: a source that was fresh is QUIET when it has nothing new, and never fresh by it.
func TestAddressThatHasNothingNew(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	first := d.line("A-1", 50*time.Minute, "")
	server.serve("/radio.jsonl", first+"\n")
	d.open()
	defer d.close()
	d.await("the answer", answered("north"))
	d.clock.forward(9 * time.Hour)
	s := sourceOf(d.poll("north"), "north")
	if s.State != health.Quiet || s.Poll.Status != 304 || s.Facts.ContentTime.After(d.clock.now().Add(-9*time.Hour)) {
		t.Errorf("%s %q, status %d, content of %s", s.State, s.Reason, s.Poll.Status, s.Facts.ContentTime)
	}
	// A JSONL that grew is read on without a gap, and what it held is not counted twice.
	server.serve("/radio.jsonl", first+"\n"+d.line("A-2", time.Minute, "")) // whole without a line end
	d.poll("north")
	v := d.await("the second record", total(2))
	if s := sourceOf(v, "north"); s.Counts.Records != 2 || len(s.Facts.Gaps) > 0 || s.State != health.Live {
		t.Errorf("%s %+v, gaps %v", s.State, s.Counts, s.Facts.Gaps)
	}
}

// What was old when it came may come from a maker who is long gone: that it is called unchanged makes it no sight, before
// a restart or after it.
func TestAddressOfAFrozenFeed(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	server.serve("/radio.jsonl", d.line("A-1", 10*time.Hour, "")+"\n")
	for range 2 {
		d.open()
		d.await("the answer", func(v picture.View) bool { return answered("north")(v) && !sourceOf(v, "north").Poll.Next.IsZero() })
		v := d.poll("north")
		s := sourceOf(v, "north")
		if s.State != health.Stale || s.Poll.Status != 304 || !strings.Contains(s.Reason.String(), "nothing is newer") {
			t.Errorf("%s %q, status %d", s.State, s.Reason, s.Poll.Status)
		}
		if c, _ := v.Country(country.MLI); c == nil || c.Coverage.State != health.Blind || c.Day.Known {
			t.Errorf("it is taken to watch: %+v", c)
		}
		d.close()
	}
}

const tableHead = "Incident ID,Year,Month,Day,Country Code,Country,Region,District,City,UN,INGO,ICRC,NRCS and IFRC,NNGO,Other,Nationals killed,Nationals wounded,Nationals kidnapped,Total nationals,Internationals killed,Internationals wounded,Internationals kidnapped,Total internationals,Total killed,Total wounded,Total kidnapped,Total affected,Gender Male,Gender Female,Gender Unknown,Means of attack,Attack context,Location,Latitude,Longitude,Motive,Actor type,Actor name,Details,Verified,Source\n"

func tableRow(id string) string {
	return id + ",2026,1,2,ML,Mali,,,Gao,1,0,0,0,0,0,1,0,0,1,0,0,0,0,1,0,0,1,0,0,1,Shooting,Ambush,Road,16.2,-0.05,Unknown,Unknown,Unknown,One killed,Yes,Media\n"
}

// What is gone from a source that is complete is withdrawn by a second poll, and not by reading the kept answer
// twice.
func TestWithdrawnByASecondPoll(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("attacks", "/awsd.csv", `format = "awsd"`))
	server.serve("/awsd.csv", tableHead+tableRow("1")+tableRow("2"))
	d.open()
	defer d.close()
	d.await("both", func(v picture.View) bool { return sourceOf(v, "attacks").Listed == 2 })
	server.serve("/awsd.csv", tableHead+tableRow("1"))
	d.poll("attacks")
	d.await("one is gone", func(v picture.View) bool { return sourceOf(v, "attacks").Listed == 1 })
	// The watcher reads the file again after a second of the desk's clock.
	for range 3 {
		d.clock.forward(2 * time.Second)
		d.s.Refresh()
		d.await("a look", func(picture.View) bool { return true })
	}
	if n := d.last.Totals().Cancelled; n != 0 {
		t.Errorf("%d are withdrawn by one poll", n)
	}
	d.poll("attacks")
	d.await("withdrawn", func(v picture.View) bool { return v.Totals().Cancelled == 1 })
}

// A feed that forgets and was asked all the while has no gap, however long it had nothing to say.
func TestNoGapWhileItWasAsked(t *testing.T) {
	for _, asked := range []bool{true, false} {
		server := newFeedServer(t)
		d := newDesk(t, home+server.block("hazards", "/rss.xml", ""))
		start := d.clock.now()
		server.serve("/rss.xml", hazards(start, hazard("1", start.Add(-2*time.Hour))))
		d.open()
		d.await("the first alert", polled("hazards"))
		for range 4 {
			d.clock.forward(20 * time.Hour)
			if asked {
				d.poll("hazards")
			}
		}
		later := d.clock.now()
		server.serve("/rss.xml", hazards(later, hazard("2", later.Add(-time.Hour))))
		d.poll("hazards")
		v := d.await("the second", total(2))
		if gaps := sourceOf(v, "hazards").Facts.Gaps; len(gaps) == 0 != asked {
			t.Errorf("asked all the while %v: gaps %v", asked, gaps)
		}
		d.close()
		// And as the intake remembers it.
		p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if gaps := sourceOf(p.For(picture.DutyOfficer), "hazards").Facts.Gaps; len(gaps) == 0 != asked {
			t.Errorf("asked all the while %v: remembered gaps %v", asked, gaps)
		}
	}
}

func hazard(id string, at time.Time) string {
	return fmt.Sprintf(`<item><title>Green flood alert</title><guid>FL%s</guid><pubDate>%s</pubDate>
<gdacs:eventtype>FL</gdacs:eventtype><gdacs:alertlevel>Green</gdacs:alertlevel><gdacs:eventid>%s</gdacs:eventid><gdacs:episodeid>1</gdacs:episodeid>
<gdacs:iso3>MLI</gdacs:iso3><gdacs:country>Mali</gdacs:country><gdacs:fromdate>%s</gdacs:fromdate><gdacs:todate>%s</gdacs:todate></item>`,
		id, at.Format(time.RFC1123), id, at.Format(time.RFC1123), at.Format(time.RFC1123))
}

func hazards(at time.Time, items ...string) string {
	return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><title>GDACS RSS information 24h</title><pubDate>` +
		at.Format(time.RFC1123) + `</pubDate>` + strings.Join(items, "") + `</channel></rss>`
}

func alert(id string, at time.Time) string {
	return fmt.Sprintf(`<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier><sender>met@example.org</sender>
<sent>%s</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty><expires>%s</expires><area><areaDesc>Mali</areaDesc></area></info></alert>`,
		id, at.Format("2006-01-02T15:04:05-07:00"), at.Add(24*time.Hour).Format("2006-01-02T15:04:05-07:00"))
}

func index(at time.Time, ids ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>Alerts</title><updated>%s</updated>`, at.Format(time.RFC3339))
	for _, id := range ids {
		fmt.Fprintf(&b, `<entry><id>%s</id><title>Flood Warning %s</title><updated>%s</updated><link type="application/cap+xml" href="/a/%s.cap"/></entry>`, id, id, at.Format(time.RFC3339), id)
	}
	return b.String() + "</feed>"
}

// An index is followed: the alerts stand in the place of the entries that only link to them, and what was not
// fetched is told.
func TestIndexIsFollowed(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("alerts", "/index.atom", ""))
	now := d.clock.now()
	server.serve("/index.atom", index(now, "EX-1", "EX-2", "EX-3"))
	server.serve("/a/EX-1.cap", alert("EX-1", now))
	server.serve("/a/EX-2.cap", alert("EX-2", now))
	d.open()
	v := d.await("both alerts", func(v picture.View) bool { return sourceOf(v, "alerts").Counts.Records == 5 })
	s := sourceOf(v, "alerts")
	if s.Counts.Incidents != 2 || s.Counts.Reports != 3 || s.Info.Format.String() != "cap" || !strings.Contains(s.Reason.String(), "1 linked content could not be fetched: the server answered 404") {
		t.Errorf("%s %q %+v", s.State, s.Reason, s.Counts)
	}
	// One is no longer in the index: it is retained, and the source has not failed for it.
	server.serve("/index.atom", index(now.Add(time.Minute), "EX-2"))
	d.poll("alerts")
	v = d.await("one alert", func(v picture.View) bool {
		s := sourceOf(v, "alerts")
		return s.Counts.Records == 2 && s.Counts.Incidents == 1
	})
	if s := sourceOf(v, "alerts"); s.Retained == 0 || !s.State.Sees() {
		t.Errorf("%s %q %+v listed %d retained %d", s.State, s.Reason, s.Counts, s.Listed, s.Retained)
	}
	d.close()
	d.noSecrets()
}

// Where nothing can be recorded the desk polls all the same, for itself, and leaves nothing behind.
func TestAddressOnADeskThatCannotBeWritten(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	server := newFeedServer(t)
	d := newDesk(t, home+"state = \"vigil.toml/state\"\n"+server.block("north", "/radio.jsonl", ""))
	server.serve("/radio.jsonl", d.line("A-1", time.Minute, "")+"\n")
	d.open()
	v := d.await("the answer", polled("north"))
	if !strings.Contains(v.Desk().Recording.String(), "not recorded") {
		t.Errorf("recording %q", v.Desk().Recording)
	}
	d.close()
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// One process polls; when it ends, another one of the desk goes on.
func TestAFollowerPollsOnlyWhenItLeads(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", ""))
	d.still = true
	server.serve("/radio.jsonl", d.line("A-1", time.Minute, "")+"\n")
	d.open()
	d.await("the answer", polled("north"))
	await(t, "a sign of life", func() bool { return runOf(d.path("intake"), d.clock.now()) != "" })
	second := &testDesk{t: t, dir: d.dir, clock: d.clock, still: true}
	second.open()
	defer second.close()
	second.await("the same", polled("north"))
	if err := second.s.Poll("north"); !errors.Is(err, fetch.ErrUnknown) || !strings.Contains(err.Error(), "another vigil") {
		t.Errorf("the follower polls: %v", err)
	}
	d.close()
	server.mu.Lock()
	before := server.asked
	server.mu.Unlock()
	d.clock.forward(time.Minute) // the last sign of life is old then
	second.await("stale, since nobody polls", func(v picture.View) bool { return sourceOf(v, "north").State == health.Stale })
	second.await("it polls itself", func(v picture.View) bool {
		server.mu.Lock()
		defer server.mu.Unlock()
		return server.asked > before && sourceOf(v, "north").State.Sees()
	})
}

// vigil.toml may change while the desk is open.
func TestAddressesAreReloaded(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home)
	server.serve("/a.jsonl", d.line("A-1", time.Minute, "")+"\n")
	server.serve("/b.jsonl", d.line("B-1", time.Minute, "")+"\n"+d.line("B-2", time.Minute, "")+"\n")
	d.open()
	defer d.close()
	d.await("an empty desk", total(0))
	d.write("vigil.toml", home+server.block("north", "/a.jsonl", ""))
	d.await("the new source", polled("north"))
	d.write("vigil.toml", home+server.block("north", "/b.jsonl", ""))
	v := d.await("its new address", func(v picture.View) bool { return sourceOf(v, "north").Counts.Records == 2 })
	if v.Totals().Total != 3 {
		t.Errorf("%d incidents, want those of both addresses", v.Totals().Total)
	}
	d.write("vigil.toml", home)
	d.await("no source", func(v picture.View) bool {
		for range v.Sources() {
			return false
		}
		return true
	})
	if err := d.s.Poll("north"); !errors.Is(err, fetch.ErrUnknown) {
		t.Errorf("it is still polled: %v", err)
	}
}

// A secret that is not there is said, by check and by the source.
func TestSecretsOfADesk(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/a.jsonl", `header = {Authorization = "env:NORTH_TOKEN", X-Key = "file:secrets/key"}`))
	o := d.options()
	o.Lookup = func(string) (string, bool) { return canary, true }
	if err := os.Mkdir(d.path("secrets"), 0o700); err != nil {
		t.Fatal(err)
	}
	check := func(o Options) string {
		report, err := Check(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(report)
		if err != nil || strings.Contains(string(text), canary) {
			t.Errorf("%s, %v", text, err)
		}
		return string(text)
	}
	if got := check(o); !strings.Contains(got, "header X-Key: file:secrets/key: there is no such file") || strings.Contains(got, "NORTH_TOKEN is") {
		t.Error(got)
	}
	if err := os.WriteFile(d.path("secrets/key"), []byte(canary), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := check(d.options()); !strings.Contains(got, "secrets/key may be read by others") || !strings.Contains(got, "NORTH_TOKEN is not set") {
		t.Error(got)
	}
	d.open()
	defer d.close()
	v := d.await("a failure", func(v picture.View) bool { return sourceOf(v, "north").State == health.Failed })
	if s := sourceOf(v, "north"); !strings.Contains(s.Reason.String(), "NORTH_TOKEN is not set") {
		t.Errorf("%q", s.Reason)
	}
}

// A kept answer that is not what was fetched is none.
func TestDamagedAnswer(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"cut":     func(b []byte) []byte { return b[:len(b)/2] },
		"changed": func(b []byte) []byte { b = bytes.Clone(b); b[len(b)/2] ^= 1; return b },
		"more":    func(b []byte) []byte { return append(b, b...) },
	} {
		for format, body := range map[string]func(*testDesk) string{
			"lines": func(d *testDesk) string {
				return d.line("A-1", time.Minute, "") + "\n" + d.line("A-2", time.Minute, "") + "\n"
			},
			"whole": func(d *testDesk) string { return hazards(d.clock.now(), hazard("1", d.clock.now())) },
		} {
			t.Run(name+" "+format, func(t *testing.T) {
				server := newFeedServer(t)
				d := newDesk(t, home+server.block("north", "/a", ""))
				server.serve("/a", body(d))
				d.open()
				d.await("the answer", polled("north"))
				d.close()
				kept, err := filepath.Glob(filepath.Join(d.dir, "intake", "fetched", "*", "answer"))
				if err != nil || len(kept) != 1 {
					t.Fatal(kept, err)
				}
				text, err := os.ReadFile(kept[0])
				if err != nil {
					t.Fatal(err)
				}
				damaged := damage(text)
				if err := os.WriteFile(kept[0], damaged, 0o600); err != nil {
					t.Fatal(err)
				}
				p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				if s := sourceOf(p.For(picture.DutyOfficer), "north"); s.State != health.Failed || !strings.Contains(s.Reason.String(), "the kept answer is damaged or was changed") {
					t.Errorf("%s %q", s.State, s.Reason)
				}
				if still, err := os.ReadFile(kept[0]); err != nil || string(still) != string(damaged) {
					t.Errorf("it was not left for a person: %v", err)
				}
				d.open()
				v := d.await("it fetched again", func(v picture.View) bool {
					s := sourceOf(v, "north")
					return s.State.Sees() && s.Facts.Failure.IsZero()
				})
				if s := sourceOf(v, "north"); s.Counts.Rejected != 0 {
					t.Errorf("%s %q %+v", s.State, s.Reason, s.Counts)
				}
				if now, err := os.ReadFile(kept[0]); err != nil || string(now) != string(text) {
					t.Errorf("it was not fetched again: %v", err)
				}
				d.close()
			})
		}
	}
}

// What is known of the polling may be damaged; it is said, and what is kept is shown.
func TestDamagedMeta(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, home+server.block("north", "/a.jsonl", ""))
	server.serve("/a.jsonl", d.line("A-1", time.Minute, "")+"\n")
	d.open()
	d.await("the answer", polled("north"))
	d.close()
	metas, err := filepath.Glob(d.path("intake/fetched/*/" + fetch.MetaName))
	if err != nil || len(metas) != 1 {
		t.Fatal(metas, err)
	}
	if err := os.WriteFile(metas[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := Snapshot(context.Background(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if s := sourceOf(p.For(picture.DutyOfficer), "north"); s.State != health.Failed || !strings.Contains(s.Reason.String(), fetch.MetaName) || s.Counts.Records != 1 {
		t.Errorf("%s %q %+v", s.State, s.Reason, s.Counts)
	}
	d.open()
	defer d.close()
	d.await("polled anew", polled("north"))
}

// An address that has never answered is not one that was never asked.
func TestAddressThatNeverAnswered(t *testing.T) {
	server := newFeedServer(t)
	server.fail(http.StatusInternalServerError)
	d := newDesk(t, home+server.block("north", "/radio.jsonl", `expect = "1h"`))
	d.open()
	d.await("a failure", func(v picture.View) bool { return sourceOf(v, "north").State == health.Failed })
	d.close()
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s := sourceOf(p.For(picture.DutyOfficer), "north")
	if why := s.Reason.String(); s.State != health.Never || !strings.Contains(why, "failed: ") || !strings.Contains(why, "500") {
		t.Errorf("%s %q", s.State, why)
	}
	check, err := Check(t.Context(), d.options())
	if err != nil || len(check.Problems) != 2 || check.Problems[0].Warning || !strings.Contains(check.Problems[0].String(), "failed: ") {
		t.Errorf("%v %v", check.Problems, err)
	}
	d.noSecrets()
}
