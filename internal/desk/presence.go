package desk

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// ParsePresence reads a roster or a headcount, recognised by its header; file names it in problems and
// is its Source. Headings may be any of the usual ones, in any case, and stand below a title; columns
// that are not known are ignored with a warning.
//
// A row that cannot be used is refused with its line and column, and the rest goes on. The error
// is for a file that cannot be used at all, or ends in the middle, and wraps [ErrHalf] or [ErrRefused]:
// the last good content stays.
//
// A cell that cannot be read makes its value unknown, not the person unlisted: only what nobody could
// count is refused (no id and no name, a country that is none, a count that is none). Times with a
// clock and no zone are taken as their date. Problems show no cell of the file, only where it is.
//
// modified is when the file was written, zero when that is not known: what claims to be later makes
// nothing fresh.
func ParsePresence(file string, data []byte, modified time.Time) (presence.File, []problem.Problem, error) {
	r := newReader(file)
	p := &presenceReader{reader: r, file: presence.File{Source: r.file.String(), Modified: modified}, texts: map[string]safetext.Text{}}
	if p.table = r.openTable(data); p.table != nil {
		p.read(data)
	} else {
		p.refused = true
	}
	p.tallies.flush(r, "rows")
	r.sort()
	if p.refused {
		return presence.File{}, r.problems, fmt.Errorf("%s: %w", r.file, whole(data))
	}
	return p.file, r.problems, nil
}

// presenceReader reads one presence file.
type presenceReader struct {
	*reader
	table   *table
	file    presence.File
	columns [columnCount]int // the place of each column in a row, -1 when it is not there
	order   dateOrder
	refused bool // as a whole
	tallies tallies
	texts   map[string]safetext.Text // words that repeat from row to row, kept once
}

// note counts a warning of the current row.
func (p *presenceReader) note(c column, message string) { p.tallies.note(p.at(c), message) }

func (p *presenceReader) at(c column) place { return p.table.at(p.columns[c]) }

func (p *presenceReader) has(c column) bool { return p.columns[c] >= 0 }

func (p *presenceReader) cell(c column) string { return p.table.cell(p.columns[c]) }

func (p *presenceReader) text(c column) safetext.Text {
	s := p.cell(c)
	if s == "" {
		return safetext.Text{}
	}
	t, ok := p.texts[s]
	if !ok {
		s = strings.Clone(s)
		t = safetext.Clean(s)
		p.texts[s] = t
	}
	return t
}

// dimension is text that describes a group; a word for everyone is none.
func (p *presenceReader) dimension(c column) safetext.Text {
	if everyone[foldHeading(p.cell(c))] {
		return safetext.Text{}
	}
	return p.text(c)
}

func (p *presenceReader) read(data []byte) {
	if !p.readHeader() {
		p.refused = true
		return
	}
	roster := !p.has(colCount)
	p.learnOrder(data)
	for p.table.next() {
		if p.table.tags() || !p.table.fits() && !p.table.broken {
			continue
		}
		if p.table.broken {
			break
		}
		if p.table.cutOff() {
			p.errorf(p.table.at(-1), "the last row ends in the middle: the file is being written or was cut off")
			p.refused = true
			return
		}
		if roster {
			p.person()
		} else {
			p.headcount()
		}
	}
	if p.table.broken {
		p.refused = true
		return
	}
	p.file.AsOf = p.contentTime()
	if len(p.file.People)+len(p.file.Headcounts) == 0 && CountErrors(p.problems) == 0 && len(p.tallies.list) == 0 {
		p.warnf(place{}, "the file lists nobody: if that is not so, it was cut off")
	}
}

func (p *presenceReader) person() {
	person := presence.Person{
		ID: p.text(colPersonID), Name: p.name(),
		CallSign:     presence.NewName(p.text(colCallSign)),
		Sex:          word(sexWords, p.cell(colSex), incident.ParseSex),
		Organization: p.text(colOrganization),
		Population:   word(populationWords, p.cell(colPopulation), incident.ParsePopulation),
		Recruitment:  word(recruitmentWords, p.cell(colRecruitment), incident.ParseRecruitment),
		Area:         p.text(colArea), Place: p.text(colPlace),
		WardenZone: p.text(colWardenZone), Status: p.text(colStatus), Dependants: -1,
		Origin: p.origin(),
	}
	if person.ID.IsZero() && person.Name.IsZero() {
		p.errorf(p.table.at(-1), "this row has neither a person_id nor a name: it is left out; complete it or remove it")
		return
	}
	if person.ID.IsZero() && p.has(colPersonID) {
		p.note(colPersonID, "person_id is missing: this person cannot be matched with other files; give it the one that these use")
	}
	var ok bool
	if person.Country, ok = p.country(); !ok {
		p.errorf(p.at(colCountry), "this is no country that is known: the row is left out; write an alpha-3 code, such as MLI")
		return
	}
	if !person.Country.Known() && p.has(colCountry) {
		p.note(colCountry, "the country is missing: unless another file gives it, this person is counted in no country")
	}
	if s := p.cell(colDependants); s != "" {
		n, err := strconv.ParseUint(s, 10, 16)
		if err != nil {
			p.note(colDependants, "dependants is not a number: it is taken as not given")
		} else {
			person.Dependants = int(n)
		}
	}
	p.position(&person)
	p.unlisted(person.Sex.Unlisted(), person.Recruitment.Unlisted(), person.Population.Unlisted())
	person.LastContact = p.when(colLastContact)
	p.file.People = append(p.file.People, person)
}

