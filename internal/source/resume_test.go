package source

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// positions are what an app would persist: the one of the highest generation of each file.
func positions(t *testing.T, events []Event, into map[string]Position) map[string]Position {
	t.Helper()
	if into == nil {
		into = make(map[string]Position)
	}
	for _, e := range events {
		if e.Position.Generation > 0 && e.Generation >= into[e.File].Generation {
			b, err := json.Marshal(e.Position)
			must(t, err)
			var p Position
			must(t, json.Unmarshal(b, &p))
			into[e.File] = p
		}
	}
	return into
}

func TestRestart(t *testing.T) {
	for _, path := range []string{log, "feeds/*"} {
		for name, c := range map[string]struct {
			meanwhile func(*rig)
			want      []string
		}{
			"nothing happened": {func(*rig) {}, []string{"reachable feeds/log.jsonl g1", "caught up"}},
			"grew": {
				func(r *rig) { r.append(log, "o\nthree\n") },
				[]string{"lines feeds/log.jsonl g1 2@4:two 3@8:three", "caught up"},
			},
			"rotated": {
				func(r *rig) {
					r.append(log, "o\n")
					r.rename(log, "feeds/log-2026.jsonl")
					r.write(log, "three\n")
				},
				[]string{
					"lines feeds/log.jsonl g1 2@4:two", "rotated feeds/log.jsonl g2",
					"lines feeds/log.jsonl g2 1@0:three", "caught up",
				},
			},
			"rotated by copying": {
				func(r *rig) {
					r.write("feeds/log.jsonl.1", "one\ntwo\n")
					r.write(log, "three\n")
				},
				[]string{
					"lines feeds/log.jsonl g1 2@4:two", "rotated feeds/log.jsonl g2",
					"lines feeds/log.jsonl g2 1@0:three", "caught up",
				},
			},
			"rotated and lost": {
				func(r *rig) { r.remove(log); r.write(log, "three\nfour\n") },
				[]string{"gap feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:three 2@6:four", "caught up"},
			},
			"truncated": {
				func(r *rig) { r.write(log, "3\n") },
				[]string{"gap feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:3", "caught up"},
			},
		} {
			t.Run(path+" "+name, func(t *testing.T) {
				spec := Spec{Path: path}
				r := newRig(t, spec)
				r.write(log, "one\ntw")
				got := r.look(true)
				at := r.now
				r.now = r.now.Add(time.Second)
				spec.Resume = positions(t, got, nil)
				c.meanwhile(r)
				r.open(spec)
				got = r.look(true)
				r.want(got, c.want...)
				if got[0].Kind == KindGap && (!got[0].From.Equal(at) || !got[0].To.Equal(r.now)) {
					t.Errorf("gap from %v to %v", got[0].From, got[0].To)
				}
				r.append(log, "more\n")
				if got := r.hint(); len(got) != 1 || got[0].Kind != KindLines {
					t.Errorf("then %v", got)
				}
			})
		}
	}
}

func TestSeveralRotationsDuringTheDowntime(t *testing.T) {
	for kept, want := range map[bool]string{true: "lines feeds/log.jsonl g1 2@4:two", false: "gap feeds/log.jsonl g2"} {
		spec := Spec{Path: log}
		r := newRig(t, spec)
		r.write(log, "one\n")
		got := r.look(true)
		spec.Resume = positions(t, got, nil)
		r.append(log, "two\n")
		if kept {
			r.rename(log, "feeds/log.jsonl.2")
		} else {
			r.remove(log)
		}
		r.write("feeds/log.jsonl.1", "three\n")
		now := r.now.Add(time.Second)
		must(t, os.Chtimes(r.path("feeds/log.jsonl.1"), now, now))
		r.write(log, "four\n")
		r.now = r.now.Add(time.Minute)
		r.open(spec)
		got = r.look(true)
		all := []string{
			want, "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:three",
			"rotated feeds/log.jsonl g3", "lines feeds/log.jsonl g3 1@0:four", "caught up",
		}
		if !kept { // the gap has announced the generation
			all = append(all[:1], all[2:]...)
		}
		r.want(got, all...)
	}
}

func TestRestartWithAPositionThatMakesNoSense(t *testing.T) {
	r := newRig(t)
	r.write(log, "one\n")
	for name, pos := range map[string]Position{
		"negative": {Offset: -1, Line: -1, Generation: 1},
		"nothing":  {},
		"no hash":  {Offset: 4, Line: 1, Generation: 3},
		"beyond":   {Offset: 1 << 60, Generation: 3},
		"hashes":   {Offset: 4, Line: 1, Head: "x", Tail: "y", Generation: 3},
	} {
		t.Run(name, func(t *testing.T) {
			r.open(Spec{Path: log, Resume: map[string]Position{r.path(log): pos}})
			got := r.look(true)
			if lines := got[len(got)-2]; len(lines.Lines) != 1 || lines.Lines[0].Number != 1 {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestRestartBetweenTheRotationAndTheFirstLine(t *testing.T) {
	spec := Spec{Path: log}
	r := newRig(t, spec)
	r.write(log, "one\n")
	got := r.look(true)
	r.write(log, "")
	got = append(got, r.look(true)...)
	spec.Resume = positions(t, got, nil)
	r.append(log, "two\n")
	r.open(spec)
	r.want(r.look(true), "lines feeds/log.jsonl g2 1@0:two", "caught up")

	r.open(spec)
	r.rename(log, log+".1")
	r.write(log, "three\n")
	r.want(
		r.look(true), "lines feeds/log.jsonl g2 1@0:two", "rotated feeds/log.jsonl g3",
		"lines feeds/log.jsonl g3 1@0:three", "caught up",
	)
}
