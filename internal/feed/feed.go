// Package feed is the contract between the bytes of a source and what the desk knows: a
// [Format] recognises content and decodes it into [Record] values. One package per format
// stands below it (native, table, georss), and package formats lists them.
//
// # Guarantees
//
//   - Decoding is pure: no clock, no file, no network, nothing blocks, nothing is kept of the
//     bytes that were passed in. Formats are immutable and safe to share.
//   - Nothing is dropped in silence. Each record of the content gives one Record: an incident or a
//     report, an advisory, a position, an aggregate, a heartbeat, or a rejection that says where, why
//     and what to do. What was changed
//     to make text readable is counted in [Repairs].
//   - Nothing is invented: a time that cannot be read is unstated and never "now", a word that no
//     vocabulary has is kept as text, a figure that was not given is not 0.
//   - All text has passed through safetext.
//   - What a format decodes, package native can write and read back as the same incident.
package feed

import (
	"errors"
	"time"

	"vigil/internal/background"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// Kind says what a record is.
type Kind uint8

// The kinds of records.
const (
	Rejected  Kind = iota // cannot be used: Problems say why
	Incident              // an incident, at one version
	Heartbeat             // the source lives and has nothing to say
	Advisory              // what an authority advises of a country
	Position              // where something that is tracked was last
	Aggregate             // a count of many incidents: a background rate
	Excluded              // nothing of what vigil shows, and nothing wrong with it
)

// String is the word used in messages.
func (k Kind) String() string {
	return [...]string{"rejected", "incident", "heartbeat", "advisory", "position", "aggregate", "excluded"}[min(int(k), 6)]
}

// Record is what one record of a source became.
type Record struct {
	Kind      Kind
	Incident  incident.Incident
	Heartbeat time.Time // of a heartbeat: when the source says that it lived
	Advisory  *level.Advisory
	Position  *presence.Position
	Aggregate *background.Rate

	// Linked is the address of the content that says all of which this record is only a part, raw; empty where
	// this is all. Who fetches it puts its records in the place of this one.
	Linked string

	Line   int   // 1-based line on which the record begins
	Offset int64 // of its first byte in the content

	// Problems say why the record was rejected, the reason first, and what else is wrong
	// with it; those of a record that is used are all warnings.
	Problems []problem.Problem
	Repairs  Repairs
}

// Link points to a further content of the source.
type Link struct {
	// Address is raw, as it stands in the content.
	Address string
	// Updated is when the content that points says that the other was last changed; zero where it does not say.
	Updated time.Time
	// Live says that the other content changes whatever is said of it here, as positions do.
	Live bool
}

// Document is a whole content, decoded.
type Document struct {
	Records []Record
	// ContentTime is when the content says that it was made; zero where it does not say.
	ContentTime time.Time
	// Reach is how far back the content says that it goes; 0 where it does not say.
	Reach time.Duration
	// Linked are further contents of the source that this one only points to, such as the alerts of an index, in
	// the order in which they stand there.
	Linked []Link
	// Problems are those of the content as a whole. Those of its records stand there.
	Problems []problem.Problem
	// Note is what is to be said beside the state of the source: why what was read is not all there is.
	Note safetext.Text
	// Repairs are those of the content as a whole, such as its character set.
	Repairs Repairs
}

// ErrHalf is wrapped by the errors of [Format.Document]: the content is not whole, or not what it
// should be, and none of it may be used. Who has an earlier content keeps that, marked.
var ErrHalf = errors.New("content is not whole")

// Format is one way of writing incidents down. Exactly one of Line and Document is set.
type Format struct {
	// Name is the word for it in vigil.toml.
	Name string
	// Sign says in words what a content of this format is recognised by.
	Sign string
	// Authority is whose ids the records carry; empty where each file speaks for itself.
	Authority string
	// Profile is what a source of this format promises unless vigil.toml says otherwise.
	Profile health.Profile
	// Recognise reports whether the beginning of a content is in this format. It is given at
	// most [HeadSize] bytes, often with a line cut off at the end.
	Recognise func(head []byte) bool
	// RecogniseRows reports whether a table that begins with these rows is in this format; nil for what is no
	// table. The beginning of a workbook says nothing of its rows, which only the whole content gives.
	RecogniseRows func(rows [][]string) bool
	// Line decodes one line of a format of which each line stands for itself, without its line
	// break. ok is false for a line that holds no record.
	Line func(ctx *Context, line []byte, at Place) (r Record, ok bool)
	// NewLines makes what decodes many lines one after another; nil where Line is as good.
	NewLines func() LineDecoder
	// Document decodes a whole content. The error, if any, is a [problem.Problem] that wraps
	// [ErrHalf] by way of [Half].
	Document func(ctx *Context, body []byte) (Document, error)
}

// LineDecoder decodes lines of a format, for one goroutine, and says of each what [Format.Line] says, into a record
// of which it uses the memory again. Texts of the record may be parts of the line.
type LineDecoder func(ctx *Context, line string, at Place, rec *Record) (ok bool)

// Decoder makes what decodes many lines.
func (f *Format) Decoder() LineDecoder {
	if f.NewLines != nil {
		return f.NewLines()
	}
	return func(ctx *Context, line string, at Place, rec *Record) (ok bool) {
		*rec, ok = f.Line(ctx, []byte(line), at)
		return ok
	}
}

// HeadSize is how much of a content is enough to recognise its format.
const HeadSize = 8 << 10

// Lines reports whether the format can be decoded line by line while it grows.
func (f *Format) Lines() bool { return f.Line != nil }

// Place is where a record begins.
type Place struct {
	Line   int   // 1-based
	Offset int64 // in bytes
}

// half is a problem that makes a whole content unusable.
type half struct{ problem.Problem }

func (half) Unwrap() error { return ErrHalf }

// Half makes the error of a content of which nothing may be used.
func Half(p problem.Problem) error { return half{p} }

// AsProblem is err as a problem of the file of ctx, with its line where the error knows it.
func AsProblem(ctx *Context, err error) problem.Problem {
	var h half
	if errors.As(err, &h) {
		return h.Problem
	}
	return problem.Problem{File: ctx.File, Message: safetext.Error(err)}
}
