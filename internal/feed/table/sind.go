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

// SiND is the Security in Numbers Database of Insecurity Insight, in the files that it gives to HDX: aid workers
// killed, injured, kidnapped and arrested, and attacks on health care, education, protection and food, explosive
// weapons, and sexual violence in conflict.
//
// One event stands in several of these files, each with columns of its own, under one number. Each file is an
// authority of its own, so that none overwrites what another says; the number, which all of them write into the details,
// tells that they are one event.
//
// Its lists are cut by year or country, so what one no longer holds is not withdrawn, and the silence of a file
// means nothing in countries that it does not name. It is published about each month, for the months before.
var SiND = &feed.Format{
	Name:      "insecurity-insight",
	Sign:      "columns SiND Event ID, Date, Country ISO and Geo Precision, in JSON, CSV or XLSX",
	Authority: sindAuthority,
	Profile: health.Profile{
		Expect: 60 * day,
		Lag:    60 * day,
		// Nothing: each of its files is of one topic, such as health care, that the content does not name.
		Memory: health.Extract,
	},
	Recognise:     sind.recognise,
	RecogniseRows: sind.recogniseRows,
	Document:      sind.decode,
}

const sindAuthority = "insecurity-insight"

var sind = &mapping{name: "Insecurity Insight", layout: sindLayout, partial: true, row: sindRow}

