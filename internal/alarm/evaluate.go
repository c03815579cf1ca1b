package alarm

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/alarm/three"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/saying"
)

// Evaluator asks the rules of one picture after another. It remembers what it has seen of the change log, so that an evaluation
// costs what has changed, and not what the desk holds.
type Evaluator struct {
	rules   rule.Set
	machine three.Machine
	seen    int                        // changes that were looked at
	held    map[picture.ID][]Condition // what rings for incidents, as of their last evaluation
	veiled  map[picture.ID][]string    // keys of what rang for incidents before they were restricted
	leads   map[picture.ID]picture.ID  // which incident stood for that of each open alarm
	swept   time.Time                  // when those of the last 48 h were looked at last
	late    map[picture.ID]bool        // ring together with others, and have not yet
	opened  map[picture.ID]bool        // came in the first content of a source; true of those that ring by themselves
	pending []Condition                // ring together, and are not in the book yet
	began   bool                       // a whole picture was there
	first   time.Time                  // as [asking] has them, until the book does
	through time.Time
	bands   map[country.Code][]band
	since   map[string]time.Time // since when moments hold that are of no incident; nil before the first look
	gone    map[string]time.Time // when conditions that had rung were last seen not to hold, by key
}

// band is an estimate since a time.
type band struct {
	at   time.Time
	band level.Band
}

// sweepEvery is how often all incidents of the last 48 h are asked again: rules may ask for their age, and who is near changes.
const sweepEvery = 10 * time.Minute

// NewEvaluator makes an evaluator of the rules in force.
func NewEvaluator(rules rule.Set) *Evaluator {
	return &Evaluator{rules: rules.InForce(), held: map[picture.ID][]Condition{}, late: map[picture.ID]bool{}, opened: map[picture.ID]bool{}, bands: map[country.Code][]band{}, gone: map[string]time.Time{}, veiled: map[picture.ID][]string{}}
}

// SetRules replaces the rules, after a change of vigil.toml: everything of the last 48 h is asked again.
func (e *Evaluator) SetRules(rules rule.Set) {
	e.rules = rules.InForce()
	clear(e.held)
	clear(e.veiled)
	e.swept = time.Time{}
}

// Evaluate gives what holds in a live picture. The view is that of the duty officer: what it hides is in no condition.
func (e *Evaluator) Evaluate(v picture.View, book *duty.Book) Evaluation {
	if v.IsZero() || v.Unread() || v.Ahead() || !v.Live() {
		return Evaluation{}
	}
	now := v.Valid()
	out := Evaluation{Whole: true, Over: map[string]saying.Saying{}, Untrue: map[string]saying.Saying{}, Held: map[string]bool{}}
	e.incidents(v, book, &out)
	e.countries(v, now, levelChanges(v, now), &out)
	desk := e.desk(v, book, now, &out)
	e.sources(v, now, desk, &out)
	e.areas(v, now, &out)
	e.dues(v, now, &out)
	e.moments(book, now, &out)
	for i := range out.Conditions {
		out.Conditions[i].unsure()
	}
	return out
}

// moments says since when what happened holds that may come again under the same key: all but incidents, which tell themselves when they
// are said otherwise. What held already when this process looked first may have ended and come again before; after [Late] it is taken to have.
func (e *Evaluator) moments(book *duty.Book, now time.Time, out *Evaluation) {
	held := map[string]time.Time{}
	for key := range out.Held { // nobody can say
		if since, was := e.since[key]; was {
			held[key] = since
		}
	}
	for i := range out.Conditions {
		c := &out.Conditions[i]
		if r, known := e.rules.Find(c.Rule); !known || r.On == rule.Incident || !c.Moment {
			continue
		}
		since, was := e.since[c.Key]
		last, rang := book.Standing(c.Key)
		if !was && (e.since != nil || rang && now.Sub(last.Came) >= Late) {
			since = now
		}
		held[c.Key], c.Since = since, since
	}
	e.since = held
}

// unsure says of what is not known that it is not.
func (c *Condition) unsure() {
	if c.Unsure && !strings.HasPrefix(c.Words, restrictedWords) {
		c.says(saying.Of("cannot exclude: %s: %s", saying.Word(c.Rule), c.Said))
	}
}

// on yields the rules that are asked of a kind of subject.
func (e *Evaluator) on(on rule.On, yield func(*rule.Rule)) {
	for i := range e.rules {
		if e.rules[i].On == on {
			yield(&e.rules[i])
		}
	}
}

// ask is a condition of the rule, if it rings for the subject.
func (e *Evaluator) ask(r *rule.Rule, s three.Subject, of string) (Condition, bool) {
	answer := e.machine.Eval(r.When, s)
	return Condition{
		Key: keyOf(r.Name, of), Rule: r.Name, Of: of, Severity: r.Severity, Moment: r.Moment, Unsure: answer == query.Maybe,
	}, answer != query.No
}

// levelChanges are the changes of levels of the last day, by country.
func levelChanges(v picture.View, now time.Time) map[country.Code][]level.Change {
	by := map[country.Code][]level.Change{}
	for _, c := range v.LevelChanges(now.Add(-picture.Day)) {
		by[c.Country] = append(by[c.Country], c)
	}
	return by
}

