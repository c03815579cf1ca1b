package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
)

// FormatVersion is the framing this package writes. A segment of a newer version is never
// added to; it is read if its header says that readers of this version may.
const FormatVersion = 1

// MaxPayload is the longest payload in bytes. It leaves room for the longest line a feed
// may have (1 MiB) with every byte of it escaped.
const MaxPayload = 8 << 20

// maxSeq is the largest sequence number that fits its column.
const maxSeq = 999_999_999_999

// A record line is five columns: sequence, length of the payload, CRC-32C, the SHA-256 of
// the line before, payload. The first four have a fixed width, so a torn line is told
// from a damaged one by arithmetic, and the columns line up in a pager.
const (
	seqWidth  = 12
	lenWidth  = 7
	crcWidth  = 8
	hashWidth = 2 * sha256.Size

	lenAt     = seqWidth + 1
	crcAt     = lenAt + lenWidth + 1
	hashAt    = crcAt + crcWidth + 1
	payloadAt = hashAt + hashWidth + 1

	maxLine = payloadAt + MaxPayload + 1
)

// magic begins every segment.
const magic = "vigil-journal "

// maxHeader bounds a header line, of this version or a newer one.
const maxHeader = 4 << 10

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Hash is the SHA-256 of one line of a segment, its newline included, so that
//
//	sed -n 17p 000000000001.log | sha256sum
//
// gives what line 18 must carry in its fourth column.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != hashWidth {
		return fmt.Errorf("a hash has %d hexadecimal digits, this has %d", hashWidth, len(text))
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// appendRecord adds one record line to dst and gives the hash of that line.
func appendRecord(dst []byte, seq uint64, prev Hash, payload []byte) ([]byte, Hash) {
	start := len(dst)
	dst = appendPadded(dst, seq, seqWidth)
	dst = append(dst, ' ')
	dst = appendPadded(dst, uint64(len(payload)), lenWidth)
	dst = append(dst, ' ')
	dst = append(dst, "00000000 "...)
	dst = hex.AppendEncode(dst, prev[:])
	dst = append(dst, ' ')
	dst = append(dst, payload...)
	dst = append(dst, '\n')
	line := dst[start:]
	putHex32(line[crcAt:], checksum(line))
	return dst, sha256.Sum256(line)
}

// checksum covers the whole line but its own column.
func checksum(line []byte) uint32 {
	sum := crc32.Checksum(line[:crcAt], castagnoli)
	return crc32.Update(sum, castagnoli, line[crcAt+crcWidth:])
}

// frame is what a record line says.
type frame struct {
	seq     uint64
	prev    Hash
	payload []byte // part of the line
}

// Reasons why a line is not a record.
var (
	errShort    = errors.New("the line is too short for a record")
	errColumns  = errors.New("the columns before the payload are not those of a record")
	errLength   = errors.New("the line is not as long as it says")
	errChecksum = errors.New("the checksum does not match the line")
)

// parseRecord reads one line with its newline. It accepts exactly what appendRecord
// writes: any other spelling of the same record is refused.
func parseRecord(line []byte) (frame, error) {
	size, err := recordSize(line)
	if err != nil {
		return frame{}, err
	}
	if size != len(line) || line[size-1] != '\n' {
		return frame{}, errLength
	}
	var f frame
	var ok bool
	if f.seq, ok = parsePadded(line[:seqWidth]); !ok || f.seq == 0 {
		return frame{}, errColumns
	}
	sum, ok := parseHex32(line[crcAt : crcAt+crcWidth])
	if !ok {
		return frame{}, errColumns
	}
	if sum != checksum(line) {
		return frame{}, errChecksum
	}
	if !parseHash(&f.prev, line[hashAt:hashAt+hashWidth]) {
		return frame{}, errColumns
	}
	f.payload = line[payloadAt : size-1]
	return f, nil
}

// recordSize is the length the line must have, its newline included, by what its
// columns say. It needs no more than the columns, so it also works on a torn line.
func recordSize(line []byte) (int, error) {
	if len(line) < payloadAt {
		return 0, errShort
	}
	for _, at := range [...]int{lenAt, crcAt, hashAt, payloadAt} {
		if line[at-1] != ' ' {
			return 0, errColumns
		}
	}
	n, ok := parsePadded(line[lenAt : lenAt+lenWidth])
	if !ok || n == 0 || n > MaxPayload {
		return 0, errColumns
	}
	return payloadAt + int(n) + 1, nil
}

