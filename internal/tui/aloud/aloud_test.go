package aloud

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCell(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"24H", "4", "4 in 24 hours"},
		{"24H", "4+2?", "4, and 2 that may belong in 24 hours"},
		{"30D", "3+", "3 or more in 30 days"},
		{"7D", "?", "unknown in 7 days"},
		{"7D", "2?+", "2 that may belong in 7 days"},
		{"×OWN", "2.1", "2.1 times its own normal"},
		{"xOWN", "?", "own normal unknown"},
		{"LEVEL", "3–5 T↑", "level 3 to 5, driven by terrorism, raised lately"},
		{"LEVEL", "4   C!v", "level 4, driven by crime, expired, lowered lately"},
		{"LEVEL", "3 Moderate!", "level 3 Moderate, expired"},
		{"LEVEL", "2   ?", "level 2, driver unknown"},
		{"LEVEL", "?", "level unknown"},
		{"THREATS", "A4 T5", "threats: armed conflict 4, terrorism 5"},
		{"EST", "V.High", "estimate very high"},
		{"EST", "Unacc.", "estimate unacceptable"},
		{"RECORDS", "1", "1 record"},
		{"ADVIS.", "1", "1 advisory"},
		{"KIL", "?", "unknown killed"},
		{"AGE", "9d!", "9 days old, older than it should be"},
		{"AGE", "<1m", "less than 1 minute old"},
		{"AGE", "2h10", "2 hours 10 minutes old"},
		{"AGE", "?", "age unknown"},
		{"CANNOT SEE", "-", "cannot see none"},
		{"CANNOT SEE", "crime, <7 d", "cannot see crime, less than 7 days"},
		{"PEOPLE", "? inj. 2 abd. (2n)", "unknown injured, 2 abducted (2 national)"},
		{"TITLE", "Who did it?  A - B", "Who did it?  A - B"},
		{"SEV", "CRIT", "severity critical"},
		{"SEV", "?", "severity unknown"},
		{"TOLD", "1/4", "told 1 of 4"},
		{"A conflict", "! 1h10", "conflict blind, 1 hour 10 minutes"},
		{"T terror", "• seen", "terror seen"},
		{"HOW", "", ""},
		{"ALARM", "13×", "13 alarms"},
		{"ALARM", "1,200x", "1,200 alarms"},
		{"AGE", "0s", "0 seconds old"},
		{"AGE", "1h01", "1 hour 1 minute old"},
		{"AGE", "8h00", "8 hours old"},
		{"TIME UTC", "21:00-05:00", "21:00 to 05:00 UTC"},
		{"TIME UTC", "30 Nov-1 Dec", "30 Nov to 1 Dec UTC"},
		{"TIME UTC", "22:34-29 Nov 02:34", "22:34 to 29 Nov 02:34 UTC"},
		{"STEP", "2=", "step 2, at the same time as others"},
	} {
		if got := Cell(nil, c.title, c.text); got != c.want {
			t.Errorf("%s %q is said %q, want %q", c.title, c.text, got, c.want)
		}
	}
}

func TestLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Mali MLI  LEVEL 3–5 T!  EST High  24H 2  AGE 5h", "Mali MLI, level 3 to 5, driven by terrorism, expired, estimate High, 2 in 24 hours, 5 hours old"},
		{"!A6  CRIT · 4m", "attention: A6, critical, 4 minutes"},
		{"near 31 (28n 3i) +9 no fix", "near 31 (28 national, 3 international) plus 9 without a position"},
		{"MLI Gao region: official level 4→5", "MLI Gao region: official level 4 to 5"},
		{"13× HIGH NOT ACKED · 4m", "13 alarms, severity high, NOT acknowledged, 4 minutes"},
		{"CHANGED WITHIN 1 H", "CHANGED WITHIN 1 hour"},
		{"none in 2 h, 1 d", "none in 2 hours, 1 day"},
		{"very likely × severe, by 0s", "very likely, severe, by 0 seconds"},
		{"estimate: likelihood × impact for staff", "estimate: likelihood and impact for staff"},
		{"2.5× of normal", "2.5 times of normal"},
		{"told 6 of 24 · 3 rings/h", "told 6 of 24, 3 rings an hour"},
		{"6 inj. 1 det. ? abd.", "6 injured, 1 detained, unknown abducted"},
		{"near (25 km) ? of 119 (104n 15i)", "near within 25 kilometres, unknown of 119 (104 national, 15 international)"},
		{"there is no fix for it", "there is no fix for it"},
		{"1 source, ESCALATED 1", "1 source, ESCALATED level 1"},
		{"Que faire ? Rien.", "Que faire ? Rien."},
		{"CRITICAL A17: MLI", "critical A17: MLI"},
		{"3 new alarms, the gravest MEDIUM A4: MLI", "3 new alarms, the gravest medium A4: MLI"},
	} {
		if got := Line(nil, c.in); got != c.want {
			t.Errorf("%q is said %q, want %q", c.in, got, c.want)
		}
	}
}

// Whatever a line is: said twice it is the same, and no mark of the screen is left in it.
func TestNoMarkIsLeft(t *testing.T) {
	part := rapid.SampledFrom([]string{"4+2?", "9d!", "3–5 T↑", "4→5", "×OWN 2.1", "▸Mali", "told 1/4", "(2n 1i)", "a · b", "EST High", "word", "~20Nov"})
	rapid.Check(t, func(t *rapid.T) {
		said := Line(nil, strings.Join(rapid.SliceOf(part).Draw(t, "parts"), rapid.SampledFrom([]string{" ", "  ", " · "}).Draw(t, "between")))
		if strings.ContainsAny(said, "→↑↓×·▸•") {
			t.Fatalf("%q", said)
		}
		if again := Text(nil, said); again != said {
			t.Fatalf("%q is said again %q", said, again)
		}
	})
}
