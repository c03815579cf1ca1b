package alarm

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/saying"
)

// Write is an entry to be written, with the id that it has whoever writes it.
type Write struct {
	ID   string
	Body duty.Body
}

// Steps are the entries that follow from an evaluation, in the order in which they are to be written.
type Steps struct {
	Writes []Write
	// HeldBack is how many conditions do not ring yet because of [RateLimit].
	HeldBack int
}

// idOf makes the id of an entry from what it says and of which occurrence.
func idOf(kind duty.Kind, parts ...string) string {
	sum := sha256.Sum256([]byte(string(kind) + "\x00" + strings.Join(parts, "\x00")))
	const bytes = 15
	return string(kind) + "-" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:bytes]))
}

// step is one comparison of what holds with the book.
type step struct {
	ev      *Evaluation
	rules   rule.Set
	book    *duty.Book
	now     time.Time
	manned  Manned
	open    []*duty.Alarm
	covered map[string]*duty.Alarm // the open alarm of each condition, by key, those that ring together too
	out     Steps
}

// Step compares what holds with the duty book at now and gives what is to be written: alarms that are raised, come back or are worse,
// what is over, and what escalates because nobody owns it in time. It writes nothing twice: what the book has is not given again.
func Step(ev *Evaluation, rules rule.Set, book *duty.Book, manned Manned, now time.Time) Steps {
	s := &step{ev: ev, rules: rules, book: book, manned: manned, now: now, open: book.Alarms(now), covered: map[string]*duty.Alarm{}}
	slices.SortFunc(s.open, func(a, b *duty.Alarm) int { return cmp.Compare(a.Number, b.Number) })
	for _, a := range s.open {
		for _, key := range standing(a) {
			if have := s.covered[key]; have == nil || !have.Cleared.IsZero() {
				s.covered[key] = a
			}
		}
	}
	s.raise()
	s.clear()
	s.deny()
	s.escalate()
	return s.out
}

func (s *step) write(id string, b duty.Body) { s.out.Writes = append(s.out.Writes, Write{id, b}) }

// Several conditions of one rule that come at once ring as one alarm, of which the key lists them.
const several = "rules/"

func groupKey(r string, of []string) string {
	quoted := make([]string, len(of))
	for i, o := range of {
		quoted[i] = strconv.Quote(o)
	}
	slices.Sort(quoted)
	return several + r + "/" + strings.Join(quoted, ",")
}

// membersOf are the keys of the conditions that an alarm of this key rings for.
func membersOf(key string) []string {
	rest, grouped := strings.CutPrefix(key, several)
	if !grouped {
		return []string{key}
	}
	r, list, _ := strings.Cut(rest, "/\"")
	list = "\"" + list
	var keys []string
	for list != "" {
		quoted, err := strconv.QuotedPrefix(list)
		if err != nil {
			return []string{key}
		}
		of, _ := strconv.Unquote(quoted)
		keys = append(keys, keyOf(r, of))
		list = strings.TrimPrefix(list[len(quoted):], ",")
	}
	return keys
}

// standing are the keys of the conditions that an alarm rings for, and that are not over.
func standing(a *duty.Alarm) []string {
	return slices.DeleteFunc(membersOf(a.Raise.Key), func(key string) bool { return slices.Contains(a.Over, key) })
}

// raise gives what rings now, the highest first, and of those in the order of their keys.
func (s *step) raise() {
	ringing := slices.Clone(s.ev.Conditions)
	slices.SortStableFunc(ringing, func(a, b Condition) int {
		return cmp.Or(cmp.Compare(min(1, a.Together), min(1, b.Together)), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(a.Key, b.Key))
	})
	fresh := map[string][]Condition{}
	var order []string
	seen := map[string]bool{}
	for i := range ringing {
		c := ringing[i]
		if seen[c.Key] || !s.isNews(&c) {
			continue
		}
		seen[c.Key] = true
		group := c.Rule
		if c.Moment || c.Together > 0 || s.covered[c.Key] != nil {
			group = c.Key
		}
		if len(fresh[group]) == 0 {
			order = append(order, group)
		}
		fresh[group] = append(fresh[group], c)
	}
	rang := s.rang()
	for _, group := range order {
		list := fresh[group]
		if len(list) >= together {
			list = []Condition{joined(list)}
		}
		for i := range list {
			c := &list[i]
			if limited(c.Severity) && c.Together == 0 && rang[c.Severity] >= RateLimit {
				s.out.HeldBack++
				continue
			}
			rang[c.Severity]++
			s.write(s.raised(c))
		}
	}
}

