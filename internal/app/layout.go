package app

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/picture"
	"vigil/internal/source"
)

// Names of the specs that are not a [[source]]. A [[source]] is prefixed, so that no name in
// vigil.toml can collide with them.
const (
	specConfig   = "vigil.toml"
	specLevels   = "levels/"
	specPresence = "presence/"
	specCalendar = "calendar/"
	specProfiles = "profiles/"
	specFeeds    = "feeds/"
	specIntake   = "intake/" // no spec of the watcher: it is read back before
	sourcePrefix = "source:"
	// addressPrefix is for a [[source]] that is fetched: what is read are its kept answers.
	addressPrefix = "address:"
)

// fetchedName is the directory of the kept answers, in the intake.
const fetchedName = "fetched"

// specName is the name of the spec that reads a [[source]].
func specName(s *desk.Source) string {
	if !s.Poll.URL.IsZero() {
		return addressPrefix + sourceLabel(s)
	}
	return sourcePrefix + sourceLabel(s)
}

// specsOf lists what is to be read for a configuration; fetched is where the kept answers are.
func specsOf(p desk.Paths, c *desk.Config, fetched string) []source.Spec {
	whole := source.Fixed(source.ModeSnapshot)
	specs := []source.Spec{
		{Name: specConfig, Path: desk.ConfigName, Root: p.Dir, Mode: whole, EmptyOK: true},
	}
	for _, f := range folders {
		specs = append(specs, source.Spec{Name: f.Name, Path: f.Name + "*", Root: p.Dir, Mode: extensions(f.Files...), EmptyOK: true})
	}
	specs = append(specs, source.Spec{Name: specFeeds, Path: desk.FeedsDir + "/*", Root: p.Dir, Rest: true, Mode: detected(p.Dir, c.Sources), Version: claimed(c.Sources)})
	for i := range c.Sources {
		s := &c.Sources[i]
		if !s.Poll.URL.IsZero() {
			specs = append(specs, addressSpec(s, fetched))
			continue
		}
		spec := source.Spec{
			Name: specName(s), Path: s.Path, Root: p.Dir, EmptyOK: s.EmptyOK,
			AllowOutside: filepath.IsAbs(s.Path), Version: specVersion(s),
		}
		spec.Mode = detected("", nil)
		if s.Map != nil {
			spec.Mode = source.Fixed(source.ModeSnapshot) // what a map explains is read whole
		}
		if f, ok := formats.ByName(s.Format); ok {
			spec.Mode = source.Fixed(modeOf(f))
		}
		specs = append(specs, spec)
	}
	return specs
}

// claimed changes with the files that [[source]] blocks take out of feeds/.
func claimed(sources []desk.Source) string {
	paths := make([]string, len(sources))
	for i := range sources {
		paths[i] = sources[i].Path
	}
	return fmt.Sprintf("%q", paths)
}

// specVersion changes with what a [[source]] block says of the content of its files: they are read anew
// then. What it promises of the source needs no reading.
func specVersion(s *desk.Source) string {
	mapping := ""
	if s.Map != nil {
		mapping = fmt.Sprint(*s.Map) // fmt prints maps by their keys in order
	}
	return fmt.Sprintf("%q %q %q %v %q %q", s.Format, s.Authority, s.Grade, s.Handling, s.Sheet, mapping)
}

// sourceLabel is the name of a [[source]]: as given, else as a file of its own would have it.
func sourceLabel(s *desk.Source) string {
	if name := s.Name.String(); name != "" {
		return name
	}
	return stem(s.Path)
}

// stem is a file's name up to its first dot.
func stem(file string) string {
	name, _, _ := strings.Cut(path.Base(filepath.ToSlash(file)), ".")
	return name
}

// rotationOf is the log of which file is a rotation by its name, if that log is beside it; else it is
// empty. Only what is read by lines is rotated: the parts of a log are one source, two exports are two.
func rotationOf(file string) string {
	const ending = ".jsonl"
	dir, name := filepath.Split(file)
	i := strings.LastIndex(name, ending)
	if i < 0 {
		return ""
	}
	for _, base := range [...]string{name[:i+len(ending)], strings.TrimRight(name[:i], "-_T0123456789") + ending} {
		if !source.Rotated(base, name) {
			continue
		}
		if info, err := os.Stat(dir + base); err == nil && info.Mode().IsRegular() {
			return dir + base
		}
	}
	return ""
}

func modeOf(f *feed.Format) source.Mode {
	if f.Lines() {
		return source.ModeLines
	}
	return source.ModeSnapshot
}

// extensions reads files with the given endings whole and leaves the others aside.
func extensions(known ...string) func(string, []byte) source.Mode {
	return func(file string, _ []byte) source.Mode {
		for _, e := range known {
			if strings.EqualFold(filepath.Ext(file), e) {
				return source.ModeSnapshot
			}
		}
		return source.ModeSkip
	}
}

// detected reads a file as its content asks. Files that a [[source]] with a pattern reads are
// left to it.
func detected(dir string, sources []desk.Source) func(string, []byte) source.Mode {
	return func(file string, head []byte) source.Mode {
		for i := range sources {
			if claims(dir, sources[i].Path, file) {
				return source.ModeSkip
			}
		}
		if len(head) == 0 {
			return source.ModeUndecided
		}
		switch f, ok := formats.Detect(head); {
		case ok:
			return modeOf(f)
		case longRecord(file, head):
			return source.ModeLines
		default:
			return source.ModeSkip
		}
	}
}

// longRecord reports whether a file that no format knows by its beginning is a log whose first record is
// longer than that beginning: one record that is too long must not hide those that follow.
func longRecord(file string, head []byte) bool {
	return strings.EqualFold(filepath.Ext(file), ".jsonl") && len(head) >= source.HeadSize &&
		bytes.HasPrefix(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("{")) && !bytes.Contains(head, []byte("\n"))
}

// claims reports whether the path of a [[source]] names file.
func claims(dir, pattern, file string) bool {
	if pattern == "" { // it is fetched
		return false
	}
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, pattern)
	}
	ok, err := filepath.Match(pattern, file)
	return err == nil && ok
}

func relativeTo(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

func baseName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return filepath.Base(abs)
	}
	return filepath.Base(dir)
}

// readingWords say how far the first reading of the files is, how fast, and how long it still takes, in this order: on a narrow
// screen the end is cut off.
func readingWords(what string, p picture.Progress) string {
	words := "still reading " + what
	percent, known := p.Percent()
	if !known {
		return words
	}
	words += fmt.Sprintf(": %d %%", percent)
	if p.Rate > 0 {
		words += fmt.Sprintf(", %.1f MB/s, %s left", p.Rate/1e6, max(time.Second, p.Left.Round(time.Second)))
	}
	return words + fmt.Sprintf(", of %.1f MB", float64(p.Total)/1e6)
}
