package alarm

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"vigil/internal/alarm/rule"
	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// outsideWords are those of the rooms of these tests that come from outside.
var outsideWords = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields("Gao region Kidal Mopti MLI NER Mali Niger radio ngo press police own roll call sitrep Oscar Papa Quebec does not answer ill") {
		words[strings.ToLower(w)] = true
	}
	return words
}()

// pseudo is a language in which what is said is in no plain letters.
var pseudo = langtest.Pseudo()

// sayable says what of an alarm cannot be said in another language: its words are not those that can, or do not read as they were written,
// or have plain letters left. Empty where all can.
func sayable(r *duty.Raise) string {
	raw, _ := r.Words.MarshalText()
	if was, known := looked.Load(string(raw)); known && was.(saying.Saying).Equal(r.Said) {
		return ""
	}
	if r.Said.IsZero() || duty.ShortWords(r.Said.String()) != string(raw) {
		return fmt.Sprintf("what it was made of says %q", r.Said)
	}
	b, err := json.Marshal(r.Said)
	if err != nil {
		return err.Error()
	}
	back := duty.Raise{Words: r.Words}
	if err := json.Unmarshal(b, &back.Said); err != nil || !back.Said.Equal(r.Said) {
		return fmt.Sprintf("%s reads as %+v", b, back.Said)
	}
	allowed := maps.Clone(outsideWords)
	if len(raw) > duty.MaxShort/2 { // of own rules of a test, many at once
		return ""
	}
	if left := langtest.Plain([]string{back.WordsIn(pseudo)}, allowed); len(left) > 0 {
		return fmt.Sprintf("%q cannot be said", left)
	}
	looked.Store(string(raw), r.Said)
	return ""
}

// looked are words that were found to be sayable, with what they were made of: rooms ring the same thousands of times.
var looked sync.Map

// strict is a language that keeps what its catalogue lacks.
type strict struct {
	*lang.Language
	has   map[string]bool
	lacks []string
}

func (s *strict) known(english string) {
	if !s.has[english] && strings.ContainsFunc(english, unicode.IsLetter) { // a separator may be the same
		s.lacks = append(s.lacks, english)
	}
}

func (s *strict) Say(english string) string {
	s.known(english)
	return s.Language.Say(english)
}

func (s *strict) Sayf(english string, args ...any) string {
	s.known(english)
	return s.Language.Sayf(english, args...)
}

func (s *strict) Forms(n int, one, more string) string {
	s.known("%s " + one)
	return s.Language.Forms(n, one, more)
}

func newStrict(t *testing.T, tag string) *strict {
	t.Helper()
	l, err := lang.Load(tag, false)
	if err != nil {
		t.Fatal(err)
	}
	files, err := lang.Catalogue(tag)
	if err != nil {
		t.Fatal(err)
	}
	s := &strict{Language: l, has: map[string]bool{"A2": true}} // what a flash report is on may be words, too
	for _, list := range files {
		for _, m := range list {
			s.has[m.ID] = true
		}
	}
	return s
}

// words are subjects as a rule asks them.
type words func(uses func(string) bool) saying.Saying

func always(w func() saying.Saying) words {
	return func(func(string) bool) saying.Saying { return w() }
}

