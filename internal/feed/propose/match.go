package propose

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed/dates"
	"vigil/internal/incident"
)

type matcher struct {
	p       *Proposal
	columns []column
}

func (m *matcher) match() {
	m.ours()
	for _, w := range wants {
		c, why := m.find(&w)
		if w.field == "occurred" && (c == nil || isBetween(1900, 2100)(c)) && m.parts() {
			continue
		}
		if c == nil {
			continue
		}
		switch w.field {
		case "until", "time":
			if !m.has("occurred") && !m.has("day") {
				continue
			}
		case "point":
			if m.has("lat") && m.has("lon") {
				continue
			}
		}
		m.take(w.field, c, why)
	}
	m.people()
	m.repeated()
	if m.has("lat") != m.has("lon") {
		m.p.Fields = slices.DeleteFunc(m.p.Fields, func(f Field) bool { return f.Name == "lat" || f.Name == "lon" })
		m.p.Notes = append(m.p.Notes, "a latitude or a longitude stands alone: name the other one")
	}
	m.style()
	m.words()
}

// parts takes the columns of a date that stands in several, if there are at least its year and its month.
func (m *matcher) parts() bool {
	year, whyYear := m.find(&dateParts[0])
	month, whyMonth := m.find(&dateParts[1])
	if year == nil || month == nil {
		return false
	}
	m.take("year", year, whyYear)
	m.take("month", month, whyMonth)
	if day, why := m.find(&dateParts[2]); day != nil {
		m.take("day", day, why)
	}
	return true
}

// someDay is a date to which a time of day can be put.
var someDay = incident.When{Start: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToDate}

func (m *matcher) has(field string) bool {
	return slices.ContainsFunc(m.p.Fields, func(f Field) bool { return f.Name == field })
}

// find is the best column for a field: the one whose name is the most telling, of those whose values fit.
func (m *matcher) find(w *want) (best *column, why string) {
	rank, told := math.MaxInt, false
	for i := range m.columns {
		c := &m.columns[i]
		if c.used || c.filled == 0 {
			continue
		}
		says := w.field == "act" && c.tellsActs()
		for n, name := range w.names {
			if (n < rank && says == told || says && !told) && c.matches(name) && w.fits(c) {
				best, rank, told, why = c, n, says, byName
			}
		}
	}
	for i := range m.columns {
		c := &m.columns[i]
		if w.loose && best == nil && !c.used && c.filled > 0 && w.fits(c) && c.share(func(v string) bool { return len(v) > 2 }) == 1 {
			return c, "by its values"
		}
	}
	return best, why
}

// tellsActs reports whether any word of a column is known to say what happened: of two columns of kinds, as "Weather related"
// beside "Flood", the one that does.
func (c *column) tellsActs() bool {
	for theirs := range c.words {
		if !incident.ParseAct(theirs).Unlisted() {
			return true
		}
		for _, a := range actWords {
			if tells(theirs, a.part) {
				return true
			}
		}
	}
	return false
}

const byName = "by its name"

// matches reports whether the heading or the tag is a name, or holds it.
func (c *column) matches(name string) bool {
	whole, is := strings.CutPrefix(name, "=")
	return slices.ContainsFunc(c.names, func(have string) bool {
		return have == whole || !is && within(have, name)
	})
}

// within reports whether the words of name stand in a row among those of a heading.
func within(heading, name string) bool {
	return strings.Contains(" "+heading+" ", " "+name+" ")
}

func (m *matcher) take(field string, c *column, why string) {
	if why = why + ": "; why == byName+": " {
		why = ""
	}
	c.used = true
	m.p.Fields = append(m.p.Fields, Field{Name: field, Place: c.place, Why: why + c.examples()})
}

// isID: nearly all values differ. A few repetitions are errors of the source, and not another kind of column.
func isID(c *column) bool {
	const nearly = 0.99
	return float64(c.different()) >= nearly*float64(len(c.values)) && c.share(func(v string) bool { return len(v) <= 80 && !strings.Contains(v, "\n") }) == 1
}

// regions are the names of parts of the world, in which a province is not.
var regions = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{"mediterranean": true, "middle east": true}
	for _, c := range country.All() {
		all[strings.ToLower(c.Region())], all[strings.ToLower(c.Subregion())] = true, true
	}
	return all
})