// sindLayout has the columns of all files; each has some of them.
var sindLayout = newLayout([]column{
	{header: "SiND Event ID", also: []string{"SiND ID", "Event ID"}, need: true},
	{header: "Date", need: true},
	{header: "Country ISO", need: true},
	{header: "Geo Precision", need: true},
	{header: "Event Description"},
	{header: "Public Event Description"},
	{header: "Country"},
	{header: "Admin 1"},
	{header: "Latitude"},
	{header: "Longitude"},
	{header: "Location of Incident", also: []string{"Location", "Location of event", "Location Where Sexual Violence Was Committed", "Location of Violence"}},
	{header: "Camp Name"},
	{header: "Reported Perpetrator", also: []string{"Actor Type"}},
	{header: "Reported Perpetrator Name", also: []string{"Actor Name", "Perpetrator Group Name", "Name of the Party"}},
	{header: "Single And Group Perpetrators", also: []string{"Single Or Multiple Perpetrators"}},
	{header: "Weapon Carried/Used"},
	{header: "Explosive Weapon Type"},
	{header: "Launch Type"},
	// aid workers
	{header: "Organisation Affected"},
	{header: "Programme Focus"},
	{header: "Aid Workers Killed"},
	{header: "Aid Workers Injured"},
	{header: "Aid Workers Kidnapped"},
	{header: "Aid Workers Arrested"},
	{header: "Known Kidnapping or Arrest Outcome"},
	{header: "Aid Workers Killed in Captivity"},
	{header: "International Aid Workers Killed"},
	{header: "International Aid Workers Killed in Captivity"},
	{header: "National Aid Workers Killed"},
	{header: "National Aid Workers Killed in Captivity"},
	{header: "Female Aid Workers Killed"},
	{header: "Female Aid Workers Killed in Captivity"},
	{header: "Male Aid Workers Killed"},
	{header: "Male Aid Workers Killed in Captivity"},
	{header: "International Aid Workers Injured"},
	{header: "National Aid Workers Injured"},
	{header: "Female Aid Workers Injured"},
	{header: "Male Aid Workers Injured"},
	{header: "International Aid Workers Kidnapped"},
	{header: "National Aid Workers Kidnapped"},
	{header: "Female Aid Workers Kidnapped"},
	{header: "Male Aid Workers Kidnapped"},
	{header: "International Aid Workers Arrested"},
	{header: "National Aid Workers Arrested"},
	{header: "Female Aid Workers Arrested"},
	{header: "Male Aid Workers Arrested"},
	// health care
	{header: "Number of Attacks on Health Facilities Reporting Destruction"},
	{header: "Number of Attacks on Health Facilities Reporting Damaged", also: []string{"Number of Attacks on Health Facilities Reporting Damage"}},
	{header: "Forceful Entry into Health Facility"},
	{header: "Occupation of Health Facility"},
	{header: "Vicinity of Health Facility Affected"},
	{header: "Health Transportation Destroyed"},
	{header: "Health Transportation Damaged"},
	{header: "Health Transportation Stolen/Hijacked", also: []string{"Health Transportation Stolen/Highjacked"}},
	{header: "Looting/Theft/Robbery/Burglary of Health Supplies"},
	{header: "Access Denied or Obstructed"},
	{header: "Health Workers Killed", also: []string{"Total Health Workers Killed"}},
	{header: "Health Workers Injured"},
	{header: "Health Workers Kidnapped", also: []string{"Total Health Workers Kidnapped"}},
	{header: "Health Workers Arrested"},
	{header: "Health Workers Threatened"},
	{header: "Health Workers Assaulted"},
	{header: "Health Workers Sexually Assaulted"},
	{header: "Conflict-Related Violence"},
	{header: "Political-Related Violence"},
	{header: "COVID-19-Related Violence"},
	{header: "Ebola-Related Violence"},
	{header: "Vaccination-Related Violence"},
	// education
	{header: "Type of education facility"},
	{header: "Attacks on Schools"},
	{header: "Attacks on Universities"},
	{header: "Military Occupation of Education facility"},
	{header: "Arson attack on education facility"},
	{header: "Forced Entry into education facility"},
	{header: "Damage/Destruction To Ed facility Event", also: []string{"Damage/Destruction To Education Facility"}},
	{header: "Attacks on Students and Teachers"},
	{header: "Educators Killed"},
	{header: "Educators Injured"},
	{header: "Educators Kidnapped"},
	{header: "Educators Arrested"},
	{header: "Known Educators Kidnap Or Arrest Outcome"},
	{header: "Students Attacked in School"},
	{header: "Students Killed"},
	{header: "Students Injured"},
	{header: "Students Kidnapped"},
	{header: "Students Arrested"},
	{header: "Known Student Kidnap Or Arrest Outcome"},
	{header: "Sexual Violence Affecting School Age Children"},
	// protection
	{header: "Protection Event Context"},
	{header: "Victim of Violence"},
	{header: "Survivor or Victim Sex"},
	{header: "Survivor or Victim Minor"},
	{header: "Number of Attacks on Camps Reporting Destruction"},
	{header: "Number of Attacks on Camps Reporting Damaged"},
	{header: "People Associated with Protection Programme Killed"},
	{header: "People Associated with Protection Programme Injured"},
	{header: "People Associated with Protection Programme Kidnapped"},
	{header: "People Associated with Protection Programme Arrested"},
	{header: "People Associated with Protection Programme Targeted with CRSV"},
	{header: "Camp Resident Killed", also: []string{"Camp Residents Killed"}},
	{header: "Camp Resident Injured", also: []string{"Camp Residents Injured"}},
	{header: "Camp Residents Kidnapped", also: []string{"Camp Resident Kidnapped"}},
	{header: "Camp Residents Arrested", also: []string{"Camp Resident Arrested"}},
	{header: "Camp Residents Targeted with CRSV", also: []string{"Camp Resident Targeted with CRSV"}},
	{header: "Service Provider Killed"},
	{header: "Service Provider Injured"},
	{header: "Service Provider Kidnapped"},
	{header: "Service Provider Arrested"},
	{header: "Service Provider Targeted with CRSV"},
	// explosive weapons
	{header: "Sector Affected"},
	{header: "Provider"},
	{header: "Affected"},
	{header: "Aid Health Workers Killed"},
	{header: "Food Security", also: []string{"FoodSecurity"}},
	// sexual violence
	{header: "Survivor or Victim"},
	{header: "Adult or Minor"},
	{header: "Type of SV", also: []string{"Type", "Type Of Sexual Violence"}},
	{header: "SV Context", also: []string{"Sexual Violence Context"}},
	{header: "Classification", also: []string{"Classification of Sexual Violence"}},
	{header: "Number of Reported Victims"},
	{header: "Reported Deaths Following the Sexual Violence"},
	// food
	{header: "Infrastructure Affected"},
	// children
	{header: "Incident Type"},
	// water
	{header: "Water Infrastructure Category Affected"},
	{header: "Number Of Attacks Damaging/Destroying Water Infrastructure"},
	{header: "Number Of Attacks Where Water Infrastructure Was Contaminated"},
	{header: "Number Of Attacks Where Water Infrastructure Was Looted"},
	{header: "Number Of Attacks Where Water Infrastructure Was Obstructed"},
	{header: "Number Of Attacks Where Water Infrastructure Was Disrupted"},
	{header: "Forceful Entry Into Water Infrastructure"},
	{header: "Take-Over Of Water Infrastructure"},
	{header: "Attacks on Persons Collecting Water"},
	{header: "Attacks on People Driving Water Transportation Vehicles"},
	{header: "Attacks on Water-Utility Workers"},
	{header: "Number Of Incidents Affecting Water-Related Aid Project"},
	// vaccinations
	{header: "Total Vaccinators Killed"},
	{header: "Total Vaccinators Kidnapped"},
	{header: "COVID-Related Violence"},
	{header: "Polio-Related Violence"},
	{header: "Cholera-Related Violence"},
	{header: "Measles-Related Violence"},
	{header: "Malaria-Related Violence"},
	{header: "Number Of Incidents Where Health Facilities Providing Public-Re"},
	{header: "Number Of Incidents Where Health Transport Providing Public-Rel"},
	{header: "Number Of Security Personnel Working For Public-Related Health"},
	{header: "Date Event Entered"},
	{header: "Date Event Modified"},
})

