package app

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"vigil/internal/duty"
	"vigil/internal/feed/table"
	"vigil/internal/logbook"
	"vigil/internal/plain"
)

// exportHeader names the columns of the log as CSV.
var exportHeader = []string{
	"seq", "at", "kind", "by", "role", "says", "text", "from", "boot", "since_start_s", "id", "file", "line", "hash", "entry",
}

// Export writes the whole log, oldest first, as csv or jsonl (vigil.log/1). Damage ends it with what is before it written and
// an error. It returns how many records there were, and how many of them are no entry that can be read.
func (l *DutyLog) Export(w io.Writer, form string) (all, bad int, err error) {
	lines, broken := l.rest()
	draft := duty.NewDraft()
	for _, line := range lines {
		if line.Entry == nil {
			bad++
			continue
		}
		draft.Add(line.Entry)
	}
	switch form {
	case "jsonl":
		for i := range lines {
			if _, err := w.Write(plain.LogJSON(&lines[i], l.Name, l.Exercise)); err != nil {
				return len(lines), bad, err
			}
		}
	case "csv":
		out := csv.NewWriter(w)
		out.UseCRLF = true // RFC 4180
		book := draft.Book()
		err := out.Write(exportHeader)
		for i := range lines {
			if err == nil {
				err = out.Write(exportRow(&lines[i], book))
			}
		}
		out.Flush()
		if err = errors.Join(err, out.Error()); err != nil {
			return len(lines), bad, err
		}
	default:
		return 0, 0, fmt.Errorf("%q is no form of the log: write csv or jsonl", form)
	}
	return len(lines), bad, broken
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
func exportRow(line *logbook.Line, book *duty.Book) []string {
	row := []string{
		strconv.FormatUint(line.Seq, 10), "", "", "", "", "CANNOT BE READ: " + line.Bad.String(), "", "", "", "", "", line.Where.File,
		strconv.Itoa(line.Where.Number), line.Where.Hash, string(plain.EscapeJSON(line.Raw)),
	}
	if e := line.Entry; e != nil {
		text := ""
		for _, p := range logbook.Parts(e) {
			text += p.Name + ": " + p.Text.String() + "\n"
		}
		since := ""
		if e.Mono.Boot != "" {
			since = strconv.FormatFloat(e.Mono.Since.Seconds(), 'f', 3, 64)
		}
		copy(row[1:], []string{
			logbook.Time(e.At), string(e.Word), e.By.String(), e.Role.String(), logbook.What(book, e).String(), text, e.From.String(), e.Mono.Boot, since, e.ID,
		})
	}
	for i := range row {
		row[i] = table.Neutral(row[i])
	}
	return row
}
