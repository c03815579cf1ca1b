package journaltest

import (
	"flag"
	"fmt"
	"io"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

var proof = flag.String("proof", "small", "how often each proof is run: small, or full for the figures that are promised")

// Times is how often something is tried: a few times in every run of the tests, and as often as promised with
//
//	go test -run TestProof -v ./internal/journal ./internal/dutylog ./internal/intake -args -proof=full
func Times(small, full int) int {
	if *proof == "full" {
		return full
	}
	return small
}

// Figures are what one proof counted, to be printed below one another.
type Figures struct {
	title string
	rows  []figure
}

type figure struct {
	n     int
	words string
}

// NewFigures begins the figures of a proof.
func NewFigures(title string) *Figures { return &Figures{title: title} }

// Row adds one figure.
func (f *Figures) Row(n int, words string) { f.rows = append(f.rows, figure{n, words}) }

// Print prints the figures, unless the proof failed and they would prove nothing.
func (f *Figures) Print(t testing.TB, w io.Writer) {
	if t.Failed() {
		return
	}
	p := message.NewPrinter(language.English)
	fmt.Fprintln(w, f.title)
	for _, r := range f.rows {
		fmt.Fprintf(w, "%12s  %s\n", p.Sprintf("%d", r.n), r.words)
	}
}
