package saying

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/safetext"
)

// A Saying as JSON:
//
//	"Gao"                                a text from outside
//	12                                   a whole number, among the values of a message
//	["%s official level %d","Gao",4]     a message with its values; without any, a word
//	[3,"source","sources"]               a number of what there are so many of
//	[2.4,1]                              a number with its decimals
//	["",", ",…]                          a list with its separator
//	{"age":"6h"}, {"country":"MLI","name":"Mali"}
//
// What is read may have been damaged or be of somebody who means harm. Whatever is not as [Of] and the others make it reads as the zero
// Saying, which says nothing: no error, so that what stands beside it is still read.

// Limits of what is read.
const (
	MaxBytes = 8 << 10 // of JSON
	maxDepth = 12      // of Sayings within one another
	maxCount = 1 << 40 // of a number
)

var errSaying = errors.New("no saying")

// MarshalJSON is null for what is too long to be read again. It never fails: what stands beside it must be written.
func (s Saying) MarshalJSON() ([]byte, error) {
	b, err := s.append(nil)
	if err != nil || len(b) > MaxBytes {
		return []byte("null"), nil //nolint:nilerr // what cannot be read again is left out, and the entry is written all the same
	}
	return b, nil
}

func (s Saying) append(b []byte) ([]byte, error) {
	var err error
	switch s.kind {
	case number:
		return strconv.AppendInt(b, int64(s.n), 10), nil
	case plural:
		b = strconv.AppendInt(append(b, '['), int64(s.n), 10)
		b, err = appendText(append(b, ','), s.text)
		if err == nil && s.more != s.text {
			b, err = appendText(append(b, ','), s.more)
		}
		return append(b, ']'), err
	case decimal:
		b = append(append(b, '['), s.text...)
		return append(strconv.AppendInt(append(b, ','), int64(s.n), 10), ']'), nil
	case age:
		b, err = appendText(append(b, `{"age":`...), s.text)
		return append(b, '}'), err
	case nation:
		b, err = appendText(append(b, `{"country":`...), s.more)
		if err == nil {
			b, err = appendText(append(b, `,"name":`...), s.text)
		}
		return append(b, '}'), err
	case message, list:
		return s.appendParts(b)
	case outside:
	}
	return appendText(b, s.text)
}

func (s Saying) appendParts(b []byte) ([]byte, error) {
	b = append(b, '[')
	if s.kind == list {
		b = append(b, `"",`...)
	}
	b, err := appendText(b, s.text)
	for i := range s.parts {
		if err != nil {
			return nil, err
		}
		b, err = s.parts[i].append(append(b, ','))
	}
	return append(b, ']'), err
}

func appendText(b []byte, text string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return nil, err
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...), nil
}

// UnmarshalJSON reads what MarshalJSON wrote; everything else is the zero Saying, and no error.
func (s *Saying) UnmarshalJSON(data []byte) error {
	*s = Saying{}
	if len(data) > MaxBytes {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if read, err := decode(d, maxDepth); err == nil {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			*s = read
		}
	}
	return nil
}

func decode(d *json.Decoder, depth int) (Saying, error) {
	if depth == 0 {
		return Saying{}, errSaying
	}
	token, err := d.Token()
	if err != nil {
		return Saying{}, err
	}
	switch token := token.(type) {
	case string:
		return Text(token), nil
	case json.Number:
		n, err := whole(token)
		return Saying{kind: number, n: n}, err
	case json.Delim:
		if token == '[' {
			return decodeList(d, depth)
		}
		if token == '{' {
			return decodeObject(d)
		}
	}
	return Saying{}, errSaying
}

// whole is a whole number as it is written without an exponent.
func whole(n json.Number) (int, error) {
	i, err := strconv.ParseInt(n.String(), 10, 64)
	if err != nil || i > maxCount || i < -maxCount || strconv.FormatInt(i, 10) != n.String() {
		return 0, errSaying
	}
	return int(i), nil
}

