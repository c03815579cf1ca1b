package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/picture"
)

// TestWhatWasMadeInTheFutureRefreshesNothing: neither a date of the whole content nor one of an item makes a source fresh that
// is later than its receipt, and both are told.
func TestWhatWasMadeInTheFutureRefreshesNothing(t *testing.T) {
	const (
		old   = -90 * 24 * time.Hour
		ahead = 48 * time.Hour
		made  = "which is after it was received: that makes nothing fresh"
		item  = "it is said to have been reported after it was received"
	)
	for _, tt := range []struct {
		name        string
		channel     time.Duration // from now
		items       []time.Duration
		state       health.State
		told, quiet []string
	}{
		{"a channel of the future", ahead, []time.Duration{old}, health.Stale, []string{made}, []string{item}},
		{"items of the future", old, []time.Duration{old, ahead, ahead}, health.Stale, []string{item, "(2 records, the first is here)"}, []string{made}},
		{"everything of the future", ahead, []time.Duration{ahead}, health.Stale, []string{made, item}, nil},
		{"a clock a minute ahead", time.Minute, []time.Duration{time.Minute}, health.Live, nil, []string{made, item}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, home)
			date := func(from time.Duration) string { return d.clock.now().Add(from).Format(time.RFC1123Z) }
			var b strings.Builder
			fmt.Fprintf(&b, "<rss version=\"2.0\"><channel><title>Exercise news</title><lastBuildDate>%s</lastBuildDate>\n", date(tt.channel))
			for n, from := range tt.items {
				fmt.Fprintf(&b, "<item><guid>%d</guid><title>Mali: item %d</title><pubDate>%s</pubDate></item>\n", n, n, date(from))
			}
			b.WriteString("</channel></rss>\n")
			d.write("feeds/news.xml", b.String())
			p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			s := sourceOf(p.For(picture.DutyOfficer), "news")
			if s.State != tt.state || s.Counts.Reports != len(tt.items) {
				t.Errorf("%v as of %v, with %+v", s.State, s.Facts.ContentTime, s.Counts)
			}
			told := fmt.Sprint(s.Problems)
			for _, want := range tt.told {
				if !strings.Contains(told, want) {
					t.Errorf("no %q in %s", want, told)
				}
			}
			for _, not := range tt.quiet {
				if strings.Contains(told, not) {
					t.Errorf("%q in %s", not, told)
				}
			}
		})
	}
}

// TestWhatIsAheadOfTheClockIsTold, of an advisory and of a heartbeat, too: neither outranks or refreshes anything.
func TestWhatIsAheadOfTheClockIsTold(t *testing.T) {
	for name, tt := range map[string]struct{ file, content, told string }{
		"advisory":  {"feeds/us.json", `[{"Title":"Mali - Level 1: Exercise Normal Precautions","Link":"x","Category":["ML"],"Published":%q}]`, "feeds/us.json:1: it is said to have been advised after it was received"},
		"heartbeat": {"feeds/radio.jsonl", "{\"heartbeat\":%q,\"source\":\"radio\"}\n", "feeds/radio.jsonl:1: the heartbeat is of a time after it was received"},
	} {
		t.Run(name, func(t *testing.T) {
			for ahead, is := range map[time.Duration]bool{72 * time.Hour: true, time.Minute: false} {
				d := newDesk(t, home)
				d.write(tt.file, fmt.Sprintf(tt.content, d.clock.now().Add(ahead).UTC().Format(time.RFC3339)))
				check, err := Check(t.Context(), d.options())
				if err != nil {
					t.Fatal(err)
				}
				if told := strings.Contains(fmt.Sprint(check.Problems), tt.told); told != is {
					t.Errorf("%s ahead: %v", ahead, check.Problems)
				}
			}
		})
	}
}

// TestAContentOfWhichNothingCanBeUsedKnowsNothing: that it was made a minute ago does not make the hazards of a country none.
func TestAContentOfWhichNothingCanBeUsedKnowsNothing(t *testing.T) {
	d := newDesk(t, home)
	channel := func(items string) string {
		return fmt.Sprintf(`<rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><title>GDACS RSS 24h</title><pubDate>%s</pubDate>%s</channel></rss>`,
			d.clock.now().UTC().Format(time.RFC1123), items)
	}
	const flood = `<item><title>EXERCISE flood</title>%s<gdacs:alertlevel>Red</gdacs:alertlevel><gdacs:country>Mali</gdacs:country></item>`
	good := fmt.Sprintf(flood, "<gdacs:eventtype>FL</gdacs:eventtype><gdacs:eventid>1</gdacs:eventid>")
	bad := fmt.Sprintf(flood, "<gdacs:eventtype>FL</gdacs:eventtype>")
	for _, tt := range []struct {
		items    string
		state    health.State
		rejected int
		known    bool
	}{
		{"", health.Live, 0, true},
		{bad + bad, health.Failed, 2, false},
		{good + bad, health.Live, 1, true},
	} {
		d.write("feeds/gdacs.xml", channel(tt.items))
		p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		v := p.For(picture.DutyOfficer)
		s := sourceOf(v, "gdacs")
		if s.State != tt.state || s.Counts.Rejected != tt.rejected {
			t.Errorf("%v (%s), %+v, %v", s.State, s.Reason, s.Counts, s.Problems)
		}
		if c, _ := v.Country(country.MLI); c.Hazards.Known != tt.known {
			t.Errorf("%s: hazards %+v", s.State, c.Hazards)
		}
	}
}
