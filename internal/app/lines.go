package app

import (
	"errors"
	"os"
	"runtime"
	"sync"

	"vigil/internal/desk"
	"vigil/internal/fault"
	"vigil/internal/feed"
	"vigil/internal/picture"
	"vigil/internal/source"
	"vigil/internal/spool"
)

// decoded is one line and the record that it became, if any.
type decoded struct {
	record feed.Record
	text   []byte // as it stands in the file; good until the event has been taken
	ok     bool
}

// fewLines is how many lines are not worth a goroutine of their own.
const fewLines = 64

// decode decodes the lines of an event, in their order, on as many processors as there are. What it returns
// is good until the next call.
func (f *feedFile) decode(lines []source.Line) ([]decoded, error) {
	if cap(f.lines) < len(lines) {
		f.lines = make([]decoded, len(lines))
	}
	out := f.lines[:len(lines)]
	part := max(fewLines, (len(lines)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	parts := (len(lines) + part - 1) / part
	errs := make([]error, max(1, parts))
	var wg sync.WaitGroup
	for n := 1; n < parts; n++ {
		from, to := n*part, min((n+1)*part, len(lines))
		wg.Go(func() { errs[n] = f.decodePart(lines[from:to], out[from:to]) })
	}
	errs[0] = f.decodePart(lines[:min(part, len(lines))], out)
	wg.Wait()
	if len(lines) <= manyLines && cap(f.lines) > manyLines {
		f.lines = nil // the first reading is over: what comes now is a few lines at a time
	}
	return out, errors.Join(errs...)
}

// manyLines is from how many lines on the memory of decoding is worth keeping.
const manyLines = 256

func (f *feedFile) decodePart(lines []source.Line, out []decoded) (err error) {
	defer fault.Into(&err)
	for k, l := range lines {
		d := &out[k]
		d.text = l.Text
		d.record, d.ok = f.format.Line(f.context, l.Text, feed.Place{Line: int(l.Number), Offset: l.Offset})
	}
	return nil
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
