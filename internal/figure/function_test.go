package figure_test

import (
	"slices"
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/profile"
)

func handIn(t *testing.T, tag string) figure.Hand {
	t.Helper()
	l, err := lang.Load(tag, false)
	if err != nil {
		t.Fatal(err)
	}
	return figure.Hand{Language: l}
}

// TestFunctions: whom to call is named in the language of whoever reads it, as far as the desk has used a word of the field; its zone and its
// number are the desk's.
func TestFunctions(t *testing.T) {
	fr, es := handIn(t, "fr"), handIn(t, "es")
	for _, tt := range []struct{ called, fr, es string }{
		{"designated official", "responsable désigné", "oficial designado"},
		{"security adviser 2", "conseiller sécurité 2", "asesor de seguridad 2"},
		{"Security management team", "équipe de coordination du dispositif de sécurité", "equipo de gestión de la seguridad"},
		{"warden Gao region", "chef d'îlot Gao region", "jefe de zona Gao region"},
		{"medical", "service médical", "servicio médico"},
		{"medical evacuation desk", "service médical evacuation desk", "servicio médico evacuation desk"},
		{"wardens", "wardens", "wardens"},
		{"camp manager", "camp manager", "camp manager"},
		{"", "", ""},
	} {
		if f, e := fr.Function(tt.called), es.Function(tt.called); f != tt.fr || e != tt.es {
			t.Errorf("%q: %q, %q", tt.called, f, e)
		}
		if got := handIn(t, lang.English).Function(tt.called); !strings.EqualFold(got, tt.called) {
			t.Errorf("%q in English: %q", tt.called, got)
		}
	}
	for _, k := range profile.Kinds() {
		called := k + " 2"
		if f, e := fr.Channel(called), es.Channel(called); !slices.Contains([]string{"VHF", "HF", "satellite"}, k) && (f == called || e == called) {
			t.Errorf("%q: %q, %q", called, f, e)
		}
	}
	said := duty.SaysIn(fr, &duty.Told{Contact: "warden Gao region", Channel: "in person", Outcome: duty.ReadBack, Words: duty.Words("headcount begun")})
	if want := "chef d'îlot Gao region par en personne : collationné : headcount begun"; strings.ReplaceAll(said, "\u00a0", " ") != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// TestSeverityAgrees: a severity is of the gender that the word for it has.
func TestSeverityAgrees(t *testing.T) {
	for tag, want := range map[string]string{
		"fr": "inconnue négligeable mineure modérée grave critique",
		"es": "desconocida insignificante leve moderada grave crítica",
	} {
		var got []string
		for s := incident.SeverityUnknown; s <= incident.Critical; s++ {
			r := picture.Row{}
			r.Severity.Value = s
			got = append(got, handIn(t, tag).Severity(&r))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// TestUnknownAgrees: what nobody knows agrees with what it is said of, where the language has more than one unknown.
func TestUnknownAgrees(t *testing.T) {
	for tag, want := range map[string]map[string]string{
		"fr": {"threat": "inconnue", "act": "inconnu", "severity": "inconnue"},
		"es": {"threat": "desconocida", "act": "desconocido", "severity": "desconocida"},
	} {
		h := handIn(t, tag)
		for _, f := range h.Fields(country.Naming(0), &incident.Incident{}) {
			if w, is := want[f.Name]; is && f.Value != w {
				t.Errorf("%s: %s is %q, want %q", tag, f.Name, f.Value, w)
			}
		}
		if got := h.Threat(incident.ThreatUnknown); got != want["threat"] {
			t.Errorf("%s: a threat is %q", tag, got)
		}
	}
	graded := &incident.Incident{Severity: incident.Known(incident.Moderate), Threat: incident.Known(incident.ArmedConflict)}
	for _, f := range handIn(t, "fr").Fields(country.Naming(0), graded) {
		if want := map[string]string{"severity": "modérée", "threat": "conflit armé"}[f.Name]; want != "" && f.Value != want {
			t.Errorf("%s is %q, want %q", f.Name, f.Value, want)
		}
	}
}
