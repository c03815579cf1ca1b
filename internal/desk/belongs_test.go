package desk

import (
	"strings"
	"testing"
)

func TestBelongs(t *testing.T) {
	for data, want := range map[string]string{
		"\uFEFFbegin:vcalendar\r\nVERSION:2.0\r\n":               CalendarDir,
		"# set by UNDSS\ncountry: MLI\nscheme: un-sls\nareas:\n": LevelsDir,
		"areas:\n  - {name: Gao}\ncountry: MLI\n":                LevelsDir,
		"country: MLI\nname: x\n":                                "",
		"a:\n  country: MLI\n  scheme: un-sls\n":                 "", // not at the margin
		"Country;Scheme;Name;Level\nMLI;un-sls;Gao;5\n":          LevelsDir,
		"country,count\nMLI,4\n":                                 PresenceDir,
		"Staff No,Surname,Duty Station,Country\n":                PresenceDir,
		"Matricule;Nom;Pr\xe9nom;Pays\n":                         PresenceDir, // Windows-1252
		"Staff of the office\n\nperson_id,sex,country\n":         PresenceDir, // below a title
		"\xff\xfei\x00d\x00\t\x00s\x00e\x00x\x00\n\x00":          PresenceDir, // UTF-16
		"Canary One,Gao\nCanary Two,Kidal\n":                     "",
		"colour,taste\nred,sweet\n":                              "",
		"Dear colleague,\nbest\n":                                "",
		"":                                                       "",
		"\"country,count\n":                                      "", // a quotation that never ends
		`{"country":"MLI","n":1}`:                                "",
	} {
		if got := Belongs([]byte(data)); got != want {
			t.Errorf("%q belongs to %q; want %q", data, got, want)
		}
	}
}

// TestBelongsNeedsTheBeginningOnly: what follows the beginning changes nothing, wherever it is cut.
func TestBelongsNeedsTheBeginningOnly(t *testing.T) {
	for head, want := range map[string]string{
		"person_id,name,country\n":               PresenceDir,
		"country: MLI\nscheme: un-sls\nareas:\n": LevelsDir,
		"country,scheme,name,level\n":            LevelsDir,
		"BEGIN:VCALENDAR\r\n":                    CalendarDir,
	} {
		for _, row := range []string{"x,\"\u00e9\",MLI\n", "  - {name: x, level: 1}\n", strings.Repeat("x", 5000)} {
			if got := Belongs([]byte(head + strings.Repeat(row, 1000))); got != want {
				t.Errorf("%q, then many of %.20q, belongs to %q; want %q", head, row, got, want)
			}
		}
	}
}

// TestWhatTheTemplateHoldsBelongs: each example is known for what it is.
func TestWhatTheTemplateHoldsBelongs(t *testing.T) {
	for name, want := range map[string]string{
		"levels.yaml": LevelsDir, "levels.csv": LevelsDir, "roster.csv": PresenceDir, "headcount.csv": PresenceDir, "radio.jsonl": "",
	} {
		data, err := template.ReadFile("template/examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := Belongs(data); got != want {
			t.Errorf("%s belongs to %q; want %q", name, got, want)
		}
	}
}

func FuzzBelongs(f *testing.F) {
	f.Add([]byte("person_id,name,country\n"))
	f.Add([]byte("country: MLI\nscheme: un-sls\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		switch got := Belongs(data); got {
		case "", CalendarDir, LevelsDir, PresenceDir:
		default:
			t.Errorf("%q is no folder", got)
		}
	})
}
