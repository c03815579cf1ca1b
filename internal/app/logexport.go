package app

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/feed/table"
	"vigil/internal/logbook"
	"vigil/internal/picture"
	"vigil/internal/plain"
)

// exportHeader names the columns of the log as CSV.
var exportHeader = []string{
	"seq", "at", "kind", "by", "role", "says", "text", "from", "boot", "since_start_s", "id", "file", "line", "hash", "entry", "about",
}

// Export writes the whole log, oldest first, as csv or jsonl (vigil.log/1). Damage ends it with what is before it written and
// an error. records gives the picture in which what entries are about is looked up; nil looks nothing up. It returns how many records there were, and how many of them are no entry that can be read.
func (l *DutyLog) Export(w io.Writer, form string, records func() picture.View) (all, bad int, err error) {
	lines, broken := l.rest()
	o := plain.LogOptions{Desk: l.Name, Exercise: l.Exercise, JSON: true, Records: records}
	switch form {
	case "jsonl":
		out := plain.NewLog(w, o)
		if err = out.Show(lines, l.hub.clock()); err != nil {
			return len(lines), bad, err
		}
		_, _, bad = out.Counts()
	case "csv":
		if bad, err = writeCSV(w, lines, records); err != nil {
			return len(lines), bad, err
		}
	default:
		return 0, 0, fmt.Errorf("%q is no form of the log: write csv or jsonl", form)
	}
	return len(lines), bad, broken
}

// writeCSV writes records as a table, and returns how many of them are no entry.
func writeCSV(w io.Writer, lines []logbook.Line, records func() picture.View) (bad int, err error) {
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	draft := duty.NewDraft()
	for i := range lines {
		if lines[i].Entry == nil {
			bad++
			continue
		}
		draft.Add(lines[i].Entry)
	}
	r := logbook.Read(draft.Book(), lines, records)
	err = out.Write(exportHeader)
	for i := range lines {
		if err == nil {
			err = out.Write(exportRow(&lines[i], &r))
		}
	}
	out.Flush()
	return bad, errors.Join(err, out.Error())
}

// rest reads to the present end, or to what is wrong.
func (l *DutyLog) rest() (lines []logbook.Line, err error) {
	for {
		line, err := l.Next()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
}

// exportRow is a record as cells that no spreadsheet takes for a formula.
func exportRow(line *logbook.Line, r *logbook.Reading) []string {
	row := []string{
		strconv.FormatUint(line.Seq, 10), "", "", "", "", "CANNOT BE READ: " + line.Bad.String(), "", "", "", "", "", line.Where.File,
		strconv.Itoa(line.Where.Number), line.Where.Hash, string(plain.EscapeJSON(line.Raw)), "",
	}
	if e := line.Entry; e != nil {
		text := ""
		for _, p := range r.Parts(e) {
			text += p.Name + ": " + p.Text.String() + "\n"
		}
		since := ""
		if e.Mono.Boot != "" {
			since = strconv.FormatFloat(e.Mono.Since.Seconds(), 'f', 3, 64)
		}
		copy(row[1:], []string{
			logbook.Time(e.At), string(e.Word), e.By.String(), e.Role.String(), r.What(e).String(), text, e.From.String(), e.Mono.Boot, since, e.ID,
		})
		raw, _ := r.Raw(line)
		row[len(row)-2] = string(plain.EscapeJSON(raw))
		var about []string
		for _, a := range r.About(e) {
			about = append(about, a.Line().String())
		}
		row[len(row)-1] = strings.Join(about, "\n")
	}
	for i := range row {
		row[i] = table.Neutral(row[i])
	}
	return row
}
