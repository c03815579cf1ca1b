package term

import (
	"bytes"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// standing leaves out of the bytes of frames the rows that stand on the terminal already.
//
// The renderer of Bubble Tea writes a row in which there are wide letters, or letters of which terminals disagree how wide they are, whole
// into every frame, whether it has changed or not: a clock that ticks costs two hundred bytes for each line with a Chinese title. It
// writes such a row between "no autowrap" and "autowrap", and then says where the cursor stands; so each can be told from all else, and
// left out where the same was written with the same pen in the frame before. What it leaves behind, the pen and the place of the cursor,
// is written in its stead.
//
// Everything that is not exactly of that form passes as it is, and what may move or clear rows forgets all of them.
type standing struct {
	rows   map[int]standingRow
	next   map[int]standingRow // those of the frame that is being written
	pen    uv.Style            // as the renderer takes it to be
	real   uv.Style            // as the terminal has it
	cursor []byte              // the place of the cursor that rows which were left out have set; nil if none was
	parser *ansi.Parser
}

// standingRow is what a row was written with.
type standingRow struct {
	pen   uv.Style
	cells string
}

var (
	wrapOff = []byte(ansi.ResetModeAutoWrap)
	wrapOn  = []byte(ansi.SetModeAutoWrap)
	erase   = []byte(ansi.EraseLineRight)
)

func newStanding() *standing {
	return &standing{rows: map[int]standingRow{}, next: map[int]standingRow{}, parser: ansi.NewParser()}
}

// appendNew appends to dst what of p the terminal needs.
func (s *standing) appendNew(dst, p []byte) []byte {
	if moves(p) {
		clear(s.rows)
	}
	for len(p) > 0 {
		at := bytes.Index(p, wrapOff)
		if at < 0 {
			dst = s.pass(dst, p)
			break
		}
		dst = s.pass(dst, p[:at])
		row, ok := wideRow(p[at:])
		if !ok {
			dst = s.pass(dst, p[at:at+len(wrapOff)])
			p = p[at+len(wrapOff):]
			continue
		}
		dst = s.row(dst, &row)
		p = p[at+len(row.all):]
	}
	dst = s.settle(dst)
	s.rows, s.next = s.next, s.rows
	clear(s.next)
	return dst
}

// pass appends what is not left out.
func (s *standing) pass(dst, p []byte) []byte {
	if len(p) == 0 {
		return dst
	}
	dst = s.settle(dst)
	s.draw(p)
	s.real = s.pen
	return append(dst, p...)
}

// row appends a row, unless it stands.
func (s *standing) row(dst []byte, r *writtenRow) []byte {
	began := s.pen
	s.draw(r.before)
	from := s.pen
	before, stands := s.rows[r.at]
	s.draw(r.cells)
	s.next[r.at] = standingRow{from, string(r.cells)}
	if stands && before.cells == string(r.cells) && before.pen.Equal(&from) {
		s.cursor = r.cursor
		return dst
	}
	now := s.pen
	if stands && before.pen.Equal(&from) {
		if t, ok := s.tail([]byte(before.cells), r.cells, from); ok {
			dst = append(dst, ansi.CursorPosition(t.column+1, r.at)...)
			if !s.real.Equal(&t.pen) {
				dst = append(dst, t.pen.Diff(&s.real)...)
			}
			s.pen, s.real, s.cursor = now, now, r.cursor
			return append(dst, t.cells...)
		}
		s.pen = now
	}
	s.pen = began
	dst = s.settle(dst)
	s.pen, s.real = now, now
	return append(dst, r.all...)
}

// rowTail is what of a row is new.
type rowTail struct {
	column int      // from 0, where it begins
	pen    uv.Style // with which it begins
	cells  []byte
}

// tail is what of cells differs from before, which stands, if all terminals agree on how many columns everything in both takes.
func (s *standing) tail(before, cells []byte, from uv.Style) (t rowTail, ok bool) {
	s.pen = from
	same := 0
	for same < len(cells) && same < len(before) && cells[same] == before[same] {
		same++
	}
	t.pen, t.cells = from, cells
	width := 0
	for rest := cells; len(rest) > 0; {
		n, w, sure := s.cell(rest)
		if !sure {
			return t, false
		}
		s.draw(rest[:n])
		rest, width = rest[n:], width+w
		if len(cells)-len(rest) <= same {
			t.column, t.pen, t.cells = width, s.pen, rest
		}
	}
	for rest := before; len(rest) > 0; {
		n, w, sure := s.cell(rest)
		if !sure {
			return t, false
		}
		rest, width = rest[n:], width-w
	}
	return t, width == 0
}

// cell reads a letter or a sequence at the beginning of p: how many bytes and columns it takes, and whether all terminals agree on that. Of
// pictures and of what is put together from several code points they do not.
func (s *standing) cell(p []byte) (n, width int, sure bool) {
	if p[0] == '\x1b' {
		_, width, n, _ = ansi.DecodeSequenceWc(p, ansi.NormalState, s.parser)
		return n, width, ansi.Cmd(s.parser.Command()).Final() == 'm' && bytes.HasPrefix(p, csi)
	}
	_, width, n, _ = ansi.DecodeSequence(p, ansi.NormalState, s.parser)
	r, size := utf8.DecodeRune(p)
	const pictures = 0x1f000
	return n, width, n == size && r >= ' ' && r < pictures && width > 0 && ansi.StringWidthWc(string(r)) == width
}

// settle writes what the rows that were left out leave behind.
func (s *standing) settle(dst []byte) []byte {
	if s.cursor == nil {
		return dst
	}
	if !s.real.Equal(&s.pen) {
		dst = append(dst, s.pen.Diff(&s.real)...)
		s.real = s.pen
	}
	dst = append(dst, s.cursor...)
	s.cursor = nil
	return dst
}

// draw follows the pen through p.
func (s *standing) draw(p []byte) {
	for {
		at := bytes.Index(p, csi)
		if at < 0 {
			return
		}
		p = p[at:]
		_, _, n, _ := ansi.DecodeSequenceWc(p, ansi.NormalState, s.parser)
		if cmd := ansi.Cmd(s.parser.Command()); cmd.Final() == 'm' && cmd.Prefix() == 0 && cmd.Intermediate() == 0 {
			uv.ReadStyle(s.parser.Params(), &s.pen)
		}
		p = p[max(n, 1):]
	}
}

// writtenRow is a row as the renderer writes it: {no autowrap} before {erase} cells {autowrap} cursor.
type writtenRow struct {
	all, before, cells, cursor []byte
	at                         int // from 1
}

// wideRow is the row at the beginning of p.
func wideRow(p []byte) (r writtenRow, ok bool) {
	end := bytes.Index(p, wrapOn)
	if end < 0 {
		return r, false
	}
	before, cells, ok := bytes.Cut(p[len(wrapOff):end], erase)
	if !ok || bytes.Contains(p[:end], []byte("\x1b]")) { // a link is another pen
		return r, false
	}
	rest := p[end+len(wrapOn):]
	n, row := place(rest)
	if n == 0 {
		return r, false
	}
	return writtenRow{p[:end+len(wrapOn)+n], before, cells, rest[:n], row}, true
}

// place reads the cursor position with which p begins: how many bytes it takes, and the row, from 1. n is 0 if it begins with none.
func place(p []byte) (n, row int) {
	if !bytes.HasPrefix(p, csi) {
		return 0, 0
	}
	row = 0
	for i, b := range p[len(csi):] {
		switch {
		case b >= '0' && b <= '9':
			row = 10*row + int(b-'0')
		case b == ';':
			end := bytes.IndexFunc(p[len(csi)+i+1:], func(r rune) bool { return r < '0' || r > '9' })
			if end < 0 || p[len(csi)+i+1+end] != 'H' {
				return 0, 0
			}
			return len(csi) + i + 1 + end + 1, max(row, 1)
		case b == 'H':
			return len(csi) + i + 1, max(row, 1)
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// moves reports whether p may move rows or clear them: by scrolling, by inserting and deleting lines, by clearing the screen or by going to
// another one. Rows that are written whole are looked over.
func moves(p []byte) bool {
	for len(p) > 0 {
		at := bytes.IndexAny(p, "\x1b\n")
		if at < 0 {
			return false
		}
		p = p[at:]
		switch {
		case p[0] == '\n':
			return true
		case bytes.HasPrefix(p, wrapOff):
			if r, ok := wideRow(p); ok {
				p = p[len(r.all):]
				continue
			}
		case len(p) > 1 && (p[1] == 'M' || p[1] == 'D' || p[1] == 'E' || p[1] == 'c' || p[1] == '8'):
			return true
		case bytes.HasPrefix(p, csi):
			end := bytes.IndexFunc(p[len(csi):], func(r rune) bool { return r >= '@' && r <= '~' })
			if end < 0 {
				return true
			}
			switch final := p[len(csi)+end]; final {
			case 'J', 'L', 'M', 'S', 'T', 'r':
				return true
			case 'h', 'l':
				if bytes.HasPrefix(p, []byte("\x1b[?1049")) || bytes.HasPrefix(p, []byte("\x1b[?47")) {
					return true
				}
			}
			p = p[len(csi)+end+1:]
			continue
		}
		p = p[1:]
	}
	return false
}