// subjects are some of each kind, in the states in which their words differ.
func subjects(t *testing.T) map[rule.On][]words {
	now := start
	past := now.Add(-time.Hour)
	by := map[rule.On][]words{rule.Incident: incidentSubjects(t)}
	mali := picture.Country{Code: country.MLI, Name: safetext.Const("Mali"), Level: level.Summary{Expired: 1}, HasStaff: true, Staff: presence.Totals{Total: 31}}
	changes := []level.Change{{Area: safetext.Const("Gao"), From: 4, To: 5}, {Area: safetext.Const("Gao"), To: 3}, {Area: safetext.Const("Gao"), From: 2}}
	for _, c := range []picture.Country{
		{Coverage: health.Coverage{State: health.Blind}},
		{Coverage: health.Coverage{State: health.Blind, Since: past}, Estimate: risk.Estimate{Known: true, Worst: risk.Category{Band: level.VeryHigh}}, Trend: risk.Trend{Known: true, Ratio: 2.4, Recent: 12, Until: past}},
		{Coverage: health.Coverage{State: health.Partial}},
		{Coverage: health.Coverage{State: health.Partial, Since: past}, Level: level.Summary{Expired: 3}},
		{Coverage: health.Coverage{State: health.Covered}},
		{Coverage: health.Coverage{State: health.Recorded}},
	} {
		c.Code, c.Name, c.HasStaff, c.Staff, c.Level.Expired = mali.Code, mali.Name, true, mali.Staff, c.Level.Expired+1
		for rose := range 2 {
			s := &countrySubject{c: &c, now: now, changes: changes}
			s.rise.Lo, s.rise.Hi = float64(rose), float64(rose)
			by[rule.Country] = append(by[rule.Country], s.words)
		}
	}
	for _, f := range []health.Facts{
		{},
		{LastSuccess: past, LastAttempt: past},
		{LastSuccess: past, ContentTime: now.Add(-50 * time.Hour)},
		{LastSuccess: past, ContentTime: now.Add(-50 * time.Hour), Unchanged: now},
		{LastSuccess: past, Kept: past},
		{Failure: safetext.Const("permission denied: give this user the right to read it, and to enter the directories above it")},
		{LastSuccess: past, ContentTime: now.Add(-50 * time.Hour), Note: safetext.Const("incomplete record at the end of the file")},
	} {
		src := &picture.Source{Facts: f, Info: picture.SourceInfo{Name: safetext.Const("radio"), Profile: health.Profile{Expect: 6 * time.Hour}}}
		src.State, _ = f.State(&src.Info.Profile, now)
		by[rule.Source] = append(by[rule.Source], always((&sourceSubject{src, now}).words))
	}
	old := level.Area{Level: 3, ValidUntil: incident.At(past)}
	for _, a := range []areaSubject{
		{staff: picture.AreaStaff{Area: safetext.Const("Gao"), Staff: 1}, area: &old},
		{staff: picture.AreaStaff{Staff: 4, Counted: 4}},
		{staff: picture.AreaStaff{Staff: 4, Zones: 1}},
		{staff: picture.AreaStaff{Staff: 4, Zones: 2}},
	} {
		a.staff.Country, a.now = country.MLI, now
		by[rule.Area] = append(by[rule.Area], always(a.words))
	}
	kinds := []string{"flash", "level expires", incident.Cyclone.String(), incident.ActUnknown.String()}
	for k := calendar.Kind(0); k.String() != (k + 1).String(); k++ {
		kinds = append(kinds, (k + 1).String())
	}
	for _, kind := range kinds {
		for _, d := range []picture.Due{
			{Kind: kind, Flash: true, Number: 2, Called: "A2", Title: safetext.Const("flash 2 on A2"), End: past}, {Kind: kind, Title: safetext.Const("Sitrep"), Area: safetext.Const("Gao"), End: now.Add(time.Hour)}, {Kind: kind, End: past},
		} {
			by[rule.Due] = append(by[rule.Due], always((&dueSubject{&d, now}).words))
		}
	}
	r := opened(t)
	r.desk.Vigilance = duty.Vigilance{Every: time.Hour, From: 14 * time.Hour, To: 20 * time.Hour}
	r.desk.Recording = saying.Of("NOT RECORDED")
	r.watch(duty.WatchTaken, "Oscar", "")
	r.watch(duty.WatchTakenOver, "Papa", "does not answer")
	r.now = r.now.Add(time.Hour + duty.VigilanceGrace + time.Second)
	desk := newDeskSubject(r.view(), r.draft.Book(), r.now)
	by[rule.Desk] = append(by[rule.Desk], desk.words, func(func(string) bool) saying.Saying { return desk.words(func(string) bool { return true }) })
	return by
}

// incidentSubjects differ in what was done to whom, where, and who is near.
func incidentSubjects(t *testing.T) (list []words) {
	r := opened(t)
	nofix := near("c", country.MLI, 0)
	nofix.HasPoint = false
	r.staff(start.Add(-2*time.Hour), near("a", country.MLI, 3), nofix)
	nowhere := func(i *incident.Incident) { i.Countries, i.Place = nil, safetext.Text{} }
	var all incident.Breakdown
	for _, o := range worded {
		all = append(all, people(incident.PopulationUN, 0, o, 1), people(incident.PopulationUnknown, 0, o, 2))
	}
	for i, edits := range [][]edit{{inGao}, {killed(3)}, {nowhere}, {hit(all...), verified(incident.Confirmed)}, {restricted}} {
		r.say("radio", r.shooting(fmt.Sprint("subject-", i), edits...))
	}
	for id := incident.Act(0); id.String() != (id + 1).String(); id++ {
		r.say("radio", r.shooting("act-"+id.String(), func(i *incident.Incident) { i.Act = incident.Known(id) }))
	}
	v := r.view()
	for id := range v.Incidents() {
		f, _ := v.Facts(id)
		s := &incidentSubject{v: v, id: id, facts: f, now: r.now}
		s.nearby(25)
		list = append(list, always(func() saying.Saying { return s.words(true) }))
	}
	return list
}

