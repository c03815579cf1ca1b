package intake

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// EnvelopeVersion is the version of the envelope that this package writes.
const EnvelopeVersion = 1

// Kind says what an entry's payload is.
type Kind string

// The kinds of this version. What the payload of each looks like is the business of
// the packages that make them, but for KindRepair and KindKey, which are made here.
const (
	KindIncident Kind = "incident" // a record of a feed, in native form
	KindWithdraw Kind = "withdraw" // a record that its source no longer holds
	KindLevel    Kind = "level"    // a security level area as it stood in its file
	KindPresence Kind = "presence" // a presence record; persons by pseudonym only
	KindAdvisory Kind = "advisory" // all that a source advises, at each change
	KindGap      Kind = "gap"      // something may have been missed
	KindRead     Kind = "read"     // a source was read up to the origin
	KindRepair   Kind = "repair"   // the log itself was repaired when it was opened
	KindKey      Kind = "key"      // the key of the pseudonyms is another one from here on
)

// Known says whether this version knows the kind. Entries of an unknown kind are delivered
// all the same: a newer version wrote them, and they must be counted, not lost.
func (k Kind) Known() bool {
	switch k {
	case KindIncident, KindBlock, KindWithdraw, KindLevel, KindPresence, KindAdvisory, KindGap, KindRead, KindRepair, KindKey:
		return true
	}
	return false
}

// Origin is the place in a source that an entry came from.
type Origin struct {
	File       string `json:"file"`       // path below the desk, or URL
	Line       int    `json:"line"`       // from 1; 0 where lines mean nothing
	Offset     int64  `json:"offset"`     // bytes from the start of the file
	Generation uint64 `json:"generation"` // how often the file had been replaced
}

// Entry is one envelope.
type Entry struct {
	V        int            // version of the envelope; set by Add
	Desk     string         // id of the desk that received it; set by Add
	Seq      uint64         // from 1, without holes, for each desk; set by Add
	ID       string         // of the entry; made by Add if empty; given, it makes a retry recognisable
	Kind     Kind           //
	Received time.Time      // UTC; when this desk got to know; set by Add if zero
	Source   string         // name of the source
	Origin   Origin         //
	Payload  jsontext.Value // one JSON value; from a reader it is valid until the next entry
}

// Understood says whether this version knows how to read the payload.
func (e Entry) Understood() bool { return e.V == EnvelopeVersion && e.Kind.Known() }

// Clone is the entry with a payload of its own, to be kept.
func (e Entry) Clone() Entry {
	e.Payload = slices.Clone(e.Payload)
	return e
}

// ErrEntry means that an entry cannot be recorded as it is. It is never a reason to stop recording
// others.
var ErrEntry = errors.New("entry cannot be recorded")

// check says what keeps the entry from being recorded.
func (e *Entry) check() error {
	switch {
	case e.Kind == "":
		return fmt.Errorf("%w: it has no kind", ErrEntry)
	case e.Source == "":
		return fmt.Errorf("%w: it has no source", ErrEntry)
	case !e.Payload.IsValid():
		return fmt.Errorf("%w: its payload is not JSON", ErrEntry)
	case e.Received.Year() < 1 || e.Received.Year() > 9999:
		return fmt.Errorf("%w: no year has the number %d", ErrEntry, e.Received.Year())
	}
	return nil
}

// appendEntry adds the envelope as one line of JSON, its members in this order and
// without space, which is what decodeFast reads.
func appendEntry(dst []byte, e *Entry) ([]byte, error) {
	dst = append(dst, `{"v":`...)
	dst = strconv.AppendInt(dst, int64(e.V), 10)
	dst = append(dst, `,"desk":`...)
	dst = appendString(dst, e.Desk)
	dst = append(dst, `,"seq":`...)
	dst = strconv.AppendUint(dst, e.Seq, 10)
	dst = append(dst, `,"id":`...)
	dst = appendString(dst, e.ID)
	dst = append(dst, `,"kind":`...)
	dst = appendString(dst, string(e.Kind))
	dst = append(dst, `,"received":"`...)
	dst = e.Received.UTC().AppendFormat(dst, time.RFC3339Nano)
	dst = append(dst, `","source":`...)
	dst = appendString(dst, e.Source)
	dst = append(dst, `,"origin":{"file":`...)
	dst = appendString(dst, e.Origin.File)
	dst = append(dst, `,"line":`...)
	dst = strconv.AppendInt(dst, int64(e.Origin.Line), 10)
	dst = append(dst, `,"offset":`...)
	dst = strconv.AppendInt(dst, e.Origin.Offset, 10)
	dst = append(dst, `,"generation":`...)
	dst = strconv.AppendUint(dst, e.Origin.Generation, 10)
	dst = append(dst, `},"payload":`...)
	payload := e.Payload
	if bytes.IndexByte(payload, '\n') >= 0 {
		payload = slices.Clone(payload)
		if err := payload.Compact(); err != nil {
			return dst, fmt.Errorf("%w: its payload: %w", ErrEntry, err)
		}
	}
	dst = append(dst, payload...)
	return append(dst, '}'), nil
}

// appendString adds a JSON string. Names of files need not be UTF-8; what is not becomes
// U+FFFD here, as everywhere a name is shown.
func appendString(dst []byte, s string) []byte {
	if plain(s) {
		dst = append(dst, '"')
		dst = append(dst, s...)
		return append(dst, '"')
	}
	quoted, err := jsontext.AppendQuote(dst, strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil { // only invalid UTF-8 can fail, and there is none left
		return append(dst, `""`...)
	}
	return quoted
}

// plain says whether s stands in JSON as it is.
func plain[S string | []byte](s S) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
