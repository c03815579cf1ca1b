package source

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

const log = "feeds/log.jsonl"

func TestLinesAreDeliveredOnceWithNumberAndOffset(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "\xEF\xBB\xBFone\r\ntwo\n\nfo\xFFur\x00\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@3:one 2@8:two 3@12: 4@13:fo\xFFur\x00", "caught up")
	r.want(r.hint())
	r.want(r.tick(), "reachable feeds/log.jsonl g1")
	r.append(log, "five\n")
	r.want(r.hint(), "lines feeds/log.jsonl g1 5@20:five")
}

func TestPartialLineIsHeldAndSaid(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "one\ntw")
	r.want(r.look(true), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.want(r.tick(), "reachable feeds/log.jsonl g1")
	r.want(r.tick(), "incomplete feeds/log.jsonl g1 2@4+2", "reachable feeds/log.jsonl g1")
	r.want(r.tick(), "reachable feeds/log.jsonl g1")
	r.append(log, "o\nthr")
	must(t, os.Chtimes(r.path(log), r.now, r.now))
	r.want(r.hint(), "lines feeds/log.jsonl g1 2@4:two")
	r.append(log, "ee\n")
	r.want(r.hint(), "lines feeds/log.jsonl g1 3@8:three")
}

func TestPartialLineOfAnOldFileIsSaidAtOnce(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "one\ntw")
	old := r.now.Add(-time.Hour)
	must(t, os.Chtimes(r.path(log), old, old))
	r.want(r.look(true), "lines feeds/log.jsonl g1 1@0:one", "incomplete feeds/log.jsonl g1 2@4+2", "caught up")
}

func TestRenameRotation(t *testing.T) {
	for _, path := range []string{log, "feeds/*"} {
		t.Run(path, func(t *testing.T) {
			r := newRig(t, Spec{Path: path})
			r.write(log, "one\n")
			r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
			r.append(log, "two\n")
			late, err := os.OpenFile(r.path(log), os.O_APPEND|os.O_WRONLY, 0)
			must(t, err)
			defer func() { must(t, late.Close()) }()
			r.rename(log, "feeds/log.jsonl.1")
			r.write(log, "three\n")
			r.want(
				r.hint(), "lines feeds/log.jsonl g1 2@4:two", "rotated feeds/log.jsonl g2",
				"lines feeds/log.jsonl g2 1@0:three",
			)
			_, err = late.WriteString("late\n")
			must(t, err)
			r.append(log, "four\n")
			r.want(r.hint(), "lines feeds/log.jsonl g1 3@8:late", "lines feeds/log.jsonl g2 2@6:four")

			// Once more: the renamed files never come back as new ones.
			r.rename("feeds/log.jsonl.1", "feeds/log.jsonl.2")
			r.rename(log, "feeds/log.jsonl.1")
			r.want(r.hint())
			r.write(log, "five\n")
			r.want(r.hint(), "rotated feeds/log.jsonl g3", "lines feeds/log.jsonl g3 1@0:five")
			for range 30 {
				r.want(r.tick(), "reachable feeds/log.jsonl g3")
			}
			r.remove("feeds/log.jsonl.2")
			r.remove("feeds/log.jsonl.1")
			for range 30 {
				r.want(r.tick(), "reachable feeds/log.jsonl g3")
			}
			if n := len(r.units[0].slots[r.path(log)].old); n != 0 {
				t.Errorf("%d deleted files are kept open", n)
			}
		})
	}
}

func TestRotatedFileOfASingleSourceIsNotReadByThePattern(t *testing.T) {
	r := newRig(t, Spec{Name: "one", Path: log}, Spec{Name: "all", Path: "feeds/*"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up", "reachable feeds g0", "caught up")
	r.rename(log, "feeds/log.jsonl.1")
	r.write(log, "two\n")
	r.want(r.hint(), "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:two")
	wantIgnored(t, r.units[1],
		"feeds/log.jsonl: read by source \"one\"",
		"feeds/log.jsonl.1: the same file is read as "+r.path(log))
}

func TestTruncation(t *testing.T) {
	long := strings.Repeat("x", 3000)
	for name, now := range map[string]struct{ content, lines string }{
		"copytruncate":            {"new\n", " 1@0:new"},
		"regrown past the offset": {long + "\n" + long + "\n", " 1@0:" + long + " 2@3001:" + long},
		"regrown to the same":     {"abc\ndef\n", " 1@0:abc 2@4:def"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Spec{Path: "feeds/*"})
			r.write(log, "one\ntwo\n")
			r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one 2@4:two", "caught up")
			good := r.now
			r.now = r.now.Add(time.Second)
			r.write(log, now.content) // truncates and writes, the inode stays
			got := r.hint()
			r.want(got, "gap feeds/log.jsonl g2", "lines feeds/log.jsonl g2"+now.lines)
			if gap := got[0]; !gap.From.Equal(good) || !gap.To.Equal(r.now) || gap.Reason.IsZero() {
				t.Errorf("gap from %v to %v, %q", gap.From, gap.To, gap.Reason)
			}
		})
	}
}