// sindFiles tell the files by a column that only they have, in the order in which they are asked.
var sindFiles = []struct{ column, file string }{
	{"Type of SV", "crsv"},
	{"SV Context", "crsv"},
	{"Incident Type", "children"},
	{"Water Infrastructure Category Affected", "water"},
	{"Total Vaccinators Killed", "vaccinations"},
	{"Launch Type", "explosive"},
	{"Aid Workers Injured", "aid"},
	{"Health Workers Injured", "health"},
	{"Educators Injured", "education"},
	{"Victim of Violence", "protection"},
	{"Camp Resident Killed", "protection"},
	{"Food Security", "food"},
	{"Infrastructure Affected", "food"},
}

// file is the name of the file that a table is, empty where no column tells.
func (s *sheet) file() string {
	for _, f := range sindFiles {
		if s.has(sindLayout.column(f.column)) {
			return f.file
		}
	}
	return ""
}

// say is the text of a column by its heading; words that say that nothing is known are none.
func (s *sheet) say(r *grid.Row, header string) string {
	cell := s.cell(r, sindLayout.column(header))
	if sindNothing[fold(cell)] {
		return ""
	}
	return cell
}

// count is a number by its heading.
func (s *sheet) count(r *grid.Row, header string) int {
	n, _ := wholeNumber(s.cell(r, sindLayout.column(header)))
	return n
}

// sindRow makes the incident of a row. Its lists have no titles and grade nothing.
func sindRow(s *sheet, r *grid.Row, rec *feed.Record) {
	i := &rec.Incident
	number := s.text.Line(wholeID(s.say(r, "SiND Event ID")))
	switch {
	case number.IsZero():
		s.refuse(r, sindLayout.column("SiND Event ID"), "the row has no SiND Event ID: without it a later file could not be told from a new event")
		return
	case number.Len() > feed.MaxID:
		s.refuse(r, sindLayout.column("SiND Event ID"), "the SiND Event ID has %d bytes, more than the %d that are taken", number.Len(), feed.MaxID)
		return
	}
	authority := sindAuthority
	if file := s.file(); file != "" {
		authority += "/" + file
	}
	i.Identity = incident.Identity{Authority: s.ctx.Resolve(safetext.Text{}, authority), ID: number}
	i.Occurred = s.sindDate(r)
	s.sindPlace(r, i)
	c := s.sindCodes(r)
	c.apply(i)
	i.Affected = s.sindPeople(r)
	if c.holds {
		i.Holder = incident.Known(c.holder)
	}
	i.Actor = s.text.Line(s.sindActor(r))
	i.Details = s.text.Block(s.sindText(r, number.String()))
	if !i.Restricted() && sindSexual.MatchString(i.Details.String()) {
		i.Handling = incident.Known(incident.Restricted) // its columns do not say so, and its words do
	}
	s.ctx.Complete(i)
}

// sindSexual are the words for sexual violence in descriptions. Some files have no column for it.
var sindSexual = regexp.MustCompile(`(?i)\b(gang-?)?rap(e|es|ed|ing|ists?)\b|\bsexual(ly)?\b|\bmolest|\bCRSV\b`)

// sindDayFirst is how the file on children writes dates: 03-11-2025 is in November.
var sindDayFirst = regexp.MustCompile(`^\d{1,2}-\d{1,2}-\d{4}$`)