func decodeList(d *json.Decoder, depth int) (Saying, error) {
	first, err := d.Token()
	if err != nil {
		return Saying{}, err
	}
	var s Saying
	switch first := first.(type) {
	case json.Number:
		return decodeNumber(d, first)
	case string:
		s = Saying{kind: message, text: first}
	default:
		return Saying{}, errSaying
	}
	if s.text == "" {
		separator, err := d.Token()
		text, is := separator.(string)
		if err != nil || !is {
			return Saying{}, errSaying
		}
		s = Saying{kind: list, text: text}
	}
	for d.More() {
		part, err := decode(d, depth-1)
		if err != nil {
			return Saying{}, err
		}
		s.parts = append(s.parts, part)
	}
	if _, err := d.Token(); err != nil || !s.holds() {
		return Saying{}, errSaying
	}
	return s, nil
}

// decodeNumber reads what begins with a number: [3,"source","sources"], [2.4,1].
func decodeNumber(d *json.Decoder, first json.Number) (Saying, error) {
	var rest []any
	for d.More() && len(rest) < 3 {
		t, err := d.Token()
		if err != nil {
			return Saying{}, err
		}
		rest = append(rest, t)
	}
	if end, err := d.Token(); err != nil || end != json.Delim(']') || len(rest) == 0 {
		return Saying{}, errSaying
	}
	if decimals, is := rest[0].(json.Number); is {
		n, err := whole(decimals)
		v, wrong := first.Float64()
		if err != nil || wrong != nil || len(rest) > 1 || n < 0 || n > 6 || math.Abs(v) > maxCount {
			return Saying{}, errSaying
		}
		s := Decimal(v, n)
		if s.text != first.String() {
			return Saying{}, errSaying
		}
		return s, nil
	}
	n, err := whole(first)
	one, is := rest[0].(string)
	more := one
	if len(rest) == 2 {
		var has bool
		more, has = rest[1].(string)
		is = is && has && more != one
	}
	if err != nil || !is || len(rest) > 2 || !clean(one) || !clean(more) || one == "" || more == "" {
		return Saying{}, errSaying
	}
	return Count(n, one, more), nil
}

// decodeObject reads an age or a country.
func decodeObject(d *json.Decoder) (Saying, error) {
	var rest []string
	for d.More() && len(rest) < 4 {
		t, err := d.Token()
		text, is := t.(string)
		if err != nil || !is {
			return Saying{}, errSaying
		}
		rest = append(rest, text)
	}
	if end, err := d.Token(); err != nil || end != json.Delim('}') {
		return Saying{}, errSaying
	}
	switch {
	case len(rest) == 2 && rest[0] == "age" && rest[1] != "" && clean(rest[1]):
		return Age(rest[1]), nil
	case len(rest) == 4 && rest[0] == "country" && rest[2] == "name" && clean(rest[1]) && clean(rest[3]):
		return Country(rest[1], rest[3]), nil
	}
	return Saying{}, errSaying
}

// holds reports whether a message or a list can be said: its own text is safe, and a message has a value of the kind of each of its verbs.
func (s Saying) holds() bool {
	if !clean(s.text) {
		return false
	}
	if s.kind == list {
		return len(s.parts) > 1 && !slices.ContainsFunc(s.parts, Saying.IsZero)
	}
	if len(s.parts) == 0 {
		return s.text != ""
	}
	verbs, ok := verbsOf(s.text)
	if !ok || len(verbs) != len(s.parts) {
		return false
	}
	for i := range s.parts {
		if (verbs[i] == 'd') != (s.parts[i].kind == number) {
			return false
		}
	}
	return true
}

// verbsOf are the verbs of a message; ok is false where one is neither %s nor %d. A %% is none.
func verbsOf(text string) (verbs []byte, ok bool) {
	for {
		_, after, has := strings.Cut(text, "%")
		switch {
		case !has:
			return verbs, true
		case after == "":
			return nil, false
		}
		switch after[0] {
		case 's', 'd':
			verbs = append(verbs, after[0])
		case '%':
		default:
			return nil, false
		}
		text = after[1:]
	}
}

// clean reports whether a text can be shown as it is, on one line. Blanks at its ends, which safetext takes away, may be those of a separator.
func clean(s string) bool {
	s = strings.Trim(s, " ")
	return safetext.Block(s).OneLine().String() == s
}
