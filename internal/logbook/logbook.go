// Package logbook is the duty log as it is read: what an entry says in one line and whole, and which entries a filter asks for.
// The console, the command line and whoever reads a printed log see the same words.
//
// Beside an entry stands what the record or the alarm that it is about said at that time ([Reading.About]). That is looked up in the picture when
// the log is read, and is written nowhere: an entry names a record, and what it says may become restricted.
//
// Pure and safe for concurrent use. What it gives is safe to show, and nothing of it is restricted, whoever looks.
package logbook

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
)

// Line is one record of the log as it stands in the file.
type Line struct {
	Seq   uint64
	Where duty.Line
	Raw   []byte        // the entry as JSON, exactly
	Entry *duty.Entry   // nil if it cannot be read
	Bad   safetext.Text // why
}

// Time is how the time of an entry is written: to the second, in UTC.
func Time(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// Who is who made the entry: a call sign or a function, else the role.
func Who(e *duty.Entry) safetext.Text { return e.Who() }

// Reading is the log as it is read at a time. It can be copied.
type Reading struct {
	View picture.View // in which records are looked up; that of nothing where they could not be read, or are not to be
	Book *duty.Book   // knows what alarms are called; it may be of later entries than those that are read
	Bare bool         // nothing is looked up: entries stand as they were written
	hand figure.Hand  // what was looked up is said so
}

// In is how the log of a picture is read.
func In(v picture.View) Reading { return Reading{View: v, Book: v.Duty(), hand: figure.Plain} }

// For is the reading for somebody who reads figures and words in a hand. What entries say themselves is the same for all.
func (r Reading) For(h figure.Hand) Reading {
	r.hand = h
	return r
}

// Read is how some lines are read. records gives the picture, and is asked where there is anything to look up; nil looks nothing up.
func Read(b *duty.Book, lines []Line, records func() picture.View) Reading {
	r := Reading{Book: b, Bare: records == nil, hand: figure.Plain}
	if !r.Bare && slices.ContainsFunc(lines, func(l Line) bool { return l.Entry != nil && len(r.names(l.Entry)) > 0 }) {
		r.View = records()
	}
	return r
}

// Says is what the entry says, on one line, without the alarm that it is about.
func (r *Reading) Says(e *duty.Entry) string { return duty.SaysIn(r.hand, r.veiled(e)) }

// What is what the entry says, on one line.
func (r *Reading) What(e *duty.Entry) safetext.Text {
	return safetext.Clean(r.line(e))
}

// Part is a part of an entry with its name.
type Part struct {
	Name string
	Text safetext.Text // on several lines where it has them
}

// Parts are the texts of an entry that are longer than its line, whole; nil where the line says everything.
func (r *Reading) Parts(e *duty.Entry) []Part {
	var parts []Part
	add := func(name string, t duty.Text) {
		if !t.IsZero() {
			parts = append(parts, Part{name, t.Safe()})
		}
	}
	switch v := r.veiled(e).(type) {
	case *duty.Note:
		add("text", v.Text)
	case *duty.Flash:
		add("confirmed", v.Confirmed)
		add("not confirmed", v.NotConfirmed)
		add("not known", v.NotKnown)
		add("action", v.Action)
	case *duty.Offer:
		for _, i := range v.Items {
			parts = append(parts, Part{safetext.Clean(i.Topic).OneLine().String(), i.Words.Safe()})
		}
		add("notes", v.Notes)
	}
	return parts
}

// vocabulary is the filter language over entries.
func vocabulary() query.Vocabulary {
	return query.Vocabulary{Fields: query.EntryFields(), Values: func(query.Field) []string {
		var words []string
		for _, k := range duty.Kinds() {
			words = append(words, string(k))
		}
		return words
	}}
}

// Parse reads a filter: words of the entry, kind:note, by:Oscar, since:12h, until:2026-11-20, id:…, joined as in the events.
func Parse(s string) (query.Query, error) { return query.Parse(s, vocabulary()) }

// Complete lists what may stand at the cursor of a filter, see [query.Complete].
func Complete(s string, cursor int) (from int, candidates []string) {
	return query.Complete(s, cursor, vocabulary())
}

// Match reports whether a filter asks for the entry.
func (r *Reading) Match(q query.Query, e *duty.Entry, now time.Time) bool {
	return q.IsZero() || q.Match(&row{r, e}, now)
}

// row is an entry as a filter asks it.
type row struct {
	as *Reading
	e  *duty.Entry
}

func (r *row) Text(f query.Field) string {
	switch f {
	case query.FieldID:
		return query.Fold(r.e.ID)
	case query.FieldBy:
		return query.Fold(Who(r.e).String())
	}
	english := r.as.For(figure.Plain) // as it stands in the log, beside as it is read
	words := []string{r.as.line(r.e), english.line(r.e), r.e.By.String(), r.e.Role.String(), r.e.From.String(), string(r.e.Word), r.e.ID}
	for _, p := range r.as.Parts(r.e) {
		words = append(words, p.Text.OneLine().String())
	}
	return query.Fold(safetext.Clean(strings.Join(words, "\n")).String())
}

func (r *row) May(query.Field, string) bool { return true }

func (r *row) Has(_ query.Field, value string) query.Tri {
	if value == query.Unknown {
		return query.Of(!r.e.Understood())
	}
	return query.Of(value == string(r.e.Word))
}

func (r *row) Severity() (int, bool) { return 0, false }

func (r *row) Count(query.Field) (int, bool) { return 0, false }

func (r *row) Time() (start, end time.Time, known bool) { return r.e.At, r.e.At, true }
