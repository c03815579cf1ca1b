package app

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/problem"
)

// oddities are what is odd about records that are used all the same, and is likely to be so of many of a file: it is
// told once, with the first line and how many, so that it does not drown the problems of single records.
type oddities struct {
	repairs  feed.Repairs
	repaired tally
	future   tally
	reported tally
	advised  tally
	beats    tally
}

// tally is how many records, and the line of the first.
type tally struct{ n, line int }

func (t *tally) add(line int) {
	if t.n == 0 {
		t.line = line
	}
	t.n++
}

// words say of how many records something was said.
func (t *tally) words() string {
	if t.n == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d records, the first is here)", t.n)
}

// repair notes what had to be done to the text of a record.
func (o *oddities) repair(r *feed.Record) {
	if repairWords(r.Repairs) != "" {
		o.repairs = o.repairs.Add(r.Repairs)
		o.repaired.add(r.Line)
	}
}

// look notes times that cannot be believed.
func (o *oddities) look(r *feed.Record, received time.Time) {
	if r.Incident.Future(received) {
		o.future.add(r.Line)
	}
	if r.Incident.ReportedAhead(received) {
		o.reported.add(r.Line)
	}
}

// lookBeside notes an advisory or a heartbeat whose time cannot be believed.
func (o *oddities) lookBeside(r *feed.Record, received time.Time) {
	switch {
	case r.Kind == feed.Advisory && r.Advisory.Ahead(received):
		o.advised.add(r.Line)
	case r.Kind == feed.Heartbeat && r.Heartbeat.After(received.Add(incident.FutureTolerance)):
		o.beats.add(r.Line)
	}
}

// believed is when a content says that it was made; zero, with a warning, where that is after it was received: it makes
// nothing fresh.
func (h *hub) believed(fs *feedState, f *feedFile, made, received time.Time) time.Time {
	if !made.After(received.Add(incident.FutureTolerance)) {
		return made
	}
	h.store.Warn(fs.label, incident.Origin{File: f.context.File}, []problem.Problem{f.context.Warn(0, 0,
		"it says that it was made %s, which is after it was received: that makes nothing fresh; correct the clock or the zone of what writes it", made.UTC().Format(time.RFC3339))})
	return time.Time{}
}

// tellOddities tells what was noticed of the records of a file since it was told last.
func (h *hub) tellOddities(fs *feedState, f *feedFile) {
	var told []problem.Problem
	if n := f.oddities.future; n.n > 0 {
		told = append(told, f.context.Warn(n.line, 0,
			"it is said to have happened after it was received: it is flagged and in no window; correct the time or its zone, or write expected_from for what is to come%s", n.words()))
	}
	if n := f.oddities.reported; n.n > 0 {
		told = append(told, f.context.Warn(n.line, 0,
			"it is said to have been reported after it was received: it stands where it came, and makes nothing fresh; correct the time or its zone%s", n.words()))
	}
	if n := f.oddities.beats; n.n > 0 {
		told = append(told, f.context.Warn(n.line, 0,
			"the heartbeat is of a time after it was received: it says nothing, and makes nothing fresh; correct the clock or the zone of what writes it%s", n.words()))
	}
	if n := f.oddities.advised; n.n > 0 {
		told = append(told, f.context.Warn(n.line, 0,
			"it is said to have been advised after it was received: its date is taken as unknown, so that every advisory with a date goes before it; correct the date or its zone%s", n.words()))
	}
	if n := f.oddities.repaired; n.n > 0 {
		told = append(told, f.context.Warn(n.line, 0, "%s; write UTF-8 without control characters%s", repairWords(f.oddities.repairs), n.words()))
	}
	f.oddities = oddities{}
	h.store.Warn(fs.label, incident.Origin{File: f.context.File}, told)
}

// repaired says what had to be done to the text of a whole file before it could be read and shown.
func (h *hub) repaired(fs *feedState, f *feedFile, r feed.Repairs) {
	if words := repairWords(r); words != "" {
		h.store.Warn(fs.label, incident.Origin{File: f.context.File},
			[]problem.Problem{f.context.Warn(0, 0, "%s; write UTF-8 without control characters", words)})
	}
}

// repairWords say what had to be done to text; empty if that is not worth a word.
func repairWords(r feed.Repairs) string {
	if r.IsZero() {
		return ""
	}
	var done []string
	for _, c := range [...]struct {
		n    int
		what string
	}{
		{r.UTF16, "converted from UTF-16"},
		{r.Converted, "taken as Windows-1252"},
		{r.Invalid + r.Text.Invalid, "of no character set, replaced"},
		{r.NUL, "NUL, taken out"},
		{r.Text.Replaced, "control or invisible, shown as <U+…>"},
		{r.Text.Marks, "combining marks beyond four, left out"},
		{r.Text.Cut, "over the longest text, cut"},
	} {
		if c.n > 0 {
			done = append(done, plural(c.n, "character ", "characters ")+c.what)
		}
	}
	return strings.Join(done, "; ")
}
