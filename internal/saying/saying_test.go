package saying_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vigil/internal/saying"
)

// loud says everything in capitals, but for the values.
type loud struct{}

func (loud) Say(s string) string { return strings.ToUpper(s) }

func (loud) Sayf(s string, args ...any) string {
	return fmt.Sprintf(strings.NewReplacer("%S", "%s", "%D", "%d").Replace(strings.ToUpper(s)), args...)
}

func (l loud) SayAs(_, english string) string { return l.Say(english) }

func (l loud) Forms(n int, one, more string) string {
	if n == 1 {
		more = one
	}
	return l.Number(n) + " " + l.Say(more)
}

func (loud) Decimal(v float64, decimals int) string {
	return strings.Replace(saying.English.Decimal(v, decimals), ".", ",", 1)
}

func (loud) Number(n int) string { return saying.Grouped(n, ".") }

func (loud) Units(age string) string { return strings.ToUpper(age) }

func (l loud) Nation(alpha3, english string) string { return l.Say(english) + "!" }

func TestErrorsInAnotherLanguage(t *testing.T) {
	not := saying.Errorf("not done")
	closed := saying.Errorf("%s: %s is closed", not, "A17")
	for _, tt := range []struct {
		err         error
		plain, loud string
	}{
		{nil, "", ""},
		{not, "not done", "NOT DONE"},
		{saying.Errorf("%s: it has %d bytes", not, 12345), "not done: it has 12,345 bytes", "NOT DONE: IT HAS 12.345 BYTES"},
		{closed, "not done: A17 is closed", "NOT DONE: A17 IS CLOSED"},
		{fmt.Errorf("ack: %w", closed), "ack: not done: A17 is closed", "ack: NOT DONE: A17 IS CLOSED"},
		{fmt.Errorf("%w, twice", closed), "not done: A17 is closed, twice", "not done: A17 is closed, twice"},
		{saying.Errorf("item %d: %s", 3, io.EOF), "item 3: EOF", "ITEM 3: EOF"},
		{io.EOF, "EOF", "EOF"},
	} {
		if got := saying.In(saying.English, tt.err); got != tt.plain {
			t.Errorf("%v in English: %q", tt.err, got)
		}
		if got := saying.In(loud{}, tt.err); got != tt.loud {
			t.Errorf("%v aloud: %q", tt.err, got)
		}
	}
	if !errors.Is(closed, not) || !errors.Is(fmt.Errorf("x: %w", closed), not) || errors.Is(closed, io.EOF) {
		t.Error("what is wrapped is not found, or what is not is")
	}
}
