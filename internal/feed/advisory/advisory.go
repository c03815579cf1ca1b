// Package advisory reads what foreign ministries advise their travellers: the travel advisories of the
// United States Department of State and the travel advice of the United Kingdom's FCDO. Each speaks in its own
// name and on its own scale, beside the desk's security levels and never converted into them.
//
// # Guarantees
//
//   - An advisory is of a country. An entry that speaks of several gives one of each; one that speaks of none
//     that vigil knows is kept as a report and not lost.
//   - What cannot be read is no level, and never level 1: nobody is told that all is well by a word that we
//     failed to understand.
//   - Codes of the United States are FIPS 10-4, and never read as ISO 3166: AJ is Azerbaijan.
package advisory

import (
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// entry is an entry of a content while it is read.
type entry struct {
	ctx     *feed.Context
	text    feed.Text
	rec     feed.Record // that all records of the entry begin with
	column  int
	advises level.Advisory // but for its country
	title   string
	all     []country.Code // in the order of the entry
	// absent is set where the entry speaks of countries and says nothing of a level.
	absent bool
}

func (e *entry) warn(format string, args ...any) {
	e.rec.Problems = append(e.rec.Problems, e.ctx.Warn(e.rec.Line, e.column, format, args...))
}

// reject makes the entry a refusal.
func (e *entry) reject(format string, args ...any) feed.Record {
	e.rec.Problems = append([]problem.Problem{e.ctx.Reject(e.rec.Line, e.column, format, args...)}, e.rec.Problems...)
	return feed.Record{Kind: feed.Rejected, Line: e.rec.Line, Offset: e.rec.Offset, Problems: e.rec.Problems}
}

// records are the advisories of an entry, of these countries. Warnings stand with the first.
func (e *entry) records(of []country.Code) []feed.Record {
	all := make([]feed.Record, 0, len(of))
	for n, c := range of {
		rec := e.rec
		rec.Kind = feed.Advisory
		a := e.advises
		a.Country = c
		rec.Advisory = &a
		if n == 0 {
			rec.Repairs.Text = e.text.Report
		} else {
			rec.Problems = nil
		}
		all = append(all, rec)
	}
	return all
}

// report keeps an entry that is no advisory of its own.
func (e *entry) report(authority string, ids ...string) feed.Record {
	rec := e.rec
	rec.Kind = feed.Incident
	i := &rec.Incident
	i.Class = incident.Report
	i.Identity = incident.Identity{Authority: e.ctx.Resolve(safetext.Text{}, authority), ID: e.text.ID(append(ids, e.title)...)}
	i.Act = incident.Known(incident.ActUnknown)
	i.Title = e.text.Title(e.title)
	i.Details = e.advises.Summary
	i.Reported = e.advises.Updated.Start
	i.Countries = slices.Clone(e.all)
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	if !e.advises.Link.IsZero() {
		i.Links = []safetext.Text{e.advises.Link}
	}
	e.ctx.Complete(i)
	rec.Repairs.Text = e.text.Report
	return rec
}

// when reads a time of the entry; one that cannot be read is none, with a warning.
func (e *entry) when(name, value string) incident.When {
	when, err := feed.ParseStamp(value)
	if err != nil {
		e.warn("%s: %v: it is taken as unknown", name, err)
	}
	return when
}

// summary is the text of an advisory, which is HTML.
func (e *entry) summary(html string) safetext.Text { return e.text.Block(markup.Text(html)) }

// named are the countries that a text names, in its order. Another name in brackets, as of Burma (Myanmar),
// is passed over where the whole is none. A text of two letters is none: it would be somebody's code.
func named(text string) []country.Code {
	if len(strings.TrimSpace(text)) < 3 {
		return nil
	}
	before, _, _ := strings.Cut(text, "(")
	for _, s := range []string{text, before} {
		if c, ok := country.Parse(s); ok {
			return []country.Code{c}
		}
	}
	all, _ := country.ParseList(text)
	return all
}
