package plain

import (
	"io"
	"slices"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
)

// statusJSON is the contract vigil.status/1.
type statusJSON struct {
	Schema    string          `json:"schema"`
	At        string          `json:"at"`
	KnownAt   string          `json:"known_at"`
	Desk      deskJSON        `json:"desk"`
	Sources   []sourceJSON    `json:"sources"`
	Incidents totalsJSON      `json:"incidents"`
	Countries []countryStatus `json:"countries"`
	Due       []dueJSON       `json:"due"`
	Alarms    []alarmJSON     `json:"alarms"`
	Watch     *watchJSON      `json:"watch"`
	Flood     *floodJSON      `json:"flood"`
}

type sourceJSON struct {
	Name          string        `json:"name"`
	Format        *string       `json:"format"`
	Path          *string       `json:"path"`         // null for one that is fetched
	URL           *string       `json:"url"`          // null for files; never with its query
	KeptAt        *string       `json:"kept_at"`      // when the answer that is shown came
	NextAttempt   *string       `json:"next_attempt"` // null if nobody polls it
	State         string        `json:"state"`
	Reason        string        `json:"reason"`
	LastAttempt   *string       `json:"last_attempt"`
	LastSuccess   *string       `json:"last_success"`
	ContentTime   *string       `json:"content_time"`
	Expect        *string       `json:"expect"`
	Lag           *string       `json:"lag"`
	Covers        []string      `json:"covers"`
	Records       int           `json:"records"`
	Incidents     int           `json:"incidents"`
	Reports       int           `json:"reports"`
	Advisories    int           `json:"advisories"`
	Positions     int           `json:"positions"`
	Aggregates    int           `json:"aggregates"`
	Updates       int           `json:"updates"`
	Duplicates    int           `json:"duplicates"`
	Conflicts     int           `json:"conflicts"`
	Cancels       int           `json:"cancels"`
	Rejected      int           `json:"rejected"`
	Excluded      int           `json:"excluded"`
	Retained      int           `json:"retained"`
	ProblemsTotal int           `json:"problems_total"`
	Problems      []problemJSON `json:"problems"`
}

type totalsJSON struct {
	Total          int `json:"total"`
	Hazards        int `json:"hazards"`
	UnknownTime    int `json:"unknown_time"`
	UnknownCountry int `json:"unknown_country"`
	Conflicts      int `json:"conflicts"`
	Cancelled      int `json:"cancelled"`
	Refuted        int `json:"refuted"`
	Excluded       int `json:"excluded"`
	Reports        int `json:"reports"` // not among the total
	Misplaced      int `json:"misplaced"`
	Merged         int `json:"merged"`        // not among the total: another source's incident tells of the same event
	Proposed       int `json:"proposed"`      // of the total: others may tell of the same event
	SingleSource   int `json:"single_source"` // of the total: one source alone tells of it
}

type countryStatus struct {
	Code         string        `json:"code"`
	Name         string        `json:"name"`
	Coverage     coverageJSON  `json:"coverage"`
	Level        *levelJSON    `json:"level"`
	Estimate     *estimateJSON `json:"estimate"`
	Staff        staffJSON     `json:"staff"`
	Incidents    windowsJSON   `json:"incidents"`
	Hazards      hazardsJSON   `json:"hazards"`
	Outcomes     outcomesJSON  `json:"outcomes_30d"`
	OutcomesSeen outcomesJSON  `json:"outcomes_30d_seen"`

	Tracked    trackedJSON      `json:"tracked"`
	Advisories []advisoryJSON   `json:"advisories"`
	Background []backgroundJSON `json:"background"`
}

// trackedJSON counts what is tracked in a country, and of it what is where its position says.
type trackedJSON struct {
	Total   int `json:"total"`
	Current int `json:"current"`
}

type coverageJSON struct {
	State   string           `json:"state"`
	Since   *string          `json:"since"`
	Threats byThreat[string] `json:"threats"`
}

type levelJSON struct {
	Scheme *string    `json:"scheme"`
	Min    int        `json:"min"`
	Max    int        `json:"max"`
	Driver *string    `json:"driver"`
	Areas  []areaJSON `json:"areas"`
}

type areaJSON struct {
	Name       string         `json:"name"`
	Level      int            `json:"level"`
	Since      *string        `json:"since"`
	ValidUntil *string        `json:"valid_until"`
	Expired    bool           `json:"expired"`
	Threats    byThreat[*int] `json:"threats"`
}

type estimateJSON struct {
	Band       string              `json:"band"`
	Likelihood string              `json:"likelihood"`
	Impact     string              `json:"impact"`
	Threat     string              `json:"threat"`
	Threats    estimateThreatsJSON `json:"threats"`
	OwnNormal  *float64            `json:"own_normal"`
	OwnUntil   *string             `json:"own_normal_until"` // the end of the days that it compares
}

