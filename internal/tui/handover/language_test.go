package handover

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"vigil/internal/duty"
	"vigil/internal/figure"
	opened "vigil/internal/handover"
	"vigil/internal/lang/langtest"
	"vigil/internal/picture"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	open := func() screen.Screen { return New() }
	outgoing := desk(t)
	tuitest.Languages(t, "outgoing", outgoing, open, items(outgoing)...)
	incoming, _ := signed(
		t, 1, &duty.Note{Text: duty.Words("Both gates of the compound checked.")},
		answer(duty.ItemAccepted, "", 1), answer(duty.ItemDeclined, "nobody was told yet", 2), answer(duty.ItemDeclined, "x", 3), answer(duty.ItemSignedOff, "asked again", 3),
	)
	tuitest.Languages(t, "incoming", incoming, open, items(incoming)...)
	nothing := tuitest.Empty().View()
	tuitest.Said(t, nothing, open, items(nothing)...)
}

// TestItemsThatWereSignedAreSaid as long as they are as they were signed, and stand in the log in English.
func TestItemsThatWereSignedAreSaid(t *testing.T) {
	open := func() screen.Screen { return New() }
	v := tuitest.Ringing().View()
	tuitest.Languages(t, "ringing", v, open)
	d, l := tuitest.RingingLog()
	l.Say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	v = l.On(d).View()
	offer := opened.Offer(v, tuitest.Now, duty.Words("Oscar"), duty.Text{})
	words := offer.Items[0].Words.String()
	l.Say(time.Minute, "Oscar", offer)
	v = l.On(d).View()
	tuitest.Said(t, v, open)
	shown := func(v picture.View) string {
		fr, s := tuitest.In(t, "fr", tuitest.Frame(t, v, tuitest.Sizes[2])), New()
		s.Arrived(fr)
		return strings.Join(s.Lines(fr), "\n")
	}
	if text := shown(v); !strings.Contains(words, "cannot exclude") || strings.Contains(text, "cannot exclude") || !strings.Contains(text, "on ne peut exclure : personnel tué") {
		t.Errorf("signed %q, which shows as\n%s", words, text)
	}
	for _, i := range offer.Items {
		if i.Words.String() != "" && strings.Contains(i.Words.String(), "depuis") {
			t.Errorf("the log gets %q", i.Words)
		}
	}
	// What was signed otherwise stands as it was signed.
	offer.Items[0].Words = duty.Words("as it was signed")
	l.Say(30*time.Second, "Oscar", offer)
	v = l.On(d).View()
	if text := shown(v); !strings.Contains(text, "as it was signed") {
		t.Errorf("%s", text)
	}
}

// items are what stands in the entries of the log, as in the items what people wrote, and what an older vigil rang.
func items(v picture.View) []string {
	words := tuitest.Recorded(v)
	for _, thing := range opened.Things(opened.OpenIn(figure.NewHand(false, langtest.Pseudo()), v, tuitest.Now)) {
		words = append(words, strings.FieldsFunc(thing.Said, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	return words
}
