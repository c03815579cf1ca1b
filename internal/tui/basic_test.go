package tui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
)

// beyond are the control sequences that a VT100 does not know and that change what is shown: insert mode,
// characters and lines inserted and deleted, characters erased, and the shorter ways to place the cursor.
var beyond = regexp.MustCompile("\x1b\\[(4h|[0-9]*[@PLMXGdSTb`])")

// paper keeps what a program writes.
type paper struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *paper) take() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.b.Reset()
	return bytes.Clone(p.b.Bytes())
}

// plainCells is a line as a reader sees it.
func plainCells(line string) string {
	return strings.TrimRight(strings.ReplaceAll(ansi.Strip(line), "\u00a0", " "), " ")
}

// TestBasicTerminal draws everything that happens in a while with the real renderer for a VT100, and holds what is
// on its screen to what the console meant.
func TestBasicTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th, err := theme.LoadShipped(theme.Mono)
		if err != nil {
			t.Fatal(err)
		}
		const kind = "TERM=vt100"
		caps := term.Detect([]string{kind})
		if !caps.Basic {
			t.Fatal("a VT100 is not taken for what it is")
		}
		d := tuitest.Sahel()
		now := tuitest.Now.Add(7 * time.Second)
		views := make(chan picture.View)
		m := New(context.Background(), Options{Views: views, Clock: func() time.Time { return now }, Caps: caps, Theme: th, Keys: keys.Default()})
		m.tick = func() tea.Cmd { return nil }
		size, out := tuitest.Sizes[0], &paper{}
		in, input := io.Pipe()
		p := tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(out), tea.WithWindowSize(size.Width, size.Height),
			tea.WithColorProfile(colorprofile.ASCII), tea.WithEnvironment([]string{kind}), tea.WithoutSignalHandler())
		done := make(chan error)
		go func() {
			_, err := p.Run()
			done <- err
		}()
		screen := vt.NewEmulator(size.Width, size.Height)
		go func() { _, _ = io.Copy(io.Discard, screen) }() // its answers; a VT100 gives none
		look := func(after string) {
			time.Sleep(2 * time.Second) // frames, and the pause after a key; the bubble's clock makes it none
			synctest.Wait()
			b := out.take()
			if at := beyond.FindIndex(b); at != nil {
				t.Errorf("after %s a VT100 is sent %q", after, b[max(0, at[0]-20):min(len(b), at[1]+20)])
			}
			_, _ = screen.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))) // what the device does
			want := strings.Split(m.frame.view.Content, "\n")
			for y, got := range strings.Split(screen.String(), "\n") {
				if meant := plainCells(want[y]); plainCells(got) != meant {
					t.Errorf("after %s line %d of the screen is\n%q, meant was\n%q", after, y, got, meant)
				}
			}
		}
		views <- d.View()
		look("the first picture")
		for i := range 5 {
			d.Arrive(tuitest.Report{
				Source: "radio", ID: fmt.Sprint("B-", i), When: "2026-11-20T14:30:00Z", Country: []string{"MLI", "BFA"}[i%2],
				Place: strings.Repeat("Gao ", i+1), Act: incident.Shooting, Threat: incident.ArmedConflict,
			})
			views <- d.View()
			look("an event")
		}
		for _, k := range []string{"down", "right", "tab", "down", "pgdown", "pgup", "/", "G", "a", "o", "esc", "e", "esc", "3", "pgdown", "down", "?", "pgdown", "esc", "6", "enter", "2", "down", "pgdown", ":", "esc", "1", "ctrl+c"} {
			now = now.Add(13 * time.Second)
			p.Send(tickMsg{})
			p.Send(key(k))
			look(k)
		}
		p.Quit()
		if err := <-done; err != nil {
			t.Error(err)
		}
		close(views)
		_ = input.Close()
		_ = in.Close()
		_ = screen.InputPipe().(io.Closer).Close()
	})
}
