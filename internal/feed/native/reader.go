package native

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// reader decodes one line. It walks the tokens itself instead of filling a struct, because
// every problem has a column, one bad member must not cost the record, and what is missing
// must be told from what is empty.
type reader struct {
	ctx  *feed.Context
	at   feed.Place
	line []byte // the object, repaired
	lead int    // characters before it on its line
	buf  *bytes.Buffer
	dec  *jsontext.Decoder

	scanner *scanner
	spare   incident.Breakdown // memory of an earlier record's

	own      *feed.Record // for one that has no memory of its own
	rec      *feed.Record
	text     feed.Text
	source   safetext.Text
	refused  []problem.Problem // why the record cannot be used
	warnings []problem.Problem

	hasID, hasAct, hasCountry bool
	hasThreat                 bool
	said                      string // the last word of a vocabulary, as it stands in the line
	hasLat, hasLon            bool
	heartbeat, pointBad       bool
}

// Exact JSON: names are case-sensitive and may not repeat. Half a surrogate pair, which some
// tools write, becomes U+FFFD; the bytes of the line are valid UTF-8 before.
var exact = []jsontext.Options{jsontext.AllowDuplicateNames(false), jsontext.AllowInvalidUTF8(true)}

// Decoders hold buffers worth keeping from one line to the next.
var readers = sync.Pool{New: func() any {
	buf := new(bytes.Buffer)
	return &reader{buf: buf, dec: jsontext.NewDecoder(buf, exact...), scanner: newScanner(), own: new(feed.Record)}
}}

func decodeLine(ctx *feed.Context, line []byte, at feed.Place) (rec feed.Record, ok bool) {
	r, _ := readers.Get().(*reader)
	defer r.release()
	ok = r.read(ctx, string(line), at, r.own)
	rec, *r.own = *r.own, feed.Record{}
	return rec, ok
}

// newLines makes what decodes many lines. It keeps its reader, which knows what the lines before were like.
func newLines() feed.LineDecoder {
	r, _ := readers.New().(*reader)
	return r.read
}

// read decodes a line into a record, of which it uses the memory again.
func (r *reader) read(ctx *feed.Context, line string, at feed.Place, rec *feed.Record) bool {
	spare := rec.Incident.Affected
	*rec = feed.Record{}
	r.begin(ctx, at, rec)
	if r.spare = spare; r.scan(line) {
		rec.Repairs.Text = r.text.Report
		return true
	}
	*rec = feed.Record{}
	r.begin(ctx, at, rec)
	return r.decode([]byte(line))
}

// decode is the exact decoder: it reads every line, and says what is wrong with it.
func (r *reader) decode(line []byte) bool {
	clean, repairs := feed.UTF8(line)
	object := bytes.TrimSpace(clean)
	if len(object) == 0 {
		*r.rec = feed.Record{}
		return false
	}
	r.line = object
	r.buf.Reset()
	r.buf.Write(object)
	r.dec.Reset(r.buf, exact...)
	r.lead = utf8.RuneCount(clean[:bytes.Index(clean, object)])
	if err := r.object(members); err != nil {
		r.refused = []problem.Problem{r.syntax(err)}
		r.warnings = nil
	} else {
		r.finish()
	}
	rec := r.rec
	rec.Repairs = repairs
	rec.Repairs.Text = rec.Repairs.Text.Add(r.text.Report)
	rec.Problems = append(r.refused, r.warnings...)
	r.ctx.Hush(&rec.Incident, rec.Problems)
	if len(r.refused) > 0 {
		*rec = feed.Record{Line: r.at.Line, Offset: r.at.Offset, Problems: rec.Problems, Repairs: rec.Repairs}
	}
	return true
}

func (r *reader) begin(ctx *feed.Context, at feed.Place, rec *feed.Record) {
	*r = reader{ctx: ctx, at: at, buf: r.buf, dec: r.dec, scanner: r.scanner, own: r.own, rec: rec}
	r.rec.Kind, r.rec.Line, r.rec.Offset = feed.Incident, at.Line, at.Offset
}

func (r *reader) release() {
	const enough = 64 << 10 // one huge line must not be kept for good
	if r.buf.Cap() > enough {
		return
	}
	*r = reader{buf: r.buf, dec: r.dec, scanner: r.scanner, own: r.own}
	r.scanner.s = ""
	readers.Put(r)
}

var errNotObject = errors.New("not an object")

