package propose

import (
	"fmt"
	"strings"

	"vigil/internal/safetext"
)

// TOML writes the proposal as a [[source]] block that can be pasted into vigil.toml. Everything else is behind "#".
func (p *Proposal) TOML(name, path string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	rows := "rows"
	if p.Rows == 1 {
		rows = "row"
	}
	line("# Proposed by vigil map, from %d %s. Look through it: it was made from headings and values alone.", p.Rows, rows)
	for _, note := range p.Notes {
		line("# Note: %s.", safe(strings.TrimSuffix(note, ".")))
	}
	line("[[source]]")
	line("name = %s", quote(name))
	line("path = %s", quote(path))
	line("format = %s", quote(p.Format))
	if p.Sheet != "" {
		line("sheet = %s", quote(p.Sheet))
	}
	line("[source.map]")
	width := 0
	lines := make([]string, len(p.Fields))
	for n, f := range p.Fields {
		lines[n] = f.Name + " = " + quote(f.Place)
		if len(lines[n]) < 50 {
			width = max(width, len(lines[n]))
		}
	}
	for n, f := range p.Fields {
		if f.Why == "" {
			line("%s", lines[n])
			continue
		}
		line("%-*s  # %s", width, lines[n], safe(f.Why))
	}
	if len(p.Unused) > 0 {
		line("# Not used: %s.", safe(strings.Join(p.Unused, ", ")))
	}
	last := ""
	for _, w := range p.Words {
		if w.Field != last {
			line("# Our word for each word of the source; the README lists ours. What is not settled counts as unknown.")
			line("[source.map.values.%s]", w.Field)
			last = w.Field
		}
		hold, ours := "", w.Ours
		if ours == "" {
			hold, ours = "#", "unknown"
		}
		line("%s%s = %s  # rows: %d", hold, quote(w.Theirs), quote(ours), w.Rows)
	}
	return b.String()
}

// safe is text of a file on a line of a comment.
func safe(s string) string { return safetext.Clean(s).String() }

// quote is a text as a basic string of TOML: what cannot be seen is written by its number, so that what is pasted
// means what stood in the file.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case safetext.Clean(string(r)).String() != string(r) && r != ' ':
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
