package ownfeed

import (
	"bytes"
	"fmt"
	"iter"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/journal"
)

// standing is what the file holds.
type standing struct {
	size    int64
	torn    bool // its last line has no end
	last    *incident.Incident
	version int64 // the highest of the incident
}

// stands reads the file: it holds what people reported, not what feeds say.
func (f *Feed) stands(file journal.File, name incident.Identity) (s standing, err error) {
	content, err := whole(file)
	if err != nil {
		return s, err
	}
	s.size = int64(len(content))
	s.torn = len(content) > 0 && content[len(content)-1] != '\n'
	for i := range versions(content, name) {
		if s.last == nil || i.Version >= s.version {
			s.last = &i
		}
		s.version = max(s.version, i.Version)
	}
	return s, nil
}

// whole is what a file holds.
func whole(file journal.File) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	content := make([]byte, info.Size())
	if n, err := file.ReadAt(content, 0); n < len(content) {
		return nil, fmt.Errorf("reading what stands in it: %w", err)
	}
	return content, nil
}

// versions are the records of an incident in the order of the file.
func versions(content []byte, name incident.Identity) iter.Seq[incident.Incident] {
	return func(yield func(incident.Incident) bool) {
		decode := native.Format.Decoder()
		ctx := feed.NewContext(Name)
		for line := range bytes.Lines(content) {
			var rec feed.Record
			if !decode(ctx, string(line), feed.Place{}, &rec) || rec.Kind != feed.Incident || rec.Incident.Identity != name {
				continue
			}
			if !yield(rec.Incident) {
				return
			}
		}
	}
}

// append writes a line in one piece and has the disk confirm it. What was not confirmed is taken back, so that it is not read, and
// not left in the cache as if it had been written.
func (s *standing) append(file journal.File, line []byte) error {
	if s.torn {
		line = append([]byte{'\n'}, line...)
	}
	n, err := file.Write(line)
	if err == nil && n < len(line) {
		err = fmt.Errorf("only %d of %d bytes could be written", n, len(line))
	}
	result := ErrNotRecorded
	if err == nil {
		if err = file.Sync(); err == nil {
			return nil
		}
		result = ErrNotConfirmed
	}
	if back := file.Truncate(s.size); back != nil {
		return fmt.Errorf("%w: %w, and it could not be taken back: %w", ErrNotConfirmed, err, back)
	}
	return fmt.Errorf("%w: %w", result, err)
}
