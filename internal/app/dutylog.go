package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/intake"
	"vigil/internal/journal"
	"vigil/internal/logbook"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// DutyLog is the duty log of a desk without the rest of the desk: what is read and written in it needs no feed. It is for one
// goroutine.
type DutyLog struct {
	Name     safetext.Text // of the desk
	Exercise bool
	Dir      string

	hub    *hub
	reader *dutylog.Reader
}

// OpenDutyLog finds the log of a desk. It makes and writes nothing.
func OpenDutyLog(o Options) (*DutyLog, error) {
	h, err := load(o, true, false)
	if err != nil {
		return nil, err
	}
	dir := dutiesDir(h.paths)
	return &DutyLog{Name: h.describe().Name, Exercise: h.config.Exercise, Dir: dir, hub: h, reader: dutylog.NewReader(dir)}, nil
}

// Close releases what is open.
func (l *DutyLog) Close() { _ = l.reader.Close() }

// Next is the next record of the log, or io.EOF when there is none yet; any other error ends reading.
func (l *DutyLog) Next() (logbook.Line, error) {
	e, err := l.reader.Next()
	if err != nil && !errors.Is(err, dutylog.ErrBad) {
		return logbook.Line{}, err
	}
	rec := l.reader.Record()
	line := logbook.Line{
		Seq: rec.Seq, Where: duty.Line{File: filepath.Base(rec.File), Number: rec.Line, Hash: rec.Hash.String()}, Raw: slices.Clone(rec.Payload),
	}
	if err != nil {
		line.Bad = safetext.Clean(err.Error())
		return line, nil
	}
	line.Entry = &e
	return line, nil
}

// Follow hands over what is added to the log until ctx ends: each time there is something new, all of it.
func (l *DutyLog) Follow(ctx context.Context, show func([]logbook.Line) error) error {
	tick := time.NewTicker(dutiesEvery)
	defer tick.Stop()
	for {
		var fresh []logbook.Line
		line, err := l.Next()
		for ; err == nil; line, err = l.Next() {
			fresh = append(fresh, line)
		}
		if len(fresh) > 0 {
			if err := show(fresh); err != nil {
				return err
			}
		}
		if !errors.Is(err, io.EOF) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Records reads the desk once, for what the entries are about: what a record said is looked up when the log is read. Nothing is written,
// and a vigil.toml with errors keeps nobody from reading the log.
func (l *DutyLog) Records(ctx context.Context) (picture.View, error) {
	h, _, err := readOnce(ctx, l.hub.options, true)
	if err != nil {
		return picture.View{}, err
	}
	return h.store.Publish(h.clock()).For(picture.DutyOfficer), nil
}

// Write writes an entry, if the log lets it stand, and returns when it is on the disk. id is that of an earlier attempt, or
// empty. It returns the id, also with an error, for the next attempt.
func (l *DutyLog) Write(ctx context.Context, actor action.Actor, id string, body duty.Body) (string, error) {
	if id == "" {
		id = action.NewID()
	}
	l.hub.readDuties()
	entry, err := l.hub.entryOf(&action.Envelope{ID: id, Actor: actor, Command: action.Record{Body: body}})
	if err != nil {
		return id, err
	}
	return id, appendEntry(ctx, l.hub.paths, entry)
}

// CheckpointSchema is that of a checkpoint as JSON.
const CheckpointSchema = "vigil.log.checkpoint/1"

// Checkpoint is the end of a log, to be kept elsewhere: a log that was cut off later, or put back as it was earlier, is whole in
// itself and not against it.
type Checkpoint struct {
	Schema string       `json:"schema"`
	Desk   string       `json:"desk"`    // its name, for people
	DeskID string       `json:"desk_id"` // of its intake; empty if it has none
	Taken  time.Time    `json:"taken"`
	Seq    uint64       `json:"seq"` // of the last entry; 0 of an empty log
	Hash   journal.Hash `json:"hash"`
}

// ReadCheckpoint reads a checkpoint.
func ReadCheckpoint(text []byte) (Checkpoint, error) {
	var c Checkpoint
	if err := json.Unmarshal(text, &c); err != nil {
		return c, fmt.Errorf("not a checkpoint, which vigil log checkpoint prints: %w", err)
	}
	if c.Schema != CheckpointSchema {
		return c, fmt.Errorf("not a checkpoint that this version reads: its schema is %q, not %q", c.Schema, CheckpointSchema)
	}
	return c, nil
}

// Verified is what was found whole.
type Verified struct {
	journal.Checked
	Unknown int      // entries of a newer version, or of kinds that this one does not know
	Aside   []string // files of unfinished records that were put aside before
}

// Verify reads the whole log and says the first thing that is wrong with it; see [journal.Check]. It takes no lock and writes
// nothing. What is whole and no entry is wrong, too.
func (l *DutyLog) Verify(point *Checkpoint) (Verified, error) {
	var v Verified
	var at journal.Head
	if point != nil {
		if id := l.deskID(); point.DeskID != "" && id != "" && id != point.DeskID {
			return v, fmt.Errorf("%s: %w: it is of another desk, %q", l.Dir, journal.ErrCheckpoint, safetext.Clean(point.Desk))
		}
		at = journal.Head{Seq: point.Seq, Hash: point.Hash}
	}
	var err error
	v.Aside = l.aside()
	if v.Checked, err = journal.Check(journal.OS, l.Dir, at); err != nil {
		return v, err
	}
	entries := dutylog.NewReader(l.Dir)
	defer func() { _ = entries.Close() }()
	for {
		switch e, err := entries.Next(); {
		case errors.Is(err, io.EOF):
			return v, nil
		case err != nil:
			return v, err
		case !e.Understood():
			v.Unknown++
		}
	}
}

// Checkpoint is the end of the log, which must be whole.
func (l *DutyLog) Checkpoint() (Checkpoint, error) {
	v, err := l.Verify(nil)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{
		Schema: CheckpointSchema, Desk: l.Name.String(), DeskID: l.deskID(), Taken: l.hub.clock().UTC().Truncate(time.Second), Seq: v.Head.Seq, Hash: v.Head.Hash,
	}, nil
}

func (l *DutyLog) deskID() string {
	id, err := intake.ReadIdentity(intakeDir(l.hub.paths))
	if err != nil {
		return "" // a log can be older than its intake
	}
	return id.Desk
}

// aside lists the files with unfinished records that were put aside.
func (l *DutyLog) aside() (names []string) {
	list, err := os.ReadDir(l.Dir)
	if err != nil {
		return nil // what is wrong with the directory is said by whoever reads the log
	}
	for _, e := range list {
		if strings.Contains(e.Name(), journal.TornInfix) {
			names = append(names, safetext.Clean(e.Name()).String())
		}
	}
	return names
}
