package source

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is the part of fsnotify that is used here, on directories only.
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	Close() error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
}

// kernel is the notifier of the operating system.
type kernel struct{ *fsnotify.Watcher }

func (k kernel) Events() <-chan fsnotify.Event { return k.Watcher.Events }
func (k kernel) Errors() <-chan error          { return k.Watcher.Errors }

func newKernel() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return kernel{w}, nil
}

// watches keeps the notifier on the directories that the units need. Safe for concurrent
// use; no call to a file system that may hang happens under its lock.
type watches struct {
	notify notifier // nil if there is none
	why    string   // why there is none

	mu   sync.Mutex
	dirs map[string]*watched
}

// watched is one directory: which one it was when it was added, and who needs it.
type watched struct {
	id    fileID
	users map[*unit]bool
}

// want makes u hear of changes in dirs and of no others. It returns the reason why some
// can only be polled, or "", and whether any was added just now, so that a change before that may
// have gone unheard. A directory that does not exist is added when it does.
func (ws *watches) want(u *unit, dirs []string) (added bool, why string) {
	if ws.notify == nil {
		return false, ws.why
	}
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil {
			continue // the look reports that
		}
		if fs := NetworkFS(dir); fs != "" {
			why = fmt.Sprintf("%s lies on a network file system (%s)", dir, fs)
			continue
		}
		id, _ := identify(info)
		ok, err := ws.add(u, dir, id)
		if err != nil {
			why = limitReason(dir, err)
		}
		added = added || ok
	}
	ws.drop(u, dirs)
	return added, why
}

// add watches dir unless that very directory is being watched already.
func (ws *watches) add(u *unit, dir string, id fileID) (added bool, err error) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	w := ws.dirs[dir]
	if w != nil && w.id == id {
		w.users[u] = true
		return false, nil
	}
	if w != nil { // another directory has this name now
		_ = ws.notify.Remove(dir) // the kernel may have dropped it before
	} else {
		w = &watched{users: make(map[*unit]bool)}
	}
	if err := ws.notify.Add(dir); err != nil {
		delete(ws.dirs, dir)
		return false, err
	}
	w.id = id
	w.users[u] = true
	ws.dirs[dir] = w
	return true, nil
}

// drop ends u's use of all directories but keep.
func (ws *watches) drop(u *unit, keep []string) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	kept := make(map[string]bool, len(keep))
	for _, dir := range keep {
		kept[dir] = true
	}
	for dir, w := range ws.dirs {
		if kept[dir] || !w.users[u] {
			continue
		}
		delete(w.users, u)
		if len(w.users) == 0 {
			delete(ws.dirs, dir)
			_ = ws.notify.Remove(dir) // the kernel may have dropped it before
		}
	}
}

// gone forgets a directory that was deleted or renamed, so that its successor is added.
func (ws *watches) gone(dir string) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if w := ws.dirs[dir]; w != nil {
		w.id = fileID{}
	}
}

// users are the units that need any of dirs.
func (ws *watches) users(dirs ...string) []*unit {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	var units []*unit
	for _, dir := range dirs {
		if w := ws.dirs[dir]; w != nil {
			for u := range w.users {
				units = append(units, u)
			}
		}
	}
	return units
}

// limitReason words why the kernel refuses to watch dir.
func limitReason(dir string, err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Sprintf("%s: the limit on watched directories is reached; raise fs.inotify.max_user_watches", dir)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Sprintf("%s: the limit on inotify instances is reached; raise fs.inotify.max_user_instances", dir)
	default:
		return fmt.Sprintf("%s cannot be watched: %v", dir, err)
	}
}

// release ends all of u's use.
func (ws *watches) release(u *unit) {
	if ws.notify != nil {
		ws.drop(u, nil)
	}
}
