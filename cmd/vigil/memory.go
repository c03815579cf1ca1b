package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/renameio/v2"

	"vigil/internal/tui"
)

// memory is the file in which a console remembers what a person typed and saved: of this user of this machine, for all desks. It is
// safe for concurrent use; of two consoles that write at once the later one's entry may be the only one that is kept.
type memory struct {
	file string // empty where there is no place for it
	mu   sync.Mutex
}

// remembered is the contract vigil.console/1.
type remembered struct {
	Schema   string     `json:"schema"`
	Commands []string   `json:"commands"`
	Filters  []string   `json:"filters"`
	Views    []tui.View `json:"views"`
}

const (
	memorySchema = "vigil.console/1"
	memoryMost   = 200     // of commands, and of filters
	memoryLimit  = 1 << 20 // bytes that are read
)

// newMemory is the memory in the state directory of the user, by the XDG Base Directory Specification.
func (p *program) newMemory() *memory {
	dir := p.getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) { // the specification has others ignored
		home := p.getenv("HOME")
		if !filepath.IsAbs(home) {
			return &memory{}
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return &memory{file: filepath.Join(dir, "vigil", "console.json")}
}

// read gives what is remembered; nothing where there is no such file, or none that can be read.
func (m *memory) read() tui.Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.load()
	if err != nil {
		return tui.Memory{}
	}
	return tui.Memory{Commands: r.Commands, Filters: r.Filters, Views: r.Views}
}

func (m *memory) load() (r remembered, err error) {
	f, err := os.Open(m.file)
	if err != nil {
		return r, err
	}
	defer func() { _ = f.Close() }() // nothing is lost of what was only read
	data, err := io.ReadAll(io.LimitReader(f, memoryLimit))
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil || r.Schema != memorySchema {
		return remembered{}, fmt.Errorf("%s is no %s", m.file, memorySchema)
	}
	return r, nil
}

// keep remembers one thing more.
func (m *memory) keep(k tui.Kept) error {
	if m.file == "" {
		return errors.New("neither XDG_STATE_HOME nor HOME is set")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.load()
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err // what is there is not ours to throw away
	}
	r.Schema = memorySchema
	r.Commands, r.Filters = last(r.Commands, k.Command), last(r.Filters, k.Filter)
	if name := firstOf(k.View.Name, k.Forgotten); name != "" {
		r.Views = slices.DeleteFunc(r.Views, func(v tui.View) bool { return v.Name == name })
	}
	if k.View.Name != "" {
		r.Views = append(r.Views, k.View)
	}
	return m.write(&r)
}

// write replaces the file, which only its owner may read, as a whole.
func (m *memory) write(r *remembered) error {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetIndent("", " ")
	out.SetEscapeHTML(false)
	if err := out.Encode(r); err != nil {
		return err
	}
	const onlyOwner, enter = 0o600, 0o700
	if err := os.MkdirAll(filepath.Dir(m.file), enter); err != nil {
		return err
	}
	return renameio.WriteFile(m.file, b.Bytes(), onlyOwner, renameio.IgnoreUmask())
}

// last puts an entry at the end of a list that has each once.
func last(list []string, entry string) []string {
	if entry == "" {
		return list
	}
	list = append(slices.DeleteFunc(list, func(e string) bool { return e == entry }), entry)
	return list[max(0, len(list)-memoryMost):]
}
