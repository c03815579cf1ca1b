package source

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/renameio/v2"
)

func wantIgnored(t *testing.T, u *unit, want ...string) {
	t.Helper()
	var have []string
	for _, i := range u.left() {
		rel, err := filepath.Rel(u.spec.Root, i.Path)
		must(t, err)
		have = append(have, rel+": "+i.Reason.String())
	}
	if d := cmp.Diff(want, have); d != "" {
		t.Errorf("ignored (-want +got):\n%s", d)
	}
}

func TestSnapshotIsDeliveredWhenItsContentDiffers(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.csv"})
	r.write("feeds/a.csv", "v1")
	r.want(r.tick(), "snapshot feeds/a.csv g1 v1", "caught up")
	r.want(r.hint())
	r.want(r.tick(), "same feeds/a.csv g1") // the second equal read
	r.want(r.tick(), "reachable feeds/a.csv g1")
	r.write("feeds/a.csv", "v2")
	r.want(r.hint(), "snapshot feeds/a.csv g2 v2")
	must(t, renameio.WriteFile(r.path("feeds/a.csv"), []byte("v3"), 0o644))
	r.want(r.hint(), "snapshot feeds/a.csv g3 v3")
	now := time.Now().Add(time.Minute)
	must(t, os.Chtimes(r.path("feeds/a.csv"), now, now))
	r.want(r.hint(), "same feeds/a.csv g3")
}

func TestHalfWrittenSnapshotKeepsTheLastGoodOne(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.xml"})
	r.answer = func(e Event) error {
		if e.Kind == KindSnapshot && !strings.HasSuffix(string(e.Data), "</x>") {
			return ErrHalf
		}
		return nil
	}
	r.write("feeds/a.xml", "<x>1</x>")
	r.want(r.tick(), "snapshot feeds/a.xml g1 <x>1</x>", "caught up")
	r.write("feeds/a.xml", "<x>12")
	r.want(r.hint()) // the sink refused it
	r.append("feeds/a.xml", "3</x>")
	r.want(r.hint(), "snapshot feeds/a.xml g2 <x>123</x>")

	r.write("feeds/a.xml", "<x>12")
	r.want(r.hint())
	r.want(r.tick())
	r.want(r.tick(), "incomplete feeds/a.xml g2 0@0+5", "reachable feeds/a.xml g2")
	r.want(r.tick(), "reachable feeds/a.xml g2")
	r.write("feeds/a.xml", "<x>123</x>")
	r.want(r.hint(), "same feeds/a.xml g2")
}

func TestSavingInPlaceDoesNotFlicker(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.csv", EmptyOK: true}, Spec{Path: "feeds/b.csv"})
	r.write("feeds/a.csv", "v1")
	r.write("feeds/b.csv", "v1")
	r.look(true)
	r.write("feeds/a.csv", "")
	r.write("feeds/b.csv", "")
	r.want(r.hint())
	r.write("feeds/a.csv", "v2")
	r.write("feeds/b.csv", "v2")
	r.want(r.hint(), "snapshot feeds/a.csv g2 v2", "snapshot feeds/b.csv g2 v2")
	r.write("feeds/a.csv", "")
	r.write("feeds/b.csv", "")
	r.want(r.hint())
	r.want(r.tick(), "snapshot feeds/a.csv g3 ", "failed feeds/b.csv g2 empty")
	r.want(r.tick(), "same feeds/a.csv g3", "failed feeds/b.csv g2 empty")
}

func TestMissingAndEmpty(t *testing.T) {
	r := newRig(t, Spec{Path: log})
	r.want(r.tick(), "failed feeds/log.jsonl g0 missing", "caught up")
	r.want(r.hint())
	r.want(r.tick(), "failed feeds/log.jsonl g0 missing")
	r.write(log, "")
	r.want(r.hint(), "failed feeds/log.jsonl g0 empty")
	r.append(log, "one\n")
	r.want(r.hint(), "lines feeds/log.jsonl g1 1@0:one")
	r.remove(log)
	r.want(r.hint()) // a rotation may be under way
	r.want(r.tick(), "removed feeds/log.jsonl g1", "failed feeds/log.jsonl g1 missing")
	r.write(log, "two\n")
	r.want(r.hint(), "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:two")
}

