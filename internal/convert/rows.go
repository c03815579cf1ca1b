package convert

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"vigil/internal/feed"
	"vigil/internal/feed/mapped"
	"vigil/internal/feed/native"
	"vigil/internal/feed/table"
	"vigil/internal/incident"
)

// rows writes CSV as RFC 4180 has it, in UTF-8 with LF. Which columns of people there are is known only when the last
// record is: until then they are in a file of their own, which has no name that anybody could open.
type rows struct {
	w      io.Writer
	tags   bool
	held   *os.File
	buf    *bufio.Writer
	line   []byte
	people []incident.Affected // each description once
	known  map[incident.Affected]bool
}

func newRows(w io.Writer, tags bool) *rows {
	return &rows{w: w, tags: tags, known: map[incident.Affected]bool{}}
}

func (r *rows) Write(i *incident.Incident) error {
	if r.held == nil {
		f, err := os.CreateTemp("", "vigil-convert-*")
		if err != nil {
			return fmt.Errorf("a file to hold the records until all are read: %w", err)
		}
		if err := os.Remove(f.Name()); err != nil {
			return errors.Join(err, f.Close())
		}
		r.held, r.buf = f, bufio.NewWriterSize(f, 1<<16)
	}
	for _, a := range i.Affected {
		if who := described(a); !r.known[who] {
			r.known[who] = true
			r.people = append(r.people, who)
		}
	}
	r.line = native.Append(r.line[:0], i)
	_, err := r.buf.Write(r.line)
	return err
}

// described is who an entry speaks of: without the count, and without words that no vocabulary has.
func described(a incident.Affected) incident.Affected {
	return incident.Affected{
		Population: incident.Known(a.Population.Value), Recruitment: incident.Known(a.Recruitment.Value),
		Sex: incident.Known(a.Sex.Value), Outcome: incident.Known(a.Outcome.Value),
	}
}

// inOrder are descriptions in the order of the vocabularies.
func inOrder(a, b incident.Affected) int {
	key := func(a incident.Affected) int {
		return ((int(a.Population.Value)<<8+int(a.Recruitment.Value))<<8+int(a.Sex.Value))<<8 + int(a.Outcome.Value)
	}
	return key(a) - key(b)
}

func (r *rows) Close() error {
	if r.held != nil {
		defer func() { _ = r.held.Close() }() // it is gone then, whatever happens
	}
	slices.SortFunc(r.people, inOrder)
	out := csv.NewWriter(r.w)
	var headings, tags []string
	for _, c := range table.NativeColumns {
		headings, tags = append(headings, c.Heading), append(tags, c.Tag)
	}
	for _, who := range r.people {
		headings, tags = append(headings, mapped.PeopleField(who)), append(tags, table.PeopleTag(who))
	}
	if err := out.Write(headings); err != nil {
		return err
	}
	if r.tags {
		if err := out.Write(tags); err != nil {
			return err
		}
	}
	if err := r.each(func(i *incident.Incident) error { return out.Write(r.row(i, len(headings))) }); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// each reads back what is held.
func (r *rows) each(write func(i *incident.Incident) error) error {
	if r.held == nil {
		return nil
	}
	if err := r.buf.Flush(); err != nil {
		return err
	}
	if _, err := r.held.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(r.held, 1<<16)
	ctx := &feed.Context{}
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		rec, _ := native.Format.Line(ctx, line, feed.Place{})
		if rec.Kind != feed.Incident {
			return fmt.Errorf("a record that was held does not read back: %v", rec.Problems)
		}
		if err := write(&rec.Incident); err != nil {
			return err
		}
	}
}

func (r *rows) row(i *incident.Incident, width int) []string {
	row := make([]string, 0, width)
	for _, column := range table.NativeColumns {
		var c cell
		if cut, sum := table.Figures[column.Heading]; sum {
			c = whole(i.Affected.Figure(cut))
		} else {
			c = values[column.Heading](i)
		}
		if !c.own {
			c.text = table.Neutral(c.text)
		}
		row = append(row, c.text)
	}
	for _, who := range r.people {
		row = append(row, counted(i.Affected, who))
	}
	return row
}

// counted is how many people of a description there are, of whom several entries may speak; where one of them
// was not counted, neither is the sum.
func counted(b incident.Breakdown, who incident.Affected) string {
	sum, any := 0, false
	for _, a := range b {
		if described(a) != who {
			continue
		}
		any = true
		if a.Count == incident.Uncounted {
			return table.Uncounted
		}
		sum += a.Count
	}
	if !any {
		return ""
	}
	return strconv.Itoa(sum)
}
