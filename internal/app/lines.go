package app

import (
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vigil/internal/desk"
	"vigil/internal/fault"
	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/picture"
	"vigil/internal/source"
	"vigil/internal/spool"
)

// decoded is the record that a line became, if any, and its arrival, if it is an incident.
type decoded struct {
	record  feed.Record
	arrival picture.Arrival // good until the event has been taken
	ok      bool
}

const (
	// fewLines are not worth a goroutine of their own.
	fewLines = 64
	// partsOf an event are decoded apart, so that the first can be taken while the others are being decoded.
	partsOf = 8
	// manyLines is from how many lines on the memory of decoding is worth keeping.
	manyLines = 256
	// lentSize, in bytes, is from which size on the texts of a file that can be read later are left in it: each
	// such file takes a descriptor.
	lentSize = 8 << 20
)

// decoding is the lines of an event that are being decoded on as many processors as there are.
type decoding struct {
	parts   []part
	at      time.Time
	content io.ReaderAt // that the lines are in, if it can still be read later
	prepare func(*picture.Arrival)
	workers sync.WaitGroup
	broken  bool // records ended before the last line
}

// part is a run of lines; ready is closed once they are decoded, or could not be.
type part struct {
	lines []source.Line
	out   []decoded
	ready chan struct{}
	err   error
}

// decode begins to decode the lines of an event, and has prepare work out what it can of their arrivals. What comes of it is good until the next call but one. The next must not come before wait has returned.
func (f *feedFile) decode(e source.Event, prepare func(*picture.Arrival)) *decoding {
	lines := e.Lines
	f.lines[0], f.lines[1] = f.lines[1], f.lines[0]
	if cap(f.lines[0]) < len(lines) {
		f.lines[0] = make([]decoded, len(lines))
	}
	out := f.lines[0][:len(lines)]
	size := max(fewLines, (len(lines)+partsOf-1)/partsOf)
	d := &decoding{at: e.At, prepare: prepare}
	if e.Size >= lentSize {
		d.content = e.Content
	}
	for from := 0; from < len(lines); from += size {
		to := min(from+size, len(lines))
		d.parts = append(d.parts, part{lines: lines[from:to], out: out[from:to], ready: make(chan struct{})})
	}
	if len(d.parts) == 1 {
		f.decodePart(d, f.decoder(0), &d.parts[0])
		return d
	}
	var next atomic.Int64
	for n := range min(runtime.GOMAXPROCS(0), len(d.parts)) {
		decode := f.decoder(n)
		d.workers.Go(func() {
			for k := next.Add(1) - 1; int(k) < len(d.parts); k = next.Add(1) - 1 {
				f.decodePart(d, decode, &d.parts[k])
			}
		})
	}
	return d
}

// decoder is the nth of those that decode at one time. They are kept, because they learn what the lines are like.
func (f *feedFile) decoder(n int) feed.LineDecoder {
	if f.decoding != f.format {
		f.decoding, f.decoders = f.format, nil
	}
	for len(f.decoders) <= n {
		f.decoders = append(f.decoders, f.format.Decoder())
	}
	return f.decoders[n]
}

// decodePart decodes a run of lines, of which texts are parts: they are copied together, because one piece of memory
// costs less than many.
func (f *feedFile) decodePart(in *decoding, decode feed.LineDecoder, p *part) {
	defer close(p.ready)
	defer fault.Into(&p.err)
	var all strings.Builder
	size := 0
	for _, l := range p.lines {
		size += len(l.Text)
	}
	all.Grow(size)
	for _, l := range p.lines {
		all.Write(l.Text)
	}
	rest := all.String()
	for k, l := range p.lines {
		d, line := &p.out[k], rest[:len(l.Text)]
		rest = rest[len(l.Text):]
		d.ok = decode(f.context, line, feed.Place{Line: int(l.Number), Offset: l.Offset}, &d.record)
		d.arrival = picture.Arrival{Incident: &d.record.Incident, Received: in.at}
		if f.format == native.Format {
			d.arrival.Line, d.arrival.Context, d.arrival.Content = line, f.context, in.content
		}
		if d.ok && d.record.Kind == feed.Incident {
			in.prepare(&d.arrival)
		}
	}
}

// records yields the records in the order of their lines, as they are ready. It ends at a part that could not be decoded.
func (d *decoding) records(yield func(*decoded) bool) {
	for k := range d.parts {
		p := &d.parts[k]
		if <-p.ready; p.err != nil {
			d.broken = true
			return
		}
		for n := range p.out {
			if p.out[n].ok && !yield(&p.out[n]) {
				return
			}
		}
	}
}

// ends reports whether an event brings the file to its end, or to the last lines before it.
func ends(e source.Event) bool { return e.Size-e.Position.Offset < source.MaxLine }

// release gives the memory of decoding back, if it is much: what comes from now on is a few lines at a time.
func (f *feedFile) release() {
	if max(cap(f.lines[0]), cap(f.lines[1])) > manyLines {
		f.lines, f.decoders = [2][]decoded{}, nil
	}
}

// wait ends the decoding, and gives what went wrong with it.
func (d *decoding) wait() (err error) {
	d.workers.Wait()
	for k := range d.parts {
		err = errors.Join(err, d.parts[k].err)
	}
	return err
}

// textsIn makes what keeps the texts of a desk. A session that records keeps them below the desk's state, where
// there is room for as much as the intake; a command that only asks leaves the desk alone.
func textsIn(p desk.Paths, recorded bool) picture.Texts {
	if recorded && os.MkdirAll(p.State, 0o700) == nil {
		if s := spool.New(p.State); s.Trouble() == nil {
			return s
		}
	}
	return spool.New(os.TempDir())
}
