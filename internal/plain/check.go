package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// Check is what was found out about a desk without opening it.
type Check struct {
	Name     safetext.Text
	Exercise bool
	At       time.Time
	Problems []problem.Problem // by file, line and column
	Sources  []CheckSource     // by name
	Ignored  []IgnoredFile     // what lies in the desk's folders and is not read
}

// CheckSource is one source as configured and found. Lengths of time are words, as in vigil.toml.
type CheckSource struct {
	Name, Format, Authority, Path string
	URL, Every                    string // of a source that is fetched: its address without the query, how often
	Expect, Lag, Reach            string
	Memory                        string   // accumulates, complete, forgets or extract
	Covers                        []string // threat categories
	Countries                     []string // alpha-3; empty is everywhere
	Records, Rejected             int
}

// IgnoredFile is a file that is not read, and why.
type IgnoredFile struct{ Path, Reason string }

// Errors counts the problems that are errors, and those that are warnings.
func (c *Check) Errors() (errors, warnings int) {
	for i := range c.Problems {
		if c.Problems[i].Warning {
			warnings++
		} else {
			errors++
		}
	}
	return errors, warnings
}

// CheckText writes the problems, one a line as file:line:column: message, which editors can follow;
// then the sources and the sum. The watermark of an exercise desk stands at the end of a line
// here, since editors look for the file at its start.
func CheckText(w io.Writer, c *Check) error {
	p := &printer{w: w}
	line := func(s string) {
		if c.Exercise {
			s += " [EXERCISE]"
		}
		p.line(s)
	}
	for i := range c.Problems {
		s := c.Problems[i].String()
		if c.Problems[i].Warning {
			s += " (warning)"
		}
		line(Layout{}.clean(s))
	}
	for i := range c.Ignored {
		line(Layout{}.clean(fmt.Sprintf("%s: not read: %s", c.Ignored[i].Path, c.Ignored[i].Reason)))
	}
	for i := range c.Sources {
		line(Layout{}.clean(c.Sources[i].describe()))
	}
	errs, warnings := c.Errors()
	switch {
	case len(c.Sources) > 0:
	case errs > 0: // a [[source]] with an error is left out
		line("no sources that can be used: mend the errors above, or put files into feeds/, and they are recognised by their content")
	default:
		line("no sources: put files into feeds/, and they are recognised by their content")
	}
	line(Layout{}.clean(fmt.Sprintf("%s: %s, %s, %s", named(c.Name), figure.Plain.Plural(len(c.Sources), "source"),
		figure.Plain.Plural(errs, "error"), figure.Plain.Plural(warnings, "warning"))))
	return p.err
}

func named(name safetext.Text) string {
	if name.IsZero() {
		return "desk"
	}
	return "desk " + name.String()
}

func (s *CheckSource) describe() string {
	if s.Format == "" { // then nobody knows what it promises
		if s.URL != "" {
			return "source " + s.Name + ": nothing fetched yet, from " + s.URL
		}
		return "source " + s.Name + ": format not recognised, from " + s.Path
	}
	parts := []string{s.Format}
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+" "+value)
		}
	}
	add("from", s.Path+s.URL)
	add("every", s.Every)
	add("authority", s.Authority)
	add("expect", s.Expect)
	add("lag", s.Lag)
	add("reach", s.Reach)
	add("covers", strings.Join(s.Covers, " "))
	add("in", strings.Join(s.Countries, " "))
	add("", s.Memory)
	parts = append(parts, figure.Plain.Plural(s.Records, "record"))
	if s.Rejected > 0 {
		parts = append(parts, figure.Plain.Number(s.Rejected)+" rejected")
	}
	return "source " + s.Name + ": " + strings.ReplaceAll(strings.Join(parts, ", "), "  ", " ")
}

type checkJSON struct {
	Schema   string             `json:"schema"`
	At       string             `json:"at"`
	Desk     deskJSON           `json:"desk"`
	Errors   int                `json:"errors"`
	Warnings int                `json:"warnings"`
	Problems []checkProblemJSON `json:"problems"`
	Sources  []checkSourceJSON  `json:"sources"`
	Ignored  []ignoredJSON      `json:"ignored"`
}

type checkProblemJSON struct {
	problemJSON `json:",inline"`
	Severity    string `json:"severity"` // error or warning
}

type checkSourceJSON struct {
	Name      string   `json:"name"`
	Format    *string  `json:"format"`
	Path      *string  `json:"path"`  // null for one that is fetched
	URL       *string  `json:"url"`   // null for files; never with its query
	Every     *string  `json:"every"` // how often it is fetched
	Authority *string  `json:"authority"`
	Expect    *string  `json:"expect"`
	Lag       *string  `json:"lag"`
	Reach     *string  `json:"reach"`
	Covers    []string `json:"covers"`
	Countries []string `json:"countries"` // empty is everywhere
	Memory    *string  `json:"memory"`
	Records   int      `json:"records"`
	Rejected  int      `json:"rejected"`
}

type ignoredJSON struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// CheckJSON writes the same as one JSON document, vigil.check/1.
func CheckJSON(w io.Writer, c *Check) error {
	errs, warnings := c.Errors()
	out := checkJSON{
		Schema: CheckSchema, At: instant(c.At), Desk: deskJSON{c.Name.String(), c.Exercise},
		Errors: errs, Warnings: warnings,
	}
	for i := range c.Problems {
		severity := "error"
		if c.Problems[i].Warning {
			severity = "warning"
		}
		out.Problems = append(out.Problems, checkProblemJSON{problemOf(&c.Problems[i]), severity})
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		out.Sources = append(out.Sources, checkSourceJSON{
			Name: s.Name, Format: word(s.Format), Path: word(s.Path), URL: word(s.URL), Every: word(s.Every), Authority: word(s.Authority),
			Expect: word(s.Expect), Lag: word(s.Lag), Reach: word(s.Reach), Covers: s.Covers, Countries: s.Countries,
			Memory: word(s.Memory), Records: s.Records, Rejected: s.Rejected,
		})
	}
	for _, f := range c.Ignored {
		out.Ignored = append(out.Ignored, ignoredJSON(f))
	}
	return writeDocument(w, &out)
}

func problemOf(p *problem.Problem) problemJSON {
	return problemJSON{p.File.String(), p.Line, p.Column, p.Message.String()}
}
