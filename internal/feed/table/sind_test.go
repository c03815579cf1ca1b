package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func TestAidWorkers(t *testing.T) {
	doc := read(t, SiND, testdata(t, "sind.json"))
	if len(doc.Records) != 1 || len(doc.Problems) != 0 || len(doc.Records[0].Problems) != 0 {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	ngo := func(o incident.Outcome, n int) incident.Affected {
		a := population(incident.PopulationNGO, n)
		a.Outcome = incident.Known(o)
		return a
	}
	of := func(s incident.Sex, o incident.Outcome, n int) incident.Affected {
		a := sex(s, n)
		a.Outcome = incident.Known(o)
		return a
	}
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("insecurity-insight/aid"), ID: safetext.Const("90001")},
		Occurred: when("2031-02-26"), Countries: []country.Code{country.MustParse("PSE")}, Admin1: safetext.Const("Gaza Strip"),
		Point: incident.Point{Lat: 31.4427238495, Lon: 34.3707217694}, HasPoint: true, Accuracy: 25,
		Act: incident.Known(incident.Abduction), Target: incident.Known(incident.TargetPersonnel), Holder: incident.Known(incident.HolderNonState),
		Means: safetext.Const("firearms"), Actor: safetext.Const("Group X-RAY (NSA)"),
		Details: safetext.Const("EXERCISE. February 2031: one killed, one taken.\nSiND Event ID 90001; Organisation Affected: INGO, LNGO; " +
			"Programme Focus: Health; Known Kidnapping or Arrest Outcome: Killed; Aid Workers Killed in Captivity: 1"),
		Affected: incident.Breakdown{
			ngo(incident.Killed, 1), ngo(incident.Injured, 0), ngo(incident.Abducted, 2), ngo(incident.Detained, 0),
			people(incident.National, incident.Killed, 1), people(incident.National, incident.Abducted, 2),
			of(incident.SexUnknown, incident.Killed, 1), of(incident.Female, incident.Abducted, 1), of(incident.Male, incident.Abducted, 1),
		},
	}
	got := doc.Records[0].Incident
	got.Details = safetext.Block(got.Details.String())
	if diff := cmp.Diff(want, got, feedtest.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// sindCSV is a file of some columns, of which row gives the cells.
func sindCSV(columns, row string) []byte {
	return []byte("SiND Event ID,Date,Event Description,Country,Country ISO,Latitude,Longitude,Geo Precision,Reported Perpetrator,Weapon Carried/Used," + columns +
		"\n90002,47905,EXERCISE.,Sudan,SDN,15.5,32.5,(3) District,NSA," + row + "\n")
}

func TestWhoIsStaff(t *testing.T) {
	tests := []struct {
		name, columns, row string
		staff              int
		known, harms       bool
	}{
		{"health workers are civilians", "Health Workers Killed,Health Workers Injured", "Shelling,3,0", 0, true, false},
		{"so are teachers and pupils", "Educators Killed,Students Killed,Educators Injured", "Arson,1,2,0", 0, true, false},
		{"and residents of camps", "People Associated with Protection Programme Killed,Victim of Violence", "Firearms,4,Camp Resident", 0, true, false},
		{"aid workers are not", "People Associated with Protection Programme Killed,Victim of Violence", "Firearms,4,Aid Worker ", 4, true, true},
		{"of both kinds nobody knows how many", "People Associated with Protection Programme Killed,Victim of Violence", `Firearms,4,"Aid Worker, Camp Resident"`, 0, false, true},
		{"aid workers hit by explosives", "Launch Type,Aid Workers Killed,Aid Health Workers Killed,Health Workers Killed", "Shelling,Ground-Launched,1,1,5", 2, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := &read(t, SiND, sindCSV(tt.columns, tt.row)).Records[0].Incident
			n, known := i.Affected.Staff(incident.Killed)
			if n != tt.staff || known != tt.known || i.Affected.HarmsStaff() != tt.harms {
				t.Errorf("%d staff killed, known %t, harms %t: %+v", n, known, i.Affected.HarmsStaff(), i.Affected)
			}
			if i.Occurred != when("2031-02-26") {
				t.Errorf("the number of a spreadsheet is %v", i.Occurred)
			}
		})
	}
}

