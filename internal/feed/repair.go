package feed

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"vigil/internal/safetext"
)

// Repairs count what had to be done to text to read and show it. They are counted, and not a
// problem each: a file in the wrong character set would drown everything else.
type Repairs struct {
	Marks     int             // byte order marks taken off
	NUL       int             // NUL bytes taken out
	UTF16     int             // characters of a text in UTF-16
	Converted int             // bytes taken as Windows-1252
	Invalid   int             // bytes of no character set, each now U+FFFD
	Text      safetext.Report // what safetext changed
}

// IsZero reports whether nothing was changed.
func (r Repairs) IsZero() bool { return r == Repairs{} }

// Add returns the sum of both.
func (r Repairs) Add(o Repairs) Repairs {
	return Repairs{
		r.Marks + o.Marks, r.NUL + o.NUL, r.UTF16 + o.UTF16, r.Converted + o.Converted, r.Invalid + o.Invalid,
		r.Text.Add(o.Text),
	}
}

var byteOrderMark = []byte("\xEF\xBB\xBF")

// UTF8 makes valid UTF-8 of b, without a byte order mark and NUL bytes. Bytes that are not UTF-8 are
// taken as Windows-1252 if no character of b beyond ASCII is UTF-8; otherwise each becomes U+FFFD.
// What needs no repair is returned as it is.
func UTF8(b []byte) ([]byte, Repairs) {
	var r Repairs
	for bytes.HasPrefix(b, byteOrderMark) { // some tools add one for each time they save
		b = b[len(byteOrderMark):]
		r.Marks++
	}
	if n := bytes.Count(b, []byte{0}); n > 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
		r.NUL = n
	}
	if utf8.Valid(b) {
		return b, r
	}
	multi, stray := 0, 0
	for rest := b; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		switch {
		case size > 1:
			multi++
		case c == utf8.RuneError:
			stray++
		}
		rest = rest[size:]
	}
	if multi == 0 {
		// The decoder of Windows-1252 cannot fail: the five bytes it lacks become U+FFFD.
		if out, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			r.Converted = stray
			return out, r
		}
	}
	r.Invalid = stray
	out := make([]byte, 0, len(b)+2*stray)
	for len(b) > 0 {
		c, size := utf8.DecodeRune(b)
		out = utf8.AppendRune(out, c)
		b = b[size:]
	}
	return out, r
}

// UTF16 makes UTF-8 of a text in UTF-16 with a byte order mark, as spreadsheets write their "Unicode text". ok is false
// for any other. What is no character becomes U+FFFD.
func UTF16(b []byte) (out []byte, r Repairs, ok bool) {
	if !bytes.HasPrefix(b, []byte("\xFF\xFE")) && !bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		return nil, Repairs{}, false
	}
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
	if err != nil {
		return nil, Repairs{}, false
	}
	n := utf8.RuneCount(out)
	out, r = UTF8(out)
	r.Marks, r.UTF16 = r.Marks+1, n
	return out, r, true
}

// Text cleans external text and counts what it changed.
type Text struct{ Report safetext.Report }

// Caps of text in records, in bytes. An id is not cut but refused: two that begin the same
// would become one.
const (
	MaxID    = 256
	MaxTitle = 512
)

// Line is one line of text.
func (t *Text) Line(s string) safetext.Text {
	out, report := safetext.CleanReport(s)
	t.Report = t.Report.Add(report)
	return out
}

// Title is a line short enough to head a record.
func (t *Text) Title(s string) safetext.Text {
	out := t.Line(s)
	if out.Len() > MaxTitle {
		t.Report.Cut += out.Len() - MaxTitle
		return safetext.CleanMax(out.String(), MaxTitle)
	}
	return out
}

// Block is text of several lines.
func (t *Text) Block(s string) safetext.Text {
	out, report := safetext.BlockReport(s)
	t.Report = t.Report.Add(report)
	return out
}
