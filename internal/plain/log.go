package plain

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/duty"
	"vigil/internal/logbook"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
)

// LogSchema is that of an entry of the duty log.
const LogSchema = "vigil.log/1"

// LogOptions say what of the duty log is printed, and how.
type LogOptions struct {
	JSON     bool          // vigil.log/1 instead of text
	Desk     safetext.Text // its name
	Exercise bool
	Filter   query.Query // which entries; the zero one is all of them
	Layout   Layout
	// Records gives the picture in which what entries are about is looked up. It is asked once for each Show that has anything to look up.
	// Where it is nil nothing is, and entries stand as they were written.
	Records func() picture.View
}

// Log prints entries of the duty log, oldest first, a line each, and indented under it what a flash report says and what the entry is about. It belongs to one goroutine.
type Log struct {
	p       printer
	options LogOptions
	draft   *duty.Draft
	all     int // records given
	shown   int
	bad     int
}

// NewLog makes a Log that writes to w.
func NewLog(w io.Writer, o LogOptions) *Log {
	l := &Log{p: printer{w: w}, options: o, draft: duty.NewDraft()}
	if o.Exercise && !o.JSON {
		l.p.prefix = "EXERCISE "
	}
	return l
}

// Counts is how many records there were, how many were printed, and how many of all could not be read as an entry; those are
// printed whatever the filter says.
func (l *Log) Counts() (all, shown, bad int) { return l.all, l.shown, l.bad }

// Show prints the next records of the log.
func (l *Log) Show(lines []logbook.Line, now time.Time) error {
	for i := range lines {
		if e := lines[i].Entry; e != nil {
			l.draft.Add(e)
		}
	}
	book := l.draft.Book()
	r := logbook.Read(book, lines, l.options.Records)
	for i := range lines {
		line := &lines[i]
		l.all++
		if line.Entry == nil {
			l.bad++
		} else if !r.Match(l.options.Filter, line.Entry, now) {
			continue
		}
		l.shown++
		if l.options.JSON {
			l.json(&r, line)
		} else {
			l.text(&r, line)
		}
		if l.p.err != nil {
			return l.p.err
		}
	}
	return nil
}

// aboutIndent is where what does not stand on the line of an entry begins: under the time of the entry.
const aboutIndent = "        "

func (l *Log) text(r *logbook.Reading, line *logbook.Line) {
	e, layout := line.Entry, l.options.Layout
	if e == nil {
		l.p.line(fmt.Sprintf("%6d  %s", line.Seq, layout.text(safetext.Clean("CANNOT BE READ: "+line.Bad.String()))))
		return
	}
	l.p.line(fmt.Sprintf("%6d  %s  %-11s  %-12s  %s", line.Seq, logbook.Time(e.At), layout.clean(string(e.Word)), layout.text(logbook.Who(e)),
		layout.text(r.What(e))))
	if _, is := e.Body.(*duty.Flash); is { // of which the line is the number
		for _, part := range r.Parts(e) {
			l.p.line(aboutIndent + layout.text(safetext.Clean(part.Name+": "+part.Text.OneLine().String())))
		}
	}
	for _, about := range r.About(e) {
		l.p.line(aboutIndent + layout.text(about.Line()))
	}
}

// logLine is one record. Entry is what stands in the file, with every member and every text as it is there, but for who told of what is
// restricted by now; null where that is no entry.
type logLine struct {
	Schema string         `json:"schema"`
	Desk   deskJSON       `json:"desk"`
	Seq    uint64         `json:"seq"`
	File   string         `json:"file"`
	Line   int            `json:"line"`
	Hash   string         `json:"hash"` // SHA-256 of the line
	Entry  jsontext.Value `json:"entry"`
	Veiled bool           `json:"veiled,omitzero"` // the authority of a restricted record is null in it: the hash is of what the file has
	Bad    *string        `json:"bad"`             // why it cannot be read
	Raw    *string        `json:"raw"`             // and what stands there
	// LookedUp is what the entry is about. It was looked up when this was printed, and is no part of the entry or of the chain.
	LookedUp []aboutJSON `json:"looked_up"`
}

// aboutJSON is what a record said when the entry was made, or what the alarm of the entry rang for.
type aboutJSON struct {
	State   string  `json:"state"`  // found, restricted, gone or unread
	Record  *string `json:"record"` // its authority and id; null of an alarm that is about none, and of what is restricted
	Version *int64  `json:"version"`
	Said    string  `json:"said"`    // in a line
	Changed *string `json:"changed"` // of a report: against the version before
}

func aboutsJSON(list []logbook.About) []aboutJSON {
	out := make([]aboutJSON, len(list))
	for i := range list {
		a := &list[i]
		out[i] = aboutJSON{State: a.State.String(), Record: word(a.Name()), Said: a.Words(), Changed: word(a.Changed)}
		if a.Version > 0 {
			out[i].Version = &a.Version
		}
	}
	return out
}

func (l *Log) json(r *logbook.Reading, line *logbook.Line) {
	if l.p.err == nil {
		_, l.p.err = l.p.w.Write(logJSON(r, line, l.options.Desk, l.options.Exercise))
	}
}

// logJSON is a record as a line of vigil.log/1. No character of it does anything to a terminal: those that would are escaped, which
// changes no value.
func logJSON(r *logbook.Reading, line *logbook.Line, desk safetext.Text, exercise bool) []byte {
	out := logLine{
		Schema: LogSchema, Desk: deskJSON{desk.String(), exercise}, Seq: line.Seq, File: line.Where.File, Line: line.Where.Number, Hash: line.Where.Hash,
		Entry: jsontext.Value("null"), LookedUp: []aboutJSON{},
	}
	if line.Entry != nil {
		out.Entry, out.Veiled = r.Raw(line)
		out.LookedUp = aboutsJSON(r.About(line.Entry))
	} else {
		bad, raw := line.Bad.String(), strings.ToValidUTF8(string(line.Raw), "\uFFFD")
		out.Bad, out.Raw = &bad, &raw
	}
	text, err := json.Marshal(&out)
	if err != nil { // what was decoded once can be encoded
		panic(fmt.Errorf("entry %d: %w", line.Seq, err))
	}
	return append(EscapeJSON(text), '\n')
}

// EscapeJSON is JSON in which every character that is not seen, or moves others, is written as \u and four digits. Such
// characters stand only within strings.
func EscapeJSON(text []byte) []byte {
	out := make([]byte, 0, len(text)+1)
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r < 0x7f || !unseen(r) {
			out = append(out, text[:n]...)
		} else if hi, lo := utf16.EncodeRune(r); r > 0xffff {
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		} else {
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[n:]
	}
	return out
}

func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs, unicode.Other_Default_Ignorable_Code_Point)
}
