package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"vigil/internal/convert"
	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/feed/native"
	"vigil/internal/feed/propose"
	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// MapOptions say for which file a [source.map] is proposed.
type MapOptions struct {
	File  string
	Sheet string // of a workbook; empty is the first
	// Dir is a desk to which the path of the proposal is relative where the file is in it; empty is none.
	Dir string
	// Show is how many rows are shown as incidents.
	Show int
}

// MapReport is a [source.map] that is proposed for a file, and what it makes of the file.
type MapReport struct {
	Format string
	TOML   string // a [[source]] block for vigil.toml
	Fields []MapField
	Words  []MapWord
	Unused []string // columns that no field was found for
	Notes  []string // what a person must look at
	// Fits says that the file looks like incidents at all.
	Fits bool

	Rows, Incidents, Rejected int
	First                     []MapIncident
	Problems                  []problem.Problem // of the content, and of its first records
	ProblemsTotal             int
	Known                     string // the format that reads the file as it is, without a map; empty when none does
}

// MapField is one line of the map.
type MapField struct{ Name, Place string }

// MapWord is our word for a word of the source; Ours is empty where none is known to fit.
type MapWord struct {
	Field, Theirs, Ours string
	Rows                int
}

// MapIncident is an incident as it is listed, and in the native form. Of a restricted one there is only that.
type MapIncident struct {
	When, Countries, Place, Act, People, Title safetext.Text
	Native                                     []byte
}

// maxMapProblems is how many problems a report holds; the others are counted.
const maxMapProblems = 20

// Map proposes a [source.map] for a file and applies it. It writes nothing.
func Map(o MapOptions) (*MapReport, error) {
	info, err := os.Stat(o.File)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a file", o.File)
	case info.Size() > source.DefaultMaxSnapshot:
		return nil, fmt.Errorf("%s: larger than the %d MiB that are read whole", o.File, source.DefaultMaxSnapshot>>20)
	}
	body, err := os.ReadFile(o.File)
	if err != nil {
		return nil, err
	}
	ctx := feed.NewContext(filepath.ToSlash(o.File))
	ctx.Sheet = o.Sheet
	r := &MapReport{}
	if f, ok := formats.DetectWhole(ctx, body); ok {
		if f.Lines() || reads(f, ctx, body) {
			r.Known = f.Name
		}
	}
	p, err := propose.Of(ctx, body)
	switch {
	case err != nil && r.Known != "":
		return nil, fmt.Errorf("%s is read as %s without a map: put it into feeds/ as it is (as a table it cannot be explained: %w)", o.File, r.Known, err)
	case err != nil:
		return nil, err
	}
	r.Format, r.Unused, r.Notes, r.Fits, r.Rows = p.Format, p.Unused, p.Notes, p.Fits(), p.Rows
	if len(p.Fields) == 0 {
		r.Fits = false
		return r, nil
	}
	doc, err := apply(ctx, p, body)
	if err != nil {
		return nil, err
	}
	if r.take(&doc, o.Show) > 0 {
		p.Hush()
	}
	r.TOML = p.TOML(proposedName(o.Dir, o.File), pathIn(o.Dir, o.File))
	for _, f := range p.Fields {
		r.Fields = append(r.Fields, MapField{f.Name, f.Place})
	}
	for _, w := range p.Words {
		r.Words = append(r.Words, MapWord(w))
	}
	return r, nil
}

// proposedName is the name of the file without its ending, so that the exports of two years are two sources; with it
// where the desk has a source of that name.
func proposedName(dir, file string) string {
	base := filepath.Base(file)
	name := strings.TrimSuffix(base, filepath.Ext(base))
	if dir == "" {
		return name
	}
	data, err := os.ReadFile(filepath.Join(dir, desk.ConfigName))
	if err != nil {
		return name // nothing is configured yet, or check says what is wrong
	}
	config, _ := desk.ParseConfig(desk.ConfigName, data)
	for i := range config.Sources {
		if strings.EqualFold(sourceLabel(&config.Sources[i]), name) {
			return base
		}
	}
	return name
}