func TestSindWhatIsSexualIsRestricted(t *testing.T) {
	for columns, row := range map[string]string{
		"Type of SV,SV Context,Number of Reported Victims,Survivor or Victim": "Firearms,Rape,CRSV,2,Civilian",
		"Health Workers Injured,Health Workers Sexually Assaulted":            "Firearms,0,1",
	} {
		if i := &read(t, SiND, sindCSV(columns, row)).Records[0].Incident; !i.Restricted() || i.Affected.HarmsStaff() {
			t.Errorf("%s: not restricted: %+v", columns, i)
		}
	}
}

func TestSindWordsThatAreNew(t *testing.T) {
	doc := read(t, SiND, []byte(strings.NewReplacer("NSA", "Robots", "(3) District", "(9) Moon", "SDN", "??", "Sudan", "Atlantis").Replace(
		string(sindCSV("Organisation Affected,Aid Workers Killed,Aid Workers Injured,Infrastructure Affected", "Slingshot,Club,1,0,Submarine")))))
	rec := &doc.Records[0]
	all := strings.Join(feedtest.Messages(rec), "\n")
	for _, want := range []string{`"Robots" is no kind of perpetrator`, `"(9) Moon" is no code of Geo Precision`, `"slingshot" is no weapon`, `"Club" is no code of Organisation`, `"Submarine" is no code of Infrastructure`, `"Atlantis" is no country`} {
		if !strings.Contains(all, want) {
			t.Errorf("said %q, want %q", all, want)
		}
	}
	if i := &rec.Incident; i.Actor.String() != "Robots" || i.Means.String() != "slingshot" || len(i.CountryText) != 1 || i.Accuracy != 0 {
		t.Errorf("not kept: %+v", i)
	}
	if doc := read(t, SiND, []byte(strings.Replace(string(sindCSV("Launch Type", "Shelling,x")), "90002", " ", 1))); doc.Records[0].Kind != feed.Rejected {
		t.Error("a row without a number is used")
	}
}

// The files of its interface on children, water and vaccinations, and the sexual violence of politics, write their
// columns in other words. What is told of sexual violence is restricted, also where only the description tells it.
func TestSindOfTheInterface(t *testing.T) {
	const head = `"Country":"Sudan","Country ISO":"SDN","Geo Precision":"(2) 25 km Precision ","Reported Perpetrator":"NSA",`
	for name, tt := range map[string]struct {
		body, authority, occurred, actor string
		act                              incident.Act
		restricted                       bool
	}{
		"children": {
			`"Date":"03-11-2031","Event Description":"EXERCISE a school","Name of the Party":"BRAVO","Incident Type":"Attack on School, Minor Killed or Maimed","SiND Event ID":1`,
			"children", "2031-11-03", "BRAVO (NSA)", incident.AttackOnPremises, false,
		},
		"children, sexual violence": {
			`"Date":"29-10-2031","Event Description":"EXERCISE","Name of the Party":"BRAVO","Incident Type":"Attack on School, Minor Affected by Conflict-Related Sexual Violence (CRSV)","SiND Event ID":1`,
			"children", "2031-10-29", "BRAVO (NSA)", incident.SexualViolence, true,
		},
		"sexual violence of politics": {
			`"Date":"2031-10-29","Event Description":"EXERCISE","Reported Perpetrator Name":"BRAVO","Type Of Sexual Violence":"Intimidation","Number of Reported Victims":"2","SIND Event ID":1`,
			"crsv", "2031-10-29", "BRAVO (NSA)", incident.SexualViolence, true,
		},
		"water": {
			`"Date":"2031-10-29","Event Description":"EXERCISE a pipe","Reported Perpetrator Name":"BRAVO","Water Infrastructure Category Affected":null,"Attacks on Persons Collecting Water":"Yes","Number Of Attacks Where Water Infrastructure Was Looted":1,"Sind Event ID":1`,
			"water", "2031-10-29", "BRAVO (NSA)", incident.Assault, false,
		},
		"water, in words": {
			`"Date":"2031-10-29","Event Description":"EXERCISE two were abducted and raped","Reported Perpetrator Name":"BRAVO","Water Infrastructure Category Affected":null,"Sind Event ID":1`,
			"water", "2031-10-29", "BRAVO (NSA)", incident.ActUnknown, true,
		},
		"vaccinations": {
			`"Date":"2031-10-29T00:00:00.000Z","Event Description":"EXERCISE","Reported Perpetrator Name":"BRAVO","Total Health Workers Kidnapped":"2","Total Vaccinators Killed":null,"Total Vaccinators Kidnapped":"1","Event ID":1`,
			"vaccinations", "2031-10-29", "BRAVO (NSA)", incident.Abduction, false,
		},
	} {
		rec := &read(t, SiND, []byte("[{"+head+tt.body+"}]")).Records[0]
		i := &rec.Incident
		if i.Identity.Authority.String() != "insecurity-insight/"+tt.authority || i.Occurred != when(tt.occurred) || i.Actor.String() != tt.actor ||
			!i.Act.Is(tt.act) || i.Restricted() != tt.restricted || len(rec.Problems) != 0 {
			t.Errorf("%s: %v %q: %+v", name, i.Restricted(), feedtest.Messages(rec), i)
		}
	}
}