// limited reports whether the rate limit holds for a severity.
func limited(s duty.Severity) bool { return s == duty.Medium || s == duty.Low }

// rang counts what came within the last hour, by severity. What is dated later than now, because the clock was ahead, holds nothing back.
func (s *step) rang() map[duty.Severity]int {
	n := map[duty.Severity]int{}
	since := s.now.Add(-time.Hour)
	count := func(a *duty.Alarm) {
		if a.Came.After(since) && !a.Came.After(s.now.Add(incident.FutureTolerance)) {
			n[a.Raise.Severity]++
		}
	}
	for _, a := range s.open {
		count(a)
	}
	for _, a := range s.book.Closed(since) {
		count(a)
	}
	return n
}

// isNews reports whether a condition is to be raised: nobody knows of it, it has come back, or it is worse.
func (s *step) isNews(c *Condition) bool {
	if a := s.covered[c.Key]; a != nil {
		return !a.Cleared.IsZero() || c.worse(a)
	}
	a, rang := s.book.Standing(c.Key)
	switch {
	case !rang:
		return true
	case c.Moment: // somebody closed it, and it happened once; unless it has become worse
		return c.worse(a) || cameBack(c, a)
	}
	return true
}

// worse reports whether a condition is worse than what its alarm rang for.
func (c *Condition) worse(a *duty.Alarm) bool {
	says := duty.Raise{Severity: c.Severity, Unsure: c.Unsure, Gravity: c.Gravity}
	return c.Severity.Above(a.Severity) || says.Worse(a.Raise)
}

// raise is the entry that raises a condition.
func (c *Condition) raise() *duty.Raise {
	return &duty.Raise{
		Rule: c.Rule, Severity: c.Severity, Key: c.Key, Incident: c.Incident, Country: c.Country, Source: c.Source, Words: duty.Words(c.Words), Said: c.Said,
		Unsure: c.Unsure, Gravity: c.Gravity, Moment: c.Moment, Together: c.Together, Through: c.Through, Worst: c.Worst, Due: c.Due, Tell: c.Tell,
	}
}

// cameBack reports whether what happened was said otherwise after its alarm, which is closed, came last, and is said again. That 48 h have
// passed says nothing otherwise.
func cameBack(c *Condition, a *duty.Alarm) bool {
	otherwise := !a.Cleared.IsZero() && a.Cleared.Sub(a.Came) < Late
	return otherwise || c.Since.After(a.Closed)
}

// joined is one condition for several of a rule.
func joined(list []Condition) Condition {
	c := list[0]
	var of []string
	var said []saying.Saying
	length, sameCountry := 0, true
	for i := range list {
		of = append(of, list[i].Of)
		if length < duty.MaxShort { // what the words have no room for is left out of both
			said = append(said, list[i].Said)
			length += len(list[i].Words)
		}
		c.Unsure = c.Unsure && list[i].Unsure
		c.Gravity = c.Gravity.With(list[i].Gravity)
		sameCountry = sameCountry && list[i].Country == c.Country
		if !list[i].Due.IsZero() && list[i].Due.Before(c.Due) {
			c.Due = list[i].Due
		}
	}
	c.Key, c.Of = groupKey(c.Rule, of), ""
	if !sameCountry {
		c.Country = ""
	}
	c.Source, c.Incident = "", duty.Name{}
	c.says(saying.Of("%d at once: %s", len(list), saying.Join("; ", said...)))
	return c
}

// raised is the entry that raises a condition. Its id follows from the alarm that it brings back, or that came before.
func (s *step) raised(c *Condition) (string, duty.Body) {
	before := []string{"", "0"}
	key := c.Key
	if a := s.covered[c.Key]; a != nil {
		before, key = []string{a.ID, strconv.Itoa(a.Again)}, a.Raise.Key
	} else if a, ok := s.book.Standing(c.Key); ok {
		before = []string{a.ID, strconv.Itoa(a.Again)}
	}
	told := *c
	if told.Key != key { // one of several that rang as one
		told.Key = key
		told.says(saying.Of("%d at once, one is worse: %s", len(membersOf(key)), c.Said))
	}
	b := told.raise()
	return idOf(duty.KindRaise, key, before[0], before[1], string(c.Severity)), b
}

