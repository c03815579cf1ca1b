package picture

import (
	"slices"
	"strconv"
	"strings"

	"vigil/internal/correlate"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Event is what the viewer may see of everything that tells of one event.
type Event struct {
	// Tellings are the incidents that tell of it: the one that lists and figures show first, then by grade and by how
	// bad it is what they say. One that nobody else tells of has one.
	Tellings []Telling
	// Joins say why they are one event.
	Joins []Join
	// Differences are figures and facts on which they disagree. None of them is averaged or left out.
	Differences []Difference
	Filled      []Filled   // what the first leaves unsaid and is shown as another says it
	Proposed    []Proposal // what may tell of the same event, best first
}

// Telling is one incident of an event, as its own source says it.
type Telling struct {
	ID       ID
	Identity incident.Identity
	Row      Row // with nothing that others say
	Shown    Version
}

// Join is why two incidents are one event.
type Join struct {
	A, B   incident.Identity
	Points int    // tenths
	Choice string // the entry of the duty log in which a person joined them; empty when it was computed
	Because
}

// Proposal is an incident that may tell of the same event.
type Proposal struct {
	Telling
	With   incident.Identity // the telling of the event that it is likest to
	Points int               // tenths
	Rival  bool              // sure but for another of its source that fits about as well
	Because
}

// Because is what two incidents have in common, and what not; with a bar there are no reasons.
type Because struct {
	Bar     correlate.Bar
	Reasons []correlate.Reason
}

// Difference is one thing on which tellings disagree. Values stand in the order of the tellings; one that does not say is empty.
type Difference struct {
	What   string // "killed", "place"
	Values []string
}

// Lead is the incident that stands for the event which another tells of: itself, where it stands for itself.
func (v View) Lead(id ID) ID {
	if v.p != nil {
		if lead := v.p.tellings.at(id).lead(); lead != 0 {
			return lead
		}
	}
	return id
}

// Uncompared is how many incidents have not been compared with those of other sources yet: until then an event may be counted
// for each of its sources.
func (v View) Uncompared() int { return v.p.uncompared }

// sources is how many incidents tell of the event, and whether there may be more.
func (v View) sources(id ID, m marks) (n int, proposed bool) {
	if m&several != 0 {
		return len(v.p.tellings.at(id).members), m&perhaps != 0
	}
	return 1, m&perhaps != 0
}

// Event is the event that an incident tells of. Of a restricted one there is nothing to see.
func (v View) Event(id ID) (e Event, ok bool) {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return Event{}, false
	}
	is := v.p.tellings.at(id)
	ids := is.party()
	if len(ids) == 0 {
		ids = []ID{id}
	}
	for _, m := range ids {
		if t, ok := v.telling(m); ok {
			e.Tellings = append(e.Tellings, t)
		}
	}
	e.Differences = differences(e.Tellings)
	if lead, ok := v.item(ids[0]); ok {
		e.Filled = v.p.filled(v.p.account(lead))
	}
	if is == nil {
		return e, true
	}
	if is.group != nil {
		for _, j := range is.group.Joins {
			e.Joins = append(e.Joins, v.join(j))
		}
	}
	e.Proposed = v.proposed(is)
	return e, true
}

func (v View) telling(id ID) (Telling, bool) {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return Telling{}, false
	}
	return Telling{ID: id, Identity: v.Identity(id), Row: v.draw(v.p.own(it.shown), it.marks), Shown: v.version(it.shown)}, true
}

func (v View) join(j correlate.Join) Join {
	return Join{
		A: v.Identity(ID(j.A)), B: v.Identity(ID(j.B)), Points: j.Points, Choice: j.Choice,
		Because: v.because(ID(j.A), ID(j.B)),
	}
}

// because compares two incidents again: what is said of them now is why.
func (v View) because(a, b ID) Because {
	first, okA := v.telling(a)
	second, okB := v.telling(b)
	if !okA || !okB {
		return Because{}
	}
	verdict := correlate.Score(correlate.Of(first.Shown.Incident), correlate.Of(second.Shown.Incident))
	if verdict.Bar != correlate.NoBar {
		return Because{Bar: verdict.Bar}
	}
	return Because{Reasons: verdict.Reasons()}
}

