package desk

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
)

// ErrIsDesk is wrapped by [Init] for a directory that has a vigil.toml already.
var ErrIsDesk = errors.New("there is a desk already")

//go:embed template
var template embed.FS

// Init makes a desk in dir, which may exist: the directories that are watched, a vigil.toml that
// explains every key and sets none, and examples/ beside them, which is not read. So the new desk is
// a real one and empty: nothing that was made up can be taken for a report.
//
// Files that are there already are left as they are. vigil.toml is written last, so that an Init that
// failed can be repeated; with one in place the error wraps [ErrIsDesk] and nothing is changed.
func Init(dir string) error {
	config := filepath.Join(dir, ConfigName)
	if _, err := os.Lstat(config); err == nil {
		return fmt.Errorf("%s: %w: edit it, or name another directory", config, ErrIsDesk)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for %s: %w", config, err)
	}
	for _, d := range []struct {
		name string
		mode fs.FileMode
	}{{FeedsDir, 0o755}, {LevelsDir, 0o755}, {PresenceDir, 0o750}, {CalendarDir, 0o755}, {ProfilesDir, 0o750}, {"examples", 0o755}} { // rosters name people, profiles their numbers
		if err := os.MkdirAll(filepath.Join(dir, d.name), d.mode); err != nil {
			return fmt.Errorf("make the desk: %w", err)
		}
	}
	var files []string
	err := fs.WalkDir(template, "template", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != "template/"+ConfigName {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("make the desk: %w", err)
	}
	for _, path := range append(files, "template/"+ConfigName) {
		if err := writeNew(dir, path); err != nil {
			return fmt.Errorf("make the desk: %w", err)
		}
	}
	return nil
}

// writeNew writes a file of the template, unless one of its name is there.
func writeNew(dir, path string) error {
	to := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(path, "template/")))
	if _, err := os.Lstat(to); err == nil {
		return nil
	}
	data, err := template.ReadFile(path)
	if err != nil {
		return err
	}
	return renameio.WriteFile(to, data, 0o644)
}
