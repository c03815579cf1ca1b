// Package native reads and writes vigil's own incident format: JSON Lines, one object a line,
// UTF-8, appended by anyone.
//
// # What a line must be
//
// JSON is read exactly: names are case-sensitive and may not repeat, so that a line
// cannot say two things to two readers. A line is refused only where using it could mislead:
// it is no object, it has no id, no act or no country, its type, status, version or a count
// cannot be understood. All else is used with a warning, what cannot be read being
// unstated: a date that is none leaves the time unknown, a position off the earth is none, a
// word that no list has is kept as text. A handling mark that cannot be read restricts.
//
// A cancel or withdrawal needs only its id: what it ends says the rest.
//
// Three things go beyond the members of the contract: "until" may be the word "open" for what
// still lasts; a "count" of null is a number that nobody knows, which is not 0; and
// "country_text", which [Encode] writes, lists words that are not to be taken for a country.
package native

import (
	"bytes"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/health"
	"vigil/internal/incident"
)

// Format is the native format. Each file speaks with an authority of its own.
var Format = &feed.Format{
	Name: "native",
	Sign: "JSON Lines: an object a line with id, act and country, or a heartbeat",
	Profile: health.Profile{
		Expect: 24 * time.Hour,
		Covers: health.Set(incident.Threats()...),
		Memory: health.Accumulates,
	},
	Recognise: recognise,
	Line:      decodeLine,
	NewLines:  newLines,
}

// recognise looks for a line that has the members of an incident or a heartbeat. Lines that are
// broken do not count against a file: they will be refused one by one.
func recognise(head []byte) bool {
	clean, _ := feed.UTF8(head)
	for line := range bytes.Lines(clean) {
		names := memberNames(bytes.TrimSpace(line))
		if names["heartbeat"] || names["act"] && (names["id"] || names["country"] || names["countries"]) ||
			names["id"] && names["type"] && names["source"] {
			return true
		}
	}
	return false
}

// Lacking says why the first object of a content that is no native feed is no incident of one, where it is meant as
// one: what it lacks, or that a name stands twice. Empty is a content that is something else.
func Lacking(head []byte) string {
	clean, _ := feed.UTF8(head)
	names := memberNames(bytes.TrimSpace(clean), jsontext.AllowDuplicateNames(true))
	own := 0
	for _, name := range []string{"id", "act", "country", "countries", "occurred", "place", "severity", "affected", "verification"} {
		if names[name] {
			own++
		}
	}
	if own < 3 || names["features"] || names["geometry"] {
		return ""
	}
	for _, name := range []string{"id", "act"} {
		if !names[name] {
			return "\"" + name + "\" is missing: each line holds one object with \"id\", \"act\" and \"country\""
		}
	}
	return "each line holds one whole object, in which no name stands twice, such as {\"id\":\"R-1\",\"act\":\"shooting\",\"country\":\"MLI\"}"
}

// memberNames are the names of an object's members, as far as they can be read: the line may
// be cut off.
func memberNames(line []byte, options ...jsontext.Options) map[string]bool {
	dec := jsontext.NewDecoder(bytes.NewReader(line), slices.Concat(exact, options)...)
	if dec.PeekKind() != '{' {
		return nil
	}
	names := make(map[string]bool)
	for _, err := dec.ReadToken(); err == nil && dec.PeekKind() == '"'; err = dec.SkipValue() {
		name, err := dec.ReadToken()
		if err != nil {
			break
		}
		names[name.String()] = true
	}
	return names
}
