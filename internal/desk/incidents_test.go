package desk

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestIncidentsAreNoRoster: a table of incidents in presence/ is refused with where it belongs, though it has numbers, names
// and countries. The headings are those of real exports.
func TestIncidentsAreNoRoster(t *testing.T) {
	const row = "\n1,x,MLI,x,x,x,x,x,x,x,x,x\n"
	for _, heading := range []string{
		"id,iso3,country,title,summary,event_type,severity_unit,severity_value,source,from_date,to_date,link,geo_lat,geo_long", // GDACS of HDX
		"id,name,description,status,glide,primary_country-href,primary_country-name,country,type,url,date",                     // ReliefWeb
		"Incident ID,Year,Month,Day,Country Code,Country,Region,City,UN,Nationals killed,Nationals wounded,Total nationals",    // AWSD
		"event_id_cnty,event_date,year,event_type,sub_event_type,actor1,country,admin1,location,latitude,longitude,fatalities", // ACLED
		"id,date,country,sex,act,killed", // a log of an office
		"Incidents of the week,,,\n\nNo,Name,Status,Country,Incident type,Injured,Motive", // below a title
		"location_code,country,events,fatalities,count,date",                              // counts, but not of staff
		"end_year,adm_1,best\n#date+year+end,#adm1+name,#affected+killed",                 // by its tags
	} {
		_, problems, err := ParsePresence("presence/x.csv", []byte(heading+row), time.Time{})
		told := messages(problems)
		if !errors.Is(err, ErrRefused) || !strings.Contains(told, "this looks like incidents") || !strings.Contains(told, "move it into feeds/") {
			t.Errorf("%s: %v\n%s", heading, err, told)
		}
		if got := Belongs([]byte(heading + row)); got == PresenceDir {
			t.Errorf("%s is said to belong to %s/", heading, got)
		}
	}
}

// TestRostersThatSpeakOfIncidents are rosters all the same.
func TestRostersThatSpeakOfIncidents(t *testing.T) {
	for _, text := range []string{
		"Staff No,Name,Duty station,Country,Status,Incident role\n7,Oscar,Gao,MLI,safe,focal point\n",
		"person_id,name,sex,country,last_contact,injured,event\n7,Oscar,m,MLI,2026-11-20,no,roll call\n",
		"Matricule,Nom,Pr\u00e9nom,Sexe,Pays,Zone,Victime\n7,Oscar,O,m,Mali,1,non\n",
		"Index No,Surname,First name,Gender,Duty country,Call sign,Attack alarm,Weapon permit\n7,Oscar,O,M,Mali,O1,yes,no\n",
		"id,country,status\n7,MLI,safe\n",
	} {
		file, problems, err := ParsePresence("presence/x.csv", []byte(text), time.Time{})
		if err != nil || len(file.People) != 1 {
			t.Errorf("%s%v, %d people\n%s", text, err, len(file.People), messages(problems))
		}
		if got := Belongs([]byte(text)); got != PresenceDir {
			t.Errorf("%sbelongs to %q", text, got)
		}
	}
}

// TestPeopleWithoutAHeadingAreNotQuoted, whatever their names are.
func TestPeopleWithoutAHeadingAreNotQuoted(t *testing.T) {
	_, problems, err := ParsePresence("presence/x.csv", []byte("Canary One,Gao\nKilled Attack Canary,Victim\n"), time.Time{})
	if !errors.Is(err, ErrRefused) || strings.Contains(messages(problems), "Canary") {
		t.Errorf("%v\n%s", err, messages(problems))
	}
}