func isRegion(c *column) bool {
	const few = 0.2
	return isText(c) && c.share(func(v string) bool { return regions()[strings.ToLower(v)] }) <= few
}

func isTime(c *column) bool {
	const most = 0.8
	return c.share(func(v string) bool { w, _ := (dates.Style{}).Read(v); return !w.IsZero() }) >= most
}

// isOccurrence: a time, and not that of the report, the entry or the publication.
func isOccurrence(c *column) bool {
	return isTime(c) && !slices.ContainsFunc(writing, c.called)
}

// isBetween: whole numbers, nearly all of them between two, both included.
func isBetween(least, most float64) func(c *column) bool {
	const nearly = 0.95
	return func(c *column) bool {
		return c.share(func(v string) bool {
			f, err := strconv.ParseFloat(v, 64)
			return err == nil && f == math.Trunc(f) && f >= least && f <= most
		}) >= nearly
	}
}

// isMonth: numbers of months, or their names.
func isMonth(c *column) bool {
	const nearly = 0.95
	return isBetween(0, 12)(c) || c.share(func(v string) bool {
		_, long := time.Parse("January", v)
		_, short := time.Parse("Jan", v)
		return long == nil || short == nil
	}) >= nearly
}

func isClock(c *column) bool {
	const most = 0.8
	return c.share(dates.IsClock) >= most
}

func isDegrees(c *column, limit float64) bool {
	const most = 0.9
	return c.share(func(v string) bool {
		f, err := strconv.ParseFloat(strings.Replace(v, ",", ".", 1), 64)
		return err == nil && f >= -limit && f <= limit
	}) >= most
}

func isPair(c *column) bool {
	const most = 0.8
	return c.share(func(v string) bool {
		v = strings.NewReplacer("POINT", "", "(", "", ")", "").Replace(strings.ToUpper(v))
		parts := strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
		if len(parts) != 2 || !strings.Contains(v, ".") {
			return false
		}
		for _, part := range parts {
			if f, err := strconv.ParseFloat(part, 64); err != nil || f < -180 || f > 180 {
				return false
			}
		}
		return true
	}) >= most
}

func isCountry(c *column) bool {
	const most = 0.7
	return c.share(func(v string) bool {
		if _, err := strconv.Atoi(v); err == nil {
			return false // a number of some system's own
		}
		if _, ok := country.Parse(v); ok {
			return true
		}
		codes, _ := country.ParseList(v)
		return len(codes) > 0
	}) >= most
}

func isText(c *column) bool {
	const few = 0.2
	return c.share(func(v string) bool { _, err := strconv.ParseFloat(v, 64); return err == nil }) <= few && !isAddress(c)
}

// isWord: a code of which there are few, or a short text.
func isWord(c *column) bool {
	return isText(c) && c.share(func(v string) bool { return len(v) <= 60 }) > 0.9
}

func isAddress(c *column) bool {
	return c.share(func(v string) bool {
		u, err := url.Parse(strings.TrimRight(strings.Fields(v + " ")[0], ","))
		return err == nil && u.Host != "" && strings.HasPrefix(u.Scheme, "http")
	}) > 0.8
}

func isCount(c *column) bool {
	return c.share(func(v string) bool {
		f, err := strconv.ParseFloat(v, 64)
		return err == nil && f >= 0 && f == math.Trunc(f)
	}) > 0.9
}

// people finds the figures of people. Whom a heading does not name is anybody: to take the dead of a list for
// staff is the one mistake that must not be made.
func (m *matcher) people() {
	for i := range m.columns {
		c := &m.columns[i]
		if c.used || c.filled == 0 || !isCount(c) || slices.ContainsFunc(totals, c.called) {
			continue
		}
		outcome, abroad := c.outcome()
		if outcome == "" {
			continue
		}
		who, told := "anybody", false
		for _, p := range populationWords {
			if !told && c.called(p.word) && (p.word != "un" || !abroad) {
				who, told = p.population, true
			}
		}
		field := "affected." + who + "." + outcome
		if m.has(field) {
			continue
		}
		m.take(field, c, byName)
		if !told {
			m.p.Fields[len(m.p.Fields)-1].Why += "  (of anybody: if it counts staff only, write affected.staff." + outcome + ")"
		}
	}
}

