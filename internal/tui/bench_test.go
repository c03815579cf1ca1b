package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/spool"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
)

// wire counts what a program writes.
type wire struct {
	mu   sync.Mutex
	n    int
	last time.Time
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n += len(p)
	w.last = time.Now()
	return len(p), nil
}

// quiet waits until nothing was written for a while, and gives the bytes since the last call.
func (w *wire) quiet() int {
	const pause = 60 * time.Millisecond
	for {
		time.Sleep(pause / 4)
		w.mu.Lock()
		if time.Since(w.last) > pause {
			n := w.n
			w.n = 0
			w.mu.Unlock()
			return n
		}
		w.mu.Unlock()
	}
}

// program runs the console in the real renderer, with a clock that only the benchmark moves.
type program struct {
	*tea.Program
	wire  *wire
	clock *time.Time
	mu    *sync.Mutex
	done  chan struct{}
	input io.Closer
}

func run(b *testing.B, v picture.View, size tuitest.Size) *program {
	b.Helper()
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		b.Fatal(err)
	}
	now := tuitest.Now.Add(7 * time.Second)
	p := &program{wire: &wire{last: time.Now()}, clock: &now, mu: &sync.Mutex{}, done: make(chan struct{})}
	m := New(context.Background(), Options{
		Clock: func() time.Time {
			p.mu.Lock()
			defer p.mu.Unlock()
			return *p.clock
		},
		Caps:  term.Caps{Profile: colorprofile.ANSI, UTF8: true},
		Theme: th, Keys: keys.Default(),
	})
	m.tick = func() tea.Cmd { return nil }
	in, input := io.Pipe()
	p.input = input
	p.Program = tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(p.wire), tea.WithFPS(120),
		tea.WithWindowSize(size.Width, size.Height), tea.WithColorProfile(colorprofile.ANSI),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignalHandler())
	go func() {
		defer close(p.done)
		_, _ = p.Run()
	}()
	p.Send(viewMsg{v})
	p.wire.quiet()
	b.Cleanup(func() {
		p.Quit()
		<-p.done
		_ = p.input.Close()
		_ = in.Close()
	})
	return p
}

func (p *program) second() {
	p.mu.Lock()
	*p.clock = p.clock.Add(time.Second)
	if p.clock.Second() == 0 { // the minute is measured apart
		*p.clock = p.clock.Add(time.Second)
	}
	p.mu.Unlock()
	p.Send(tickMsg{})
}

// measure reports the largest number of bytes that one step cost.
func measure(b *testing.B, p *program, step func(i int)) {
	worst, sum, n := 0, 0, 0
	for i := 0; b.Loop(); i++ {
		step(i)
		got := p.wire.quiet()
		worst = max(worst, got)
		sum += got
		n++
	}
	b.ReportMetric(float64(worst), "max-B")
	b.ReportMetric(float64(sum)/float64(n), "mean-B")
	b.ReportMetric(0, "ns/op") // waiting is not work
}

var measured = []tuitest.Size{{Width: 80, Height: 24}, {Width: 200, Height: 60}}

// BenchmarkClockBytes is one tick of the clock; the goal is 24 bytes.
func BenchmarkClockBytes(b *testing.B) {
	for _, size := range measured {
		b.Run(size.String(), func(b *testing.B) {
			v := tuitest.Sahel().View()
			p := run(b, v, size)
			measure(b, p, func(int) {
				p.Send(viewMsg{v}) // else the picture grows old, and the header says so
				p.second()
			})
		})
	}
}

// BenchmarkEventBytes is one new incident, with every figure that it changes; the goals are 250 and 300 bytes.
func BenchmarkEventBytes(b *testing.B) {
	for _, size := range measured {
		b.Run(size.String(), func(b *testing.B) {
			d := tuitest.Sahel()
			p := run(b, d.View(), size)
			measure(b, p, func(i int) {
				d.Arrive(tuitest.Report{
					Source: "radio", ID: fmt.Sprint("B-", i), When: tuitest.Now.Add(-time.Minute).Format(time.RFC3339), Received: 30 * time.Second,
					Country: []string{"MLI", "BFA", "NER"}[i%3], Place: fmt.Sprint([]string{"Gao", "Djibo", "Diffa"}[i%3], " ", i), Title: "Shots heard near the guest house",
					Act: incident.Shooting, Threat: incident.ArmedConflict,
					Affected: incident.Breakdown{tuitest.People(incident.PopulationNGO, incident.National, incident.Male, incident.Injured, 1+i%3)},
				})
				p.Send(viewMsg{d.View()})
			})
		})
	}
}

