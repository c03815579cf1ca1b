package intake

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/zstd"
)

// KindBlock is an entry that holds many incidents that arrived of one content of a file at one time, compressed:
// the first reading of a large file is a million of them. Readers of this package deliver each as an entry of its
// own, of [KindIncident], with the sequence of the block.
const KindBlock Kind = "block"

// MaxBlock is the most incidents of a block.
const MaxBlock = 1000

// Member is one incident of a block.
type Member struct {
	Line    int
	Offset  int64
	Payload []byte // in native form, on one line
}

// blockForm is the payload of a block: n lines, each a member's line, offset and payload with a space between, as zstd.
type blockForm struct {
	N    int    `json:"n"`
	Zstd []byte `json:"zstd"`
}

// Packer makes blocks. It is for one goroutine; the zero value is usable.
type Packer struct {
	zstd *zstd.Encoder
	buf  []byte
}

// Pack is the payload of an entry of [KindBlock], whose origin is that of the first member.
func (p *Packer) Pack(members []Member) (jsontext.Value, error) {
	if p.zstd == nil {
		// Of one goroutine that waits there is no use in more; the window need not be larger than a block.
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
			zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
		if err != nil {
			return nil, fmt.Errorf("pack a block: %w", err)
		}
		p.zstd = z
	}
	p.buf = p.buf[:0]
	for _, m := range members {
		p.buf = strconv.AppendInt(p.buf, int64(m.Line), 10)
		p.buf = append(p.buf, ' ')
		p.buf = strconv.AppendInt(p.buf, m.Offset, 10)
		p.buf = append(p.buf, ' ')
		p.buf = append(p.buf, m.Payload...)
		p.buf = append(p.buf, '\n')
	}
	return json.Marshal(blockForm{len(members), p.zstd.EncodeAll(p.buf, nil)})
}

// unpacker turns a block back into its entries.
type unpacker struct {
	zstd *zstd.Decoder
	head Entry
	rest []byte
	left int
}

// maxUnpacked bounds what a block may be when it is unpacked, in bytes: a thousand of the longest lines are more, but
// no writer of ours makes such a block.
const maxUnpacked = 256 << 20

var errBlock = errors.New("the block is not what was packed")

// open begins a block.
func (u *unpacker) open(e Entry) error {
	var form blockForm
	if err := json.Unmarshal(e.Payload, &form, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	if u.zstd == nil {
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderLowmem(true))
		if err != nil {
			return err
		}
		u.zstd = z
	}
	data, err := u.zstd.DecodeAll(form.Zstd, nil)
	if err != nil {
		return err
	}
	if form.N < 1 || bytes.Count(data, []byte{'\n'}) != form.N || data[len(data)-1] != '\n' {
		return errBlock
	}
	u.head, u.rest, u.left = e, data, form.N
	u.head.Kind, u.head.Payload = KindIncident, nil
	return nil
}

// next is the next entry of the block that was begun.
func (u *unpacker) next() (Entry, error) {
	line, rest, _ := bytes.Cut(u.rest, []byte{'\n'})
	u.rest = rest
	u.left--
	number, line, _ := bytes.Cut(line, []byte{' '})
	offset, payload, ok := bytes.Cut(line, []byte{' '})
	e := u.head
	e.ID += "/" + strconv.Itoa(u.left)
	var errs [2]error
	e.Origin.Line, errs[0] = strconv.Atoi(string(number))
	e.Origin.Offset, errs[1] = strconv.ParseInt(string(offset), 10, 64)
	if !ok || errors.Join(errs[:]...) != nil || len(payload) == 0 {
		return Entry{}, errBlock
	}
	e.Payload = payload
	return e, nil
}

// Block is the entry of members that arrived together.
func (p *Packer) Block(source string, origin Origin, received time.Time, members []Member) (Entry, error) {
	payload, err := p.Pack(members)
	if err != nil {
		return Entry{}, fmt.Errorf("%w: %w", ErrEntry, err)
	}
	origin.Line, origin.Offset = members[0].Line, members[0].Offset
	return Entry{Kind: KindBlock, Received: received, Source: source, Origin: origin, Payload: slices.Clip(payload)}, nil
}
