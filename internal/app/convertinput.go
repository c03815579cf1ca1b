package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vigil/internal/convert"
)

// input is a file to convert. It may be read twice, and says the same both times.
type input struct {
	name   string
	stdin  io.Reader
	kept   []byte // what can be read only once
	seen   int64  // bytes that the first reading had of what can be read again; what was added since is of no record that was asked
	before bool   // there was a first reading
	failed error  // what came of it
}

func inputs(o *ConvertOptions) []*input {
	var list []*input
	for _, name := range o.Files {
		list = append(list, &input{name: name, stdin: o.Stdin})
	}
	return list
}

// shown is its name in what is said of it.
func (in *input) shown() string {
	if in.name == "-" {
		return "standard input"
	}
	return filepath.ToSlash(in.name)
}

// open opens it. The second time it is what it was the first time.
func (in *input) open() (io.ReadCloser, error) {
	switch {
	case in.failed != nil:
		return nil, in.failed
	case in.kept != nil:
		return io.NopCloser(bytes.NewReader(in.kept)), nil
	case in.name == "-":
		return io.NopCloser(in.stdin), nil
	}
	f, err := os.Open(in.name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() && !fifo(info) {
		return nil, errors.Join(err, fmt.Errorf("%s: not a file", in.name), f.Close())
	}
	if in.before {
		return reading{io.LimitReader(f, in.seen), f}, nil
	}
	return reading{counting{f, &in.seen}, f}, nil
}

// once reports whether it can be read only once.
func (in *input) once() bool {
	info, err := os.Stat(in.name)
	return in.name == "-" || err == nil && fifo(info)
}

// keep reads what can be read only once into memory.
func (in *input) keep(ctx context.Context) error {
	content, err := in.open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // only read
	all, err := io.ReadAll(patient{ctx, content})
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	in.kept = append([]byte{}, all...) // not nil, also where it is empty
	return nil
}

func fifo(info os.FileInfo) bool { return info.Mode()&os.ModeNamedPipe != 0 }

// reading is a part of a file that is open.
type reading struct {
	io.Reader
	io.Closer
}

// counting counts the bytes that are read.
type counting struct {
	r io.Reader
	n *int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	*c.n += int64(n)
	return n, err
}

// patient reads until the context is over.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// foresee reads all inputs once for the records that are restricted in any version: the one that says so may stand behind the others,
// or in another file. An input of which that cannot be known is not written. The error is that of the context.
func (c *conversion) foresee(ctx context.Context, of convert.Restrictions) error {
	first := &conversion{o: c.o, config: c.config, writer: of}
	first.o.Problem = nil // they are told with what is written
	for _, in := range c.inputs {
		var err error
		if in.once() {
			err = in.keep(ctx)
		}
		if err == nil {
			err = first.file(ctx, in)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		in.failed, in.before = err, true
	}
	return nil
}