// outcome is what befell those whom a column counts, by its heading; abroad that the heading is not in English.
func (c *column) outcome() (outcome string, abroad bool) {
	for _, o := range outcomeWords {
		if c.called(o.word) {
			return o.outcome, false
		}
	}
	for _, o := range outcomeWordsAbroad {
		if c.called(o.word) {
			return o.outcome, true
		}
	}
	return "", false
}

// repeated notes a column that is called an id and holds some twice.
func (m *matcher) repeated() {
	if m.has("id") {
		return
	}
	for i := range m.columns {
		c := &m.columns[i]
		const most = 0.8
		if c.used || c.filled == 0 || !slices.ContainsFunc(wants[0].names, c.matches) || float64(c.different()) < most*float64(len(c.values)) {
			continue
		}
		m.p.Notes = append(m.p.Notes, fmt.Sprintf("%q looks like an id, and %d of %d rows repeat one: as id it would make one incident of them; without it each row is one",
			c.place, len(c.values)-c.different(), len(c.values)))
		return
	}
}

// style settles how the dates are written, where the values do.
func (m *matcher) style() {
	day, month, open, zone := false, false, false, false
	for _, f := range m.p.Fields {
		if f.Name != "occurred" && f.Name != "time" && f.Name != "until" && f.Name != "reported" {
			continue
		}
		for i := range m.columns {
			if m.columns[i].place != f.Place {
				continue
			}
			for _, v := range m.columns[i].values {
				_, err := (dates.Style{}).Read(v)
				if f.Name == "time" {
					_, err = (dates.Style{}).WithClock(someDay, v)
				}
				zone = zone || errors.Is(err, dates.ErrZone)
				open = open || errors.Is(err, dates.ErrOrder)
				first, second, ok := parts(v)
				day, month = day || ok && first > 12, month || ok && second > 12
			}
		}
	}
	switch {
	case day && !month: // also where these rows have no doubtful date: the next ones may
		m.p.Fields = append(m.p.Fields, Field{Name: "dates", Place: "=dmy", Why: "in some dates the first number is above 12"})
	case month && !day:
		m.p.Fields = append(m.p.Fields, Field{Name: "dates", Place: "=mdy", Why: "in some dates the second number is above 12"})
	case open:
		m.p.Notes = append(m.p.Notes, `which number of a date is the day cannot be told: write dates = "=dmy" or "=mdy"`)
	}
	if zone {
		m.p.Notes = append(m.p.Notes, `times of day have no zone, so that only the date is taken: write zone = "=UTC" or "=+03:00" if you know it`)
	}
}

// parts are the first two numbers of a date in digits with the year last.
func parts(v string) (first, second int, ok bool) {
	fields := strings.FieldsFunc(strings.Fields(v + " ")[0], func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(fields) != 3 || len(fields[0]) > 2 {
		return 0, 0, false
	}
	first, errFirst := strconv.Atoi(fields[0])
	second, errSecond := strconv.Atoi(fields[1])
	return first, second, errFirst == nil && errSecond == nil
}

// tells reports whether a word holds a part. A short part must stand by itself: "died" has no "ied".
func tells(word, part string) bool {
	word = strings.ToLower(word)
	const short = 4
	if len(part) > short {
		return strings.Contains(word, part)
	}
	return within(fold(word), part)
}

// words proposes our words for those of the source, where a column of codes has few.
func (m *matcher) words() {
	for _, f := range m.p.Fields {
		if f.Name != "act" && f.Name != "severity" {
			continue
		}
		for i := range m.columns {
			if c := &m.columns[i]; c.place == f.Place {
				m.wordsOf(f.Name, c)
			}
		}
	}
}

func (m *matcher) wordsOf(field string, c *column) {
	if len(c.words) >= maxWords {
		m.p.Notes = append(m.p.Notes, field+" = "+strconv.Quote(c.place)+" has very many different words: it may be a text rather than a code")
		return
	}
	var words []Word
	for theirs, rows := range c.words {
		w := Word{Field: field, Theirs: theirs, Rows: rows}
		if field == "act" {
			if !incident.ParseAct(theirs).Unlisted() {
				continue
			}
			for _, a := range actWords {
				if tells(theirs, a.part) {
					w.Ours = a.act
					break
				}
			}
		} else if !incident.ParseSeverity(theirs).Unlisted() {
			continue
		}
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b Word) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Theirs, b.Theirs)
	})
	m.p.Words = append(m.p.Words, words...)
}
