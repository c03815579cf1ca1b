package app

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"vigil/internal/correlate"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/journal"
	"vigil/internal/saying"
)

// dutiesEvery is how often the duty log is looked at for what other consoles wrote.
const dutiesEvery = 500 * time.Millisecond

// duties is what was done at the desk, as far as it was read.
type duties struct {
	reader  *dutylog.Reader
	choices []correlate.Choice
	draft   *duty.Draft
	alone   []duty.Entry // what this process did and reading the log did not bring, in order
	damaged damaged
	bad     int           // entries that could not be read, or that a newer version wrote
	trouble saying.Saying // of the log
	torn    saying.Saying // of a last record that was not written to its end, until the next writer puts it aside
}

// damaged is the file of the log at which reading ended, as it was then. The zero value is of none.
type damaged struct {
	file string
	info fs.FileInfo
}

// mended reports whether the file is another by now: it was put back from a backup, or the log was moved away, as the message of the
// damage says.
func (d *damaged) mended() bool {
	if d.file == "" {
		return false
	}
	info, err := os.Stat(d.file)
	if err != nil || d.info == nil {
		return errors.Is(err, fs.ErrNotExist) || err == nil
	}
	return !os.SameFile(info, d.info) || info.Size() != d.info.Size() || !info.ModTime().Equal(d.info.ModTime())
}

func dutiesDir(p desk.Paths) string { return filepath.Join(p.State, desk.DutyLogDir) }

// readDuties reads what is new in the duty log into the store, and reports whether anything is. A log that stands in the place of the
// one that was read is read from its beginning; and so is one that others went on with while entries of this process stand in no log,
// so that alarms have one number in every console.
func (h *hub) readDuties() (news bool) {
	d := &h.duties
	if d.reader == nil {
		d.begin(h)
	}
	trouble, torn, chosen := d.trouble, d.torn, len(d.choices)
	replaced := d.damaged.mended()
	if !replaced {
		n, err := h.readOn()
		news, replaced = n > 0, errors.Is(err, journal.ErrReplaced)
	}
	anew := replaced || news && len(d.alone) > 0
	if anew {
		d.begin(h)
		if replaced {
			d.trouble = saying.Of(
				"duty log: it was moved away or replaced at %s; what is shown is what stands in its place, and what was done before may be missing",
				h.clock().UTC().Format("2006-01-02 15:04Z"),
			)
		}
		_, _ = h.readOn() // what is wrong is said
		d.alone = slices.DeleteFunc(d.alone, func(e duty.Entry) bool { return !d.take(&e) })
		news = true
	}
	if anew || len(d.choices) > chosen {
		h.store.Choose(d.choices)
	}
	if news {
		h.book = d.draft.Book()
	}
	d.torn = h.tornWords(d.reader.Unfinished())
	return news || !d.trouble.Equal(trouble) || !d.torn.Equal(torn)
}

// begin goes back to the beginning of the log.
func (d *duties) begin(h *hub) {
	if d.reader != nil {
		_ = d.reader.Close() // it was only read
	}
	d.reader, d.draft = dutylog.NewReader(dutiesDir(h.paths)), duty.NewDraft()
	d.choices, d.bad, d.damaged = nil, 0, damaged{}
}

// readOn reads to the end of the log. It says how many entries are new, and what ended reading.
func (h *hub) readOn() (n int, err error) {
	d := &h.duties
	for {
		e, err := d.reader.Next()
		switch {
		case errors.Is(err, dutylog.ErrBad) || err == nil && !e.Understood():
			d.bad++
			d.trouble = saying.Of("duty log: %s cannot be read, or a newer version wrote them", saying.Count(d.bad, "entry", "entries"))
			continue
		case err == nil:
			d.take(&e)
			n++
			continue
		case !errors.Is(err, io.EOF):
			d.fails(err)
		}
		return n, err
	}
}

// fails notes why the log is not read further.
func (d *duties) fails(err error) {
	d.trouble = saying.Of("duty log: what people decided could be read in part only: %s", err)
	var damage *journal.DamageError
	if !errors.As(err, &damage) || d.damaged.file != "" {
		return
	}
	d.damaged.file = damage.File
	if info, err := os.Stat(damage.File); err == nil {
		d.damaged.info = info
	}
}

// stand takes in what this process did: from the log, and what reading that does not bring in this process alone.
func (h *hub) stand(entries ...duty.Entry) {
	h.dirty = h.readDuties() || h.dirty
	d := &h.duties
	chosen, alone := len(d.choices), len(d.alone)
	for i := range entries {
		if e := entries[i]; d.take(&e) {
			d.alone = append(d.alone, e)
		}
	}
	if len(d.choices) > chosen {
		h.store.Choose(d.choices)
	}
	if len(d.alone) > alone {
		h.book, h.dirty = d.draft.Book(), true
	}
}

// beingWritten is the longest that a record is on its way to the disk.
const beingWritten = 2 * time.Second

// tornWords tell of a last record of the duty log that nobody will finish.
func (h *hub) tornWords(u journal.Unfinished) saying.Saying {
	if age := h.clock().Sub(u.Changed); u.Size <= 0 || age >= 0 && age < beingWritten {
		return saying.Saying{}
	}
	return saying.Of(
		"duty log: its last record was not written to its end (crash?), and what it said is lost unless somebody still knows: %s, line %d, %d bytes, of %s; look what it was and enter it again; the next entry puts it aside",
		h.relative(u.File), u.Line, int(u.Size), u.Changed.UTC().Format("2006-01-02 15:04Z"),
	)
}