func (p *presenceReader) name() presence.Name {
	s := p.cell(colName)
	if s == "" {
		s = strings.TrimSpace(p.cell(colGivenName) + " " + p.cell(colFamilyName))
	}
	return presence.NewName(safetext.Clean(strings.Clone(s)))
}

func (p *presenceReader) headcount() {
	h := presence.Headcount{
		Area: p.dimension(colArea), Organization: p.dimension(colOrganization),
		Population:  word(populationWords, p.cell(colPopulation), incident.ParsePopulation),
		Recruitment: word(recruitmentWords, p.cell(colRecruitment), incident.ParseRecruitment),
		Sex:         word(sexWords, p.cell(colSex), incident.ParseSex),
		Origin:      p.origin(),
	}
	var ok bool
	if h.Country, ok = p.country(); !ok || !h.Country.Known() {
		if everyone[foldHeading(p.cell(colCountry))] {
			p.note(colCountry, "the row is a total over countries: it is left out, as its people would be counted twice")
			return
		}
		p.errorf(p.at(colCountry), "this is no country that is known: the row is left out; write an alpha-3 code, such as MLI")
		return
	}
	if h.Count, ok = count(p.cell(colCount)); !ok {
		p.errorf(p.at(colCount), "the count is not a whole number of 0 or more: the row is left out; write 0 if nobody is there")
		return
	}
	p.unlisted(h.Sex.Unlisted(), h.Recruitment.Unlisted(), h.Population.Unlisted())
	h.AsOf = p.when(colAsOf)
	p.file.Headcounts = append(p.file.Headcounts, h)
}

// count reads a number of people: digits, also grouped by thousands as spreadsheets show them.
func count(s string) (int, bool) {
	s = strings.TrimSuffix(s, ".0")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '\'' || r == '\u00A0' || r == '\u202F' || r == ' ' })
	for _, part := range parts[min(1, len(parts)):] {
		if len(part) != 3 {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(strings.Join(parts, ""), 10, 31)
	return int(n), err == nil
}

func (p *presenceReader) unlisted(sex, recruitment, population bool) {
	if sex {
		p.note(colSex, "the sex is a word that is not known: it counts as unknown; write f, m or unknown")
	}
	if recruitment {
		p.note(colRecruitment, "the recruitment is a word that is not known: it counts as unknown; write national, international or unknown")
	}
	if population {
		p.note(colPopulation, "the population is a word that is not known: write one of "+strings.Join(incident.PopulationWords(), ", "))
	}
}

// country reads the country of a row: Unknown when the cell is empty, not ok when it holds no country.
func (p *presenceReader) country() (country.Code, bool) {
	s := p.cell(colCountry)
	if s == "" || country.IsNone(s) {
		return country.Unknown, true
	}
	return country.Parse(s)
}

// position reads both coordinates or none.
func (p *presenceReader) position(person *presence.Person) {
	lat, lon := p.cell(colLat), p.cell(colLon)
	if lat == "" && lon == "" {
		return
	}
	y, errY := strconv.ParseFloat(lat, 64)
	x, errX := strconv.ParseFloat(lon, 64)
	point := incident.Point{Lat: y, Lon: x}
	if errY != nil || errX != nil || math.IsNaN(x) || math.IsNaN(y) || !point.Valid() {
		p.note(colLat, "the position is not on the earth: it is taken as not given; write degrees with a point, such as 15.66 and 0.5")
		return
	}
	person.Point, person.HasPoint = point, true
}

func (p *presenceReader) when(c column) incident.When {
	w, zoneless, ok := moment(p.cell(c), p.order)
	switch {
	case !ok:
		p.note(c, "the time cannot be read, or can be read as two dates: it is taken as not given; write 2026-11-20T14:21:00Z or 2026-11-20")
	case zoneless:
		p.note(c, "the time has no zone: only its date is used; write 2026-11-20T14:21:00Z")
	}
	if p.future(w) {
		p.note(c, "the time is later than the file was written: it makes nothing fresh")
	}
	return w
}

func (p *presenceReader) future(w incident.When) bool {
	return !w.IsZero() && !p.file.Modified.IsZero() && w.Start.After(p.file.Modified.Add(incident.FutureTolerance))
}

func (p *presenceReader) origin() incident.Origin {
	return incident.Origin{File: p.reader.file, Line: p.table.at(-1).line}
}

// contentTime is the newest time that the file declares, of those that can be believed.
func (p *presenceReader) contentTime() time.Time {
	var newest time.Time
	take := func(w incident.When) {
		if !w.IsZero() && !p.future(w) && w.Start.After(newest) {
			newest = w.Start
		}
	}
	for i := range p.file.People {
		take(p.file.People[i].LastContact)
	}
	for i := range p.file.Headcounts {
		take(p.file.Headcounts[i].AsOf)
	}
	if m := p.file.Modified; !m.IsZero() && newest.After(m) {
		return m
	}
	return newest
}
