package report

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/safetext"
)

// maxHead is the most characters of the head: an id may be of any length.
const maxHead = 60

// SMS is the report in one line of at most [MaxSMS] characters that any telephone and any radio operator can take: ASCII without
// the signs that the alphabet of SMS (GSM 03.38) lacks or counts twice. Its head, and when the next report is due, are never cut. Where a
// text is, it ends in how many of its characters are left out, and the message says that it is not whole.
func (f *Flash) SMS() string {
	head := gsm(safetext.CleanMax(f.head(), maxHead).ASCII()) + " " + strings.ToUpper(f.At.UTC().Format("02Jan 1504Z"))
	if f.Exercise {
		head = "EXERCISE " + head
	}
	next := "NEXT " + smsNext(f)
	parts := []string{gsm(safetext.Clean(f.subject()).ASCII())}
	titles := []string{""}
	for _, p := range f.parts() {
		text := gsm(strings.Join(strings.Fields(p.text.ASCII()), " "))
		if text == "" {
			text = "-"
		}
		titles, parts = append(titles, p.short+": "), append(parts, text)
	}
	whole := func(texts []string, more string) string {
		lines := []string{head}
		for i, t := range texts {
			lines = append(lines, titles[i]+t)
		}
		return strings.Join(append(lines, next+more), ". ")
	}
	if text := whole(parts, ""); len(text) <= MaxSMS {
		return text
	}
	const said = ". NOT WHOLE, ask for the full report"
	room := MaxSMS - len(whole(make([]string, len(parts)), said))
	return whole(fit(parts, room), said)
}

func smsNext(f *Flash) string {
	switch {
	case f.Next.IsZero():
		return "none, last report"
	case f.Next.UTC().Format(time.DateOnly) != f.At.UTC().Format(time.DateOnly):
		return strings.ToUpper(f.Next.UTC().Format("02Jan 1504Z"))
	}
	return f.Next.UTC().Format("1504Z")
}

// fit cuts texts so that together they have at most room characters: the short ones stay whole, and the long ones share what is left.
func fit(texts []string, room int) []string {
	out := make([]string, len(texts))
	done := make([]bool, len(texts))
	for left := len(texts); left > 0; {
		share, again := max(room, 0)/left, false
		for i, t := range texts {
			if !done[i] && len(t) <= share {
				out[i], done[i], again = t, true, true
				room -= len(t)
				left--
			}
		}
		if again {
			continue
		}
		for i, t := range texts {
			if !done[i] {
				out[i] = cut(t, share)
			}
		}
		break
	}
	return out
}

// cut is the beginning of a text, at a word where one ends near, and how many characters are left out.
func cut(t string, most int) string {
	left := func(keep int) string { return fmt.Sprintf("..(+%d)", len(t)-keep) }
	keep := most - len(left(0))
	if keep < 0 {
		return left(0)[:max(0, min(most, len(left(0))))]
	}
	if at := strings.LastIndexByte(t[:keep], ' '); at > keep-16 && at > 0 {
		keep = at
	}
	return t[:keep] + left(keep)
}

// gsm is ASCII text with other signs for those that are not in the basic alphabet of SMS.
func gsm(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '[', '{':
			return '('
		case ']', '}':
			return ')'
		case '\\', '|':
			return '/'
		case '^', '~':
			return '-'
		case '`':
			return '\''
		}
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}