// TestEveryShippedRuleIsSaidInOtherLanguages: of what any of them rings nothing is left in English, but what comes from outside.
func TestEveryShippedRuleIsSaidInOtherLanguages(t *testing.T) {
	by := subjects(t)
	voices := []*strict{newStrict(t, "fr"), newStrict(t, "es")}
	check := func(c *Condition) {
		r := &duty.Raise{Rule: c.Rule, Words: duty.Words(c.Words), Said: c.Said}
		if why := sayable(r); why != "" {
			t.Errorf("%s: %s: %s", c.Rule, c.Words, why)
		}
		for _, v := range voices {
			text := r.WordsIn(v)
			if len(v.lacks) > 0 || text == c.Words {
				t.Errorf("%s: %s: %s lacks %q", c.Rule, text, v.Tag(), v.lacks)
			}
			v.lacks = nil
		}
	}
	n := 0
	for _, r := range rule.Shipped() {
		for _, unsure := range []bool{false, true} {
			for _, says := range by[r.On] {
				c := Condition{Rule: r.Name, Of: r.Name, Severity: r.Severity, Unsure: unsure}
				c.says(says(r.When.Uses))
				if c.Words == "" { // the watch is not as this rule asks
					continue
				}
				c.unsure()
				check(&c)
				n++
				if several := joined([]Condition{c, c}); len(several.Words) < duty.MaxShort/2 {
					check(&several)
				}
			}
		}
		if len(by[r.On]) == 0 {
			t.Errorf("%s was asked of nothing", r.Name)
		}
	}
	if n < 300 {
		t.Errorf("only %d were said", n)
	}
}

// TestWhatRingsTogetherIsSaidInOtherLanguages: the words of the first read, and of what came late and at once.
func TestWhatRingsTogetherIsSaidInOtherLanguages(t *testing.T) {
	voices := []*strict{newStrict(t, "fr"), newStrict(t, "es")}
	var rang []string
	look := func(r *room) {
		for _, b := range r.look() {
			raise, is := b.(*duty.Raise)
			if !is {
				continue
			}
			rang = append(rang, raise.Words.String())
			for _, v := range voices {
				if text := raise.TextIn(v); len(v.lacks) > 0 || text == raise.Text() {
					t.Errorf("%s: %s lacks %q", text, v.Tag(), v.lacks)
				}
				v.lacks = nil
			}
		}
	}
	r := newRoom(t)
	r.say("radio", r.shooting("a", ago(100*time.Hour), killed(1)))
	look(r)
	r = newRoom(t)
	r.say("radio", r.shooting("a", killed(1)), r.shooting("b", restricted))
	look(r)
	r.now = r.now.Add(2 * time.Minute)
	r.source("ngo")
	r.say("radio", r.shooting("c", ago(60*time.Hour), killed(1)))
	r.say("ngo", r.shooting("d", killed(1)), r.shooting("e", killed(1)), r.shooting("f", killed(1)))
	look(r)
	for _, want := range []string{"nothing would have rung", "first read, 2 incidents were there", "1 record came late and 3 at once"} {
		if !slices.ContainsFunc(rang, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%q is not among %q", want, rang)
		}
	}
}

// TestAnOldEntryIsReadAsItRang: in English, where it does not have what its words were made of, and where that makes other words; and what is
// hidden of one is not said by the other.
func TestAnOldEntryIsReadAsItRang(t *testing.T) {
	fr := newStrict(t, "fr")
	said := saying.Of("BLIND since %s", "14:00Z")
	for _, tt := range []struct {
		raise duty.Raise
		want  string
	}{
		{duty.Raise{Words: duty.Words("BLIND since 14:00Z"), Said: said}, "AVEUGLE depuis 14:00Z"},
		{duty.Raise{Words: duty.Words("BLIND since 14:00Z"), Said: said, Unsure: true}, "on ne peut exclure : AVEUGLE depuis 14:00Z"},
		{duty.Raise{Words: duty.Words("BLIND since 14:00Z")}, "BLIND since 14:00Z"},
		{duty.Raise{Words: duty.Words("BLIND since 15:00Z"), Said: said}, "BLIND since 15:00Z"},
		{duty.Raise{Words: duty.Words("Restricted incident"), Said: said}, "Restricted incident"},
		{duty.Raise{Said: said}, ""},
	} {
		if got := tt.raise.TextIn(fr); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
		if got, want := tt.raise.TextIn((*lang.Language)(nil)), tt.raise.Text(); got != want {
			t.Errorf("in English %q, want %q", got, want)
		}
	}
	var list []saying.Saying
	for range 40 {
		list = append(list, saying.Of("BLIND since %s", "2026-11-20 14:00Z"))
	}
	long := duty.Raise{Said: saying.Of("%d at once: %s", 60, saying.Join("; ", list...))}
	long.Words = duty.Words(duty.ShortWords(long.Said.String()))
	if got := long.WordsIn(fr); !strings.HasPrefix(got, "60 à la fois : AVEUGLE depuis 2026-11-20 14:00Z ; ") || !strings.HasSuffix(got, "…") {
		t.Errorf("%q", got)
	}
}
