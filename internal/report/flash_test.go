package report_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/report"
	"vigil/internal/safetext"
)

var at = time.Date(2026, 11, 20, 14, 45, 0, 0, time.UTC)

func flash() report.Flash {
	return report.Flash{
		Exercise: true, Number: 2, Of: "A17", Country: "MLI", Subject: safetext.Clean("Abduction, Ansongo, UNCONFIRMED"), At: at, By: safetext.Clean("Oscar"),
		Confirmed: safetext.Block("Two taken from a convoy\n- at Ansongo"), NotConfirmed: safetext.Clean("that [one] was injured"),
		Action: safetext.Clean("Convoy stopped, headcount under way"), Next: at.Add(25 * time.Minute),
	}
}

func TestFlashForms(t *testing.T) {
	f := flash()
	const text = `EXERCISE EXERCISE EXERCISE
FLASH 2 A17 MLI
2026-11-20 14:45Z, Oscar
Abduction, Ansongo, UNCONFIRMED

CONFIRMED:
  Two taken from a convoy
  - at Ansongo

NOT CONFIRMED:
  that [one] was injured

NOT KNOWN:
  nothing stated

ACTION TAKEN:
  Convoy stopped, headcount under way

NEXT REPORT: 15:10Z
EXERCISE EXERCISE EXERCISE
`
	if got := f.Text(); got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
	const sms = "EXERCISE FLASH 2 A17 MLI 20NOV 1445Z. Abduction, Ansongo, UNCONFIRMED. CONF: Two taken from a convoy - at Ansongo. " +
		"NOT CONF: that (one) was injured. NOT KNOWN: -. ACTION: Convoy stopped, headcount under way. NEXT 1510Z"
	if got := f.SMS(); got != sms {
		t.Errorf("got\n%s\nwant\n%s", got, sms)
	}
	md := f.Markdown()
	for _, want := range []string{"**EXERCISE**", "# FLASH 2 A17 MLI", "Two taken from a convoy  \n\\- at Ansongo\n", `that \[one\] was injured`, "## Not known\n\n*nothing stated*", "**Next report:** 15:10Z"} {
		if !strings.Contains(md, want) {
			t.Errorf("no %q in\n%s", want, md)
		}
	}
	f.Next = at.Add(20 * time.Hour)
	if !strings.HasSuffix(f.SMS(), "NEXT 21NOV 1045Z") || !strings.Contains(f.Text(), "NEXT REPORT: 2026-11-21 10:45Z") {
		t.Errorf("on another day:\n%s", f.SMS())
	}
	f.Next = time.Time{}
	if !strings.HasSuffix(f.SMS(), "NEXT none, last report") {
		t.Errorf("the last:\n%s", f.SMS())
	}
}

// TestARestrictedFlashSaysNothing in any of its forms.
func TestARestrictedFlashSaysNothing(t *testing.T) {
	f := flash()
	f.Restricted = true
	for _, s := range []string{f.Text(), f.Markdown(), f.SMS()} {
		for _, secret := range []string{"Ansongo", "convoy", "Convoy", "injured", "Abduction"} {
			if strings.Contains(s, secret) {
				t.Errorf("%q in\n%s", secret, s)
			}
		}
		if !strings.Contains(s, "Restricted incident") || !strings.Contains(s, "FLASH 2") || !strings.Contains(s, "15") {
			t.Errorf("it does not say what it is:\n%s", s)
		}
	}
}

// TestAShortFlashIsHonest: never longer than it may be, in the alphabet of SMS, with head and next whole, and where something is left
// out it says how much.
func TestAShortFlashIsHonest(t *testing.T) {
	const outside = "[]{}\\|^~`"
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) safetext.Text {
			s := rapid.OneOf(rapid.StringN(0, 900, 900), rapid.StringMatching(`([a-zé ]{1,12} ){0,60}`)).Draw(t, name)
			return safetext.Block(s)
		}
		f := report.Flash{
			Exercise: rapid.Bool().Draw(t, "exercise"), Number: rapid.IntRange(1, 999).Draw(t, "number"), Of: safetext.Clean(rapid.String().Draw(t, "of")).String(), Country: "MLI",
			Subject: text("subject"), At: at, Confirmed: text("confirmed"), NotConfirmed: text("not confirmed"), NotKnown: text("not known"), Action: text("action"),
			Next: at.Add(30 * time.Minute), Restricted: rapid.Bool().Draw(t, "restricted"),
		}
		got := f.SMS()
		if len(got) > report.MaxSMS {
			t.Fatalf("%d characters: %s", len(got), got)
		}
		for _, r := range got {
			if r < ' ' || r > '~' || strings.ContainsRune(outside, r) {
				t.Fatalf("%q in %s", r, got)
			}
		}
		if !strings.Contains(got, "NEXT 1515Z") {
			t.Fatalf("no next in %s", got)
		}
		if cut := strings.HasSuffix(got, "NOT WHOLE, ask for the full report"); cut != strings.Contains(got, "..(+") && !strings.Contains(f.Text(), "..(+") {
			t.Fatalf("cut and not said, or said and not cut: %s", got)
		} else if cut && len(got) < report.MaxSMS-120 {
			t.Fatalf("%d characters, cut though there is room: %s", len(got), got)
		}
	})
}