func TestEmptyMayBeAnAnswer(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*", EmptyOK: true})
	r.write("feeds/a.csv", "")
	r.write("feeds/b.jsonl", "")
	r.want(r.tick(), "snapshot feeds/a.csv g1 ", "reachable feeds/b.jsonl g0", "caught up")
}

func TestFilesAppearVanishAndMove(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	r.want(r.tick(), "reachable feeds g0", "caught up")
	r.write("feeds/a.csv", "v1")
	r.want(r.hint(), "snapshot feeds/a.csv g1 v1")
	r.rename("feeds/a.csv", "feeds/b.csv")
	r.want(r.hint(), "snapshot feeds/b.csv g1 v1")
	r.want(r.tick(), "removed feeds/a.csv g1", "same feeds/b.csv g1")
	r.remove("feeds/b.csv")
	r.hint()
	r.want(r.tick(), "reachable feeds g0", "removed feeds/b.csv g1")
}

func TestDirectoryRemovedAndMadeAgain(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up")
	r.remove("feeds")
	r.want(r.hint(), "failed feeds g0 missing")
	r.want(r.tick(), "failed feeds g0 missing", "removed feeds/log.jsonl g1")
	must(t, os.Mkdir(r.path("feeds"), 0o755))
	r.write(log, "two\n")
	r.want(r.tick(), "reachable feeds g0", "rotated feeds/log.jsonl g2", "lines feeds/log.jsonl g2 1@0:two")
}

func TestSymlinkSwapAsKubernetesDoesIt(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	link := func(to, name string) { t.Helper(); must(t, os.Symlink(to, r.path(name))) }
	must(t, os.Mkdir(r.path("feeds/..v1"), 0o755))
	must(t, os.Mkdir(r.path("feeds/..v2"), 0o755))
	r.write("feeds/..v1/a.yaml", "v1")
	r.write("feeds/..v2/a.yaml", "v2")
	link("..v1", "feeds/..data")
	link("..data/a.yaml", "feeds/a.yaml")
	r.want(r.tick(), "snapshot feeds/a.yaml g1 v1", "caught up")
	link("..v2", "feeds/..new")
	r.rename("feeds/..new", "feeds/..data")
	r.want(r.hint(), "snapshot feeds/a.yaml g2 v2")
	if len(r.units[0].links) != 1 || filepath.Base(r.units[0].links[0]) != "..v2" {
		t.Errorf("watching %v", r.units[0].links)
	}
}

func TestWhatIsNoFileOfTheDeskIsRefusedAndNeverOpened(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	outside := t.TempDir()
	must(t, os.WriteFile(filepath.Join(outside, "a.csv"), []byte("secret"), 0o644))
	must(t, os.Symlink(filepath.Join(outside, "a.csv"), r.path("feeds/link.csv")))
	must(t, os.Symlink("../../../../../../../../etc/hosts", r.path("feeds/up.csv")))
	must(t, os.Symlink("/dev/zero", r.path("feeds/zero.csv")))
	must(t, os.Symlink("loop.csv", r.path("feeds/loop.csv")))
	must(t, syscall.Mkfifo(r.path("feeds/pipe.csv"), 0o644))
	r.write("feeds/good.csv", "v1")
	must(t, os.Symlink(r.path("feeds/good.csv"), r.path("feeds/inside.csv"))) // absolute, but inside
	opened := 0
	open := r.units[0].opener
	r.units[0].opener = func(p place, f facts) (file, error) { opened++; return open(p, f) }
	r.want(
		r.tick(), "snapshot feeds/good.csv g1 v1", "failed feeds/link.csv g0 refused", "failed feeds/loop.csv g0 refused",
		"failed feeds/pipe.csv g0 refused", "failed feeds/up.csv g0 refused", "failed feeds/zero.csv g0 refused", "caught up",
	)
	wantIgnored(t, r.units[0], "feeds/inside.csv: the same file is read as "+r.path("feeds/good.csv"))
	if opened != 2 { // once to see what it is, once to read it whole
		t.Errorf("%d files were opened", opened)
	}
}

