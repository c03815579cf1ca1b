package aloud

import (
	"testing"

	"vigil/internal/lang"
)

// TestInFrench: what is drawn in French is said in French, and so is what the duty log has in English.
func TestInFrench(t *testing.T) {
	french, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, text, want string }{
		{french.Say("24H"), "4+2?", "4, et 2 qui peuvent en être en 24 heures"},
		{french.Say("7D"), "3+", "3 ou plus en 7 jours"},
		{french.Say("×OWN"), "2,1", "2,1 fois l'habituel"},
		{"xOWN", "?", "habituel inconnu"},
		{french.Say("LEVEL"), "3–5 T↑", "niveau 3 à 5, à cause du terrorisme, relevé récemment"},
		{"LEVEL", "4   C!v", "niveau 4, à cause de la criminalité, expiré, abaissé récemment"},
		{french.Say("EST"), french.Say("V.High"), "estimation : très élevé"},
		{french.Say("EST"), french.Say("Unacc."), "estimation : inacceptable"},
		{french.Say("AGE"), "9j!", "d'il y a 9 jours, trop ancien"},
		{"AGE", "<1m", "d'il y a moins de 1 minute"},
		{"AGE", "2h10", "d'il y a 2 heures 10 minutes"},
		{"AGE", "1\u00a0200a", "d'il y a 1\u00a0200 ans"},
		{french.Say("CANNOT SEE"), "-", "ne voit pas : aucun"},
		{"PEOPLE", "? inj. 2 abd. (2n)", "inconnu blessés, 2 enlevés (2 nationaux)"},
		{french.Say("PEOPLE"), "? " + french.Say("inj.") + " 2 " + french.Say("abd.") + " (2n)", "inconnu blessés, 2 enlevés (2 nationaux)"},
		{french.Say("SEV"), french.Say("unknown"), "gravité inconnue"},
		{"", french.Say("ack ends"), "fin d'acquittement"},
		{"", french.Say("shelf ends"), "fin de suspension"},
		{french.Say("T terror"), "vu", "terrorisme vu"},
		{"", french.SayAs("presence", "counts"), "effectifs"},
		{"", french.Say("counts"), "compte"},
		{"PEOPLE", french.Say("people ?"), "nombre de personnes inconnu"},
		{french.Say("TITLE"), "Who did it?  A - B", "Who did it?  A - B"},
	} {
		if got := Cell(french, c.title, c.text); got != c.want {
			t.Errorf("%s %q is said %q, want %q", c.title, c.text, got, c.want)
		}
	}
	if got, want := OfMany(french, french.Say("NOT ACKED")), "NON acquittées"; got != want {
		t.Errorf("several alarms are said %q, want %q", got, want)
	}
	for in, want := range map[string]string{
		"8 · " + french.Tally(3, "not acked") + " · 2 x": "8, 3 non acquittées, 2 x",
		french.Tally(1, "not acked"):                     "1 non acquittée",
		"2 (2n 0i) +? d'autres":                          "2 (2 nationaux, 0 international) plus on ne sait combien d'autres",
		"!A6  CRIT · 4m":                                 "attention : A6, critique, 4 minutes",
		"Mali MLI  " + french.Say("LEVEL") + " 3–5 T!  " + french.Say("EST") + " " + french.Say("High") + "  " + french.Say("24H") + " 2  " + french.Say("AGE") + " 5h": "Mali MLI, niveau 3 à 5, à cause du terrorisme, expiré, estimation : Élevé, 2 en 24 heures, d'il y a 5 heures",
		"near 31 (28n 3i) +9 no fix":        "near 31 (28 nationaux, 3 internationaux) plus 9 sans position",
		"un agent tué à Gao":                "un agent tué à Gao",
		"4→5":                               "4 à 5",
		"très probable × grave":             "très probable, grave",
		"estimation : probabilité × impact": "estimation : probabilité et impact",
		"47× " + french.Say("HIGH") + " " + french.Say("NOT ACKED"): "47 alarmes, gravité élevée, NON acquittées",
		"Tirs, Gao, pers. ?, radio B2":                              "Tirs, Gao, nombre de personnes inconnu, radio B2",
		"1 h, 0s":                                                   "1 heure, 0 seconde",
		"CRITIQUE A17 : MLI":                                        "critique A17 : MLI",
		"ÉLEVÉE A1 : MLI":                                           "élevée A1 : MLI",
	} {
		if got := Line(french, in); got != want {
			t.Errorf("%q is said %q, want %q", in, got, want)
		}
	}
}

// TestWhatIsCoveredInSpanish has no cut words, of which Spanish has one for each category.
func TestWhatIsCoveredInSpanish(t *testing.T) {
	l, err := lang.Load("es", false)
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]string{"A conflict": "conflicto armado visto", "T terror": "terrorismo visto", "C crime": "delincuencia visto", "U unrest": "disturbios visto"} {
		if got := Cell(l, l.Say(title), "visto"); got != want {
			t.Errorf("%s is said %q, want %q", title, got, want)
		}
	}
	if got, want := Line(l, "A7  "+l.Say("shelf ends")), "A7, fin de aplazamiento"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
