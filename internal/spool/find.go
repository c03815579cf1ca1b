package spool

import (
	"bytes"
	"strings"

	"vigil/internal/safetext"
)

// finder tells of which records a text cannot be part. It looks at a block once, whatever the order in which its
// records are asked for, and remembers what it found.
type finder struct {
	s     *Spool
	text  string
	rare  int        // the place of its rarest byte
	spelt []byte     // and how that may be spelt
	seen  [][]uint64 // by block: a bit for each record that may hold the text; nil before it was looked at
	last  int        // the block asked for last
	first uint32     // its first record, and the one after its last
	after uint32
}

// Find is the finder of a text in small letters.
func (s *Spool) Find(text string) interface{ May(n uint32) bool } {
	f := &finder{s: s, text: text}
	f.rare, f.spelt = rarest(text)
	return f
}

// May reports whether the text may be part of record n; what cannot be read back may hold anything.
func (f *finder) May(n uint32) bool {
	if n < f.first || n >= f.after {
		if !f.turn(n) {
			return true
		}
	}
	bit := n - f.first
	bits := f.seen[f.last]
	return int(bit/64) >= len(bits) || bits[bit/64]>>(bit%64)&1 != 0
}

// turn looks at the block of record n; false when that is still being filled.
func (f *finder) turn(n uint32) bool {
	s := f.s
	s.mu.Lock()
	k, first, after, whole := s.find(n)
	if !whole {
		s.mu.Unlock()
		return false
	}
	for len(f.seen) <= k {
		f.seen = append(f.seen, nil)
	}
	var data []byte
	if f.seen[k] == nil {
		data = s.unpack(k)
	}
	s.mu.Unlock()
	f.last, f.first, f.after = k, first, after
	if f.seen[k] == nil {
		f.seen[k] = f.look(data, int(after-first))
	}
	return true
}

// look finds the records of a block that may hold the text.
func (f *finder) look(data []byte, records int) []uint64 {
	bits := make([]uint64, (records+63)/64)
	for n := range records {
		r, rest, err := parse(data)
		if data = rest; err != nil || r.content > 0 || f.holds(string(bytes.TrimSuffix(r.text, []byte{'\n'}))) {
			bits[n/64] |= 1 << (n % 64)
		}
	}
	return bits
}

// holds reports whether a record may hold the text. What is beyond ASCII or escaped may be folded in ways that
// are not known here.
func (f *finder) holds(record string) bool {
	if !safetext.Printable(record) || strings.IndexByte(record, '\\') >= 0 {
		return true
	}
	if f.text == "" {
		return true
	}
	for _, c := range f.spelt {
		for at := 0; ; at++ {
			next := strings.IndexByte(record[at:], c)
			if next < 0 {
				break
			}
			at += next
			if from := at - f.rare; from >= 0 && from+len(f.text) <= len(record) && f.at(record[from:]) {
				return true
			}
		}
	}
	return false
}

// at reports whether a record continues with the text.
func (f *finder) at(record string) bool {
	for k := range len(f.text) {
		if fold(record[k]) != f.text[k] {
			return false
		}
	}
	return true
}

// fold is a byte of ASCII as it is compared.
func fold(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case c == '`':
		return '\''
	default:
		return c
	}
}

// common are the letters of feeds, the most frequent first; what is not among them is rarer.
const common = "etaonirsdcl\",:0hump21_gfyb3"

// rarest is the place of the byte of a text that is met least often, and how it may be spelt.
func rarest(text string) (at int, spelt []byte) {
	best := -1
	for k := range len(text) {
		rank := strings.IndexByte(common, text[k])
		if rank < 0 {
			rank = len(common)
		}
		if rank > best {
			best, at = rank, k
		}
	}
	if text == "" {
		return 0, nil
	}
	for c := byte(0); c < 0x80; c++ {
		if fold(c) == text[at] {
			spelt = append(spelt, c)
		}
	}
	return at, spelt
}