func TestAPipeInThePlaceOfTheFileDoesNotBlock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	must(t, os.WriteFile(path, nil, 0o644))
	for _, root := range []string{"", dir} {
		p, err := locate(path, root)
		must(t, err)
		f, err := p.stat()
		must(t, err)
		must(t, os.Remove(path))
		must(t, syscall.Mkfifo(path, 0o644))
		if _, err := p.open(f); causeOf(err) != CauseRefused {
			t.Errorf("root %q: %v", root, err)
		}
		must(t, os.Remove(path))
		must(t, os.Symlink("/etc/hosts", path))
		if _, err := p.open(f); err == nil {
			t.Errorf("root %q: a link was followed", root)
		}
		must(t, os.Remove(path))
		must(t, os.WriteFile(path, nil, 0o644))
	}
}

func TestAPathOutsideTheDeskMustBeAllowed(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "a.csv")
	must(t, os.WriteFile(outside, []byte("v1"), 0o644))
	r := newRig(t, Spec{Path: outside})
	got := r.tick()
	if len(got) != 2 || got[0].Cause != CauseRefused || got[0].Reason.IsZero() {
		t.Fatalf("got %v", got)
	}
	r.open(Spec{Path: outside, AllowOutside: true})
	if got := r.tick(); string(got[0].Data) != "v1" {
		t.Fatalf("got %v", got)
	}
}

func TestSnapshotOverTheCapIsRefused(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.csv", MaxSnapshot: 4})
	r.write("feeds/a.csv", "12345")
	r.want(r.tick(), "failed feeds/a.csv g0 too large", "caught up")
	r.write("feeds/a.csv", "1234")
	r.want(r.hint(), "snapshot feeds/a.csv g1 1234")
}

func TestDroppingsAreIgnoredAndListed(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	for _, name := range []string{".a.csv.swp", "a.csv~", ".#a.csv", "#a.csv#", "a.tmp", "a.SWP", "a.csv.bak", ".hidden", ".a.csv0815", "a.csv.part"} {
		r.write("feeds/"+name, "x")
	}
	must(t, os.Mkdir(r.path("feeds/old"), 0o755))
	r.want(r.tick(), "reachable feeds g0", "caught up")
	wantIgnored(
		t, r.units[0],
		"feeds/#a.csv#: an editor's lock or autosave file",
		"feeds/.#a.csv: an editor's lock or autosave file",
		"feeds/.a.csv.swp: a hidden file",
		"feeds/.a.csv0815: a hidden file",
		"feeds/.hidden: a hidden file",
		"feeds/a.SWP: an editor's swap file",
		"feeds/a.csv.bak: a backup",
		"feeds/a.csv.part: a temporary file",
		"feeds/a.csv~: an editor's backup",
		"feeds/a.tmp: a temporary file",
		"feeds/old: a directory; patterns reach one directory deep",
	)
}

func TestKindOfContentIsAskedAgain(t *testing.T) {
	mode := func(_ string, head []byte) Mode {
		switch {
		case len(head) < 2:
			return ModeUndecided
		case head[0] == '{':
			return ModeLines
		case head[0] == '<':
			return ModeSnapshot
		}
		return ModeSkip
	}
	r := newRig(t, Spec{Path: "feeds/*", Mode: mode})
	r.write("feeds/a", "{")
	r.want(r.look(true), "caught up")
	r.tick()
	r.want(r.tick(), "incomplete feeds/a g0 1@0+1")
	r.append("feeds/a", "}\n")
	r.want(r.hint(), "lines feeds/a g1 1@0:{}")
	r.write("feeds/a", "<x/>")
	r.want(r.hint(), "gap feeds/a g2", "snapshot feeds/a g2 <x/>")
	r.write("feeds/a", "{1}\n")
	r.want(r.hint(), "rotated feeds/a g3", "lines feeds/a g3 1@0:{1}")
	r.write("feeds/a", "what is this")
	r.want(r.hint(), "gap feeds/a g4", "failed feeds/a g4 unrecognised")
}

