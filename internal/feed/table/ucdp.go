package table

import (
	"regexp"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/dates"
	"vigil/internal/feed/grid"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// UCDP is the Georeferenced Event Dataset of the Uppsala Conflict Data Program: that of a year, of a month (the
// candidates), or the answer of its API. It tells of organised violence that killed somebody and of nothing else, so
// that its silence covers nothing; a file is cut to some months and countries.
var UCDP = &feed.Format{
	Name:      "ucdp",
	Sign:      "columns id, type_of_violence, country, date_start and best, in CSV, JSON or XLSX",
	Authority: ucdpAuthority,
	Profile: health.Profile{
		Expect: 60 * day,
		Lag:    60 * day,
		Memory: health.Extract,
	},
	Recognise:     ucdp.recognise,
	RecogniseRows: ucdp.recogniseRows,
	Document:      ucdp.decode,
}

const ucdpAuthority = "ucdp"

var ucdp = &mapping{name: "UCDP", layout: newLayout(ucdpColumns), partial: true, row: ucdpRow}

// The columns of UCDP that are read; those after ucdpHigh are known and not needed.
const (
	ucdpID = iota
	ucdpType
	ucdpDyad
	ucdpConflict
	ucdpSideA
	ucdpSideB
	ucdpHeadline
	ucdpArticle
	ucdpOriginal
	ucdpStatus
	ucdpWherePrecision
	ucdpWhere
	ucdpWhereText
	ucdpAdmin1
	ucdpAdmin2
	ucdpLatitude
	ucdpLongitude
	ucdpCountry
	ucdpISO3
	ucdpClarity
	ucdpDatePrecision
	ucdpStart
	ucdpEnd
	ucdpCivilians
	ucdpBest
	ucdpLow
	ucdpHigh
)

// The headings are those of the codebooks of the yearly sets (17 to 25) and of the candidates.
var ucdpColumns = append([]column{
	ucdpID:             {header: "id", need: true},
	ucdpType:           {header: "type_of_violence", need: true},
	ucdpDyad:           {header: "dyad_name"},
	ucdpConflict:       {header: "conflict_name"},
	ucdpSideA:          {header: "side_a"},
	ucdpSideB:          {header: "side_b"},
	ucdpHeadline:       {header: "source_headline"},
	ucdpArticle:        {header: "source_article"},
	ucdpOriginal:       {header: "source_original"},
	ucdpStatus:         {header: "code_status"},
	ucdpWherePrecision: {header: "where_prec"},
	ucdpWhere:          {header: "where_coordinates"},
	ucdpWhereText:      {header: "where_description"},
	ucdpAdmin1:         {header: "adm_1"},
	ucdpAdmin2:         {header: "adm_2"},
	ucdpLatitude:       {header: "latitude"},
	ucdpLongitude:      {header: "longitude"},
	ucdpCountry:        {header: "country", need: true},
	ucdpISO3:           {header: "iso3"},
	ucdpClarity:        {header: "event_clarity"},
	ucdpDatePrecision:  {header: "date_prec"},
	ucdpStart:          {header: "date_start", need: true},
	ucdpEnd:            {header: "date_end"},
	ucdpCivilians:      {header: "deaths_civilians"},
	ucdpBest:           {header: "best", also: []string{"best_est"}, need: true},
	ucdpLow:            {header: "low", also: []string{"low_est"}},
	ucdpHigh:           {header: "high", also: []string{"high_est"}},
}, ignored(
	"relid", "year", "active_year", "conflict_dset_id", "conflict_new_id", "dyad_dset_id", "dyad_new_id", "side_a_dset_id", "side_a_new_id",
	"side_b_dset_id", "side_b_new_id", "number_of_sources", "source_office", "source_date", "geom_wkt", "priogrid_gid", "country_id", "region",
	"deaths_a", "deaths_b", "deaths_unknown", "gwnoa", "gwnob", "gwno_a", "gwno_b",
)...)

func ucdpRow(s *sheet, r *grid.Row, rec *feed.Record) {
	i := &rec.Incident
	id := s.text.Line(wholeID(s.cell(r, ucdpID)))
	switch {
	case id.IsZero():
		s.refuse(r, ucdpID, "the row has no id: without it a later file could not be told from a new event")
		return
	case id.Len() > feed.MaxID:
		s.refuse(r, ucdpID, "the id has %d bytes, more than the %d that are taken", id.Len(), feed.MaxID)
		return
	}
	i.Identity = incident.Identity{Authority: s.ctx.Resolve(safetext.Text{}, ucdpAuthority), ID: id}
	i.Occurred = ucdpOccurred(s, r)
	ucdpPlace(s, r, i)
	if threat, ok := lookup(s, r, ucdpType, ucdpTypes, "armed conflict"); ok {
		i.Threat = incident.Known(threat)
	} else {
		i.Threat = incident.Known(incident.ArmedConflict)
	}
	i.Act = incident.Known(incident.Killing) // it tells of nothing but violence that kills, and not by which means
	i.Affected = ucdpPeople(s, r)
	var sides []string
	for _, column := range [...]int{ucdpSideA, ucdpSideB} {
		if side := s.cell(r, column); side != "" && side != "Civilians" {
			sides = append(sides, side)
		}
	}
	i.Actor = s.text.Line(strings.Join(sides, "; "))
	i.Details = s.text.Block(ucdpText(s, r))
	s.ctx.Complete(i)
}

// ucdpTypes are the types of violence: between a state and a group or two states, between groups, and of one side
// against civilians.
var ucdpTypes = map[string]incident.Threat{
	"1": incident.ArmedConflict, "2": incident.ArmedConflict, "3": incident.ArmedConflict,
	"state-based conflict": incident.ArmedConflict, "non-state conflict": incident.ArmedConflict, "one-sided violence": incident.ArmedConflict,
}

// ucdpPrecisions are those of dates: 1 the day, 2 within six days, 3 the week, 4 the month, 5 more than a month.
var ucdpPrecisions = map[string]int{"": 1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}

// ucdpOccurred is when it happened, as exactly as UCDP knows it: on some day from the start to the end.
func ucdpOccurred(s *sheet, r *grid.Row) incident.When {
	from, ok := ucdpDay(s, r, ucdpStart)
	if !ok {
		return incident.When{}
	}
	to, ok := ucdpDay(s, r, ucdpEnd)
	if !ok || to.Before(from) {
		to = from
	}
	precision, _ := lookup(s, r, ucdpDatePrecision, ucdpPrecisions, "exact to the day")
	month := from.Year() == to.Year() && from.Month() == to.Month()
	switch {
	case from.Equal(to) && precision < 3:
		return incident.When{Start: from, Precision: incident.ToDate}
	case month && precision < 5:
		return incident.When{Start: time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}
	case from.Year() == to.Year():
		return incident.When{Start: time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	default:
		s.warn(r, ucdpStart, "from %s to %s lies in two years: the time is taken as unknown", from.Format(time.DateOnly), to.Format(time.DateOnly))
		return incident.When{}
	}
}

func ucdpDay(s *sheet, r *grid.Row, column int) (time.Time, bool) {
	cell := s.cell(r, column)
	w, err := (dates.Style{Zone: time.UTC}).Read(cell)
	if err != nil || w.IsZero() || w.Precision < incident.ToDate {
		if cell != "" || column == ucdpStart {
			s.warn(r, column, "%q is no date: the time is taken as unknown", cell)
		}
		return time.Time{}, false
	}
	return w.Start.Truncate(day), true
}

// ucdpAccuracies is how far from its position an event may have been, in kilometres: 1 the place itself, 2 within 25
// km, 3 a district, 4 a province, 5 part of a country or a line. UCDP gives no distances but that of 2.
var ucdpAccuracies = map[string]float64{"": 0, "1": 0, "2": 25, "3": 50, "4": 100, "5": 100, "6": 0, "7": 100}

// ucdpCountryOnly is the precision of a position that is the middle of its country, and none of the event.
const ucdpCountryOnly = "6"

// formerly is what UCDP writes behind the name of a country.
var formerly = regexp.MustCompile(`\s*\([^)]*\)\s*$`)

// ucdpProvinces are provinces that UCDP counts to another country than the United Nations do.
var ucdpProvinces = map[string]string{"gaza strip": "PSE", "west bank": "PSE"}

// ucdpPlace reads where it was.
func ucdpPlace(s *sheet, r *grid.Row, i *incident.Incident) {
	name := s.text.Line(s.cell(r, ucdpCountry))
	admin1 := s.cell(r, ucdpAdmin1)
	province, moved := ucdpProvinces[strings.ToLower(admin1)]
	code, ok := country.Parse(s.cell(r, ucdpISO3))
	if !ok {
		code, ok = country.Parse(name.String())
	}
	if !ok {
		code, ok = country.Parse(formerly.ReplaceAllString(name.String(), ""))
	}
	switch {
	case moved:
		i.Countries = []country.Code{country.MustParse(province)}
	case ok:
		i.Countries = []country.Code{code}
	case !country.IsNone(name.String()):
		i.CountryText = []safetext.Text{name}
		s.once(r, ucdpCountry, "%q is no country that vigil knows: it is kept, in no country", name)
	}
	i.Admin1 = s.text.Line(admin1)
	place := s.cell(r, ucdpWhere)
	if district := s.cell(r, ucdpAdmin2); place == "" {
		place = district
	} else if district != "" && !strings.EqualFold(district, place) {
		place += ", " + district
	}
	i.Place = s.text.Line(place)
	km, known := lookup(s, r, ucdpWherePrecision, ucdpAccuracies, "not said")
	if s.cell(r, ucdpWherePrecision) == ucdpCountryOnly {
		return
	}
	if i.Point, i.HasPoint = s.point(r, ucdpLatitude, ucdpLongitude); i.HasPoint && known {
		i.Accuracy = km
	}
}

// ucdpPeople are the dead by the best estimate: of anybody, and those of them who were civilians apart. Nobody counted
// who was hurt otherwise.
func ucdpPeople(s *sheet, r *grid.Row) incident.Breakdown {
	best, ok := s.number(r, ucdpBest)
	if !ok {
		return nil
	}
	civilians, ok := wholeNumber(s.cell(r, ucdpCivilians))
	if !ok || civilians <= 0 || civilians > best {
		return anybody(best)
	}
	return append(incident.Breakdown{
		{Population: incident.Known(incident.PopulationCivilian), Outcome: incident.Known(incident.Killed), Count: civilians},
	}, anybody(best-civilians)...)
}

// ucdpText is what the row says in words, with what has no field of its own under it.
func ucdpText(s *sheet, r *grid.Row) string {
	var more []string
	add := func(label string, columns ...int) {
		for _, column := range columns {
			if cell := s.cell(r, column); cell != "" {
				more = append(more, label+": "+cell)
				return
			}
		}
	}
	add("Conflict", ucdpDyad, ucdpConflict)
	add("Where", ucdpWhereText)
	add("Deaths, best estimate", ucdpBest)
	add("low", ucdpLow)
	add("high", ucdpHigh)
	add("civilians", ucdpCivilians)
	add("Said by", ucdpOriginal)
	if status := s.cell(r, ucdpStatus); status != "" && !strings.EqualFold(status, "clear") {
		more = append(more, "Coding: "+status)
	}
	if s.cell(r, ucdpClarity) == "2" {
		more = append(more, "several events reported as one")
	}
	if precision := s.cell(r, ucdpDatePrecision); precision != "" && precision != "1" {
		more = append(more, "Date as given: "+s.cell(r, ucdpStart)+" to "+s.cell(r, ucdpEnd))
	}
	headline := s.cell(r, ucdpHeadline)
	if headline == "" {
		headline = s.cell(r, ucdpArticle)
	}
	return headline + "\n" + strings.Join(more, "; ")
}