func TestTruncatedFeedThatIsStillEmptyIsNoFailure(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.write(log, "")
	r.want(r.hint(), "gap feeds/log.jsonl g2")
	r.want(r.tick(), "reachable feeds/log.jsonl g2")
	r.append(log, "two\n")
	r.want(r.hint(), "lines feeds/log.jsonl g2 1@0:two")
}

func TestCopyMadeByCopytruncateIsReadFromWhereTheOriginalEnded(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.write("feeds/log.jsonl.1", "one\n") // first the copy …
	r.want(r.hint())
	r.append("feeds/log.jsonl.1", "two\n")
	r.write(log, "three\n") // … then the truncation
	r.want(r.hint(), "gap feeds/log.jsonl g2", "lines feeds/log.jsonl.1 g1 2@4:two", "lines feeds/log.jsonl g2 1@0:three")
	wantIgnored(t, r.units[0], "feeds/log.jsonl.1: a rotation's copy: its first 1 lines were read as "+r.path(log))
}

func TestRewriteInPlaceWithTheSameSize(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	body := strings.Repeat("0123456\n", 4<<10) // 32 KiB: the middle is in no fingerprint
	r.write(log, body)
	r.look(true)
	f, err := os.OpenFile(r.path(log), os.O_WRONLY, 0)
	must(t, err)
	_, err = f.WriteAt([]byte("changed"), 16<<10)
	must(t, err)
	must(t, f.Close())
	now := time.Now().Add(time.Second) // the kernel's clock is coarse
	must(t, os.Chtimes(r.path(log), now, now))
	got := r.hint()
	if len(got) != 2 || got[0].Kind != KindGap || got[1].Generation != 2 || len(got[1].Lines) != 4<<10 {
		t.Fatalf("got %d events, first %v", len(got), got[0].Kind)
	}
	must(t, os.Chtimes(r.path(log), now, now.Add(time.Second))) // only touched
	r.want(r.hint())
}

func TestAtomicReplacementIsANewGeneration(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.append(log, "two\n")
	r.write("feeds/.log.jsonl123", "one\ntwo\nthree\n")
	r.rename("feeds/.log.jsonl123", log)
	r.want(
		r.hint(), "lines feeds/log.jsonl g1 2@4:two", "rotated feeds/log.jsonl g2",
		"lines feeds/log.jsonl g2 1@0:one 2@4:two 3@8:three",
	)
}

func TestLineOverTheLimitIsReportedAndTheFeedGoesOn(t *testing.T) {
	for _, extra := range []int{1, 2, 3, 5 << 20} {
		r := newRig(t, Spec{Path: log})
		size := MaxLine + extra
		r.write(log, "one\n"+strings.Repeat("x", MaxLine)+"\r\n"+strings.Repeat("x", size)+"\nthree\n")
		offset := 4 + MaxLine + 2
		got := r.tick()
		var have []string
		for _, e := range got {
			s := fmt.Sprint(e.Kind)
			for _, l := range e.Lines {
				s += fmt.Sprintf(" %d@%d+%d", l.Number, l.Offset, len(l.Text))
			}
			if e.Kind == KindTooLong {
				s += fmt.Sprintf(" %d@%d+%d", e.Line.Number, e.Line.Offset, e.Length)
			}
			have = append(have, s)
		}
		want := fmt.Sprintf("lines 1@0+3|lines 2@4+%d|too long 3@%d+%d|lines 4@%d+5|caught up", MaxLine, offset, size+1, offset+size+1)
		if s := strings.Join(have, "|"); s != want {
			t.Fatalf("extra %d:\n got %s\nwant %s", extra, s, want)
		}
	}
}

func TestLineOverTheLimitThatNeverEnds(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "one\n"+strings.Repeat("x", 3*MaxLine))
	r.want(r.look(true), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.tick()
	r.want(r.tick(), fmt.Sprintf("incomplete feeds/log.jsonl g1 2@4+%d", 3*MaxLine), "reachable feeds/log.jsonl g1")
	r.append(log, "x\ntwo\n")
	r.want(r.hint(), fmt.Sprintf("too long feeds/log.jsonl g1 2@4+%d", 3*MaxLine+2), fmt.Sprintf("lines feeds/log.jsonl g1 3@%d:two", 4+3*MaxLine+2))
}

func TestReadErrorIsReportedWithBackoffAndRecovers(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	broken := false
	r.units[0].opener = func(p place, f facts) (file, error) {
		f2, err := p.open(f)
		if err != nil {
			return nil, err
		}
		return faulty{f2, &broken}, nil
	}
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	broken = true
	r.append(log, "two\n")
	r.want(r.hint(), "failed feeds/log.jsonl g1 I/O")
	attempts := 0
	for range 24 { // two minutes
		attempts += len(r.tick())
	}
	if attempts < 4 || attempts > 7 { // 5, 10, 20, then every 30 s
		t.Errorf("%d attempts in two minutes", attempts)
	}
	broken = false
	var got []Event
	for i := 0; len(got) == 0; i++ {
		if got = r.tick(); i > 6 {
			t.Fatal("no attempt within 30 s")
		}
	}
	r.want(got, "lines feeds/log.jsonl g1 2@4:two")
}