func TestNamesThatARotationGives(t *testing.T) {
	for name, want := range map[string]bool{
		"log.jsonl": false, "log.jsonl.1": true, "log.jsonl-20261120": true, "log-20261120.jsonl": true,
		"log-2026-11-20T00.jsonl": true, "log.1.jsonl": true, "log-north.jsonl": false, "log-2.jsonl": false,
		"logistics.jsonl": false, "log2026.jsonl": false, "blog.jsonl": false, "log": false,
	} {
		if got := Rotated("log.jsonl", name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestOtherThingsInThePlaceOfAFile(t *testing.T) {
	for what, make := range map[string]func(path string) error{
		"directory": func(path string) error { return os.Mkdir(path, 0o755) },
		"pipe":      func(path string) error { return syscall.Mkfifo(path, 0o644) },
		"socket": func(path string) error {
			l, err := net.Listen("unix", path)
			if err == nil {
				t.Cleanup(func() { must(t, l.Close()) })
			}
			return err
		},
		"device": func(path string) error { return os.Symlink(os.DevNull, path) },
	} {
		r := newRig(t, Spec{Path: "x", AllowOutside: true})
		must(t, make(r.path("x")))
		got := r.tick()
		if got[0].Cause != CauseRefused || !strings.Contains(got[0].Reason.String(), what) {
			t.Errorf("%s: %v, %q", what, got[0].Cause, got[0].Reason)
		}
	}
}

// meddler changes the file while it is read, as long as it is told to.
type meddler struct {
	file
	path string
	more *int
}

func (m meddler) ReadAt(b []byte, off int64) (int, error) {
	n, err := m.file.ReadAt(b, off)
	if *m.more > 0 {
		*m.more--
		f, errOpen := os.OpenFile(m.path, os.O_APPEND|os.O_WRONLY, 0)
		if errOpen != nil {
			return 0, errOpen
		}
		_, errWrite := f.WriteString("+")
		err = errors.Join(err, errWrite, f.Close())
	}
	return n, err
}

func TestSnapshotThatChangesWhileItIsReadIsReadAgain(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.csv"})
	more := 3 // one for the head, two for reads of the whole
	r.units[0].opener = func(p place, f facts) (file, error) {
		in, err := p.open(f)
		return meddler{in, p.real, &more}, err
	}
	r.write("feeds/a.csv", "v1")
	r.want(r.tick(), "snapshot feeds/a.csv g1 v1+++", "caught up")
	more = 1 << 30
	r.append("feeds/a.csv", "!")
	r.want(r.hint())
	r.tick()
	r.want(r.tick(), "incomplete feeds/a.csv g1 0@0+14")
	more = 0
	if got := r.hint(); len(got) != 1 || got[0].Kind != KindSnapshot || got[0].Generation != 2 {
		t.Errorf("got %v", got)
	}
}

func TestSingleSourceTakesAFileOverFromThePattern(t *testing.T) {
	r := newRig(t, Spec{Name: "all", Path: "feeds/*"}, Spec{Name: "one", Path: "link.jsonl"})
	r.write(log, "one\n")
	r.want(r.tick(), "lines feeds/log.jsonl g1 1@0:one", "caught up", "failed link.jsonl g0 missing", "caught up")
	must(t, os.Symlink(log, r.path("link.jsonl")))
	r.want(r.hint(), "lines link.jsonl g1 1@0:one")
	r.want(r.hint(), "removed feeds/log.jsonl g1")
	r.append(log, "two\n")
	r.want(r.hint(), "lines link.jsonl g1 2@4:two")
	wantIgnored(t, r.units[0], "feeds/log.jsonl: the same file is read as "+r.path("link.jsonl"))
}