// clear gives what is over.
func (s *step) clear() {
	if !s.ev.Whole {
		return
	}
	holds := map[string]bool{}
	for i := range s.ev.Conditions {
		holds[s.ev.Conditions[i].Key] = true
	}
	for _, a := range s.open {
		if !a.Cleared.IsZero() {
			continue
		}
		if why := s.isOver(a, holds); !why.IsZero() {
			_, untrue := s.ev.Untrue[a.Raise.Key]
			s.write(idOf(duty.KindClear, a.ID, strconv.Itoa(a.Again)), ended(a, why, untrue))
		} else if members := s.partlyOver(a, holds); len(members) > 0 {
			parts := append([]string{a.ID, strconv.Itoa(a.Again)}, members...)
			why := saying.Of("%d of %d; it lasts for the others", len(members), len(membersOf(a.Raise.Key)))
			s.write(idOf(duty.KindClear, parts...), &duty.Clear{Alarm: a.ID, Words: duty.Words(why.String()), Said: why, Members: members})
		}
	}
}

// deny gives what is known by now not to be so of what was over before, or closed, and somebody has heard of.
func (s *step) deny() {
	if !s.ev.Whole {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(s.ev.Untrue)) {
		a, rang := s.book.Standing(key)
		if !rang || !a.Untrue.IsZero() || a.Open() && (a.Cleared.IsZero() || s.ends(a)) || !a.Open() && !a.Heard() {
			continue
		}
		s.write(idOf(duty.KindClear, a.ID, strconv.Itoa(a.Again), "untrue"), ended(a, s.ev.Untrue[key], true))
	}
}

// ends reports whether this step writes that an alarm is over.
func (s *step) ends(a *duty.Alarm) bool {
	return slices.ContainsFunc(s.out.Writes, func(w Write) bool {
		c, is := w.Body.(*duty.Clear)
		return is && c.Alarm == a.ID
	})
}

// denies reports whether this step writes that an alarm is not so.
func (s *step) denies(a *duty.Alarm) bool { return s.ends(a) && !s.ev.Untrue[a.Raise.Key].IsZero() }

// ended is the entry that an alarm is over, and why.
func ended(a *duty.Alarm, why saying.Saying, untrue bool) *duty.Clear {
	return &duty.Clear{Alarm: a.ID, Words: duty.Words(why.String()), Said: why, Untrue: untrue}
}

// partlyOver are the conditions that are over of an alarm that rings for several and lasts. What of them comes back then rings by itself.
func (s *step) partlyOver(a *duty.Alarm, holds map[string]bool) []string {
	if a.Raise.Moment || !strings.HasPrefix(a.Raise.Key, several) {
		return nil
	}
	return slices.DeleteFunc(standing(a), func(key string) bool { return holds[key] || s.ev.Held[key] })
}

// isOver says why an alarm is over; it says nothing if it is not, or nobody can say. An alarm that no rule raised is not ours to end.
func (s *step) isOver(a *duty.Alarm, holds map[string]bool) saying.Saying {
	key := a.Raise.Key
	if !strings.HasPrefix(key, keyed) && !strings.HasPrefix(key, several) {
		return saying.Saying{}
	}
	for _, member := range standing(a) {
		if holds[member] || s.ev.Held[member] {
			return saying.Saying{}
		}
	}
	if why := s.ev.Over[key]; !why.IsZero() {
		return why
	}
	r, known := s.rules.Find(a.Raise.Rule)
	switch {
	case a.Raise.Rule == rule.Together:
	case !known:
		return saying.Of("there is no such rule any more")
	case r.Off:
		return saying.Of("the rule was switched off")
	}
	if !a.Raise.Moment {
		return saying.Of("it is over")
	}
	if s.now.Sub(a.Came) >= Late {
		return saying.Of("48 h have passed")
	}
	return saying.Saying{}
}
