package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"

	"vigil/internal/safetext"
	"vigil/internal/source"
)

// The limits of what is tried, each by itself.
const (
	eventLimit = 2 * time.Second
	tryLimit   = 10 * time.Second
)

// spare is how much has to be free for a watch's records not to be worried about.
const spare = 100 << 20

// Place is a directory that vigil reads or writes.
type Place struct {
	Name  string // "desk", "state"
	Dir   string
	Write bool // vigil writes there
}

// Look says what is found about a place: its file system, and, where vigil writes, whether writing, syncing, locking and
// events work. now measures what takes long.
func (p Place) Look(ctx context.Context, now func() time.Time) []Finding {
	done := make(chan []Finding, 1)
	go func() { done <- p.look(ctx, now) }()
	limit := time.NewTimer(tryLimit)
	defer limit.Stop()
	select {
	case all := <-done:
		return all
	case <-limit.C:
	case <-ctx.Done():
	}
	return []Finding{lesser(Files, p.Name, p.Dir+": no answer within "+tryLimit.String(),
		"what is on it stays as it was read last, and is shown as stale; mend the file system")}
}

func (p Place) look(ctx context.Context, now func() time.Time) []Finding {
	system := systemOf(p.Dir)
	all := []Finding{p.system(system)}
	if !p.Write {
		return all
	}
	all = append(all, p.room(system))
	dir, err := os.MkdirTemp(p.Dir, ".vigil-doctor-")
	if err != nil {
		return append(all, lesser(Files, p.Name+" writable", "no: "+plainly(err),
			"vigil opens, and records nothing: the header says NOT RECORDED. Give it another place with --state DIR"))
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is tried below, and said
	all = append(all, durable(dir, now), locks(dir), p.events(ctx, dir, now))
	if err := os.RemoveAll(dir); err != nil {
		all = append(all, lesser(Files, p.Name+" left over", dir+": "+plainly(err), "remove it by hand"))
	}
	return all
}

// system is on what the place lies.
func (p Place) system(s system) Finding {
	found := p.Dir + ", " + s.kind
	switch network := source.NetworkFS(p.Dir); {
	case network != "":
		return lesser(Files, p.Name, p.Dir+", "+s.kind+" (a network file system: "+network+")",
			fmt.Sprintf("changes are found by looking every %s; locks are tried, and hold only if the server keeps them", source.DefaultInterval))
	case s.readOnly && p.Write:
		return lesser(Files, p.Name, found+", read-only", "nothing is recorded: give another place with --state DIR")
	default:
		return finding(Files, p.Name, found, "it is read as it changes")
	}
}

func (p Place) room(s system) Finding {
	switch {
	case !s.known:
		return finding(Files, p.Name+" free", "unknown", "what cannot be written is said, and written when there is room")
	case s.free < spare:
		return lesser(Files, p.Name+" free", bytes(s.free), "what cannot be written is said: make room before the log is lost")
	default:
		return finding(Files, p.Name+" free", bytes(s.free), "what arrives and what people do is recorded")
	}
}

// durable tries a write that has to be on the disk.
func durable(dir string, now func() time.Time) Finding {
	const does = "an entry of the duty log counts once it is on the disk"
	began := now()
	f, err := os.CreateTemp(dir, "sync")
	if err == nil {
		_, err = f.WriteString("vigil doctor\n")
		err = errors.Join(err, f.Sync(), f.Close())
	}
	took := now().Sub(began)
	switch {
	case err != nil:
		return lesser(Files, "sync", plainly(err), "an entry of the duty log cannot be kept, and that is said")
	case took > time.Second:
		return lesser(Files, "sync", "a small write takes "+brief(took), does+": every entry takes as long")
	default:
		return finding(Files, "sync", "a small write is on the disk after "+brief(took), does)
	}
}

// locks tries whether a second one is refused, which a file system without locks does not.
func locks(dir string) Finding {
	path := filepath.Join(dir, "lock")
	first, second := flock.New(path), flock.New(path)
	defer first.Close()  //nolint:errcheck // it is removed with its directory
	defer second.Close() //nolint:errcheck // likewise
	const without = "two consoles could both take themselves for the collector: open only one on this desk, or give a state elsewhere with --state DIR"
	held, err := first.TryLock()
	if err != nil || !held {
		return lesser(Files, "locks", "none can be taken: "+plainly(err), without)
	}
	if again, err := second.TryLock(); again && err == nil {
		return lesser(Files, "locks", "a lock that is held is given again", without)
	}
	return finding(Files, "locks", "a lock that is held is refused", "one console collects, the others follow it")
}

// events makes a file and waits to be told of it.
func (p Place) events(ctx context.Context, dir string, now func() time.Time) Finding {
	const name = "events"
	polling := fmt.Sprintf("changes are found by looking, every %s", source.DefaultInterval)
	w, err := fsnotify.NewWatcher()
	if err == nil {
		defer w.Close() //nolint:errcheck // nothing is written through it
		err = w.Add(dir)
	}
	if err != nil {
		return lesser(Files, name, "none: "+plainly(err), polling)
	}
	began := now()
	file := filepath.Join(dir, "event")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		return lesser(Files, name, "not tried: "+plainly(err), polling)
	}
	limit := time.NewTimer(eventLimit)
	defer limit.Stop()
	for {
		select {
		case e := <-w.Events:
			if e.Name == file {
				return finding(Files, name, "a new file is told of after "+brief(now().Sub(began)),
					fmt.Sprintf("files are read as they change, and looked at every %s besides", source.DefaultInterval))
			}
		case <-limit.C:
			return lesser(Files, name, "a new file is not told of within "+eventLimit.String(), polling)
		case <-ctx.Done():
			return lesser(Files, name, "not waited for", polling)
		}
	}
}

// plainly is an error without the path of the trial, which nobody knows.
func plainly(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if err == nil {
		return "no reason is given"
	}
	return safetext.Error(err).String()
}

// brief is a short time for people.
func brief(d time.Duration) string {
	if d < time.Millisecond {
		return "less than 1 ms"
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// bytes is a size for people.
func bytes(n uint64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	f, i := float64(n), 0
	for f >= 1024 && i < len(units)-1 {
		f, i = f/1024, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}

// Existing is dir, or the nearest directory above it that is there: what is made later will be made on its file system.
func Existing(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return dir
		}
		dir = up
	}
}

// system is a file system.
type system struct {
	kind     string
	known    bool
	free     uint64
	readOnly bool
}
