package alarm

import (
	"slices"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/alarm/three"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/saying"
)

// incidentSubject answers for one incident. What costs reading its text is asked once, when it is needed.
type incidentSubject struct {
	v     picture.View
	id    picture.ID
	facts picture.Facts
	now   time.Time

	whole *incident.Incident // nil until asked for, and of what is restricted
	near  map[float64]picture.Near
}

func (s *incidentSubject) version() *incident.Incident {
	if s.whole == nil {
		d, ok := s.v.Detail(s.id)
		if !ok || d.Incident == nil {
			s.whole = &incident.Incident{}
			return s.whole
		}
		s.whole = d.Incident
		if s.whole.Affected.Whoever() && !d.Shown.Incident.Affected.Whoever() {
			// Another source's count of whoever was there, where this one says nothing of people, excludes nothing.
			own := *d.Incident
			own.Affected = d.Shown.Incident.Affected
			s.whole = &own
		}
	}
	return s.whole
}

// coded is a word of a vocabulary; one that is not listed, or says that it is not known, is not known.
func coded[T interface{ String() string }](value T, listed bool, unknown ...string) three.Word {
	w := value.String()
	if !listed || w == "" || slices.Contains(unknown, w) {
		return three.Word{}
	}
	return three.Say(w)
}

// stated is a text; one that is not given is not known.
func stated(s string) three.Word {
	if s == "" {
		return three.Word{}
	}
	return three.Say(s)
}

// Ask answers; of what is restricted nothing but that.
func (s *incidentSubject) Ask(field string, of any) any {
	const none = "unknown"
	if s.facts.Hidden() {
		return hidden(field)
	}
	switch field {
	case "act":
		a, listed := s.facts.Act()
		return coded(a, listed, none)
	case "threat":
		t, listed := s.facts.Threat()
		return coded(t, listed, none)
	case "target":
		t := s.version().Target
		return coded(t.Value, !t.Unlisted(), none)
	case "severity":
		sev, listed := s.facts.Severity()
		if !listed || sev == incident.SeverityUnknown {
			return three.Between(1, int(incident.Critical))
		}
		return three.Exactly(int(sev))
	case "verification":
		v, listed := s.facts.Verification()
		return coded(v, listed)
	case "grade":
		return stated(s.version().Grade.String())
	case "sources":
		n, more := s.facts.Tellings()
		if more {
			return three.AtLeast(n)
		}
		return three.Exactly(n)
	case "source":
		return stated(s.facts.Source().String())
	case "country":
		return s.countries()
	case "admin1", "place":
		place, admin1 := s.facts.Where()
		if field == "place" {
			return stated(place.String())
		}
		return stated(admin1.String())
	case "located":
		return query.Of(s.version().HasPoint)
	case "age":
		return s.age()
	case "ongoing":
		return query.Of(s.version().Ongoing)
	case "conflict":
		return query.Of(s.facts.Conflict())
	case "restricted":
		return query.No
	case "people":
		return query.Of(len(s.version().Affected) > 0)
	case "staff_near":
		n := s.nearby(of.(float64))
		if n.Unbounded {
			return three.AtLeast(n.Sure.Total)
		}
		return three.Between(n.Sure.Total, n.Sure.Total+n.Perhaps.Total)
	case "staff_there":
		least, most, known := s.v.There(s.id)
		if !known {
			return three.AtLeast(least)
		}
		return three.Between(least, most)
	}
	return s.people(field, of)
}

// hidden is the answer for what the viewer may not see: nothing is known of it.
func hidden(field string) any {
	if field == "restricted" {
		return query.Yes
	}
	for _, f := range rule.Schema(rule.Incident).Fields {
		switch {
		case f.Name != field:
		case f.Kind == three.IsTruth:
			return query.Maybe
		case f.Kind == three.IsWord:
			return three.Word{}
		}
	}
	return three.Any()
}

func (s *incidentSubject) countries() three.Word {
	var codes []string
	for _, c := range s.facts.Countries() {
		codes = append(codes, c.Alpha3())
	}
	if len(codes) == 0 {
		return three.Word{}
	}
	return three.Say(codes...)
}

func (s *incidentSubject) age() three.Number {
	iv := s.facts.Interval()
	if iv.IsZero() {
		return three.AtLeast(0)
	}
	return three.Between(max(0, s.now.Sub(iv.End).Hours()), max(0, s.now.Sub(iv.Start).Hours()))
}

func (s *incidentSubject) nearby(km float64) picture.Near {
	n, ok := s.near[km]
	if !ok {
		n = s.v.Near(s.id, km)
		if s.near == nil {
			s.near = map[float64]picture.Near{}
		}
		s.near[km] = n
	}
	return n
}

// harms are the outcomes that "harmed" adds up.
var harms = func() []string {
	return slices.DeleteFunc(incident.OutcomeWords(), func(w string) bool { return w == "none" || w == "unknown" })
}()

