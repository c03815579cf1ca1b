// Package plain prints the picture for readers that are no screen: people with a dumb terminal, a
// pipe or a log, and other programs.
//
//	StatusJSON  one snapshot, the contract vigil.status/1
//	StatusTable the same for people, at any width
//	AlarmsJSON, AlarmsText  the open alarms of it alone; the contract vigil.alarms/1
//	Tail        one line per change, as it happens; with JSON the contract vigil.tail/1
//	CheckText, CheckJSON  what is wrong with a desk; the contract vigil.check/1
//	Console     the console where there is no terminal for it: a table, then lines
//
// What all of them guarantee:
//
//   - They print a picture.View and nothing else, so that nothing is printed that the viewer may not
//     see. They read no clock and no environment: the time is the picture's, or passed in.
//   - What nobody could know is "?" in text and null in JSON, never 0 and never "". Figures are
//     written by package figure, in the words of the console.
//   - On an exercise desk EXERCISE stands on every line of text; in JSON it is desk.exercise.
//   - A line holds no control character whatever the input was: its text is safetext, and the only
//     format characters are the isolates around right-to-left text.
//   - Each line is one Write, so that lines of several writers do not mix within a line. The first
//     error of the writer is returned and nothing is written after it.
//
// The JSON contracts are frozen: keys are added, never renamed, and their order is that of the
// structs here. Times are RFC 3339 in UTC to the second; a date that is known only to the day,
// month or year is written so.
package plain

import (
	"io"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Layout says how lines for people are laid out.
type Layout struct {
	Width int  // cells of a line of a table; 0 is DefaultWidth
	ASCII bool // only ASCII marks
	// Language is that of who reads what changes as it is told on a console; nil is English, as everything is that programs may read.
	Language *lang.Language
}

// DefaultWidth is the width of tables where no terminal says another, and MinWidth the least that
// they are laid out for.
const (
	DefaultWidth = 80
	MinWidth     = 40
)

func (l Layout) width() int {
	if l.Width == 0 {
		return DefaultWidth
	}
	return max(l.Width, MinWidth)
}

func (l Layout) hand() figure.Hand { return figure.NewHand(l.ASCII, l.Language) }

// words is the hand of what is made ASCII as a whole.
func (l Layout) words() figure.Hand { return figure.NewHand(false, l.Language) }

// text is t on one line, in what the terminal has.
func (l Layout) text(t safetext.Text) string {
	if l.ASCII {
		return t.OneLine().ASCII()
	}
	return t.OneLine().Isolated()
}

// clean is for text that figures were put together with.
func (l Layout) clean(s string) string { return l.text(safetext.Clean(s)) }

// Watermark is what each line about an exercise desk begins with, empty for a real one.
func Watermark(v picture.View) string {
	if v.Desk().Exercise {
		return "EXERCISE "
	}
	return ""
}

// printer writes lines, and keeps the first error.
type printer struct {
	w      io.Writer
	prefix string
	err    error
}

func deskPrinter(w io.Writer, v picture.View) *printer { return &printer{w: w, prefix: Watermark(v)} }

// printer is [deskPrinter] of what is said in the language of a layout.
func (l Layout) printer(w io.Writer, v picture.View) *printer {
	p := deskPrinter(w, v)
	if p.prefix != "" {
		p.prefix = l.clean(l.words().Say("EXERCISE")) + " "
	}
	return p
}

// room is how many cells a line has behind the watermark.
func (p *printer) room(l Layout) int { return l.width() - len(p.prefix) }

func (p *printer) line(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, strings.TrimRight(p.prefix+s, " ")+"\n")
	}
}
