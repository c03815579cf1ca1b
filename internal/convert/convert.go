// Package convert writes incidents in the forms that other programs read: vigil's own JSON Lines, CSV,
// GeoJSON and CSV with a row of HXL tags.
//
// # Guarantees
//
//   - Each incident and report that is given is written, one record each. What it does not say is left
//     empty or null: never 0, never a date.
//   - Every form is recognised and read again by vigil without a [source.map]. The native form and GeoJSON are exact:
//     reading them back gives the same incident. So are CSV and HXL, but for the people affected: entries of
//     one description are one, in the order of the vocabularies, and of a word for people that no vocabulary has there is
//     "unknown" left.
//   - In CSV and HXL the people stand in a column for each description that occurs (affected.ngo.national.killed,
//     #affected+ngo+national+killed): "?" is a number that nobody counted, an empty cell no entry. Of outcomes, one that
//     a breakdown which names others leaves out happened to nobody, so that the sums for the reader's eye (killed, injured …) are 0
//     there; they are empty where the record does not say. The columns of people are what is read back;
//     a row without any is read by its sums, of which an empty one is not known.
//   - A cell of CSV that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage
//     return) has an apostrophe put before it. Numbers that vigil writes itself, such as a latitude of
//     -12.5, are numbers and stay.
//   - A restricted record is written as a restricted record and no more, unless the writer is asked for
//     all: neither place nor act, people, text nor id. So is every other version of it, where the writer is told which
//     records are restricted in any ([Restrictions]).
//
// Writers are not safe for concurrent use. Nothing is certain to be written before Close.
package convert

import (
	"fmt"
	"io"
	"strconv"

	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Form is a form in which incidents are written.
type Form string

// The forms.
const (
	JSONL   Form = "jsonl"   // native: one object a line
	CSV     Form = "csv"     // one row each, with a header
	GeoJSON Form = "geojson" // RFC 7946: a FeatureCollection; the geometry of a record without a position is null
	HXL     Form = "hxl"     // CSV with a row of HXL 1.1 tags below the header
)

// Forms lists the forms.
func Forms() []Form { return []Form{JSONL, CSV, GeoJSON, HXL} }

// Writer writes incidents in one form.
type Writer interface {
	Write(i *incident.Incident) error
	// Close ends the output; it does not close what is written to.
	Close() error
}

// New makes a writer of a form onto w, which should be buffered. ok is false for a form that there is not.
func New(w io.Writer, form Form) (writer Writer, ok bool) {
	switch form {
	case JSONL:
		return &lines{w: w}, true
	case CSV:
		return newRows(w, false), true
	case GeoJSON:
		return &features{w: w}, true
	case HXL:
		return newRows(w, true), true
	default:
		return nil, false
	}
}

// lines is the native form.
type lines struct {
	w   io.Writer
	buf []byte
}

func (l *lines) Write(i *incident.Incident) error {
	l.buf = native.Append(l.buf[:0], i)
	_, err := l.w.Write(l.buf)
	return err
}

func (*lines) Close() error { return nil }

// Restrictions are the records that are restricted in any version. It is a [Writer] for a first reading of all that is to be
// written: what an earlier version said is no more for everybody's eyes than what the restricted one says.
type Restrictions map[incident.Identity]struct{}

// Write notes an incident that is restricted, and those whose place it takes. The error is nil.
func (r Restrictions) Write(i *incident.Incident) error {
	if !i.Restricted() {
		return nil
	}
	for _, name := range append([]incident.Identity{i.Identity}, i.Replaces...) {
		if !name.ID.IsZero() { // what has no name has no other versions
			r[name] = struct{}{}
		}
	}
	return nil
}

// Close does nothing.
func (Restrictions) Close() error { return nil }

// hold reports whether an incident is restricted, in this version or in another.
func (r Restrictions) hold(i *incident.Incident) bool {
	_, other := r[i.Identity]
	return other || i.Restricted()
}

// restricted stands for the authority of a record of which only that there is one is written.
var restricted = safetext.Const("restricted")

// Projected writes through to another writer, and of each restricted record only that there is one: what
// leaves goes through the same eyes as what is shown.
type Projected struct {
	Writer
	// Of are the records that are restricted in another version than the one that is written; nil is none.
	Of Restrictions
	// Withheld counts the records of which the content was left out.
	Withheld int
}

// Write writes an incident, or that there is one.
func (p *Projected) Write(i *incident.Incident) error {
	if !p.Of.hold(i) {
		return p.Writer.Write(i)
	}
	p.Withheld++
	return p.Writer.Write(&incident.Incident{
		Identity: incident.Identity{
			Authority: restricted, // its own is who told
			ID:        safetext.Clean("restricted-" + strconv.Itoa(p.Withheld)),
		},
		Class: i.Class, Status: i.Status, Handling: incident.Known(incident.Restricted),
		Title: safetext.Const("Restricted incident"), NoOnward: i.NoOnward,
	})
}

// ErrForm is the error of a form that there is not.
func ErrForm(form string) error {
	return fmt.Errorf("%q is no form to convert to: write jsonl, csv, geojson or hxl", form)
}