func (e *Evaluator) countries(v picture.View, now time.Time, changes map[country.Code][]level.Change, out *Evaluation) {
	for c := range v.Countries() {
		s := &countrySubject{v: v, c: c, now: now, changes: changes[c.Code], rise: e.rise(c, now)}
		e.on(rule.Country, func(r *rule.Rule) {
			of := c.Code.Alpha3()
			if r.Moment && (r.When.Uses("level_raised") || r.When.Uses("level_lowered")) {
				of += changesOf(s.changes)
			}
			if r.Moment && r.When.Uses("estimate_rise") {
				of += " " + c.Estimate.Worst.Band.String()
			}
			if found, rings := e.ask(r, s, of); rings {
				found.Country = c.Code.Alpha3()
				found.says(s.words(r.When.Uses))
				out.Conditions = append(out.Conditions, found)
			}
		})
	}
}

// rise is by how many bands the estimate of a country rose within the last day, as far as it was seen.
func (e *Evaluator) rise(c *picture.Country, now time.Time) three.Number {
	if !c.Estimate.Known {
		delete(e.bands, c.Code) // what comes after is not known to be a rise
		return three.AtLeast(0)
	}
	is := c.Estimate.Worst.Band
	list := e.bands[c.Code]
	for len(list) > 1 && list[1].at.Before(now.Add(-picture.Day)) {
		list = list[1:]
	}
	if n := len(list); n == 0 || list[n-1].band != is {
		list = append(list, band{now, is})
	}
	e.bands[c.Code] = list
	lowest := is
	for _, b := range list {
		lowest = min(lowest, b.band)
	}
	return three.Exactly(int(is) - int(lowest))
}

func (e *Evaluator) desk(v picture.View, book *duty.Book, now time.Time, out *Evaluation) *deskSubject {
	s := newDeskSubject(v, book, now)
	e.on(rule.Desk, func(r *rule.Rule) {
		of := "desk"
		if t, taken := s.takenOver(); taken && r.Moment && r.When.Uses("watch_taken_over") {
			of += " " + t.ID // the next one is another
		}
		if found, rings := e.ask(r, s, of); rings {
			found.says(s.words(r.When.Uses))
			if r.When.Uses("watch_taken_over") {
				found.Tell = []string{leadFunction}
			}
			out.Conditions = append(out.Conditions, found)
		}
	})
	return s
}

func (e *Evaluator) sources(v picture.View, now time.Time, desk *deskSubject, out *Evaluation) {
	oneTrouble := desk.networkDown() && slices.ContainsFunc(e.rules, func(r rule.Rule) bool { return r.On == rule.Desk && r.When.Uses("network_down") })
	for src := range v.Sources() {
		s := &sourceSubject{src, now}
		e.on(rule.Source, func(r *rule.Rule) {
			key := keyOf(r.Name, src.Info.Name.String())
			switch {
			case src.Unread, oneTrouble && !src.Info.URL.IsZero():
				out.Held[key] = true // not known yet; or the network is down, and that rings once
			default:
				if found, rings := e.ask(r, s, src.Info.Name.String()); rings {
					found.Source = src.Info.Name.String()
					found.says(s.words())
					out.Conditions = append(out.Conditions, found)
				}
			}
		})
	}
}

func (e *Evaluator) areas(v picture.View, now time.Time, out *Evaluation) {
	list := v.AreaStaff()
	said := map[country.Code]bool{}
	for i := range list {
		said[list[i].Country] = true
	}
	for c := range v.Countries() {
		if c.Levels == nil {
			continue
		}
		for i := range c.Levels.Areas {
			name := c.Levels.Areas[i].Name
			if !slices.ContainsFunc(list, func(a picture.AreaStaff) bool { return a.Country == c.Code && sameName(a.Area.String(), name.String()) }) {
				list = append(list, picture.AreaStaff{Country: c.Code, Area: name})
			}
		}
	}
	for i := range list {
		s := &areaSubject{staff: list[i], said: said[list[i].Country], now: now}
		if c, ok := v.Country(list[i].Country); ok && c.Levels != nil {
			if n, in := c.Levels.AreaOf(list[i].Area, sameName); in {
				s.area = &c.Levels.Areas[n]
			}
		}
		e.on(rule.Area, func(r *rule.Rule) {
			of := list[i].Country.Alpha3() + " " + strings.ToLower(strings.TrimSpace(list[i].Area.String()))
			if found, rings := e.ask(r, s, of); rings {
				found.Country = list[i].Country.Alpha3()
				found.says(s.words())
				out.Conditions = append(out.Conditions, found)
			}
		})
	}
}

// sameName compares two names of places without regard to case and outer space.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func (e *Evaluator) dues(v picture.View, now time.Time, out *Evaluation) {
	list := v.Due()
	for i := range list {
		d := &list[i]
		if d.RingsAgain() {
			continue // by itself: a rule would ring for its own alarms, and for those again
		}
		s := &dueSubject{d, now}
		e.on(rule.Due, func(r *rule.Rule) {
			found, rings := e.ask(r, s, d.Occasion())
			if !rings {
				return
			}
			found.Due = d.End
			found.says(s.words())
			if len(d.Countries) > 0 {
				found.Country = d.Countries[0].Alpha3()
			}
			out.Conditions = append(out.Conditions, found)
		})
	}
}
