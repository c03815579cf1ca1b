package app

import (
	"bytes"
	"iter"

	"vigil/internal/fault"
	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/intake"
	"vigil/internal/safetext"
)

// recalled is an entry of the intake; of an incident with what it says, decoded.
type recalled struct {
	entry   intake.Entry // without its payload, if it is an incident
	line    string       // that payload
	context *feed.Context
	record  feed.Record
	ok      bool  // there is a record
	read    int64 // bytes of the intake up to its end
	err     error
}

// aheadBy is how many entries are decoded together.
const aheadBy = 256

// replayed delivers the entries of the intake as [intake.Replay] does, and decodes them ahead of who takes them: a
// million take their time, and there is more than one processor.
func replayed(dir string) iter.Seq2[*recalled, error] {
	return func(yield func(*recalled, error) bool) {
		batches, stop := make(chan []recalled), make(chan struct{})
		var failure error
		go func() {
			defer close(batches)
			defer fault.Into(&failure)
			recall(dir, batches, stop)
		}()
		defer func() {
			close(stop)
			for range batches { // until the goroutine has ended
			}
		}()
		for b := range batches {
			for k := range b {
				if !yield(&b[k], b[k].err) {
					return
				}
			}
		}
		if failure != nil {
			yield(&recalled{}, failure)
		}
	}
}

// recall decodes the entries, in batches of two memories that take turns.
func recall(dir string, batches chan<- []recalled, stop <-chan struct{}) {
	contexts := map[string]*feed.Context{}
	turns := [2][]recalled{}
	turn := 0
	hand := func() bool {
		select {
		case batches <- turns[turn]:
		case <-stop:
			return false
		}
		turn = 1 - turn // the other was taken whole before this one could be handed over
		turns[turn] = turns[turn][:0]
		return true
	}
	log := intake.NewReader(dir, 0)
	defer log.Close()
	for e, err := range log.Rest {
		r := recalled{entry: e, read: log.Offset(), err: err}
		if err == nil {
			r.entry.Payload = nil
			if e.Kind != intake.KindIncident {
				r.entry.Payload = bytes.Clone(e.Payload)
			} else {
				r.line = string(e.Payload)
				if r.context = contexts[e.Origin.File]; r.context == nil {
					r.context = &feed.Context{File: safetext.Clean(e.Origin.File)}
					contexts[e.Origin.File] = r.context
				}
				r.record, r.ok = native.Format.Line(r.context, e.Payload, feed.Place{Line: e.Origin.Line})
			}
		}
		if turns[turn] = append(turns[turn], r); len(turns[turn]) == aheadBy && !hand() {
			return
		}
	}
	if len(turns[turn]) > 0 {
		hand()
	}
}
