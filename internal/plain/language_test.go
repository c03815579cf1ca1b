package plain

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/golden"
	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/safetext"
)

// toldIn are the lines of a console that tells only what changes, of every kind of change that there is, in a language.
func toldIn(t *testing.T, l *lang.Language) []string {
	t.Helper()
	r := sahel(true)
	var b bytes.Buffer
	c := NewChanges(&b, Layout{Language: l})
	c.tail.options.Start, c.tail.options.Since = now, 400*day
	r.SetCalendar([]calendar.Entry{{Title: safetext.Const("MV3"), Kind: calendar.Movement, Start: ago(3 * hour), End: ago(hour), Country: country.MLI}}, now)
	err := c.Show(r.view(), false)
	d := r.view().Desk()
	d.Waiting = 3
	r.SetDesk(d)
	if err = errors.Join(err, c.Show(r.view(), false)); err != nil {
		t.Fatal(err)
	}
	d.Waiting = 0
	r.SetDesk(d)
	if err := c.Show(r.view(), false); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
}

// TestChangesAreSaidInTheLanguage of whoever has the console as plain lines: what programs read of it is in English.
func TestChangesAreSaidInTheLanguage(t *testing.T) {
	data := map[string]bool{"vigil": true, "restricted": true} // the second begins an id, see restricted
	for word := range strings.FieldsSeq("mli ner radio border gdacs awsd travel hapi new two drivers of a convoy taken ansongo gao region agency") {
		data[word] = true
	}
	for _, word := range langtest.Plain(toldIn(t, langtest.Pseudo()), data) {
		t.Errorf("%s is in English", word)
	}
	l, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "changes-fr.txt", strings.Join(toldIn(t, l), "\n")+"\n")
}