type faulty struct {
	file
	broken *bool
}

func (f faulty) ReadAt(b []byte, off int64) (int, error) {
	if *f.broken {
		return 0, io.ErrUnexpectedEOF
	}
	return f.file.ReadAt(b, off)
}

func TestLargeFileComesInChunksThatShareTheTurn(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	line := strings.Repeat("x", 1023) + "\n"
	r.write("feeds/big.jsonl", strings.Repeat(line, 40<<10)) // 40 MiB
	r.write("feeds/small.jsonl", "one\n")
	seen, before := int64(0), int64(0)
	for _, e := range r.tick() {
		if e.Kind != KindLines {
			continue
		}
		if strings.HasSuffix(e.File, "small.jsonl") {
			before = seen
			continue
		}
		for i, l := range e.Lines {
			if l.Number != seen+int64(i)+1 || l.Offset != (l.Number-1)*1024 {
				t.Fatalf("line %d at %d after %d lines", l.Number, l.Offset, seen)
			}
		}
		seen += int64(len(e.Lines))
		if n := len(e.Lines) * 1024; n > chunk {
			t.Errorf("a chunk of %d bytes", n)
		}
	}
	if seen != 40<<10 || before == 0 || before == seen {
		t.Errorf("%d lines, the small file's came after %d", seen, before)
	}
}

func TestRotationThatIsUndoneGoesOnWhereItWas(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.rename(log, "feeds/log.jsonl.1")
	r.hint()
	r.append("feeds/log.jsonl.1", "two\n")
	r.rename("feeds/log.jsonl.1", log)
	r.want(r.hint(), "lines feeds/log.jsonl g1 2@4:two")
	r.rename(log, "feeds/log.jsonl.1")
	r.write(log, "three\n")
	r.hint()
	r.rename("feeds/log.jsonl.1", log)
	r.append(log, "four\n")
	r.want(r.hint(), "lines feeds/log.jsonl g1 3@8:four", "rotated feeds/log.jsonl g3")
	r.append(log, "five\n")
	r.want(r.hint(), "lines feeds/log.jsonl g3 4@13:five")
}

func TestRotatedFileThatCannotBeReadToItsEndIsAGap(t *testing.T) {
	for name, spoil := range map[string]func(r *rig, broken *bool){
		"truncated": func(r *rig, _ *bool) { r.write("feeds/log.jsonl.1", "") },
		"I/O error": func(r *rig, broken *bool) { r.append("feeds/log.jsonl.1", "lost\n"); *broken = true },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Spec{Path: log})
			broken := false
			r.units[0].opener = func(p place, f facts) (file, error) {
				in, err := p.open(f)
				return faulty{in, &broken}, err
			}
			r.write(log, "one\n")
			r.tick()
			good := r.now
			r.now = r.now.Add(time.Second)
			r.rename(log, "feeds/log.jsonl.1")
			r.hint()
			spoil(r, &broken)
			got := r.hint()
			r.want(got, "gap feeds/log.jsonl g1")
			if !got[0].From.Equal(good) || got[0].Reason.IsZero() || got[0].Position != (Position{}) {
				t.Errorf("got %+v", got[0])
			}
			broken = false
			r.rename("feeds/log.jsonl.1", "feeds/archive")
			r.write(log, "two\n")
			r.want(r.hint(), "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:two")
		})
	}
}

func TestRotationAfterAReadErrorIsAGap(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	broken := false
	r.units[0].opener = func(p place, f facts) (file, error) {
		in, err := p.open(f)
		return faulty{in, &broken}, err
	}
	r.write(log, "one\n")
	r.tick()
	r.append(log, "two\n")
	broken = true
	r.want(r.hint(), "failed feeds/log.jsonl g1 I/O")
	r.rename(log, "feeds/old")
	broken = false
	r.write(log, "three\n")
	r.want(r.hint(), "gap feeds/log.jsonl g1", "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:three")
}

func TestSeveralRotationsBetweenTwoLooks(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	long := time.Now().Add(-time.Hour)
	r.write("feeds/log.jsonl.9", "long ago\n")
	must(t, os.Chtimes(r.path("feeds/log.jsonl.9"), long, long))
	for i, l := range []string{"two\n", "three\n", "four\n"} {
		r.rename(log, fmt.Sprintf("feeds/log.jsonl.%d", 3-i))
		r.write(log, l)
		now := time.Now().Add(time.Duration(i) * time.Second) // the kernel's clock is coarse
		must(t, os.Chtimes(r.path(log), now, now))
	}
	r.want(
		r.hint(),
		"rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:two",
		"rotated feeds/log.jsonl g3", "lines feeds/log.jsonl g3 1@0:three",
		"rotated feeds/log.jsonl g4", "lines feeds/log.jsonl g4 1@0:four",
	)
	r.want(r.hint())
}
