package intake

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// decoder turns lines into entries. It keeps the strings that come again and again, so
// that a million entries share one name of their source.
type decoder struct {
	names map[string]string
}

// maxNames bounds the table of shared strings; beyond it strings are only not shared.
const maxNames = 4 << 10

var errMissing = errors.New("a member of the envelope is missing or empty")

// decode reads one envelope. The payload is part of line, and is not looked into: it was
// checked when it was recorded, and the journal has verified that it is still the same.
func (d *decoder) decode(line []byte) (Entry, error) {
	e, ok := d.decodeFast(line)
	if !ok {
		var err error
		if e, err = decodeExact(line); err != nil {
			return Entry{}, err
		}
	}
	if e.V < 1 || e.Seq < 1 || e.Desk == "" || e.ID == "" || e.Kind == "" || e.Source == "" ||
		e.Received.IsZero() || len(e.Payload) == 0 {
		return Entry{}, errMissing
	}
	return e, nil
}

// wire is the envelope for the exact decoder.
type wire struct {
	V        int            `json:"v"`
	Desk     string         `json:"desk"`
	Seq      uint64         `json:"seq"`
	ID       string         `json:"id"`
	Kind     Kind           `json:"kind"`
	Received time.Time      `json:"received"`
	Source   string         `json:"source"`
	Origin   *Origin        `json:"origin"`
	Payload  jsontext.Value `json:"payload"`
}

// decodeExact reads any spelling of an envelope. Members it does not know are refused in an
// envelope of this version and passed over in one of a newer version.
func decodeExact(line []byte) (Entry, error) {
	var w wire
	err := json.Unmarshal(line, &w, json.RejectUnknownMembers(true))
	if err != nil && w.V != EnvelopeVersion {
		var again wire
		if json.Unmarshal(line, &again) == nil && again.V > EnvelopeVersion {
			w, err = again, nil
		}
	}
	if err != nil {
		return Entry{}, err
	}
	if w.Origin == nil {
		return Entry{}, errMissing
	}
	return Entry{
		V: w.V, Desk: w.Desk, Seq: w.Seq, ID: w.ID, Kind: w.Kind, Received: w.Received.UTC(),
		Source: w.Source, Origin: *w.Origin, Payload: w.Payload,
	}, nil
}

// decodeFast reads the spelling that appendEntry writes, and says no to any other. It
// is several times faster than the exact decoder, which matters when a console starts
// on a year of entries.
func (d *decoder) decodeFast(line []byte) (e Entry, ok bool) {
	s := scanner{rest: line, ok: true}
	s.literal(`{"v":`)
	e.V = int(s.number())
	s.literal(`,"desk":`)
	e.Desk = d.name(s.str())
	s.literal(`,"seq":`)
	e.Seq = s.number()
	s.literal(`,"id":`)
	e.ID = string(s.str())
	s.literal(`,"kind":`)
	e.Kind = Kind(d.name(s.str()))
	s.literal(`,"received":`)
	received := s.str()
	s.literal(`,"source":`)
	e.Source = d.name(s.str())
	s.literal(`,"origin":{"file":`)
	e.Origin.File = d.name(s.str())
	s.literal(`,"line":`)
	e.Origin.Line = int(s.number())
	s.literal(`,"offset":`)
	e.Origin.Offset = int64(s.number())
	s.literal(`,"generation":`)
	e.Origin.Generation = s.number()
	s.literal(`},"payload":`)
	if !s.ok || e.V != EnvelopeVersion || len(s.rest) < 2 || s.rest[len(s.rest)-1] != '}' {
		return Entry{}, false
	}
	e.Payload = s.rest[: len(s.rest)-1 : len(s.rest)-1]
	if !plainTime(received) || e.Received.UnmarshalText(received) != nil {
		return Entry{}, false
	}
	return e, true
}

// name is the shared string of b.
func (d *decoder) name(b []byte) string {
	if s, ok := d.names[string(b)]; ok {
		return s
	}
	s := string(b)
	if d.names == nil {
		d.names = make(map[string]string)
	}
	if len(d.names) < maxNames {
		d.names[s] = s
	}
	return s
}

// scanner eats a line from its start; the first thing that is not as expected turns ok off
// for good.
type scanner struct {
	rest []byte
	ok   bool
}

func (s *scanner) literal(want string) {
	if s.ok = s.ok && len(s.rest) >= len(want) && string(s.rest[:len(want)]) == want; s.ok {
		s.rest = s.rest[len(want):]
	}
}

// number eats a whole number of at most 18 digits, which no overflow can turn into another.
func (s *scanner) number() uint64 {
	var n uint64
	i := 0
	for i < len(s.rest) && s.rest[i] >= '0' && s.rest[i] <= '9' {
		n = n*10 + uint64(s.rest[i]-'0')
		i++
	}
	if i == 0 || i > 18 || i > 1 && s.rest[0] == '0' {
		s.ok = false
		return 0
	}
	s.rest = s.rest[i:]
	return n
}

// str eats a string without escapes and gives what is between the quotes.
func (s *scanner) str() []byte {
	s.literal(`"`)
	end := bytes.IndexByte(s.rest, '"')
	if !s.ok || end < 0 || !plain(s.rest[:end]) {
		s.ok = false
		return nil
	}
	b := s.rest[:end]
	s.rest = s.rest[end+1:]
	return b
}

// EntryError is about one entry that is whole and cannot be understood. Reading goes on
// after it; the caller counts it.
type EntryError struct {
	File string // segment of the log
	Line int
	Seq  uint64
	Err  error
}

func (e *EntryError) Error() string {
	return fmt.Sprintf("%s:%d: entry %d cannot be understood and was passed over: %v", e.File, e.Line, e.Seq, e.Err)
}

// Unwrap gives the cause.
func (e *EntryError) Unwrap() error { return e.Err }

// plainTime reports whether b is a time as this package writes it. UnmarshalText alone takes an hour of one
// digit and a comma before the fraction, which the exact decoder refuses.
func plainTime(b []byte) bool {
	const form = "0000-00-00T00:00:00"
	if len(b) <= len(form) || b[len(b)-1] != 'Z' {
		return false
	}
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	for i, c := range []byte(form) {
		if c == '0' && !digit(b[i]) || c != '0' && b[i] != c {
			return false
		}
	}
	fraction := b[len(form) : len(b)-1]
	if len(fraction) == 0 {
		return true
	}
	return fraction[0] == '.' && len(fraction) > 1 && !bytes.ContainsFunc(fraction[1:], func(r rune) bool { return r < '0' || r > '9' })
}
