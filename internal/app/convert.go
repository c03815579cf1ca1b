package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"vigil/internal/convert"
	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// ConvertOptions say what to convert, and how.
type ConvertOptions struct {
	Files  []string // "-" is Stdin
	Stdin  io.Reader
	Form   convert.Form
	Format string // of all files; empty is as each is recognised
	// Dir is a desk whose [[source]] blocks hold for the files that they name; empty is none.
	Dir string
	// Language is the one that was asked for, before that of vigil.toml; empty is none.
	Language string
	// Languages are those of whoever reads, the best first, where vigil.toml does not say.
	Languages []string
	// All writes restricted records whole.
	All bool
	// Problem is told of each problem as it is found.
	Problem func(problem.Problem)
}

// Converted is what became of the records of the files.
type Converted struct {
	Files      int // that were read
	Written    int // incidents and reports
	Withheld   int // of those written, restricted ones without their content
	Rejected   int
	Advisories int // these three are no incidents, and no form has a place for them
	Positions  int
	Aggregates int
	Failed     []error // files that could not be read, or of which nothing could be used
}

// Convert reads files, which need be on no desk, and writes their incidents and reports to w. It takes no lock and
// writes nothing else. The error is that of w, or of what was asked for.
func Convert(ctx context.Context, o ConvertOptions, w io.Writer) (Converted, error) {
	config := desk.Default()
	if o.Dir != "" {
		h, err := load(Options{Dir: o.Dir}, false, false)
		if err != nil {
			return Converted{}, err
		}
		config = h.config
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	writer, ok := convert.New(buffered, o.Form)
	if !ok {
		return Converted{}, convert.ErrForm(string(o.Form))
	}
	c := &conversion{o: o, config: &config, writer: writer, inputs: inputs(&o)}
	projected := &convert.Projected{Writer: writer, Of: convert.Restrictions{}}
	if !o.All {
		if err := c.foresee(ctx, projected.Of); err != nil {
			return Converted{}, err
		}
		c.writer = projected
	}
	for _, in := range c.inputs {
		if err := ctx.Err(); err != nil {
			return c.done, err
		}
		if err := c.file(ctx, in); err != nil {
			if c.broken != nil || ctx.Err() != nil {
				return c.done, errors.Join(c.broken, ctx.Err())
			}
			c.done.Failed = append(c.done.Failed, err)
			continue
		}
		c.done.Files++
	}
	c.done.Withheld = projected.Withheld
	return c.done, errors.Join(c.writer.Close(), buffered.Flush())
}

// conversion is a Convert that is going on.
type conversion struct {
	o      ConvertOptions
	config *desk.Config
	writer convert.Writer
	inputs []*input
	done   Converted
	broken error // of what is written to
}

func (c *conversion) file(ctx context.Context, in *input) error {
	content, err := in.open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // only read
	name := in.name
	r := bufio.NewReaderSize(content, 2*source.MaxLine)
	head, err := r.Peek(feed.HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", name, err)
	}
	at := feed.NewContext(in.shown())
	at.Languages = languagesOf(c.o.Language, c.config, c.o.Languages)
	format := c.format(name, at)
	if format == nil {
		format, _ = formats.Detect(head)
	}
	if format != nil && format.Lines() && at.Map == nil {
		return c.lines(ctx, at, format, r)
	}
	body, err := io.ReadAll(io.LimitReader(r, source.DefaultMaxSnapshot+1))
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case len(body) > source.DefaultMaxSnapshot:
		return fmt.Errorf("%s: larger than the %d MiB that are read whole; split it", name, source.DefaultMaxSnapshot>>20)
	}
	if c.format(name, at) == nil {
		format, _ = formats.DetectWhole(at, body)
	}
	if format == nil || format.Lines() {
		return fmt.Errorf("%s: no format that vigil knows (vigil formats lists them, --format names one): %s", name, looks(body))
	}
	return c.whole(at, format, body)
}

// format is what was asked for, or what the desk says of the file, which it also tells the context.
func (c *conversion) format(name string, at *feed.Context) *feed.Format {
	asked := c.o.Format
	if path, err := filepath.Abs(name); err == nil && c.o.Dir != "" {
		dir, _ := filepath.Abs(c.o.Dir)
		for i := range c.config.Sources {
			if s := &c.config.Sources[i]; s.Path != "" && claims(dir, s.Path, path) {
				tellContext(at, s)
				asked = firstWord(asked, s.Format)
			}
		}
	}
	f, _ := formats.ByName(asked)
	return f
}

func firstWord(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *conversion) lines(ctx context.Context, at *feed.Context, f *feed.Format, r *bufio.Reader) error {
	place := feed.Place{Line: 1}
	for {
		if place.Line%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, size, err := readLine(r)
		switch {
		case line == nil && size > 0:
			c.problem(at.Reject(place.Line, 0, "a record of %d bytes: the longest that is read has %d; shorten it or split it", size, source.MaxLine))
			c.done.Rejected++
		case len(line) > 0:
			if record, ok := f.Line(at, line, place); ok {
				if err := c.record(&record); err != nil {
					return err
				}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", at.File, err)
		}
		place.Line, place.Offset = place.Line+1, place.Offset+int64(size)
	}
}

// readLine reads a line without its end, good until the next call, and how many bytes it took. The line is nil
// when it is longer than those that are read.
func readLine(r *bufio.Reader) (line []byte, size int, err error) {
	line, err = r.ReadSlice('\n')
	size = len(line)
	long := false
	for errors.Is(err, bufio.ErrBufferFull) {
		long = true
		var more []byte
		more, err = r.ReadSlice('\n')
		size += len(more)
	}
	line = bytes.TrimRight(line, "\r\n")
	if long || len(line) > source.MaxLine {
		return nil, size, err
	}
	return line, size, err
}

func (c *conversion) whole(at *feed.Context, f *feed.Format, body []byte) error {
	doc, err := formats.Decode(f, at, body)
	if err != nil {
		return feed.AsProblem(at, err)
	}
	for _, p := range doc.Problems {
		c.problem(p)
	}
	for i := range doc.Records {
		if err := c.record(&doc.Records[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *conversion) record(r *feed.Record) error {
	for _, p := range r.Problems {
		c.problem(p)
	}
	switch r.Kind {
	case feed.Incident:
		if err := c.writer.Write(&r.Incident); err != nil {
			c.broken = err
			return err
		}
		c.done.Written++
	case feed.Rejected:
		c.done.Rejected++
	case feed.Advisory:
		c.done.Advisories++
	case feed.Position:
		c.done.Positions++
	case feed.Aggregate:
		c.done.Aggregates++
	case feed.Heartbeat, feed.Excluded:
	}
	return nil
}

func (c *conversion) problem(p problem.Problem) {
	if c.o.Problem != nil {
		c.o.Problem(p)
	}
}

// Converts reports whether a format of that name is known; the empty name is any.
func Converts(format string) error {
	if format == "" {
		return nil
	}
	if _, ok := formats.ByName(format); ok {
		return nil
	}
	return fmt.Errorf("%q is no format: vigil formats lists them", safetext.Clean(format))
}
