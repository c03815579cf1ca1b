package propose_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
	"vigil/internal/feed/propose"
)

func TestHeadingsAbroad(t *testing.T) {
	for name, tt := range map[string]struct {
		body   string
		want   map[string]string
		unused []string
	}{
		"French": {
			"N°;Date de publication;Date de l’incident;Heure;Pays;Région;Ville;Localité;Type d'incident;Morts;Blessés;Enlevés;Personnel tué;Gravité;Titre;Résumé;Source\n" +
				"1;16/04/2031;13/04/2031;14:30;Mali;Gao;Gao;Ansongo;Enlèvement;0;1;2;0;Élevée;EXERCICE un;EXERCICE un texte;Radio\n" +
				"2;17/04/2031;14/04/2031;8h00;Tchad;Lac;Bol;Bol;Fusillade;3;0;0;1;Faible;EXERCICE deux;EXERCICE deux textes;Radio\n",
			map[string]string{
				"id": "N°", "reported": "Date de publication", "occurred": "Date de l’incident", "time": "Heure", "dates": "=dmy", "country": "Pays", "admin1": "Région", "place": "Localité",
				"act": "Type d'incident", "affected.anybody.killed": "Morts", "affected.anybody.injured": "Blessés", "affected.anybody.abducted": "Enlevés",
				"affected.staff.killed": "Personnel tué", "severity": "Gravité", "title": "Titre", "details": "Résumé",
			},
			[]string{"Ville", "Source"},
		},
		"French without accents, in capitals": {
			"NUMERO,DATE,PAYS,LIEU,TYPE INCIDENT,PERSONNES TUEES,PERSONNES BLESSEES,DETAILS\n" +
				"1,2031-04-13,NIGER,AYOROU,VOL,0,0,EXERCICE un\n2,2031-04-14,MALI,GAO,EXPLOSION,2,1,EXERCICE deux\n",
			map[string]string{
				"id": "NUMERO", "occurred": "DATE", "country": "PAYS", "place": "LIEU", "act": "TYPE INCIDENT",
				"affected.anybody.killed": "PERSONNES TUEES", "affected.anybody.injured": "PERSONNES BLESSEES", "details": "DETAILS",
			},
			nil,
		},
		"Spanish": {
			"Nº,Fecha,Hora,País,Ciudad,Tipo,Muertos,Heridos,Secuestrados,Descripción\n" +
				"1,2031-04-13,14:30,Colombia,Cali,Robo,0,1,0,EXERCISE one\n2,2031-04-14,08:00,Perú,Lima,Tiroteo,1,0,2,EXERCISE two\n",
			map[string]string{
				"id": "Nº", "occurred": "Fecha", "time": "Hora", "country": "País", "place": "Ciudad", "act": "Tipo", "affected.anybody.killed": "Muertos",
				"affected.anybody.injured": "Heridos", "affected.anybody.abducted": "Secuestrados", "details": "Descripción",
			},
			nil,
		},
		"German": {
			"Nr;Datum;Zeit;Land;Ort;Vorfall;Tote;Verletzte;Breite;Länge;Beschreibung\n" +
				"1;2031-04-13;14:30;Mali;Gao;Raub;0;1;16,27;-0,04;EXERCISE one\n2;2031-04-14;08:00;Niger;Ayorou;Entführung;1;0;14,7;0,9;EXERCISE two\n",
			map[string]string{
				"id": "Nr", "occurred": "Datum", "time": "Zeit", "country": "Land", "place": "Ort", "act": "Vorfall", "affected.anybody.killed": "Tote",
				"affected.anybody.injured": "Verletzte", "lat": "Breite", "lon": "Länge", "details": "Beschreibung",
			},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := propose.Of(feed.NewContext("feeds/x"), []byte(tt.body))
			if err != nil || !p.Fits() {
				t.Fatalf("%v, %+v", err, p)
			}
			if diff := cmp.Diff(tt.want, p.Map().Fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.unused, p.Unused); diff != "" {
				t.Errorf("unused (-want +got):\n%s", diff)
			}
			zone := slices.ContainsFunc(p.Notes, func(n string) bool { return strings.HasPrefix(n, "times of day have no zone") })
			if zone != (tt.want["time"] != "") {
				t.Errorf("of times of day: %q", p.Notes)
			}
			if doc := pasted(t, p, []byte(tt.body)); len(doc.Records) != 2 || len(doc.Records[0].Incident.Countries) != 1 || doc.Records[0].Incident.Occurred.IsZero() {
				t.Errorf("%+v", doc.Records)
			}
		})
	}
}

// TestFiguresAreNotOfStaff: an article is not the United Nations, and a sum of several outcomes or a part of those who are
// meant is none of them.
func TestFiguresAreNotOfStaff(t *testing.T) {
	for heading, want := range map[string]string{
		"Blessés par un engin":   "affected.anybody.injured",
		"Heridos en un atentado": "affected.anybody.injured",
		"UN killed":              "affected.un.killed",
		"Morts ONU":              "affected.un.killed",
		"Morts civils":           "affected.civilian.killed",
		"Morts et blessés":       "",
		"Tote/Verletzte":         "",
		"Killed and injured":     "",
		"Femmes tuées":           "",
		"Women killed":           "",
	} {
		p, err := propose.Of(feed.NewContext("feeds/x"), []byte("id,date,country,"+heading+"\n1,2031-04-13,MLI,2\n2,2031-04-14,MLI,0\n"))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range p.Fields {
			if strings.HasPrefix(f.Name, "affected.") {
				got += f.Name
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

// TestNoHeadings: where the first row is one of values it is said, and no row is lost in silence.
func TestNoHeadings(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		bad  bool
	}{
		"a date":           {"1,2031-04-13,MLI,2\n2,2031-04-14,MLI,0\n", true},
		"a doubtful date":  {"1,03/04/2031,MLI,2\n2,04/04/2031,MLI,0\n", true},
		"a position":       {"a,16.27,-0.04\nb,14.1,0.9\n", true},
		"years":            {"Country,2029,2030\nMLI,1,2\n", false},
		"below a title":    {"EXERCISE log,,\nid,date,country\n1,2031-04-13,MLI\n", false},
		"numbered columns": {"1,2,3\nMLI,a,b\n", false},
	} {
		_, err := propose.Of(feed.NewContext("feeds/x"), []byte(tt.body))
		if bad := err != nil && strings.HasPrefix(err.Error(), "feeds/x:1: there are dates or figures where headings should be"); bad != tt.bad || err != nil && !bad {
			t.Errorf("%s: %v", name, err)
		}
	}
}