// reads reports whether a format can use a content as it is.
func reads(f *feed.Format, ctx *feed.Context, body []byte) bool {
	doc, err := formats.Decode(f, ctx, body)
	return err == nil && len(doc.Records) > 0
}

// apply decodes a content by a proposal.
func apply(ctx *feed.Context, p *propose.Proposal, body []byte) (feed.Document, error) {
	explained := *ctx
	explained.Map = p.Map()
	format, ok := formats.ByName(p.Format)
	if !ok {
		return feed.Document{}, fmt.Errorf("no format %q", p.Format)
	}
	return formats.Decode(format, &explained, body)
}

// take counts what a document holds and lists its first incidents. It returns how many are restricted; then none
// is shown, because the words that make the others so may not be known yet.
func (r *MapReport) take(doc *feed.Document, show int) (restricted int) {
	r.report(doc.Problems)
	for n := range doc.Records {
		rec := &doc.Records[n]
		r.report(rec.Problems)
		switch {
		case rec.Kind != feed.Incident:
			r.Rejected++
			continue
		case rec.Incident.Restricted():
			restricted++
		}
		r.Incidents++
	}
	var line bytes.Buffer
	writer, _ := convert.New(&line, convert.JSONL)
	projected := &convert.Projected{Writer: writer}
	for n := 0; n < len(doc.Records) && len(r.First) < show; n++ {
		i := doc.Records[n].Incident
		if restricted > 0 {
			i.Handling = incident.Known(incident.Restricted)
		}
		line.Reset()
		if doc.Records[n].Kind != feed.Incident || projected.Write(&i) != nil {
			continue
		}
		encoded := bytes.Clone(bytes.TrimSpace(line.Bytes()))
		shown, _ := native.Format.Line(&feed.Context{}, encoded, feed.Place{Line: 1})
		r.First = append(r.First, listed(&shown.Incident, encoded))
	}
	return restricted
}

func (r *MapReport) report(problems []problem.Problem) {
	r.ProblemsTotal += len(problems)
	r.Problems = append(r.Problems, problems[:min(len(problems), maxMapProblems-len(r.Problems))]...)
}

// listed is an incident as it is listed.
func listed(i *incident.Incident, line []byte) MapIncident {
	var names []string
	for _, c := range i.Countries {
		names = append(names, c.String())
	}
	for _, t := range i.CountryText {
		names = append(names, t.String())
	}
	act := i.Act.Value.String()
	if i.Act.Unlisted() {
		act = i.Act.Text.String() + "?"
	}
	when := i.Occurred.String()
	if when == "" {
		when = "?"
	}
	var people []string
	for _, o := range [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained} {
		if n, known := i.Affected.Outcome(o); known && n > 0 {
			word := fmt.Sprintf("%d %s", n, o)
			if staff, _ := i.Affected.Staff(o); staff > 0 {
				word += fmt.Sprintf(" (%d staff)", staff)
			}
			people = append(people, word)
		}
	}
	for _, h := range i.Affected.Further() {
		word, n := h.Outcome.Value.String(), strconv.Itoa(h.Count)
		if h.Outcome.Unlisted() {
			word = h.Outcome.Text.String() + "?"
		}
		if h.Count == incident.Uncounted {
			n = "?"
		}
		people = append(people, n+" "+word)
	}
	title := i.Title
	if title.IsZero() {
		title = safetext.Clean(i.Details.String())
	}
	place := i.Place
	if place.IsZero() && i.HasPoint {
		place = safetext.Clean(fmt.Sprintf("%.3f, %.3f", i.Point.Lat, i.Point.Lon))
	}
	return MapIncident{
		When: safetext.Clean(when), Countries: safetext.Clean(strings.Join(names, " ")), Place: place,
		Act: safetext.Clean(strings.ReplaceAll(act, "_", " ")), People: safetext.Clean(strings.Join(people, ", ")), Title: title, Native: line,
	}
}

// pathIn is how vigil.toml names a file: relative to the desk where it is in it, else absolute; without a desk as it
// would stand in feeds/.
func pathIn(dir, file string) string {
	path, err := filepath.Abs(file)
	if dir == "" || err != nil {
		return "feeds/" + filepath.Base(file)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return filepath.ToSlash(path)
	}
	return relativeTo(dir, path)
}
