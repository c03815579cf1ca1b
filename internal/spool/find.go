package spool

import "bytes"

// finder tells of which records a text cannot be part. It looks at a block once, whatever the order in which its
// records are asked for, and remembers what it found.
type finder struct {
	s     *Spool
	text  []byte
	seen  [][]uint64 // by block: a bit for each record that may hold the text; nil before it was looked at
	last  int        // the block asked for last
	first uint32     // its first record, and the one after its last
	after uint32
	small []byte
}

// Find is the finder of a text in small letters.
func (s *Spool) Find(text string) interface{ May(n uint32) bool } {
	return &finder{s: s, text: []byte(text)}
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
		if data = rest; err != nil || f.holds(r.text) {
			bits[n/64] |= 1 << (n % 64)
		}
	}
	return bits
}

// holds reports whether a record may hold the text. What is beyond ASCII or escaped may be folded in ways that
// are not known here.
func (f *finder) holds(record []byte) bool {
	if cap(f.small) < len(record) {
		f.small = make([]byte, 2*len(record))
	}
	small := f.small[:len(record)]
	odd := byte(0)
	for k, c := range record {
		small[k] = folded[c]
		odd |= strange[c]
	}
	return odd != 0 || bytes.Contains(small, f.text)
}

// folded is each byte as it is compared; strange is 1 for what is not printable ASCII, and for the escape.
var folded, strange = func() (to, odd [256]byte) {
	for c := range to {
		to[c] = byte(c)
		if c < ' ' && c != '\n' || c >= 0x7F || c == '\\' {
			odd[c] = 1
		}
	}
	for c := 'A'; c <= 'Z'; c++ {
		to[c] = byte(c) + 'a' - 'A'
	}
	to['`'] = '\''
	return to, odd
}()
