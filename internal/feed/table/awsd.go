package table

import (
	"math"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/grid"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// AWSD is the export of the Aid Worker Security Database, of 44 columns or, older, of 41.
//
// It is complete: a row that is no longer there was withdrawn. It speaks about twice a year,
// half a year after the fact, and only of what people do, never of hazards.
var AWSD = &feed.Format{
	Name:      "awsd",
	Sign:      "a table with the columns of the Aid Worker Security Database, or their HXL tags",
	Authority: awsdAuthority,
	Profile: health.Profile{
		Expect: 210 * day,
		Lag:    180 * day,
		Covers: health.Set(health.Deliberate()...),
		Memory: health.Complete,
	},
	Recognise: awsd.recognise,
	Document:  awsd.decode,
}

const day = 24 * time.Hour

var awsd = &mapping{name: "the Aid Worker Security Database", layout: newLayout(awsdColumns), row: awsdRow}

// The columns of AWSD.
const (
	awsdID = iota
	awsdYear
	awsdMonth
	awsdDay
	awsdCountryCode
	awsdCountry
	awsdRegion
	awsdDistrict
	awsdCity
	awsdUN
	awsdINGO
	awsdICRC
	awsdNRCS
	awsdNNGO
	awsdOther
	awsdNationalsKilled
	awsdNationalsWounded
	awsdNationalsKidnapped
	awsdNationalsDetained
	awsdNationals
	awsdInternationalsKilled
	awsdInternationalsWounded
	awsdInternationalsKidnapped
	awsdInternationalsDetained
	awsdInternationals
	awsdKilled
	awsdWounded
	awsdKidnapped
	awsdDetained
	awsdAffected
	awsdMale
	awsdFemale
	awsdSexUnknown
	awsdMeans
	awsdContext
	awsdLocation
	awsdLatitude
	awsdLongitude
	awsdMotive
	awsdActorType
	awsdActorName
	awsdDetails
	awsdVerified
	awsdSource
)

// The headers and tags are those of the full export of August 2025. Exports of 41 columns lack
// the three of people detained; the last two have no tag.
var awsdColumns = []column{
	awsdID:                      {header: "Incident ID", tag: "#event+id", need: true},
	awsdYear:                    {header: "Year", tag: "#date+year", need: true},
	awsdMonth:                   {header: "Month", tag: "#date+month"},
	awsdDay:                     {header: "Day", tag: "#date+day"},
	awsdCountryCode:             {header: "Country Code", tag: "#country+code"},
	awsdCountry:                 {header: "Country", tag: "#country+name+i_en"},
	awsdRegion:                  {header: "Region", tag: "#adm1+name+i_en"},
	awsdDistrict:                {header: "District", tag: "#adm2+name+i_en"},
	awsdCity:                    {header: "City", tag: "#adm3+name+i_en"},
	awsdUN:                      {header: "UN", tag: "#affected+UN"},
	awsdINGO:                    {header: "INGO", tag: "#affected+INGO"},
	awsdICRC:                    {header: "ICRC", tag: "#affected+ICRC"},
	awsdNRCS:                    {header: "NRCS and IFRC", tag: "#affected+IFRC"},
	awsdNNGO:                    {header: "NNGO", tag: "#affected+NGO"},
	awsdOther:                   {header: "Other", tag: "#affected+other"},
	awsdNationalsKilled:         {header: "Nationals killed", tag: "#affected+killed+national", need: true},
	awsdNationalsWounded:        {header: "Nationals wounded", tag: "#affected+injured+national"},
	awsdNationalsKidnapped:      {header: "Nationals kidnapped", tag: "#affected+kidnapped+national"},
	awsdNationalsDetained:       {header: "Nationals detained", tag: "#affected+detained+national"},
	awsdNationals:               {header: "Total nationals", tag: "#affected+total+national"},
	awsdInternationalsKilled:    {header: "Internationals killed", tag: "#affected+killed+international", need: true},
	awsdInternationalsWounded:   {header: "Internationals wounded", tag: "#affected+injured+international"},
	awsdInternationalsKidnapped: {header: "Internationals kidnapped", tag: "#affected+kidnapped+international"},
	awsdInternationalsDetained:  {header: "Internationals detained", tag: "#affected+detained+international"},
	awsdInternationals:          {header: "Total internationals", tag: "#affected+total+international"},
	awsdKilled:                  {header: "Total killed", tag: "#affected+total+killed"},
	awsdWounded:                 {header: "Total wounded", tag: "#affected+total+injured"},
	awsdKidnapped:               {header: "Total kidnapped", tag: "#affected+total+kidnapped"},
	awsdDetained:                {header: "Total detained", tag: "#affected+total+detained"},
	awsdAffected:                {header: "Total affected", tag: "#affected+total"},
	awsdMale:                    {header: "Gender Male", tag: "#affected+total+m"},
	awsdFemale:                  {header: "Gender Female", tag: "#affected+total+f"},
	awsdSexUnknown:              {header: "Gender Unknown", tag: "#affected+total+i"},
	awsdMeans:                   {header: "Means of attack", tag: "#event+means+i_en", need: true},
	awsdContext:                 {header: "Attack context", tag: "#event+type+i_en"},
	awsdLocation:                {header: "Location", tag: "#loc+type+i_en"},
	awsdLatitude:                {header: "Latitude", tag: "#geo+lat"},
	awsdLongitude:               {header: "Longitude", tag: "#geo+lon"},
	awsdMotive:                  {header: "Motive", tag: "#x_event_motive"},
	awsdActorType:               {header: "Actor type", tag: "#group+type+i_en"},
	awsdActorName:               {header: "Actor name", tag: "#group+name+i_en"},
	awsdDetails:                 {header: "Details", tag: "#description+i_en"},
	awsdVerified:                {header: "Verified"},
	awsdSource:                  {header: "Source"},
}

// awsdRow makes the incident of a row. AWSD has no title and grades nothing: the title is left
// empty and the severity unknown. It has no time of report either.
func awsdRow(s *sheet, r *grid.Row, rec *feed.Record) {
	i := &rec.Incident
	id := s.text.Line(wholeID(s.cell(r, awsdID)))
	switch {
	case id.IsZero():
		s.refuse(r, awsdID, "the row has no Incident ID: without it a later export could not be told from a new incident")
		return
	case id.Len() > feed.MaxID:
		s.refuse(r, awsdID, "the Incident ID has %d bytes, more than the %d that are taken", id.Len(), feed.MaxID)
		return
	}
	i.Identity = incident.Identity{Authority: s.ctx.Resolve(safetext.Text{}, awsdAuthority), ID: id}
	i.Occurred = awsdOccurred(s, r)
	awsdPlace(s, r, i)
	codes := readAWSDCodes(s, r)
	codes.apply(i)
	awsdPeople(s, r, i)
	if codes.holds || anyone(i, incident.Abducted) || anyone(i, incident.Detained) {
		i.Holder = incident.Known(codes.actor.holder)
	}
	i.Actor = awsdActor(s, r)
	i.Details = s.text.Block(awsdText(s, r, &codes))
	s.ctx.Complete(i)
}

// awsdAuthority is whose ids the rows of an export carry.
const awsdAuthority = "awsd"

// wholeID undoes what a spreadsheet does to a number: "36.0" is 36.
func wholeID(s string) string {
	if digits, ok := strings.CutSuffix(s, ".0"); ok && strings.Trim(digits, "0123456789") == "" && digits != "" {
		return digits
	}
	return s
}

// awsdOccurred is the date as exactly as the row knows it: 347 rows of the full export have no
// day, 52 no month.
func awsdOccurred(s *sheet, r *grid.Row) incident.When {
	year, ok := s.number(r, awsdYear)
	if !ok || year < 1900 || year > 9999 {
		s.warn(r, awsdYear, "%q is no year: the time is taken as unknown", s.cell(r, awsdYear))
		return incident.When{}
	}
	month, hasMonth := s.number(r, awsdMonth)
	date, hasDay := s.number(r, awsdDay)
	if hasMonth && (month < 1 || month > 12) {
		s.warn(r, awsdMonth, "%q is no month: only the year is taken", s.cell(r, awsdMonth))
		hasMonth = false
	}
	if !hasMonth {
		return incident.When{Start: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	}
	if hasDay {
		at := time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
		if at.Day() == date {
			return incident.When{Start: at, Precision: incident.ToDate}
		}
		s.warn(r, awsdDay, "%q is no day of %d-%02d: only the month is taken", s.cell(r, awsdDay), year, month)
	}
	return incident.When{Start: time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}
}

// awsdPlace reads where it was. The code decides on the country. Where AWSD gives none, it names a
// place that it does not want to put into one ("Chechnya", "Kashmir"): the name is kept, and counts
// for a country as stated only if it is that country's own, and as inferred if it is a part of one. A name of
// what is in dispute stays in none, wherever its position is.
func awsdPlace(s *sheet, r *grid.Row, i *incident.Incident) {
	code, name := s.text.Line(s.cell(r, awsdCountryCode)), s.text.Line(s.cell(r, awsdCountry))
	byCode, okCode := country.Parse(code.String())
	byName, okName := country.Parse(name.String())
	switch {
	case okCode:
		i.Countries = []country.Code{byCode}
		if okName && byName != byCode {
			s.warn(r, awsdCountry, "the name is %q and the code %q, another country: the code is taken", name, code)
		}
	case okName && (!s.has(awsdCountryCode) || !code.IsZero() || ownName(byName, name)):
		i.Countries = []country.Code{byName}
		if !code.IsZero() {
			s.warn(r, awsdCountryCode, "%q is no country code: the name is taken", code)
		}
	case !country.IsNone(name.String()):
		i.CountryText = []safetext.Text{name}
		if okName {
			i.Countries, i.Inferred = []country.Code{byName}, true
		}
	case !country.IsNone(code.String()):
		i.CountryText = []safetext.Text{code}
		s.warn(r, awsdCountryCode, "%q is no country code: it is kept, in no country", code)
	}
	i.Admin1 = s.text.Line(s.cell(r, awsdRegion))
	city, district := s.cell(r, awsdCity), s.cell(r, awsdDistrict)
	switch {
	case city == "":
		city = district
	case district != "" && !strings.EqualFold(city, district):
		city += ", " + district
	}
	i.Place = s.text.Line(city)
	i.Point, i.HasPoint = s.point(r, awsdLatitude, awsdLongitude)
	if len(i.CountryText) == 0 {
		feed.Infer(i)
	}
}

func ownName(c country.Code, name safetext.Text) bool {
	return strings.EqualFold(name.String(), c.Name()) || strings.EqualFold(name.String(), c.ShortName())
}

// number reads a whole number from 0 up; "36.0" is 36. An empty cell is not one, and neither is
// anything else, which is warned of.
func (s *sheet) number(r *grid.Row, column int) (n int, ok bool) {
	cell := s.cell(r, column)
	if n, ok = wholeNumber(cell); !ok && cell != "" {
		s.warn(r, column, "%q is not a whole number: %s is taken as unknown", cell, s.layout.columns[column].header)
	}
	return n, ok
}

func wholeNumber(cell string) (n int, ok bool) {
	const most = 1_000_000_000 // more than there can be of anything counted
	if n, err := strconv.Atoi(cell); err == nil {
		return n, n >= 0 && n <= most
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil || f < 0 || f > most || f != math.Trunc(f) {
		return 0, false
	}
	return int(f), true
}

// point reads a position in degrees.
func (s *sheet) point(r *grid.Row, latitude, longitude int) (p incident.Point, ok bool) {
	lat, lon := s.cell(r, latitude), s.cell(r, longitude)
	if lat == "" && lon == "" {
		return p, false
	}
	var errLat, errLon error
	p.Lat, errLat = strconv.ParseFloat(lat, 64)
	p.Lon, errLon = strconv.ParseFloat(lon, 64)
	if errLat != nil || errLon != nil || !p.Valid() {
		s.warn(r, latitude, "%q, %q is no position in degrees: it is left out", lat, lon)
		return incident.Point{}, false
	}
	p.Lat, p.Lon = p.Lat+0, p.Lon+0 // there is no negative zero
	return p, true
}