// checkPayload says whether a payload can be one line.
func checkPayload(p []byte) error {
	switch {
	case len(p) == 0:
		return errors.New("it is empty")
	case len(p) > MaxPayload:
		return fmt.Errorf("it has %d bytes, the most is %d", len(p), MaxPayload)
	case bytes.IndexByte(p, '\n') >= 0:
		return errors.New("it holds a line break; JSON text can be written on one line")
	case bytes.IndexByte(p, 0) >= 0:
		return errors.New("it holds a NUL byte, which marks blocks that were never written")
	}
	return nil
}

// header is the first line of a segment.
type header struct {
	format uint64 // the version that wrote it
	reader uint64 // the oldest version that may read it
	first  uint64 // sequence of the first record
	prev   Hash   // of the last line of the segment before
}

// appendHeader adds a header line and gives its hash, which the first record carries.
func appendHeader(dst []byte, h header) ([]byte, Hash) {
	start := len(dst)
	dst = fmt.Appendf(dst, "%sformat=%d reader=%d first=%0*d prev=%s crc=", magic, h.format, h.reader, seqWidth, h.first, h.prev)
	sum := crc32.Checksum(dst[start:], castagnoli)
	dst = fmt.Appendf(dst, "%08x\n", sum)
	return dst, sha256.Sum256(dst[start:])
}

var errHeader = errors.New("the first line is not the header of a journal segment")

// parseHeader reads the first line of a segment. A newer format may have more fields
// before the checksum; this one may not.
func parseHeader(line []byte) (header, error) {
	rest, ok := bytes.CutPrefix(line, []byte(magic))
	if !ok || len(line) > maxHeader {
		return header{}, errHeader
	}
	at := bytes.LastIndex(line, []byte("crc="))
	if at < 0 || len(line) != at+len("crc=")+crcWidth+1 || line[len(line)-1] != '\n' {
		return header{}, errHeader
	}
	sum, ok := parseHex32(line[at+len("crc=") : len(line)-1])
	if !ok || sum != crc32.Checksum(line[:at+len("crc=")], castagnoli) {
		return header{}, fmt.Errorf("%w: its checksum does not match", errHeader)
	}
	var h header
	fields := bytes.Fields(rest)
	if len(fields) < 5 {
		return header{}, errHeader
	}
	for i, want := range []struct {
		name string
		into *uint64
	}{{"format=", &h.format}, {"reader=", &h.reader}, {"first=", &h.first}} {
		value, ok := bytes.CutPrefix(fields[i], []byte(want.name))
		n, err := strconv.ParseUint(string(value), 10, 64)
		if !ok || err != nil || n == 0 {
			return header{}, errHeader
		}
		*want.into = n
	}
	prev, ok := bytes.CutPrefix(fields[3], []byte("prev="))
	if !ok || len(prev) != hashWidth || !parseHash(&h.prev, prev) || h.first > maxSeq {
		return header{}, errHeader
	}
	if h.format == FormatVersion {
		if again, _ := appendHeader(nil, h); !bytes.Equal(again, line) {
			return header{}, errHeader
		}
	}
	return h, nil
}

func appendPadded(dst []byte, n uint64, width int) []byte {
	start := len(dst)
	for range width {
		dst = append(dst, '0')
	}
	for i := start + width - 1; n > 0; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

func parsePadded(b []byte) (uint64, bool) {
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, true
}

const lowerHex = "0123456789abcdef"

func putHex32(dst []byte, n uint32) {
	for i := crcWidth - 1; i >= 0; i-- {
		dst[i] = lowerHex[n&15]
		n >>= 4
	}
}

func parseHex32(b []byte) (uint32, bool) {
	var n uint32
	for _, c := range b {
		d := unhex[c]
		if d > 15 {
			return 0, false
		}
		n = n<<4 | uint32(d)
	}
	return n, true
}

// parseHash differs from hex.Decode in refusing capitals: a line has one spelling.
func parseHash(h *Hash, b []byte) bool {
	var bad byte
	for i := range h {
		hi, lo := unhex[b[2*i]], unhex[b[2*i+1]]
		bad |= hi | lo
		h[i] = hi<<4 | lo&15
	}
	return bad < 16
}

// unhex is the value of a lower-case hexadecimal digit, 255 for anything else.
var unhex = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for v, c := range []byte(lowerHex) {
		table[c] = byte(v)
	}
	return table
}()
