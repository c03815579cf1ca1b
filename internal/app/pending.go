package app

import (
	"bytes"
	"time"

	"vigil/internal/feed/native"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/source"
)

// pending is something that waits to be recorded. Of a million incidents that are read at once only the numbers of
// their texts wait.
type pending struct {
	entry intake.Entry // as it is recorded, but for the payloads of texts
	first uint32       // number of the first text, where n > 0
	n     uint32       // texts that follow one another, of one content and one time
	// file and position say how far a file was read, once all before is recorded.
	file     string
	position source.Position
}

// records is how many records wait in it.
func (d *pending) records() int {
	switch {
	case d.n > 0:
		return int(d.n)
	case d.file != "":
		return 0
	default:
		return 1
	}
}

const (
	// batchSize is how many entries go to the disk in one write.
	batchSize = 512
	// batchTexts is how many texts are read for one write: a few blocks.
	batchTexts = 4 * intake.MaxBlock
	// fewTexts are recorded as an entry each, which can be read on the disk as it is.
	fewTexts = 8
	// blockBytes bounds a block before it is compressed: a line is at most 1 MiB.
	blockBytes = 4 << 20
)

// extend makes an arrival part of what waits last, if it follows that. The caller holds the lock.
func (r *recording) extend(a *picture.Arrival, n uint32) bool {
	if len(r.waiting) <= r.writing {
		return false // it is being written
	}
	d := &r.waiting[len(r.waiting)-1]
	o := &d.entry.Origin
	if d.n == 0 || d.n == intake.MaxBlock || d.first+d.n != n || d.entry.Source != a.Source ||
		!d.entry.Received.Equal(a.Received) || o.Generation != a.Origin.Generation || o.File != a.Origin.File.String() {
		return false
	}
	d.n++
	return true
}

// kept records an arrival whose text is kept under a number.
func (r *recording) kept(a *picture.Arrival, n uint32) {
	r.mu.Lock()
	r.behind++
	if !r.extend(a, n) {
		r.waiting = append(r.waiting, pending{
			entry: intake.Entry{
				Kind: intake.KindIncident, Received: a.Received, Source: a.Source,
				Origin: intake.Origin{File: a.Origin.File.String(), Generation: a.Origin.Generation},
			},
			first: n, n: 1,
		})
	}
	r.mu.Unlock()
	r.awaken()
}

func (r *recording) awaken() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// batch is what goes to the disk next: entries, and how many of those that wait they are. size is the most.
func (r *recording) batch(size int) (entries []intake.Entry, taken int, err error) {
	r.mu.Lock()
	waiting := r.waiting[:min(len(r.waiting), size)]
	texts := 0
	for taken < len(waiting) && (taken == 0 || texts+int(waiting[taken].n) <= batchTexts) {
		texts += int(waiting[taken].n)
		taken++
	}
	r.writing, r.unread = taken, 0
	r.mu.Unlock()
	for k := range waiting[:taken] {
		d := &waiting[k]
		switch {
		case d.n > 0:
			if entries, err = r.reread(entries, d); err != nil {
				return nil, taken, err
			}
		case d.file == "":
			entries = append(entries, d.entry)
		}
	}
	return entries, taken, nil
}

// reread appends the entries of texts that are kept elsewhere. What cannot be read back is lost, and counted.
func (r *recording) reread(entries []intake.Entry, d *pending) ([]intake.Entry, error) {
	var members []intake.Member
	size := 0
	pack := func() error {
		if len(members) == 0 {
			return nil
		}
		o := d.entry.Origin
		if len(members) < fewTexts {
			for _, m := range members {
				e := d.entry
				e.Origin.Line, e.Origin.Offset, e.Payload = m.Line, m.Offset, m.Payload
				entries = append(entries, e)
			}
		} else {
			e, err := r.packer.Block(d.entry.Source, o, d.entry.Received, members)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		members, size = members[:0], 0
		return nil
	}
	for n := d.first; n < d.first+d.n; n++ {
		i, err := r.texts.Incident(n)
		if err != nil {
			r.unread++
			continue
		}
		line, offset := r.texts.Place(n)
		text := bytes.TrimSpace(native.Encode(i))
		if size+len(text) > blockBytes {
			if err := pack(); err != nil {
				return entries, err
			}
		}
		members = append(members, intake.Member{Line: line, Offset: offset, Payload: text})
		size += len(text)
	}
	return entries, pack()
}

// remove takes the first n out of those that wait; what was said of files behind them holds now. The caller holds
// the lock.
func (r *recording) remove(n int) (records int) {
	moved := false
	for k := range r.waiting[:n] {
		d := &r.waiting[k]
		records += d.records()
		if d.file != "" {
			r.reached[stateKey(d.file)] = d.position
			moved = true
		}
	}
	r.behind -= records
	clear(r.waiting[:n])
	if r.waiting = r.waiting[n:]; len(r.waiting) == 0 {
		r.waiting = nil
	}
	r.writing = 0
	if moved {
		select {
		case r.moved <- struct{}{}:
		default:
		}
	}
	return records
}

// position notes how far a file of lines was read. It is said in the state once everything before it is recorded:
// what a crash leaves out is then missed, and not taken for read.
func (r *recording) position(file string, p source.Position) {
	r.mu.Lock()
	if k := len(r.waiting) - 1; k >= r.writing && r.waiting[k].file == file {
		r.waiting[k].position = p
	} else {
		r.waiting = append(r.waiting, pending{entry: intake.Entry{Received: r.clock()}, file: file, position: p})
	}
	r.mu.Unlock()
	r.awaken()
}

// retryAfter is how soon what the disk refused is tried again.
const retryAfter = time.Second
