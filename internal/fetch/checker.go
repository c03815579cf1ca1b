package fetch

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Checker tells whether the kept contents of one directory are what was fetched. It is safe for concurrent use.
type Checker struct {
	mu   sync.Mutex
	info fs.FileInfo // of the meta that was read
	meta Meta
}

// Check is an error if the file at path, a content, is not what its directory's [Meta] says was fetched: it was damaged,
// cut, or written by somebody else. Where nothing is known of what was fetched there is none.
func (c *Checker) Check(path string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	dir, file := filepath.Split(path)
	const tries = 3 // the contents may be being replaced
	for n := 0; ; n++ {
		if !c.read(dir) || !c.meta.Has() && len(c.meta.Coming) == 0 {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil // whoever reads it says why it cannot be read
		}
		why := c.meta.disowns(dir, file, data)
		if why == nil {
			return nil
		}
		if before := c.info; n == tries || c.read(dir) && os.SameFile(before, c.info) && before.ModTime().Equal(c.info.ModTime()) {
			return why
		}
	}
}

// read reads the meta of a directory if it is another than that read last. It is false where there is none that can be read.
func (c *Checker) read(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, MetaName))
	if err != nil {
		return false
	}
	if c.info != nil && os.SameFile(info, c.info) && info.ModTime().Equal(c.info.ModTime()) && info.Size() == c.info.Size() {
		return true
	}
	m, err := Read(dir)
	if err != nil {
		return false
	}
	c.info, c.meta = info, m
	return true
}

// disowns says why a content is none that was kept under the name of file.
func (m *Meta) disowns(dir, file string, data []byte) error {
	sum, size := sumOf(data), int64(-1)
	is := func(k *Kept) bool {
		if k.Sum != "" && size < 0 {
			size = k.Size
		}
		return k.Sum == sum && k.Size == int64(len(data))
	}
	if file == answerName && is(&m.Answer) {
		return nil
	}
	for _, list := range [...][]Link{m.Links, m.Coming} {
		for i := range list {
			if list[i].File == file && is(&list[i].Kept) {
				return nil
			}
		}
	}
	shown := fmt.Sprintf("it is not shown; it stays in %s of the intake to be looked at, until the next poll that succeeds replaces it",
		filepath.ToSlash(filepath.Join("fetched", filepath.Base(dir), file)))
	switch have := int64(len(data)); {
	case size < 0:
		return fmt.Errorf("the kept answer is not known to be what was fetched: %s", shown)
	case size != have:
		return fmt.Errorf("the kept answer is damaged or was changed: it has %d bytes, and %d were fetched; %s", have, size, shown)
	default:
		return fmt.Errorf("the kept answer is damaged or was changed: its checksum is not that of what was fetched; %s", shown)
	}
}