// people answers for numbers of people. What nobody counted is 0 or more.
func (s *incidentSubject) people(field string, of any) three.Number {
	cut, _ := of.(string)
	switch field {
	case "affected":
		return s.cut(incident.Cut{}, cut)
	case "harmed":
		sum := three.Exactly(0)
		for _, w := range harms {
			o := incident.ParseOutcome(w).Value
			sum = sum.Plus(s.cut(incident.Cut{Outcome: o}, cut))
		}
		if most := s.cut(incident.Cut{}, cut); sum.Lo == 0 && most.Known() && !s.counts() {
			return three.Between(0, most.Hi) // so many were affected, and nobody says how
		}
		return sum
	}
	o := incident.ParseOutcome(field)
	if o.Unlisted() || o.Value == incident.OutcomeAny {
		return three.Any()
	}
	return s.cut(incident.Cut{Outcome: o.Value}, cut)
}

// counts reports whether the record says what happened to anybody.
func (s *incidentSubject) counts() bool {
	return slices.ContainsFunc(s.version().Affected, func(a incident.Affected) bool { return a.Outcome.Value != incident.OutcomeAny })
}

// cut is the number of people of a description.
func (s *incidentSubject) cut(c incident.Cut, who string) three.Number {
	b := s.version().Affected
	switch who {
	case rule.Staff:
		return staff(b, c)
	case rule.National:
		c.Recruitment = incident.National
	case rule.International:
		c.Recruitment = incident.International
	case "":
	default:
		c.Population = incident.ParsePopulation(who).Value
	}
	if n, known := b.Figure(c); known {
		return three.Exactly(n)
	}
	return three.AtLeast(least(b, c))
}

// least is what of a figure that is not whole was counted all the same, in the set of dimensions that counted most.
func least(b incident.Breakdown, c incident.Cut) int {
	best := map[[4]bool]int{}
	most := 0
	for i := range b {
		a := &b[i]
		if a.Count <= 0 || c.Outcome != incident.OutcomeAny && !a.Outcome.Is(c.Outcome) || c.Population != incident.PopulationAny && !a.Population.Is(c.Population) ||
			c.Recruitment != incident.RecruitmentAny && !a.Recruitment.Is(c.Recruitment) {
			continue
		}
		dims := [4]bool{a.Population.Value != 0, a.Recruitment.Value != 0, a.Sex.Value != 0, a.Outcome.Value != 0}
		best[dims] += a.Count
		most = max(most, best[dims])
	}
	return most
}

// staff is the number of people of the humanitarian community. Those of whom it is not said whether they are cannot be excluded.
func staff(b incident.Breakdown, c incident.Cut) three.Number {
	if c.Outcome == incident.OutcomeAny {
		return staffAffected(b)
	}
	n, known := b.Staff(c.Outcome)
	if known {
		return three.Exactly(n)
	}
	n = max(n, least(ofStaff(b), c))
	if all, counted := b.Figure(c); counted && all > n {
		return three.Between(n, all)
	}
	return three.AtLeast(n)
}

// staffAffected is everybody of the humanitarian community who was affected.
func staffAffected(b incident.Breakdown) three.Number {
	if len(b) == 0 {
		return three.AtLeast(0)
	}
	if !b.MayHarmStaff() {
		return three.Exactly(0)
	}
	n := least(ofStaff(b), incident.Cut{})
	all, counted := b.Figure(incident.Cut{})
	switch {
	case !counted:
		return three.AtLeast(n)
	case all <= n:
		return three.Exactly(all)
	}
	return three.Between(n, all)
}

// ofStaff is what is surely said of staff.
func ofStaff(b incident.Breakdown) incident.Breakdown {
	return slices.DeleteFunc(slices.Clone(b), func(a incident.Affected) bool { return !a.OfStaff() })
}

// gravity is how grave it is for staff, as far as that was counted.
func (s *incidentSubject) gravity() *duty.Gravity {
	staff := func(o incident.Outcome) int {
		n, _ := s.version().Affected.Staff(o)
		return n
	}
	v, listed := s.facts.Verification()
	return &duty.Gravity{
		Killed: staff(incident.Killed), Abducted: staff(incident.Abducted), Missing: staff(incident.Missing), Injured: staff(incident.Injured),
		Detained: staff(incident.Detained), Confirmed: listed && v == incident.Confirmed,
	}
}

// where is the place of an incident in words.
func (s *incidentSubject) where() []saying.Saying {
	var parts []saying.Saying
	for _, c := range s.facts.Countries() {
		parts = append(parts, saying.Text(c.Alpha3()))
	}
	if len(parts) == 0 {
		parts = append(parts, saying.Of("country unknown"))
	}
	place, admin1 := s.facts.Where()
	switch {
	case !place.IsZero():
		parts = append(parts, saying.Text(place.String()))
	case !admin1.IsZero():
		parts = append(parts, saying.Text(admin1.String()))
	}
	return parts
}
