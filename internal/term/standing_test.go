package term

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// screens draws frames as Bubble Tea does, once as they are and once without the rows that stand, each into a terminal of its own.
type screens struct {
	out       bytes.Buffer
	renderer  *uv.TerminalRenderer
	cells     uv.ScreenBuffer
	standing  *standing
	all, less *vt.Emulator
}

const wideCells, wideLines = 24, 6

func newScreens() *screens {
	s := &screens{standing: newStanding(), all: vt.NewEmulator(wideCells, wideLines), less: vt.NewEmulator(wideCells, wideLines)}
	s.renderer = uv.NewTerminalRenderer(&s.out, []string{"TERM=xterm-256color"})
	s.renderer.SetColorProfile(colorprofile.TrueColor)
	s.renderer.SetFullscreen(true)
	s.renderer.SetRelativeCursor(false)
	s.renderer.SetScrollOptim(true)
	s.cells = uv.NewScreenBuffer(wideCells, wideLines)
	s.renderer.Resize(wideCells, wideLines)
	s.renderer.Erase()
	return s
}

// draw writes a frame into both terminals, and tells how many bytes each got.
func (s *screens) draw(lines []string) (all, less int) {
	s.out.Reset()
	s.cells.Clear()
	uv.NewStyledString(strings.Join(lines, "\n")).Draw(s.cells, s.cells.Bounds())
	s.renderer.Render(s.cells.RenderBuffer)
	if err := s.renderer.Flush(); err != nil {
		panic(err) // a buffer takes everything
	}
	few := s.standing.appendNew(nil, s.out.Bytes())
	_, _ = s.all.Write(s.out.Bytes())
	_, _ = s.less.Write(few)
	return s.out.Len(), len(few)
}

// differ tells where the terminals differ; empty where they do not.
func (s *screens) differ() string {
	if a, b := s.all.CursorPosition(), s.less.CursorPosition(); a != b {
		return fmt.Sprintf("the cursors are at %v and %v", a, b)
	}
	for y := range wideLines {
		for x := range wideCells {
			if a, b := s.all.CellAt(x, y), s.less.CellAt(x, y); !a.Equal(b) {
				return fmt.Sprintf("the cells at %d, %d are %+v and %+v", x, y, a, b)
			}
		}
	}
	return ""
}

// TestStandingRowsShowTheSame compares the terminal that got everything with that which got what is new, frame by frame.
func TestStandingRowsShowTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{
			"", "plain", "\x1b[1;31mred\x1b[m and plain", "加沙 洪水", "\x1b[7m加沙\x1b[m 洪水 2 killed", "ends in style \x1b[42m洪水\x1b[m",
			"\x1b[38;2;1;2;3m武装\x1b[m", "\x1b]8;;https://example.org\x07链接\x1b]8;;\x07 more", "עברית and 中", "12:00:01", "12:00:02",
			"加沙 12:00:01", "加沙 12:00:02", "加沙 12:00:\x1b[1m02", "\x1b[31m加沙\x1b[m 12:00:\x1b[1m0\x1b[31m3", "💥 12:00:01", "💥 12:00:02", "e\u0301 加 1", "e\u0301 加 2",
		})
		frame := rapid.SliceOfN(line, wideLines, wideLines)
		s := newScreens()
		lines := frame.Draw(t, "first")
		s.draw(lines)
		for i := range rapid.IntRange(1, 12).Draw(t, "frames") {
			switch rapid.IntRange(0, 5).Draw(t, "change") {
			case 0:
				lines = frame.Draw(t, "frame")
			case 1: // scrolled, which the renderer may do by moving rows
				lines = append(lines[1:len(lines):len(lines)], line.Draw(t, "last"))
			case 2:
				s.renderer.Erase()
			default:
				lines = append([]string(nil), lines...)
				lines[rapid.IntRange(0, wideLines-1).Draw(t, "row")] = line.Draw(t, "line")
			}
			s.draw(lines)
			if how := s.differ(); how != "" {
				t.Fatalf("after frame %d: %s", i, how)
			}
		}
	})
}

// TestTickBesideWideRows is what it is for: a clock that ticks above rows of wide letters costs what it costs alone.
func TestTickBesideWideRows(t *testing.T) {
	rows := []string{"clock 12:00:01", "\x1b[1m加沙 洪水\x1b[m severe", "\x1b[31m武装冲突\x1b[m", "plain", "最后 \x1b[7mrow\x1b[m", ""}
	s := newScreens()
	s.draw(rows)
	s.draw(rows)
	for i := range 3 {
		rows[0] = fmt.Sprintf("clock 12:00:%02d", i+2)
		all, less := s.draw(rows)
		if how := s.differ(); how != "" {
			t.Fatal(how)
		}
		if limit := 32; all < 2*limit || less > limit {
			t.Errorf("a tick takes %d bytes of %d", less, all)
		}
	}
}

// TestTickInWideRow is a clock that ticks behind wide letters: it costs what it costs alone, unless terminals may differ in where it stands.
func TestTickInWideRow(t *testing.T) {
	for words, cheap := range map[string]bool{"\x1b[91m旧\x1b[39m 1 源": true, "여기 かな": true, "💥 加": false, "加\u0301": false} {
		s := newScreens()
		row := func(i int) []string { return []string{fmt.Sprintf("%s  \x1b[1m12:00:%02d\x1b[m", words, i)} }
		s.draw(row(0))
		s.draw(row(0))
		for i := range 12 {
			all, less := s.draw(row(i + 1))
			if how := s.differ(); how != "" {
				t.Fatalf("%s: %s", words, how)
			}
			if limit := 32; cheap && less > limit || !cheap && less < all {
				t.Errorf("%s: a tick takes %d bytes of %d", words, less, all)
			}
		}
	}
}

// TestStandingPassesWhatItDoesNotKnow hands over sequences that look like a row and are none.
func TestStandingPassesWhatItDoesNotKnow(t *testing.T) {
	for _, p := range []string{
		ansi.ResetModeAutoWrap, ansi.ResetModeAutoWrap + "x" + ansi.SetModeAutoWrap, ansi.ResetModeAutoWrap + "\x1b[Kx" + ansi.SetModeAutoWrap + "\x1b[3",
		ansi.ResetModeAutoWrap + "\x1b[Kx" + ansi.SetModeAutoWrap + "\x1b[3;4m", "\x1b[", "\x1b", "\x1b]0;title\x07", "中文", "\n",
	} {
		s := newStanding()
		for range 3 {
			if got := string(s.appendNew(nil, []byte(p))); got != p {
				t.Errorf("%q became %q", p, got)
			}
		}
	}
}

func FuzzStanding(f *testing.F) {
	f.Add([]byte(ansi.ResetModeAutoWrap + "\x1b[2;1H\x1b[Kx" + ansi.SetModeAutoWrap + "\x1b[2;2H"))
	f.Add([]byte("\x1b[?1049h\x1b[2J\x1b[31m"))
	f.Fuzz(func(t *testing.T, p []byte) {
		s := newStanding()
		if first := s.appendNew(nil, p); !bytes.Equal(first, p) && !bytes.Contains(p, wrapOn) {
			t.Errorf("%q became %q", p, first)
		}
		s.appendNew(nil, p)
	})
}
