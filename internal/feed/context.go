package feed

import (
	"fmt"
	"path"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// Context is what decoding must know of the source that the bytes come from.
type Context struct {
	File      safetext.Text // named in problems
	Authority safetext.Text // of the [[source]]; empty when it names none
	Stem      safetext.Text // the file's name up to its first dot, the authority of last resort

	// Languages are those that the user reads, as ISO 639 codes, the first the best.
	Languages []string

	// Map is the [source.map] of the [[source]]; nil when it has none.
	Map *Map
	// Sheet is the sheet of a workbook that is read; empty is the first.
	Sheet string
	// EmptyOK says that a content without a record is an answer.
	EmptyOK bool

	// Received is when a content that is read whole came; zero where nobody knows.
	Received time.Time

	// What holds for records that do not say.
	Grade    safetext.Text
	Handling incident.Coded[incident.Handling]
}

// NewContext is the context of a file without a [[source]] of its own. The name is relative to
// the desk, with slashes.
func NewContext(name string) *Context {
	stem, _, _ := strings.Cut(path.Base(name), ".")
	return &Context{File: safetext.Clean(name), Stem: safetext.Clean(stem)}
}

// Resolve is the authority of a record: its own word, else that of the [[source]], else that of
// the format, else the name of the file.
func (c *Context) Resolve(stated safetext.Text, format string) safetext.Text {
	switch {
	case !stated.IsZero():
		return stated
	case !c.Authority.IsZero():
		return c.Authority
	case format != "":
		return safetext.Clean(format)
	default:
		return c.Stem
	}
}

// Ahead reports whether a time had not come when the content did, by more than clocks drift. As a version it would outrank all that
// is said until then.
func (c *Context) Ahead(t time.Time) bool {
	return !c.Received.IsZero() && t.After(c.Received.Add(incident.FutureTolerance))
}

// Complete gives an incident what the source says of all its records, and a country by its position where it states none, known or
// not: the same in every format, or what the intake keeps of a record would be another one than its file holds. A source's handling
// never opens what is restricted by its nature.
func (c *Context) Complete(i *incident.Incident) {
	if len(i.CountryText) == 0 {
		Infer(i)
	}
	if i.Grade.IsZero() {
		i.Grade = c.Grade
	}
	if i.Handling.Value == incident.HandlingUnstated &&
		(!i.Restricted() || c.Handling.Value >= incident.Restricted) {
		i.Handling = c.Handling
	}
}

// Warn makes a problem of input that was used all the same. Column 0 is the whole line.
func (c *Context) Warn(line, column int, format string, args ...any) problem.Problem {
	p := c.Reject(line, column, format, args...)
	p.Warning = true
	return p
}

// Reject makes a problem of input that was not used.
func (c *Context) Reject(line, column int, format string, args ...any) problem.Problem {
	return problem.Problem{
		File: c.File, Line: line, Column: column,
		Message: safetext.CleanMax(fmt.Sprintf(format, args...), maxMessage),
	}
}

// maxMessage caps a message, in bytes: it may quote what stood in the file.
const maxMessage = 400
