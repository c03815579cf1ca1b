// Package report writes what leaves the desk in words: flash reports, as text, as Markdown, and short enough for SMS and radio; handovers,
// as text and as Markdown.
//
// Everything is pure. What is written goes to more people than the console shows: it is made from what a duty officer may see,
// whatever the role of who asks, and of a restricted incident nothing is in it but that it is one.
package report

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/safetext"
)

// MaxSMS is the most characters of the short form: three messages of 160.
const MaxSMS = 480

// Flash is a flash report as it is written out.
type Flash struct {
	Exercise bool
	Number   int           // from 1, of its subject
	Of       string        // as people call it: A17, an incident's id, a country's code
	Country  string        // alpha-3; empty where it is of none
	Subject  safetext.Text // what it is about, in a line
	At       time.Time
	By       safetext.Text
	// What is known. An empty text says that nothing was stated.
	Confirmed, NotConfirmed, NotKnown, Action safetext.Text
	Next                                      time.Time // when the next is due; zero for the last one
	// Restricted says that its incident is restricted: nothing of it is written.
	Restricted bool
}

// part is a titled part of a report.
type part struct {
	title, short string
	text         safetext.Text
}

func (f *Flash) parts() []part {
	if f.Restricted {
		return nil
	}
	return []part{
		{"Confirmed", "CONF", f.Confirmed},
		{"Not confirmed", "NOT CONF", f.NotConfirmed},
		{"Not known", "NOT KNOWN", f.NotKnown},
		{"Action taken", "ACTION", f.Action},
	}
}

// subject is what it is about.
func (f *Flash) subject() string {
	switch {
	case f.Restricted:
		return "Restricted incident: what is known of it is with the security lead"
	case f.Subject.IsZero():
		return "-"
	}
	return f.Subject.OneLine().String()
}

func (f *Flash) head() string {
	head := fmt.Sprintf("FLASH %d", f.Number)
	for _, w := range []string{f.Of, f.Country} {
		if w != "" && !strings.HasSuffix(head, " "+w) {
			head += " " + w
		}
	}
	return head
}

// next says when the next report is due; beside another date stands its own.
func (f *Flash) next() string {
	switch {
	case f.Next.IsZero():
		return "none, this is the last"
	case f.Next.UTC().Format(time.DateOnly) != f.At.UTC().Format(time.DateOnly):
		return f.Next.UTC().Format("2006-01-02 15:04Z")
	}
	return f.Next.UTC().Format("15:04Z")
}

const nothing = "nothing stated"

func (f *Flash) by() string {
	if f.By.IsZero() {
		return ""
	}
	return ", " + f.By.String()
}

// Text is the report in plain lines.
func (f *Flash) Text() string {
	var b strings.Builder
	if f.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	fmt.Fprintf(&b, "%s\n%s%s\n%s\n", f.head(), f.At.UTC().Format("2006-01-02 15:04Z"), f.by(), f.subject())
	for _, p := range f.parts() {
		fmt.Fprintf(&b, "\n%s:\n", strings.ToUpper(p.title))
		if p.text.IsZero() {
			fmt.Fprintf(&b, "  %s\n", nothing)
			continue
		}
		for line := range strings.Lines(p.text.String()) {
			fmt.Fprintf(&b, "  %s\n", strings.TrimRight(line, "\n"))
		}
	}
	fmt.Fprintf(&b, "\nNEXT REPORT: %s\n", f.next())
	if f.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	return b.String()
}

// Markdown is the report in Markdown; what was written in it has no marks of its own.
func (f *Flash) Markdown() string {
	var b strings.Builder
	if f.Exercise {
		b.WriteString("**EXERCISE**\n\n")
	}
	fmt.Fprintf(&b, "# %s\n\n%s%s\n\n%s\n", marked(f.head()), f.At.UTC().Format("2006-01-02 15:04Z"), marked(f.by()), marked(f.subject()))
	for _, p := range f.parts() {
		fmt.Fprintf(&b, "\n## %s\n\n", p.title)
		if p.text.IsZero() {
			fmt.Fprintf(&b, "*%s*\n", nothing)
			continue
		}
		lines := strings.Split(p.text.String(), "\n")
		for i, line := range lines {
			end := "\n"
			if i+1 < len(lines) {
				end = "  \n" // a line break, and not a blank
			}
			b.WriteString(marked(line) + end)
		}
	}
	fmt.Fprintf(&b, "\n**Next report:** %s\n", f.next())
	return b.String()
}

var marks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "!", `\!`, "&", `\&`,
)

// marked takes the meaning from the characters that have one in Markdown, and from what begins a list.
func marked(s string) string {
	s = marks.Replace(s)
	body := strings.TrimLeft(s, " ")
	lead := strings.TrimLeft(body, "0123456789")
	switch {
	case strings.HasPrefix(body, "-"), strings.HasPrefix(body, "+"), strings.HasPrefix(body, "="):
		return `\` + body
	case lead != body && (strings.HasPrefix(lead, ".") || strings.HasPrefix(lead, ")")):
		return body[:len(body)-len(lead)] + `\` + lead
	}
	return body
}
