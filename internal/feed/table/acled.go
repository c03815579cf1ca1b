package table

import (
	"strconv"
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

// ACLED is the export or the answer of the API of the Armed Conflict Location & Event Data project, in its
// columns of today or those of 2016.
//
// It is published each week for the week before. An export is cut to some countries and dates, so what it does
// not list is not withdrawn, and its silence means nothing in other countries. It leaves out crime without
// a political side, and hazards.
var ACLED = &feed.Format{
	Name:      "acled",
	Sign:      "columns event_id_cnty, event_date, event_type and fatalities, in CSV, JSON or XLSX; the API's answer without events",
	Authority: acledAuthority,
	Profile: health.Profile{
		Expect: 10 * day,
		Lag:    14 * day,
		Covers: health.Set(incident.ArmedConflict, incident.Terrorism, incident.CivilUnrest),
		Memory: health.Extract,
		// Its fatalities are anybody's.
		NoStaff: true,
	},
	Recognise:     recogniseACLED,
	RecogniseRows: acled.recogniseRows,
	Document:      decodeACLED,
}

const acledAuthority = "acled"

var acled = &mapping{name: "ACLED", layout: newLayout(acledColumns), partial: true, row: acledRow}

// The columns of ACLED.
const (
	acledID = iota
	acledDate
	acledYear
	acledTimePrecision
	acledDisorder
	acledType
	acledSubType
	acledActor1
	acledAssociate1
	acledInter1
	acledActor2
	acledAssociate2
	acledInter2
	acledInteraction
	acledTargeting
	acledISO
	acledISO3
	acledRegion
	acledCountry
	acledAdmin1
	acledAdmin2
	acledAdmin3
	acledLocation
	acledLatitude
	acledLongitude
	acledGeoPrecision
	acledSource
	acledScale
	acledNotes
	acledFatalities
	acledTags
	acledTimestamp
	acledNumber
	acledGWNO
	acledDataID
	acledPopulation1
	acledPopulation2
	acledPopulation5
	acledPopulationBest
)

// The headings are those of the codebook of 2024; the others are those of the exports of 2016 and later.
var acledColumns = []column{
	acledID:             {header: "event_id_cnty", tag: "#event+code", need: true},
	acledDate:           {header: "event_date", tag: "#date+occurred", need: true},
	acledYear:           {header: "year", tag: "#date+year"},
	acledTimePrecision:  {header: "time_precision"},
	acledDisorder:       {header: "disorder_type"},
	acledType:           {header: "event_type", tag: "#event+type", need: true},
	acledSubType:        {header: "sub_event_type"},
	acledActor1:         {header: "actor1", tag: "#group+name+first"},
	acledAssociate1:     {header: "assoc_actor_1", also: []string{"ally_actor_1", "assoc_actor1"}},
	acledInter1:         {header: "inter1"},
	acledActor2:         {header: "actor2", tag: "#group+name+second"},
	acledAssociate2:     {header: "assoc_actor_2", also: []string{"ally_actor_2", "assoc_actor2"}},
	acledInter2:         {header: "inter2"},
	acledInteraction:    {header: "interaction"},
	acledTargeting:      {header: "civilian_targeting"},
	acledISO:            {header: "iso"},
	acledISO3:           {header: "iso3", tag: "#country+code"},
	acledRegion:         {header: "region"},
	acledCountry:        {header: "country", tag: "#country+name"},
	acledAdmin1:         {header: "admin1", tag: "#adm1+name"},
	acledAdmin2:         {header: "admin2", tag: "#adm2+name"},
	acledAdmin3:         {header: "admin3", tag: "#adm3+name"},
	acledLocation:       {header: "location", tag: "#loc+name"},
	acledLatitude:       {header: "latitude", tag: "#geo+lat"},
	acledLongitude:      {header: "longitude", tag: "#geo+lon"},
	acledGeoPrecision:   {header: "geo_precision"},
	acledSource:         {header: "source", tag: "#meta+source"},
	acledScale:          {header: "source_scale"},
	acledNotes:          {header: "notes", tag: "#description"},
	acledFatalities:     {header: "fatalities", tag: "#affected+killed", need: true},
	acledTags:           {header: "tags"},
	acledTimestamp:      {header: "timestamp"},
	acledNumber:         {header: "event_id_no_cnty", also: []string{"event_id_no_cnty_1"}},
	acledGWNO:           {header: "gwno"},
	acledDataID:         {header: "data_id"},
	acledPopulation1:    {header: "population_1km"},
	acledPopulation2:    {header: "population_2km"},
	acledPopulation5:    {header: "population_5km"},
	acledPopulationBest: {header: "population_best"},
}

// acledRow makes the incident of a row. ACLED has no title and grades nothing: the title is left empty and the
// severity unknown.
func acledRow(s *sheet, r *grid.Row, rec *feed.Record) {
	i := &rec.Incident
	id := s.text.Line(s.cell(r, acledID))
	switch {
	case id.IsZero():
		s.refuse(r, acledID, "the row has no event_id_cnty: without it a later export could not be told from a new event")
		return
	case id.Len() > feed.MaxID:
		s.refuse(r, acledID, "the event_id_cnty has %d bytes, more than the %d that are taken", id.Len(), feed.MaxID)
		return
	}
	i.Identity = incident.Identity{Authority: s.ctx.Resolve(safetext.Text{}, acledAuthority), ID: id}
	i.Occurred = acledOccurred(s, r)
	acledChanged(s, r, i)
	acledPlace(s, r, i)
	acledNature(s, r, i)
	i.Affected = acledPeople(s, r)
	i.Actor = acledActors(s, r)
	i.Details = s.text.Block(acledText(s, r))
	s.ctx.Complete(i)
}

// acledChanged reads when the event was changed last, which is its version, unless that had not come when it was read: whatever
// is said later would be taken for older.
func acledChanged(s *sheet, r *grid.Row, i *incident.Incident) {
	at := s.cell(r, acledTimestamp)
	if at == "" {
		return
	}
	if n, ok := wholeNumber(at); ok {
		i.Reported = time.Unix(int64(n), 0).UTC()
	} else if w, err := (dates.Style{Zone: time.UTC}).Read(at); err == nil {
		i.Reported = w.Start
	} else {
		s.once(r, acledTimestamp, "%q is no time in seconds: which of two versions is the later cannot be told", at)
		return
	}
	if s.ctx.Ahead(i.Reported) {
		s.once(r, acledTimestamp, "%s had not come when this was read: it puts this before no other version", i.Reported.Format(time.RFC3339))
		return
	}
	i.Version = max(i.Reported.Unix(), 0)
}

// acledOccurred is the date as exactly as ACLED knows it. Of an event of some week the date is the middle of the
// week: it is known to the month that holds the whole week, else to the year.
func acledOccurred(s *sheet, r *grid.Row) incident.When {
	cell := s.cell(r, acledDate)
	w, err := dates.Style{Order: dates.DayFirst}.Read(cell)
	if year, ok := wholeNumber(s.cell(r, acledYear)); ok && (err != nil || w.IsZero()) && year >= 1900 && year <= 9999 {
		s.warn(r, acledDate, "%q is no date: only the year is taken", cell)
		return incident.When{Start: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	}
	if err != nil || w.IsZero() {
		s.warn(r, acledDate, "%q is no date: the time is taken as unknown", cell)
		return incident.When{}
	}
	if w.Precision == incident.ToTime {
		w = incident.When{Start: w.Start.Truncate(day), Precision: incident.ToDate} // ACLED knows no times of day
	}
	precision, known := lookup(s, r, acledTimePrecision, acledTimePrecisions, "exact to the day")
	if !known || precision == 1 || w.Precision != incident.ToDate {
		return w
	}
	const halfWeek = 3
	from, to := w.Start, w.Start
	if precision == 2 {
		from, to = from.AddDate(0, 0, -halfWeek), to.AddDate(0, 0, halfWeek)
	}
	switch {
	case from.Month() == to.Month():
		return incident.When{Start: time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}
	case from.Year() == to.Year():
		return incident.When{Start: time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	default:
		s.warn(r, acledDate, "the week around %s lies in two years: the time is taken as unknown", cell)
		return incident.When{}
	}
}

// acledPlace reads where it was. The code decides on the country.
func acledPlace(s *sheet, r *grid.Row, i *incident.Incident) {
	name := s.text.Line(s.cell(r, acledCountry))
	byName, okName := country.Parse(name.String())
	for _, column := range [...]int{acledISO3, acledISO} {
		code := s.text.Line(wholeID(s.cell(r, column)))
		if code.IsZero() || code.String() == "0" {
			continue
		}
		c, ok := country.Parse(code.String())
		if !ok {
			s.once(r, column, "%q is no country code: the name is taken", code)
			continue
		}
		if okName && byName != c {
			s.once(r, acledCountry, "the name is %q and the code %q, another country: the code is taken", name, code)
		}
		i.Countries = []country.Code{c}
		break
	}
	switch {
	case len(i.Countries) > 0:
	case okName:
		i.Countries = []country.Code{byName}
	case !country.IsNone(name.String()):
		i.CountryText = []safetext.Text{name}
		s.once(r, acledCountry, "%q is no country that vigil knows: it is kept, in no country", name)
	}
	i.Admin1 = s.text.Line(s.cell(r, acledAdmin1))
	place := s.cell(r, acledLocation)
	for _, column := range [...]int{acledAdmin3, acledAdmin2} {
		if district := s.cell(r, column); place == "" {
			place = district
		} else if district != "" && !strings.EqualFold(district, s.cell(r, acledLocation)) {
			place += ", " + district
			break
		}
	}
	i.Place = s.text.Line(place)
	i.Point, i.HasPoint = s.point(r, acledLatitude, acledLongitude)
	if km, ok := lookup(s, r, acledGeoPrecision, acledAccuracies, "not said"); ok && i.HasPoint {
		i.Accuracy = km
	}
}

// acledPeople are the fatalities: of anybody, fighters and civilians alike, so that they are never staff. Nobody
// counted who was hurt otherwise.
func acledPeople(s *sheet, r *grid.Row) incident.Breakdown {
	n, ok := s.number(r, acledFatalities)
	if !ok {
		return nil
	}
	return anybody(n)
}

// anybody is a number of dead of whom nobody is told apart, and nothing is known of any other outcome.
func anybody(killed int) incident.Breakdown {
	b := make(incident.Breakdown, 0, 4)
	for _, o := range [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained} {
		count := incident.Uncounted
		if o == incident.Killed {
			count = killed
		}
		b = append(b, incident.Affected{Population: incident.Known(incident.PopulationAnybody), Outcome: incident.Known(o), Count: count})
	}
	return b
}

// acledActors names both sides, with what they are.
func acledActors(s *sheet, r *grid.Row) safetext.Text {
	var sides []string
	for _, side := range [...]struct{ name, kind int }{{acledActor1, acledInter1}, {acledActor2, acledInter2}} {
		name := s.cell(r, side.name)
		if name == "" {
			continue
		}
		if kind, ok := lookup(s, r, side.kind, acledInters, "unknown"); ok && kind != noSide {
			name += " (" + acledSideWords[kind] + ")"
		}
		sides = append(sides, name)
	}
	return s.text.Line(strings.Join(sides, "; "))
}

// acledText is the notes, with what has no field of its own under them.
func acledText(s *sheet, r *grid.Row) string {
	var more []string
	add := func(label string, column int) {
		if cell := s.cell(r, column); cell != "" {
			more = append(more, label+": "+cell)
		}
	}
	add("Disorder", acledDisorder)
	add("With actor 1", acledAssociate1)
	add("With actor 2", acledAssociate2)
	add("Targeting", acledTargeting)
	add("Tags", acledTags)
	if source := s.cell(r, acledSource); source != "" {
		if scale := s.cell(r, acledScale); scale != "" {
			source += " (" + scale + ")"
		}
		more = append(more, "Source: "+source)
	}
	if precision := s.cell(r, acledTimePrecision); precision != "" && precision != "1" {
		more = append(more, "Date as given: "+s.cell(r, acledDate)+", time precision "+precision)
	}
	if n, ok := wholeNumber(s.cell(r, acledFatalities)); ok && n > 0 {
		more = append(more, "Fatalities of anybody: "+strconv.Itoa(n))
	}
	return s.cell(r, acledNotes) + "\n" + strings.Join(more, "; ")
}
