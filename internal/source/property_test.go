package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// world is a feed that a logger, a rotation and people change, with what must come of it.
type world struct {
	*rig
	n      int            // lines made so far, each of them unlike any other
	times  map[string]int // how often each line was delivered
	most   map[string]int // how often it may be
	next   map[string]int64
	resume map[string]Position
	rolled []string // rotated files, the newest first
}

func (w *world) line() string {
	w.n++
	s := fmt.Sprintf("line-%d-%s", w.n, strings.Repeat("x", w.n*997%5000))
	w.most[s] = 1
	return s
}

func (w *world) lines(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(w.line() + "\n")
	}
	return b.String()
}

// again allows every line of a file one delivery more.
func (w *world) again(name string) {
	b, _ := os.ReadFile(w.path(name))
	for l := range strings.Lines(string(b)) {
		w.most[strings.TrimSuffix(l, "\n")]++
	}
}

func (w *world) exists(name string) bool {
	_, err := os.Stat(w.path(name))
	return err == nil
}

// shift makes room for feeds/log.jsonl.1.
func (w *world) shift() {
	for i := len(w.rolled); i > 0; i-- {
		w.rename(fmt.Sprintf("%s.%d", log, i), fmt.Sprintf("%s.%d", log, i+1))
	}
	w.rolled = append(w.rolled, "")
}

// take checks what a look delivered.
func (w *world) take(t *rapid.T, events []Event) {
	for _, e := range events {
		if p, ok := w.resume[e.File]; e.Position.Generation > 0 && (!ok || e.Generation >= p.Generation) {
			w.resume[e.File] = e.Position
		}
		if e.Kind != KindLines {
			continue
		}
		key := fmt.Sprintf("%s g%d", e.File, e.Generation)
		for _, l := range e.Lines {
			if next, ok := w.next[key]; ok && l.Number != next {
				t.Fatalf("%s generation %d: line %d after %d", e.File, e.Generation, l.Number, next-1)
			}
			w.next[key] = l.Number + 1
			w.times[string(l.Text)]++
		}
	}
	for l, n := range w.times {
		if n > w.most[l] {
			t.Fatalf("line %.20q was delivered %d times, not %d", l, n, w.most[l])
		}
	}
	names, err := filepath.Glob(w.path(w.units[0].spec.Path))
	must(w.t, err)
	for _, name := range names {
		b, _ := os.ReadFile(name)
		b = b[:bytes.LastIndexByte(b, '\n')+1]
		for l := range bytes.Lines(b) {
			if l := string(bytes.TrimSuffix(l, []byte("\n"))); w.times[l] == 0 {
				t.Fatalf("line %.20q stands in %s and was not delivered", l, filepath.Base(name))
			}
		}
	}
}

// A line that is in place at a look is delivered once, however the file is appended to,
// rotated, copied and truncated, replaced, deleted and made again, and over restarts; again only
// where it stands in a file that was written anew.
func TestEveryLineOnceWhateverHappensToTheFile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		path := rapid.SampledFrom([]string{"feeds/*", log}).Draw(rt, "path")
		r := newRig(t, Spec{Path: path})
		defer func() {
			for _, u := range r.units {
				u.close()
			}
		}()
		w := &world{
			rig: r, times: map[string]int{}, most: map[string]int{}, next: map[string]int64{}, resume: map[string]Position{},
		}
		half := "" // the rest of an unfinished last line
		ops := map[string]func(*rapid.T){
			"append": func(rt *rapid.T) {
				w.append(log, half+w.lines(rapid.IntRange(1, 5).Draw(rt, "n")))
				half = ""
			},
			"append half a line": func(*rapid.T) {
				if half == "" {
					l := w.line() + "\n"
					w.append(log, l[:len(l)/2])
					half = l[len(l)/2:]
				}
			},
			"append late": func(rt *rapid.T) {
				if len(w.rolled) > 0 {
					i := rapid.IntRange(1, len(w.rolled)).Draw(rt, "i")
					w.append(fmt.Sprintf("%s.%d", log, i), "\n"+w.lines(1)) // ends what half a line may be there
					w.endHalf(fmt.Sprintf("%s.%d", log, i))
				}
			},
			"rotate": func(*rapid.T) {
				if w.exists(log) {
					w.shift()
					w.rename(log, log+".1")
					half = ""
				}
			},
			"copytruncate": func(*rapid.T) {
				if b, err := os.ReadFile(w.path(log)); err == nil {
					w.shift()
					w.write(log+".1", string(b))
					w.write(log, "")
					half = ""
				}
			},
			"truncate and regrow": func(rt *rapid.T) {
				w.write(log, w.lines(rapid.IntRange(1, 8).Draw(rt, "n")))
				half = ""
			},
			"replace": func(*rapid.T) {
				old, _ := os.ReadFile(w.path(log))
				old = old[:bytes.LastIndexByte(old, '\n')+1]
				w.again(log)
				w.write("feeds/.new", string(old)+w.lines(1))
				w.rename("feeds/.new", log)
				half = ""
			},
			"remove": func(*rapid.T) { w.remove(log); half = "" },
			"restart": func(*rapid.T) {
				for i := range w.rolled { // these have no position of their own
					w.again(fmt.Sprintf("%s.%d", log, i+1))
				}
				w.next = map[string]int64{}
				w.open(Spec{Path: path, Resume: w.resume})
			},
			"wait": func(*rapid.T) {},
			"": func(rt *rapid.T) {
				got := w.look(false)
				if rapid.Bool().Draw(rt, "periodic") {
					got = append(got, w.tick()...)
				}
				w.take(rt, got)
			},
		}
		if path == log {
			delete(ops, "append late") // a copy beside a single source is not read
		}
		rt.Repeat(ops)
	})
}

// endHalf allows the half lines that a late writer ended in a rotated file.
func (w *world) endHalf(name string) {
	b, _ := os.ReadFile(w.path(name))
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSuffix(l, "\n"); w.most[l] == 0 {
			w.most[l] = 1 << 20 // an empty or a half line, unlike others only by chance
		}
	}
}