// estimateThreatsJSON has one category more: that of incidents which no source could put into one.
type estimateThreatsJSON struct {
	byThreat[*categoryJSON] `json:",inline"`
	Unknown                 *categoryJSON `json:"unknown"`
}

type categoryJSON struct {
	Band        string   `json:"band"`
	Likelihood  string   `json:"likelihood"`
	Impact      string   `json:"impact"`
	Probability *float64 `json:"probability"`
}

type staffJSON struct {
	Total              *int    `json:"total"`
	National           *int    `json:"national"`
	International      *int    `json:"international"`
	RecruitmentUnknown *int    `json:"recruitment_unknown"`
	Female             *int    `json:"female"`
	Male               *int    `json:"male"`
	SexUnknown         *int    `json:"sex_unknown"`
	AsOf               *string `json:"as_of"`
}

// windowsJSON has, of each window, the whole figure (null where it is not known), what was surely
// seen, and what only may belong to it.
type windowsJSON struct {
	Day        *int `json:"24h"`
	DaySeen    int  `json:"24h_seen"`
	DayMaybe   int  `json:"24h_maybe"`
	Week       *int `json:"7d"`
	WeekSeen   int  `json:"7d_seen"`
	WeekMaybe  int  `json:"7d_maybe"`
	Month      *int `json:"30d"`
	MonthSeen  int  `json:"30d_seen"`
	MonthMaybe int  `json:"30d_maybe"`
}

type hazardsJSON struct {
	Active     *int    `json:"active"`
	Worst      *string `json:"worst"`
	ActiveSeen int     `json:"active_seen"`
}

type outcomesJSON struct {
	Killed   *int `json:"killed"`
	Injured  *int `json:"injured"`
	Abducted *int `json:"abducted"`
	Detained *int `json:"detained"`
	Other    *int `json:"other"`
}

// StatusJSON writes v as one JSON document, vigil.status/1. only lists the countries wanted; empty
// is all.
func StatusJSON(w io.Writer, v picture.View, only []country.Code) error {
	out := statusJSON{
		Schema: StatusSchema, At: instant(v.Valid()), KnownAt: instant(v.Known()), Desk: deskOf(v),
		Incidents: totals(v.Totals()),
	}
	for s := range v.Sources() {
		out.Sources = append(out.Sources, source(s))
	}
	for c := range v.Countries() {
		if len(only) == 0 || slices.Contains(only, c.Code) {
			out.Countries = append(out.Countries, countryOf(v, c))
		}
	}
	out.Due, out.Alarms, out.Watch, out.Flood = duesOf(v, only), alarmsJSONOf(v, only), watchIn(v), floodOf(v)
	return writeDocument(w, &out)
}

func source(s *picture.Source) sourceJSON {
	out := sourceJSON{
		Name: s.Info.Name.String(), Format: text(s.Info.Format), Path: text(s.Info.Path),
		URL: text(s.Info.URL), KeptAt: stamp(s.Poll.Kept), NextAttempt: stamp(s.Poll.Next),
		State: s.State.String(), Reason: s.Reason.String(),
		LastAttempt: stamp(s.Facts.LastAttempt), LastSuccess: stamp(s.Facts.LastSuccess), ContentTime: stamp(s.Facts.ContentTime),
		Covers:  s.Info.Profile.Covers.Words(),
		Records: s.Counts.Records, Incidents: s.Counts.Incidents,
		Reports: s.Counts.Reports, Advisories: s.Counts.Advisories, Positions: s.Counts.Positions, Aggregates: s.Counts.Aggregates,
		Updates: s.Counts.Updates, Duplicates: s.Counts.Duplicates,
		Conflicts: s.Counts.Conflicts, Cancels: s.Counts.Cancels, Rejected: s.Counts.Rejected, Excluded: s.Counts.Excluded,
		Retained: s.Retained, ProblemsTotal: s.ProblemsTotal,
	}
	if !s.Info.Format.IsZero() { // before that, nobody knows what the source promises
		out.Lag = word(health.Period(s.Info.Profile.Lag))
		if s.Info.Profile.Awaited() {
			out.Expect = word(health.Period(s.Info.Profile.Expect))
		}
	}
	for i := range s.Problems {
		out.Problems = append(out.Problems, problemOf(&s.Problems[i]))
	}
	return out
}