// TestSindReal: every word of the real files is known, and the figures are those of the files, counted
// independently.
func TestSindReal(t *testing.T) {
	type sums map[string]int
	files := map[string]struct {
		records, staffKilled, restricted int
		outcomes                         sums
	}{
		"aidWorkerKIKA.json": {1299, 593, 2, sums{
			"killed": 593, "injured": 853, "abducted": 587, "detained": 807, "killed national": 516, "killed international": 32,
			"killed f": 41, "killed m": 276, "detained national": 624, "abducted m": 178, "killed ngo": 447, "killed un": 72, "killed red_cross": 69,
		}},
		"foodSecurity.json":          {12, 0, 0, nil},
		"foodSecurity-backfill.json": {193, 0, 26, nil},
		"derived/attacks-on-health-care-2016-2023.csv": {8854, 0, 73, sums{
			"killed": 1634, "injured": 2519, "abducted": 1212, "detained": 1781, "intimidated": 1868, "assaulted": 734, "sexually_assaulted": 72, "killed civilian": 1634,
		}},
		"derived/protection-in-danger-2020-2023.csv":               {624, 4, 40, sums{"killed": 1236, "detained": 2134, "abducted": 104}},
		"2020-2023-protection-in-danger-incident-data.xlsx":        {624, 4, 40, sums{"killed": 1236, "detained": 2134, "abducted": 104}},
		"2024 Conflict Related Sexual Violence Incident Data.xlsx": {128, 0, 128, nil},
	}
	for name, want := range files {
		t.Run(name, func(t *testing.T) {
			doc, err := SiND.Document(feed.NewContext("x"), feedtest.Real(t, "insecurity-insight/"+name))
			if err != nil {
				t.Fatal(err)
			}
			staff, restricted, nowhere := 0, 0, 0
			got := sums{}
			for n := range doc.Records {
				rec := &doc.Records[n]
				for _, p := range rec.Problems {
					t.Errorf("%s", p)
				}
				i := &rec.Incident
				feedtest.RoundTrip(t, i)
				if i.Restricted() {
					restricted++
				}
				k, _ := i.Affected.Staff(incident.Killed)
				staff += k
				for key := range want.outcomes {
					cut := incident.Cut{}
					for word := range strings.FieldsSeq(key) {
						cut = narrow(cut, word)
					}
					k, _ := i.Affected.Figure(cut)
					got[key] += k
				}
				if len(i.Countries) == 0 {
					nowhere++
				}
				if i.Occurred.Precision != incident.ToDate || len(i.CountryText) > 0 {
					t.Errorf("line %d: %v in %v", rec.Line, i.Occurred, i.CountryText)
				}
			}
			if len(doc.Records) != want.records || len(doc.Problems) != 0 || staff != want.staffKilled || restricted != want.restricted {
				t.Errorf("%d records, %d staff killed, %d restricted, problems %v", len(doc.Records), staff, restricted, doc.Problems)
			}
			if blank := map[string]int{"derived/attacks-on-health-care-2016-2023.csv": 2}[name]; nowhere != blank {
				t.Errorf("%d rows without a country, where %d have no cell of one", nowhere, blank)
			}
			if diff := cmp.Diff(want.outcomes, got); want.outcomes != nil && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func narrow(c incident.Cut, word string) incident.Cut {
	if p := incident.ParsePopulation(word); !p.Unlisted() {
		c.Population = p.Value
	} else if r := incident.ParseRecruitment(word); !r.Unlisted() {
		c.Recruitment = r.Value
	} else if s := incident.ParseSex(word); !s.Unlisted() {
		c.Sex = s.Value
	} else {
		c.Outcome = incident.ParseOutcome(word).Value
	}
	return c
}
