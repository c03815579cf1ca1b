package handover

import (
	"strings"
	"testing"
	"unicode"

	"vigil/internal/duty"
	opened "vigil/internal/handover"
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

// items are the words of what is handed over: the log gets them as they are.
func items(v picture.View) []string {
	words := tuitest.Recorded(v)
	for _, thing := range opened.Things(opened.Open(v, tuitest.Now)) {
		words = append(words, strings.FieldsFunc(thing.Words, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	return words
}