func totals(t picture.Totals) totalsJSON {
	return totalsJSON{
		Total: t.Total, Hazards: t.Hazards, UnknownTime: t.UnknownTime, UnknownCountry: t.UnknownCountry,
		Conflicts: t.Conflicts, Cancelled: t.Cancelled, Refuted: t.Refuted, Excluded: t.Excluded, Reports: t.Reports, Misplaced: t.Misplaced,
		Merged: t.Merged, Proposed: t.Proposed, SingleSource: t.SingleSource,
	}
}

func countryOf(v picture.View, c *picture.Country) countryStatus {
	sums, seen := outcomes(c.Outcomes)
	return countryStatus{
		Code: c.Code.Alpha3(), Name: c.Name.String(),
		Coverage: coverage(&c.Coverage),
		Level:    levels(v, c),
		Estimate: estimate(c),
		Staff:    staff(c.Staff, c.HasStaff),
		Incidents: windowsJSON{
			known(c.Day.Sure, c.Day.Known), c.Day.Sure, c.Day.Maybe,
			known(c.Week.Sure, c.Week.Known), c.Week.Sure, c.Week.Maybe,
			known(c.Month.Sure, c.Month.Known), c.Month.Sure, c.Month.Maybe,
		},
		Hazards:  hazards(c.Hazards),
		Outcomes: sums, OutcomesSeen: seen,
		Tracked: trackedJSON(trackedIn(v, c.Code)), Advisories: advisories(v, c.Code), Background: backgrounds(v, c.Code),
	}
}

func coverage(c *health.Coverage) coverageJSON {
	out := coverageJSON{
		State:   c.State.String(),
		Threats: eachThreat(func(t incident.Threat) string { return c.Category(t).String() }),
	}
	if c.State != health.Recorded {
		out.Since = stamp(c.Since)
	}
	return out
}

func levels(v picture.View, c *picture.Country) *levelJSON {
	if c.Levels == nil || len(c.Levels.Areas) == 0 {
		return nil
	}
	out := &levelJSON{Scheme: text(c.Levels.Scheme), Min: c.Level.Min, Max: c.Level.Max}
	if c.Level.Driver != incident.ThreatUnknown {
		out.Driver = word(c.Level.Driver.String())
	}
	for i := range c.Levels.Areas {
		out.Areas = append(out.Areas, area(v, &c.Levels.Areas[i]))
	}
	return out
}

func area(v picture.View, a *level.Area) areaJSON {
	return areaJSON{
		Name: a.Name.String(), Level: a.Level, Since: moment(a.Since), ValidUntil: moment(a.ValidUntil),
		Expired: a.Expired(v.Valid()),
		Threats: eachThreat(func(t incident.Threat) *int { return known(a.Threats[t], a.Threats[t] > 0) }),
	}
}

func estimate(c *picture.Country) *estimateJSON {
	e := &c.Estimate
	if !e.Known {
		return nil
	}
	category := func(t incident.Threat) *categoryJSON {
		for i := range e.Categories {
			if k := &e.Categories[i]; k.Threat == t && k.Known {
				return categoryOf(k)
			}
		}
		return nil
	}
	out := &estimateJSON{
		Band: e.Worst.Band.String(), Likelihood: e.Worst.Likelihood.String(), Impact: e.Worst.Impact.String(),
		Threat:    e.Worst.Threat.String(),
		Threats:   estimateThreatsJSON{eachThreat(category), category(incident.ThreatUnknown)},
		OwnNormal: rounded(c.Trend.Ratio, 2, c.Trend.Known),
	}
	if c.Trend.Known {
		out.OwnUntil = stamp(c.Trend.Until)
	}
	return out
}

func categoryOf(k *risk.Category) *categoryJSON {
	return &categoryJSON{k.Band.String(), k.Likelihood.String(), k.Impact.String(), rounded(k.Probability, 4, true)}
}

func staff(t presence.Totals, has bool) staffJSON {
	return staffJSON{
		Total: known(t.Total, has), National: known(t.National, has), International: known(t.International, has),
		RecruitmentUnknown: known(t.RecruitmentUnknown, has),
		Female:             known(t.Female, has), Male: known(t.Male, has), SexUnknown: known(t.SexUnknown, has),
		AsOf: stamp(t.AsOf),
	}
}

func hazards(h picture.Hazards) hazardsJSON {
	out := hazardsJSON{Active: known(h.Active, h.Known), ActiveSeen: h.Active}
	if h.Active > 0 {
		out.Worst = word(h.Worst.String())
	}
	return out
}

func outcomes(o picture.Outcomes) (sums, seen outcomesJSON) {
	c := o.Counts()
	sum := func(i int) *int { return known(c[i].N, c[i].Known) }
	all := func(i int) *int { return known(c[i].N, true) }
	return outcomesJSON{sum(0), sum(1), sum(2), sum(3), sum(4)}, outcomesJSON{all(0), all(1), all(2), all(3), all(4)}
}
