// Package exercise makes an exercise desk and plays a scenario into it: real files in a real
// directory, appended, replaced and rotated as feeds and people do it, for vigil demo and for training.
// Nothing is faked past the file system: the console watches the desk like any other.
//
// Everything in it is invented and marked: the desk has exercise = true, each record has the status
// "exercise" and a title that begins with EXERCISE, people are call signs. The scenario is chosen by
// a seed, so that a run can be repeated; time comes from the caller.
//
// It begins with the duty log of a shift ([Night]), and is worked by a [Colleague] beside whoever is at the console: both are the same
// in each exercise. They write nothing themselves: whoever starts the exercise does.
package exercise

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"github.com/google/renameio/v2"
)

//go:embed template
var files embed.FS

// Scenario is an exercise desk and what has been played into it. It is used by one goroutine.
type Scenario struct {
	dir    string
	random *rand.Rand
	step   int
	number int                  // of the next report
	levels map[string]int       // present level by area
	since  map[string]time.Time // of those that changed since the exercise began: when
	staff  map[string]int       // present headcount by country and organisation
	open   []report             // reports that may still be updated or cancelled
}

// Prepare writes the desk as it stands at now, with a year of exercise history, into dir, which must
// be empty or not exist.
func Prepare(dir string, now time.Time, seed uint64) (*Scenario, error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("%s is not empty: an exercise desk is only written into a new directory", dir)
	}
	s := &Scenario{
		dir: dir, random: rand.New(rand.NewPCG(seed, 71_129)), number: 1,
		levels: map[string]int{}, since: map[string]time.Time{}, staff: map[string]int{},
	}
	for _, a := range areas {
		s.levels[a.name] = a.level
	}
	for _, p := range posts {
		s.staff[p.key()] = p.count
	}
	for _, sub := range []string{"feeds", "levels", "presence", "calendar", "profiles"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, fmt.Errorf("making the exercise desk: %w", err)
		}
	}
	steps := []func(time.Time) error{s.writeConfig, s.writeLevels, s.writeRoster, s.writeHeadcount, s.writeHistory, s.writeAccounts, s.writeCalendar, s.writeProfiles, s.publish, s.forecast}
	for _, write := range steps {
		if err := write(now); err != nil {
			return nil, fmt.Errorf("making the exercise desk: %w", err)
		}
	}
	return s, nil
}

// replace writes a file as a tool would that does it well: whole, and renamed into place.
func (s *Scenario) replace(name string, data []byte) error {
	return renameio.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), data, 0o644)
}

// add adds lines to a file, as a radio log grows.
func (s *Scenario) add(name string, lines ...[]byte) (err error) {
	f, err := os.OpenFile(filepath.Join(s.dir, filepath.FromSlash(name)), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if c := f.Close(); err == nil {
			err = c
		}
	}()
	_, err = f.Write(append(bytes.Join(lines, []byte("\n")), '\n'))
	return err
}

// writeConfig fills in the templates that do not change.
func (s *Scenario) writeConfig(now time.Time) error {
	return fs.WalkDir(files, "template", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		t, err := template.New(path.Base(name)).Parse(string(text))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := t.Execute(&out, map[string]string{"Date": now.Format(time.DateOnly)}); err != nil {
			return err
		}
		return s.replace(strings.TrimPrefix(name, "template/"), out.Bytes())
	})
}
