package plain

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/picture"
)

// ToldSheet prints the told-sheet of an alarm: whom to call next with the number, how far each is, what was written, and what to
// do first. No other number is printed.
func ToldSheet(w io.Writer, v picture.View, a *duty.Alarm, l Layout) error {
	now := v.Known()
	sheet := v.Sheet(a, now)
	told, of := sheet.Figures()
	age, _ := figure.Plain.Age(a.Came, now, 0)
	lines := append(trouble(v, l), fmt.Sprintf("%s %s %s  %s", a.Called(), figure.Plain.SeverityWord(a.Severity), age, figure.Plain.AlarmLine(v, a, now)), fmt.Sprintf("told %d/%d", told, of))
	if known := figure.Plain.AlarmNow(v, a); known != "" {
		lines = append(lines, "NOW: "+known)
	}
	if near, ok := figure.AlarmNear(v, a); ok {
		lines = append(lines, "NEAR: "+near.Bare(now, l.hand(), true))
	}
	if !a.Reopened.IsZero() {
		lines = append(lines, "TELL AGAIN everybody who was told, "+figure.Plain.TellAgainSince(v, a, now))
	}
	lines = append(lines, figure.Plain.ProfileTrouble(sheet.Profile, now)...)
	switch next := sheet.Next(); {
	case next != nil:
		who, channel, number, then := figure.Plain.Call(v, next, now)
		lines = append(lines, "CALL "+who)
		if channel != "" {
			lines = append(lines, "  "+channel+"  "+number)
		}
		if then != "" {
			lines = append(lines, "  "+then)
		}
	case sheet.None != "":
		lines = append(lines, "NOBODY TO CALL: "+sheet.None)
	default:
		lines = append(lines, "ALL TOLD")
	}
	if len(sheet.Posts) > 0 {
		lines = append(append(lines, ""), posts(sheet, l)...)
	}
	if len(a.Sheet) > 0 {
		lines = append(lines, "", "WRITTEN")
		for _, t := range slices.Backward(a.Sheet) {
			lines = append(lines, "  "+figure.Plain.Telling(&t))
		}
	}
	if title, first := figure.Plain.FirstMinutes(v, sheet); len(first) > 0 {
		lines = append(lines, "", title)
		for i, line := range first {
			lines = append(lines, fmt.Sprintf("  %d %s", i+1, line))
		}
	}
	if places := figure.Plain.Places(sheet.Profile); len(places) > 0 {
		lines = append(lines, "", "WHERE TO GO")
		for _, p := range places {
			lines = append(lines, "  "+p)
		}
	}
	return printed(w, l, lines)
}

// posts is the table of who must be told.
func posts(sheet *duty.Sheet, l Layout) []string {
	var rows [][]string
	for i := range sheet.Posts {
		p := &sheet.Posts[i]
		mark, at := " ", ""
		if p.Needed && !p.State.IsTold() {
			mark = "!"
		}
		if !p.At.IsZero() {
			at = p.At.UTC().Format("15:04Z")
		}
		rows = append(rows, []string{mark, figure.Plain.PostStep(sheet, i), p.Name, figure.Plain.PostState(p), at, figure.Plain.PostHow(p), p.By.String()})
	}
	lines, _ := table(l, l.width(), []column{{}, {title: "STEP"}, {title: "WHO", least: 12}, {title: "STATE"}, {title: "UTC"}, {title: "HOW", least: 8, drop: 1}, {title: "BY", drop: 2}}, rows)
	return lines
}

// letters are a line in the letters of the terminal, its blanks kept.
func letters(l Layout, line string) string {
	body := strings.TrimLeft(line, " ")
	return line[:len(line)-len(body)] + l.clean(body)
}

// printed writes lines in the letters of the terminal.
func printed(w io.Writer, l Layout, lines []string) error {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(letters(l, line), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