// BenchmarkCursorBytes is one step of the cursor among the countries, and among the events; the goal is
// 110 bytes.
func BenchmarkCursorBytes(b *testing.B) {
	for _, size := range measured {
		for _, pane := range []string{"countries", "events"} {
			b.Run(pane+"/"+size.String(), func(b *testing.B) {
				p := run(b, tuitest.Sahel().View(), size)
				if pane == "events" {
					p.Send(key("tab"))
					p.wire.quiet()
				}
				measure(b, p, func(i int) {
					if i%6 < 3 {
						p.Send(key("down"))
					} else {
						p.Send(key("up"))
					}
				})
			})
		}
	}
}

// BenchmarkMapBytes is one step of the cursor on the map.
func BenchmarkMapBytes(b *testing.B) {
	for _, size := range measured {
		b.Run(size.String(), func(b *testing.B) {
			p := run(b, tuitest.Sahel().View(), size)
			p.Send(key("7"))
			p.wire.quiet()
			measure(b, p, func(i int) { p.Send(key([]string{"left", "right"}[i%2])) })
		})
	}
}

// BenchmarkKey is Update and View after a cursor key with many incidents loaded; the goal is a p99 of 16 ms.
func BenchmarkKey(b *testing.B) {
	v := tuitest.Many(100_000).View()
	for _, size := range measured {
		b.Run(size.String(), func(b *testing.B) {
			r := start(b, v, size, func(o *Options) { o.Caps.Profile = colorprofile.ANSI })
			r.View()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%4 < 2 {
					r.Update(key("down"))
				} else {
					r.Update(key("up"))
				}
				r.View()
			}
		})
	}
}

// BenchmarkKeys prints how long Update and View take after each of the keys of a walk through the board, the lists and a
// detail, with a million incidents loaded whose texts are kept as a session keeps them; the goal is a p99 of 16 ms.
func BenchmarkKeys(b *testing.B) {
	v := tuitest.ManyOn(spool.New(b.TempDir()), 1_000_000).View()
	walk := []string{"down", "down", "up", "tab", "down", "enter", "esc", "3", "down", "down", "G", "up", "g", "down", "enter", "down", "esc", "esc", "2", "esc", "6", "esc"}
	for _, size := range measured {
		b.Run(size.String(), func(b *testing.B) {
			r := start(b, v, size, func(o *Options) { o.Caps.Profile = colorprofile.ANSI })
			r.View()
			var took []time.Duration
			for b.Loop() {
				for _, name := range walk {
					began := time.Now()
					r.Update(key(name))
					r.View()
					took = append(took, time.Since(began))
				}
			}
			slices.Sort(took)
			for _, p := range []int{50, 99} {
				b.ReportMetric(float64(took[len(took)*p/100].Microseconds())/1000, fmt.Sprintf("ms-p%d", p))
			}
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
		})
	}
}

// BenchmarkTick is Update and View after a tick of the clock.
func BenchmarkTick(b *testing.B) {
	r := start(b, tuitest.Sahel().View(), measured[1], func(o *Options) { o.Caps.Profile = colorprofile.ANSI })
	r.View()
	b.ReportAllocs()
	for b.Loop() {
		r.Update(tickMsg{})
		r.View()
	}
}

// BenchmarkPicture is Update and View after a new picture.
func BenchmarkPicture(b *testing.B) {
	d := tuitest.Many(100_000)
	views := [2]picture.View{d.View(), d.View()}
	r := start(b, views[0], measured[1], func(o *Options) { o.Caps.Profile = colorprofile.ANSI })
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.Update(viewMsg{views[(i+1)%2]})
		r.View()
	}
}