// sindDate is a date, also as the number of a spreadsheet. Times of day in it are those of a program.
func (s *sheet) sindDate(r *grid.Row) incident.When {
	column := sindLayout.column("Date")
	cell := s.cell(r, column)
	style := dates.Style{Zone: time.UTC}
	if sindDayFirst.MatchString(cell) {
		style.Order = dates.DayFirst
	}
	w, err := style.Read(cell)
	if err != nil || w.IsZero() {
		s.warn(r, column, "%q is no date: the time is taken as unknown", cell)
		return incident.When{}
	}
	if w.Precision == incident.ToTime {
		w = incident.When{Start: w.Start.Truncate(day), Precision: incident.ToDate}
	}
	return w
}

// sindPlace reads where it was. The code decides on the country.
func (s *sheet) sindPlace(r *grid.Row, i *incident.Incident) {
	code, name := s.text.Line(s.say(r, "Country ISO")), s.text.Line(s.say(r, "Country"))
	byCode, okCode := country.Parse(code.String())
	byName, okName := country.Parse(name.String())
	switch {
	case okCode:
		i.Countries = []country.Code{byCode}
		if okName && byName != byCode {
			s.once(r, sindLayout.column("Country"), "the name is %q and the code %q, another country: the code is taken", name, code)
		}
	case okName:
		i.Countries = []country.Code{byName}
	case !country.IsNone(name.String()):
		i.CountryText = []safetext.Text{name}
	case !country.IsNone(code.String()):
		i.CountryText = []safetext.Text{code}
	}
	if len(i.CountryText) > 0 {
		s.once(r, sindLayout.column("Country ISO"), "%q is no country that vigil knows: it is kept, in no country", i.CountryText[0])
	}
	i.Admin1 = s.text.Line(s.say(r, "Admin 1"))
	i.Place = s.text.Line(s.say(r, "Camp Name"))
	precision := s.cell(r, sindLayout.column("Geo Precision"))
	if fold(precision) == "censored" { // so is the position, where there is one
		return
	}
	i.Point, i.HasPoint = s.point(r, sindLayout.column("Latitude"), sindLayout.column("Longitude"))
	if i.HasPoint {
		km, ok := sindAccuracies[strings.TrimSpace(strings.SplitAfter(precision+")", ")")[0])]
		if !ok && precision != "" {
			s.once(r, sindLayout.column("Geo Precision"), "%q is no code of Geo Precision that vigil knows: how exact the position is counts as not said", precision)
		}
		i.Accuracy = km
	}
}

// sindActor names who did it, with what they are.
func (s *sheet) sindActor(r *grid.Row) string {
	name, kind := s.say(r, "Reported Perpetrator Name"), s.say(r, "Reported Perpetrator")
	switch {
	case name == "":
		return kind
	case kind == "" || fold(kind) == fold(name):
		return name
	default:
		return name + " (" + kind + ")"
	}
}

// sindFacts are the columns that have no field of their own.
var sindFacts = []string{
	"Location of Incident", "Organisation Affected", "Programme Focus", "Known Kidnapping or Arrest Outcome", "Aid Workers Killed in Captivity",
	"Known Educators Kidnap Or Arrest Outcome", "Known Student Kidnap Or Arrest Outcome",
	"Type of education facility", "Protection Event Context", "Victim of Violence", "Survivor or Victim", "Survivor or Victim Minor", "Adult or Minor",
	"Type of SV", "SV Context", "Classification", "Single And Group Perpetrators", "Sector Affected", "Provider", "Affected", "Launch Type", "Infrastructure Affected",
	"Incident Type", "Water Infrastructure Category Affected", "COVID-Related Violence", "Polio-Related Violence", "Ebola-Related Violence",
	"Cholera-Related Violence", "Measles-Related Violence", "Malaria-Related Violence",
}

// sindText is the description, with what has no field of its own and the number of the event under it. Where
// there is a description for the public, the other one names sources and people.
func (s *sheet) sindText(r *grid.Row, number string) string {
	description := s.say(r, "Public Event Description")
	if description == "" {
		description = s.say(r, "Event Description")
	}
	more := []string{"SiND Event ID " + number}
	for _, header := range sindFacts {
		if cell := strings.Trim(s.say(r, header), " ,"); cell != "" && cell != "0" {
			more = append(more, header+": "+cell)
		}
	}
	return description + "\n" + strings.Join(more, "; ")
}
