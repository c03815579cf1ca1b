package presence

import (
	"fmt"
	"io"

	"vigil/internal/safetext"
)

// Name is a person's name. It prints as a mark, so that it cannot slip into a log, an error or a
// panic; only a view that may show it calls Reveal.
type Name struct{ t safetext.Text }

// nameMark stands wherever a name would be printed.
const nameMark = "[name]"

// NewName keeps a name.
func NewName(t safetext.Text) Name { return Name{t} }

// Reveal is the name itself, for a viewer who may see it.
func (n Name) Reveal() safetext.Text { return n.t }

// IsZero reports whether no name was given.
func (n Name) IsZero() bool { return n.t.IsZero() }

// String is never the name.
func (Name) String() string { return nameMark }

// GoString is never the name.
func (Name) GoString() string { return nameMark }

// Format is never the name, with any verb: without it %d or %x would print the fields.
func (Name) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, nameMark) }

// MarshalText is never the name.
func (Name) MarshalText() ([]byte, error) { return []byte(nameMark), nil }
