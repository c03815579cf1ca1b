package app

import (
	"context"
	"errors"
	"sync"

	"vigil/internal/source"
)

// beside lets the lines of one large file be decoded while those before them are still being taken in, which is
// otherwise the work of one processor. It is of one spec, and belongs to the goroutine of its source.
type beside struct {
	file       *feedFile // that is being read; nil between files, and after anything but lines of it
	path       string
	generation int
	taking     chan error // of the lines before; nil when they are in the picture
}

// besides are those of all specs.
type besides struct{ by sync.Map }

// of is that of a spec.
func (b *besides) of(spec string) *beside {
	if have, is := b.by.Load(spec); is {
		return have.(*beside)
	}
	have, _ := b.by.LoadOrStore(spec, &beside{})
	return have.(*beside)
}

// continues reports whether an event brings the lines that follow those which came last, so that nothing about its file
// need be asked before they are decoded.
func (b *beside) continues(e source.Event) bool {
	return b.file != nil && e.Kind == source.KindLines && e.File == b.path && e.Generation == b.generation && !e.Tail
}

// settle waits until everything that came before is in the picture.
func (b *beside) settle() (err error) {
	if b.taking != nil {
		err = <-b.taking
		b.taking = nil
	}
	return err
}

// over is settle at the end of a run of lines.
func (b *beside) over() error {
	b.file = nil
	return b.settle()
}

// lines decodes the lines of an event and has them taken in behind those before them. At the end of the file all is
// in the picture when it returns.
func (h *hub) lines(ctx context.Context, b *beside, f *feedFile, e source.Event) error {
	batch := batch{event: e, lines: f.decode(e, h.store.Prepare)}
	take := func() error {
		return h.doFor(ctx, f, e, func() { h.takeLines(f, batch) })
	}
	err := b.settle()
	switch {
	case err != nil || ends(e):
		b.file = nil
		if err == nil {
			err = take()
		}
		defer f.release()
	default:
		taking := make(chan error, 1)
		go func() { taking <- take() }()
		b.file, b.path, b.generation, b.taking = f, e.File, e.Generation, taking
	}
	return errors.Join(err, batch.lines.wait()) // the lines are the source's again
}

// doFor is do for what an event says of a file, unless the file has been taken from its source in the meantime: that source may be retired, and
// what comes too late must not bring it back.
func (h *hub) doFor(ctx context.Context, f *feedFile, e source.Event, take func()) error {
	return h.do(ctx, func() {
		if h.stillReads(f, e) {
			take()
		}
	})
}

// stillReads reports whether a file is still read by the source under which an event came: vigil.toml may have given it to
// another since its lines were read.
func (h *hub) stillReads(f *feedFile, e source.Event) bool {
	if h.claimed(e) {
		return false
	}
	file := h.relative(e.File)
	label, _ := h.label(e.Spec, file)
	fs := h.feeds[label]
	return fs != nil && fs.files[file] == f
}