// proposed lists what may belong to an event: each other event once, by the pair that is likest.
func (v View) proposed(is *telling) []Proposal {
	sorted := slices.Clone(is.proposals)
	slices.SortStableFunc(sorted, func(p, q proposal) int { return q.Points - p.Points })
	var list []Proposal
	seen := map[ID]bool{}
	for _, p := range sorted {
		other := v.Lead(ID(p.Other))
		t, ok := v.telling(other)
		if !ok || seen[other] {
			continue
		}
		seen[other] = true
		list = append(list, Proposal{
			Telling: t, With: v.Identity(p.with), Points: p.Points, Rival: p.Rival, Because: v.because(p.with, ID(p.Other)),
		})
	}
	return list
}

// differences compares what tellings say, fact by fact. Who does not say does not disagree.
func differences(tellings []Telling) []Difference {
	if len(tellings) < 2 {
		return nil
	}
	count := func(c Count) string {
		if !c.Known {
			return ""
		}
		return strconv.Itoa(c.N)
	}
	coded := func(word string, unsaid bool) string {
		if unsaid {
			return ""
		}
		return strings.ReplaceAll(word, "_", " ")
	}
	var list []Difference
	for _, fact := range [...]struct {
		what string
		says func(r *Row) string
	}{
		{"killed", func(r *Row) string { return count(r.Killed) }},
		{"injured", func(r *Row) string { return count(r.Injured) }},
		{"abducted", func(r *Row) string { return count(r.Abducted) }},
		{"detained", func(r *Row) string { return count(r.Detained) }},
		{"other harm", func(r *Row) string { return harms(r.Further) }},
		{"national", func(r *Row) string { return count(r.National) }},
		{"international", func(r *Row) string { return count(r.International) }},
		{whenFact, func(r *Row) string { return r.When.String() }},
		{"act", func(r *Row) string { return coded(r.Act.Value.String(), r.Act.Value == incident.ActUnknown) }},
		{"severity", func(r *Row) string {
			return coded(r.Severity.Value.String(), r.Severity.Value == incident.SeverityUnknown)
		}},
		{"verification", func(r *Row) string { return r.Verified.Value.String() }},
		{"place", func(r *Row) string { return r.Place.String() }},
	} {
		d := Difference{What: fact.what}
		said := map[string]bool{}
		for i := range tellings {
			value := fact.says(&tellings[i].Row)
			d.Values = append(d.Values, value)
			if value != "" {
				said[strings.ToLower(value)] = true
			}
		}
		if len(said) > 1 && (fact.what != whenFact || apart(tellings)) {
			list = append(list, d)
		}
	}
	return list
}

const whenFact = "when"

// apart reports whether two tellings say times that cannot both be: who says the day does not disagree with who says the hour of it.
func apart(tellings []Telling) bool {
	for i := range tellings {
		for j := range i {
			a, b := tellings[i].Row.When, tellings[j].Row.When
			if a.Precision > b.Precision {
				a, b = b, a
			}
			if !a.IsZero() && (b.Start.Before(a.Start) || b.End().After(a.End())) {
				return true
			}
		}
	}
	return false
}

// harms writes harms for a comparison: "2 missing, ? ill".
func harms(list []incident.Harm) string {
	words := make([]string, len(list))
	for k, h := range list {
		word, n := strings.ReplaceAll(h.Outcome.Value.String(), "_", " "), "?"
		if h.Outcome.Unlisted() {
			word = h.Outcome.Text.OneLine().String()
		}
		if h.Count != incident.Uncounted {
			n = strconv.Itoa(h.Count)
		}
		words[k] = n + " " + word
	}
	return strings.Join(words, ", ")
}

// also are the other sources that tell of the event, each once, in the order of their tellings.
func (v View) also(id ID, m marks) []safetext.Text {
	if m&several == 0 {
		return nil
	}
	var list []safetext.Text
	for _, other := range v.p.tellings.at(id).members[1:] {
		if it, ok := v.p.listed.of(other); ok {
			if name := v.p.sources[v.p.rows.source(it.shown)].Info.Name; !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}
