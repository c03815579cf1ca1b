package table

import (
	"strconv"
	"time"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/dates"
	"vigil/internal/feed/grid"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// HAPI is the conflict events of the Humanitarian API of HDX: how many events of a kind, and how many dead, ACLED
// counted in a district in a month. A row is a background rate and never an incident.
var HAPI = &feed.Format{
	Name:          "hapi",
	Sign:          "columns location_code, event_type, events and reference_period_start, in CSV, JSON or XLSX",
	Authority:     hapiAuthority,
	Profile:       ratesProfile,
	Recognise:     hapi.recognise,
	RecogniseRows: hapi.recogniseRows,
	Document:      hapi.decode,
}

// Overview is the yearly or monthly counts of Insecurity Insight and the monthly ones that ACLED gives to HDX:
// background rates, too.
var Overview = &feed.Format{
	Name:          "event-counts",
	Sign:          "columns Country, Year and Number Of Events, or Month, Year, Events and Fatalities, in JSON, CSV or XLSX",
	Profile:       ratesProfile,
	Recognise:     func(head []byte) bool { return sindCounts.recognise(head) || acledCounts.recognise(head) },
	RecogniseRows: func(rows [][]string) bool { return sindCounts.recogniseRows(rows) || acledCounts.recogniseRows(rows) },
	Document: func(ctx *feed.Context, body []byte) (feed.Document, error) {
		if doc, err := acledCounts.decode(ctx, body); err == nil {
			return doc, nil
		}
		return sindCounts.decode(ctx, body)
	},
}

// ratesProfile: counts speak of no event, so they cover nothing; each content is the whole of what it counts.
var ratesProfile = health.Profile{
	Expect: 45 * day,
	Lag:    366 * day,
	// Nothing: no incident will ever come of it.
	Memory: health.Complete,
}

const hapiAuthority = "hapi"

// The columns of HAPI that are read.
const (
	hapiCode = iota
	hapiName
	hapiAdmin1
	hapiAdmin2
	hapiProvider1
	hapiProvider2
	hapiKind
	hapiEvents
	hapiFatalities
	hapiStart
	hapiEnd
)

var hapi = &mapping{name: "HDX HAPI conflict events", partial: true, row: hapiRow, layout: newLayout(append([]column{
	hapiCode:       {header: "location_code", tag: "#country+code", also: []string{"Country ISO3"}, need: true},
	hapiName:       {header: "location_name", tag: "#country+name"},
	hapiAdmin1:     {header: "admin1_name", tag: "#adm1+name", also: []string{"Admin 1 Name"}},
	hapiAdmin2:     {header: "admin2_name", tag: "#adm2+name", also: []string{"Admin 2 Name"}},
	hapiProvider1:  {header: "provider_admin1_name"},
	hapiProvider2:  {header: "provider_admin2_name"},
	hapiKind:       {header: "event_type", tag: "#event+type", need: true},
	hapiEvents:     {header: "events", tag: "#event+num", also: []string{"#indicator+event+num"}, need: true},
	hapiFatalities: {header: "fatalities", tag: "#affected+killed", also: []string{"#fatality+num"}},
	hapiStart:      {header: "reference_period_start", tag: "#date+start", also: []string{"Start Date"}, need: true},
	hapiEnd:        {header: "reference_period_end", tag: "#date+end", also: []string{"End Date"}},
}, ignored("location_ref", "has_hrp", "in_gho", "admin1_ref", "admin2_ref", "admin1_code", "admin2_code", "admin_level",
	"resource_hdx_id", "dataset_hdx_id", "resource_id", "dataset_id", "Admin 1 PCode", "Admin 2 PCode", "warning", "error")...))}

// ignored are columns that are known and say nothing to us.
func ignored(headers ...string) []column {
	all := make([]column, len(headers))
	for i, header := range headers {
		all[i].header = header
	}
	return all
}

// rate begins the record of a row of counts.
func (s *sheet) rate(r *grid.Row, rec *feed.Record, code, name int, authority string) (*background.Rate, bool) {
	word := s.cell(r, code)
	c, ok := country.Parse(word)
	if !ok {
		if c, ok = country.Parse(s.cell(r, name)); !ok {
			s.refuse(r, code, "%q is no country that vigil knows: a rate of no country stands beside none", word)
			return nil, false
		}
	}
	rec.Kind = feed.Aggregate
	rec.Aggregate = &background.Rate{Authority: s.ctx.Resolve(safetext.Text{}, authority), Country: c}
	return rec.Aggregate, true
}

// ahead refuses a row whose period had not begun when it came: as the newest it would stand for what is counted today.
func (s *sheet) ahead(r *grid.Row, column int, period incident.Interval) bool {
	if s.ctx.Ahead(period.Start) {
		s.refuse(r, column, "the period begins after it was received, so nothing in it can have been counted: correct the date")
		return true
	}
	return false
}

// figure is a count, or Uncounted.
func (s *sheet) figure(r *grid.Row, column int) int {
	if n, ok := s.number(r, column); ok {
		return n
	}
	return background.Uncounted
}

func hapiRow(s *sheet, r *grid.Row, rec *feed.Record) {
	start, err := dates.Style{Zone: time.UTC}.Read(s.cell(r, hapiStart))
	if err != nil || start.IsZero() {
		s.refuse(r, hapiStart, "%q is no date: a rate of no time is none", s.cell(r, hapiStart))
		return
	}
	period := incident.Interval{Start: start.Start, End: lastDay(start)}
	if end, err := (dates.Style{Zone: time.UTC}).Read(s.cell(r, hapiEnd)); err == nil && !end.IsZero() {
		period.End = lastDay(end)
	}
	if !period.End.After(period.Start) {
		s.refuse(r, hapiEnd, "the period ends before it begins")
		return
	}
	if s.ahead(r, hapiStart, period) {
		return
	}
	rate, ok := s.rate(r, rec, hapiCode, hapiName, hapiAuthority)
	if !ok {
		return
	}
	rate.Admin1, rate.Admin2 = s.either(r, hapiAdmin1, hapiProvider1), s.either(r, hapiAdmin2, hapiProvider2)
	rate.Kind, rate.Period = s.text.Line(s.cell(r, hapiKind)), period
	rate.Events, rate.Fatalities = s.figure(r, hapiEvents), s.figure(r, hapiFatalities)
}

// either is the text of a column, else of another.
func (s *sheet) either(r *grid.Row, first, second int) safetext.Text {
	if cell := s.cell(r, first); cell != "" {
		return s.text.Line(cell)
	}
	return s.text.Line(s.cell(r, second))
}

// lastDay is the end of the day that ends a period: HAPI writes it as a date, or as its first or last moment.
func lastDay(end incident.When) time.Time {
	return end.Start.Truncate(day).Add(day)
}

// The columns of the overviews of Insecurity Insight that are read; others count events of some kind.
const (
	countsCountry = iota
	countsCode
	countsYear
	countsMonth
	countsEvents
	countsKilled
)

var sindCounts = &mapping{name: "the overviews of Insecurity Insight", partial: true, row: sindCountsRow, layout: newLayout(append([]column{
	countsCountry: {header: "Country", tag: "#country"},
	countsCode:    {header: "Country ISO", tag: "#country_ISO", need: true},
	countsYear:    {header: "Year", need: true},
	countsMonth:   {header: "Month"},
	countsEvents:  {header: "Number Of Events", also: []string{"Recorded SV Events"}, need: true},
	countsKilled: {header: "Total Aid Workers Killed", also: []string{
		"Health Workers Killed", "Educators Killed", "Total number of camp residents killed",
	}},
}, ignored(sindCountsOthers...)...))}

// sindCountsOthers are the columns of the overviews that count what their number of events holds already.
var sindCountsOthers = []string{
	"Total Aid Workers KIKA Victims", "Total Aid Workers Injured", "Total Aid Workers Kidnapped", "Total Aid Workers Arrested",
	"Total Aid Workers Killed In Captivity", "Total Aid Workers Maltreated In Captivity",
	"Educators Injured", "Educators Kidnapped", "Educators Arrested", "Attacks on Schools", "Attacks On Universities",
	"Military Occupation of Schools", "Forced Entry into Schools", "Damage/Destruction To School Event", "Attacks on Students and Teachers",
	"Students Attacked in School", "Students Killed", "Students Injured", "Students Kidnapped",
	"Number of Attacks on Health Facilities Reporting Damege or Dest", "Number of Attacks on Health Facilities Reporting Damage or Dest",
	"Health Workers Injured", "Health Workers Kidnapped", "Health Workers Arrested",
	"Health Affected", "Education Affected", "Aid Operations Affected", "Protection Affected", "Air-Delivered Incident", "Ground-Launched Incident",
	"Directly-Emplaced Incident", "Food Security",
	"Number of incidents involving state perpetrators", "Number of incidents involving non-state perpetrators",
	"Number of events involving shelling/airstrikes", "Number of events involving firearms", "Number of events involving arson",
	"Total number of camp infastructure damaged/destroyed", "Total number of service providers killed",
	"CRSV events", "SV by Security Personnel", "Events Affecting Minors", "Events Affecting Aid Workers", "Events Affecting Health Workers", "Events Affecting Educators",
}

// sindCountsKinds tell what an overview counts by a column that only it has.
var sindCountsKinds = []struct{ column, kind string }{
	{"Total Aid Workers KIKA Victims", "aid_workers_killed_injured_kidnapped_arrested"},
	{"Attacks on Schools", "attacks_on_education"},
	{"Health Workers Injured", "attacks_on_health_care"},
	{"Air-Delivered Incident", "explosive_weapons"},
	{"Number of events involving firearms", "attacks_on_camps"},
	{"CRSV events", "sexual_violence"},
}

func sindCountsRow(s *sheet, r *grid.Row, rec *feed.Record) {
	period, ok := s.period(r, countsYear, countsMonth)
	if !ok || s.ahead(r, countsYear, period) {
		return
	}
	rate, ok := s.rate(r, rec, countsCode, countsCountry, sindAuthority)
	if !ok {
		return
	}
	kind := "events"
	for _, k := range sindCountsKinds {
		if s.has(s.layout.column(k.column)) {
			kind = k.kind
			break
		}
	}
	rate.Kind, rate.Period = safetext.Clean(kind), period
	rate.Events, rate.Fatalities = s.figure(r, countsEvents), s.figure(r, countsKilled)
}

// period is a year, or a month of it, by number or name.
func (s *sheet) period(r *grid.Row, year, month int) (incident.Interval, bool) {
	y, ok := wholeNumber(s.cell(r, year))
	if !ok || y < 1900 || y > 9998 {
		s.refuse(r, year, "%q is no year: a rate of no time is none", s.cell(r, year))
		return incident.Interval{}, false
	}
	from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
	word := s.cell(r, month)
	if word == "" {
		return incident.Interval{Start: from, End: from.AddDate(1, 0, 0)}, true
	}
	m, ok := wholeNumber(word)
	if named, err := time.Parse("January 2006", word+" "+strconv.Itoa(y)); err == nil {
		m, ok = int(named.Month()), true
	}
	if !ok || m < 1 || m > 12 {
		s.refuse(r, month, "%q is no month", word)
		return incident.Interval{}, false
	}
	from = from.AddDate(0, m-1, 0)
	return incident.Interval{Start: from, End: from.AddDate(0, 1, 0)}, true
}

// The columns of the monthly counts of ACLED.
const (
	monthsCountry = iota
	monthsCode
	monthsAdmin1
	monthsAdmin2
	monthsMonth
	monthsYear
	monthsEvents
	monthsFatalities
)

var acledCounts = &mapping{name: "the monthly counts of ACLED", partial: true, row: acledCountsRow, layout: newLayout(append([]column{
	monthsCountry:    {header: "Country", tag: "#country+name", need: true},
	monthsCode:       {header: "ISO3"},
	monthsAdmin1:     {header: "Admin1", tag: "#adm1+name"},
	monthsAdmin2:     {header: "Admin2", tag: "#adm2+name"},
	monthsMonth:      {header: "Month", need: true},
	monthsYear:       {header: "Year", need: true},
	monthsEvents:     {header: "Events", need: true},
	monthsFatalities: {header: "Fatalities"},
}, ignored("Admin1 Pcode", "Admin2 Pcode")...))}

func acledCountsRow(s *sheet, r *grid.Row, rec *feed.Record) {
	period, ok := s.period(r, monthsYear, monthsMonth)
	if !ok || s.ahead(r, monthsYear, period) {
		return
	}
	rate, ok := s.rate(r, rec, monthsCode, monthsCountry, acledAuthority)
	if !ok {
		return
	}
	rate.Admin1, rate.Admin2 = s.text.Line(s.cell(r, monthsAdmin1)), s.text.Line(s.cell(r, monthsAdmin2))
	rate.Kind, rate.Period = safetext.Const("events"), period
	rate.Events, rate.Fatalities = s.figure(r, monthsEvents), s.figure(r, monthsFatalities)
}