// object walks the members of the object that comes next. A name that table does not have is
// warned of, with the nearest one that it has.
func (r *reader) object(table map[string]member) error {
	if kind := r.dec.PeekKind(); kind != '{' && kind != 0 {
		return errNotObject
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	for r.dec.PeekKind() == '"' {
		name, col, err := r.value()
		if err != nil {
			return err
		}
		read, ok := table[string(name[1:len(name)-1])]
		if !ok {
			read, ok = table[unquote(name)]
		}
		if !ok {
			r.unknown(col, unquote(name), table)
			read = skip
		}
		if err := read(r); err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken() // the end of the object, or what is wrong instead
	return err
}

func skip(r *reader) error { return r.dec.SkipValue() }

// value reads the next value and tells the offset at which it begins. The bytes are good
// until the next read.
func (r *reader) value() (v jsontext.Value, offset int, err error) {
	v, err = r.dec.ReadValue()
	return v, int(r.dec.InputOffset()) - len(v), err
}

// next is the offset at which the next value begins.
func (r *reader) next() int {
	offset := int(r.dec.InputOffset())
	return offset + len(r.line[offset:]) - len(bytes.TrimLeft(r.line[offset:], ":, \t\r\n"))
}

func unquote(v jsontext.Value) string {
	if bytes.IndexByte(v, '\\') < 0 {
		return string(v[1 : len(v)-1])
	}
	// The decoder has checked the string, so the error can only be of lone surrogates, for which
	// the text has U+FFFD already.
	text, _ := jsontext.AppendUnquote(nil, v)
	return string(text)
}

// finish is what can only be said when the whole line was read.
func (r *reader) finish() {
	if end := int(r.dec.InputOffset()); len(bytes.TrimSpace(r.line[end:])) > 0 {
		r.refuse(end, "there is more after the object: write one object a line")
		return
	}
	if r.heartbeat {
		r.finishHeartbeat()
		return
	}
	r.complete()
}

// complete is what can only be said of an incident when all its members were read.
func (r *reader) complete() {
	i := &r.rec.Incident
	// A cancel says nothing but what it ends, and a report is not of one act or in one country.
	ends := i.Type == incident.Cancel || i.Type == incident.Withdraw || i.Class == incident.Report
	if !r.hasID {
		r.refuse(whole, `"id" is missing: give each incident an id, and use it again for its updates`)
	}
	if !r.hasAct && !ends {
		r.refuse(whole, `"act" is missing: say what happened, or "unknown"`)
	}
	if !r.hasCountry && !ends {
		r.refuse(whole, `"country" is missing: write a code such as "MLI", or "unknown"`)
	}
	if !r.hasThreat && i.Act.Value.Hazard() {
		i.Threat = incident.Known(incident.Hazard) // an earthquake is one, whether the record says so or not
	}
	r.finishPoint()
	r.finishEnds()
	i.Inferred = i.Inferred && len(i.Countries) > 0
	i.Identity.Authority = r.ctx.Resolve(r.source, "")
	r.finishReplaces()
	sortCountries(i)
	r.ctx.Complete(i)
}

func (r *reader) finishEnds() {
	i := &r.rec.Incident
	until, expected := i.Until, i.ExpectedTo
	over, past := i.DropReversed()
	if over {
		r.warn(whole, `"until" (%s) is before "occurred" (%s): when it ended is taken as unknown; correct one of the two`, until, i.Occurred)
	}
	if past {
		r.warn(whole, `"expected_to" (%s) is before "expected_from" (%s): its end is taken as unknown; correct one of the two`, expected, i.ExpectedFrom)
	}
}

func (r *reader) finishHeartbeat() {
	if r.hasID || r.hasAct || r.hasCountry {
		r.refuse(whole, `both a heartbeat and an incident: write them as two lines`)
		return
	}
	r.rec.Kind = feed.Heartbeat
	r.rec.Incident.Identity.Authority = r.ctx.Resolve(r.source, "")
}

func (r *reader) finishPoint() {
	i := &r.rec.Incident
	switch {
	case r.pointBad:
	case r.hasLat != r.hasLon:
		r.warn(whole, `the position is left out: it needs both "lat" and "lon"`)
	case r.hasLat && !i.Point.Valid():
		r.warn(whole, "the position %v, %v is left out: it is not on the earth (are lat and lon swapped?)", i.Point.Lat, i.Point.Lon)
	case r.hasLat:
		i.HasPoint = true
		return
	}
	i.Point.Lat, i.Point.Lon = 0, 0
}

// whole in place of an offset is the whole line.
const whole = -1

// column is the column of a byte of the object, in characters. A byte order mark is none.
func (r *reader) column(offset int) int {
	if offset == whole {
		return 0
	}
	return r.lead + utf8.RuneCount(r.line[:min(offset, len(r.line))]) + 1
}

func (r *reader) warn(offset int, format string, args ...any) {
	r.warnings = append(r.warnings, r.ctx.Warn(r.at.Line, r.column(offset), format, args...))
}

func (r *reader) refuse(offset int, format string, args ...any) {
	r.refused = append(r.refused, r.ctx.Reject(r.at.Line, r.column(offset), format, args...))
}

// syntax says what is wrong with a line that is no JSON object.
func (r *reader) syntax(err error) problem.Problem {
	offset := whole
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		offset = int(syn.ByteOffset)
		err = syn.Err
	}
	column := r.column(offset)
	switch {
	case errors.Is(err, errNotObject):
		return r.ctx.Reject(r.at.Line, 1, "not a record: each line holds one JSON object, such as %s", example)
	case errors.Is(err, jsontext.ErrDuplicateName):
		return r.ctx.Reject(r.at.Line, column, "a name stands twice in one object, and which one holds cannot be told: keep one")
	default:
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return r.ctx.Reject(r.at.Line, column, "the line ends in the middle of a record: write each record whole, in one line of its own")
		}
		return r.ctx.Reject(r.at.Line, column, "not JSON: %v; write the record again, in one line, such as %s", err, example)
	}
}

const example = `{"id":"R-1","act":"shooting","country":"MLI"}`

// number reads a JSON number or a text that holds one.
func number(v jsontext.Value) (f float64, quoted, ok bool) {
	text := string(v)
	if v.Kind() == '"' {
		text, quoted = unquote(v), true
	} else if v.Kind() != '0' {
		return 0, false, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f + 0, quoted, err == nil // + 0: there is no negative zero
}
