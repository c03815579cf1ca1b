package exercise

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

var threatKeys = [...]string{"armed_conflict", "terrorism", "crime", "civil_unrest", "hazard"}

func (s *Scenario) writeLevels(now time.Time) error {
	byCountry := map[string][]area{}
	for _, a := range areas {
		byCountry[a.country] = append(byCountry[a.country], a)
	}
	for code, list := range byCountry {
		if err := s.replace("levels/"+strings.ToLower(code)+".yaml", s.levelFile(code, list, now)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scenario) levelFile(code string, list []area, now time.Time) []byte {
	var b bytes.Buffer
	reviewed := now.AddDate(0, 0, -12)
	for _, a := range list {
		if at := s.since[a.name]; at.After(reviewed) {
			reviewed = at
		}
	}
	fmt.Fprintf(&b, "# EXERCISE: these levels are invented.\ncountry: %s\nscheme: un-sls\nauthority: exercise control\nreviewed: %s\nareas:\n",
		code, reviewed.Format(time.DateOnly))
	for i, a := range list {
		until := now.AddDate(0, 2, 0)
		if code == "TCD" && i == 1 {
			until = now.AddDate(0, 0, -3) // one level has run out
		}
		since := now.AddDate(0, -1, 0)
		if at, changed := s.since[a.name]; changed {
			since, until = at, at.AddDate(0, 3, 0)
		}
		fmt.Fprintf(&b, "  - name: %q\n    level: %d\n    since: %s\n    valid_until: %s\n    places: [%s]\n    threats: {",
			a.name, s.levels[a.name], since.Format(time.DateOnly), until.Format(time.DateOnly), quoted(a.places))
		for k, v := range a.threats {
			if k > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s: %d", threatKeys[k], v)
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

func quoted(words []string) string {
	q := make([]string, len(words))
	for i, w := range words {
		q[i] = strconv.Quote(w)
	}
	return strings.Join(q, ", ")
}

// writeRoster writes people as call signs: the exercise has no names.
func (s *Scenario) writeRoster(now time.Time) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{
		"person_id", "name", "sex", "organization", "population", "recruitment", "country", "area", "place", "warden_zone", "status", "last_contact", "lat", "lon",
	}}
	signs := []string{"Mike", "Oscar", "Tango", "Victor"}
	for i := range 36 {
		p := areas[i%len(areas)]
		sex, recruitment := "m", "national"
		if i%3 == 0 {
			sex = "f"
		}
		if i%7 == 0 {
			recruitment = "international"
		}
		sign := fmt.Sprintf("%s %d", signs[i%len(signs)], i+1)
		place := p.places[0]
		if i/len(areas)%2 == 1 {
			place = p.places[len(p.places)-1]
		}
		const apart = 0.002 // degrees: nobody stands on somebody else
		where := towns[place]
		lat, lon := strconv.FormatFloat(where.Lat+float64(i)*apart, 'f', 4, 64), strconv.FormatFloat(where.Lon, 'f', 4, 64)
		rows = append(rows, []string{
			fmt.Sprintf("EX-%03d", i+1), sign, sex, "Agency R", "un", recruitment, p.country, p.name, place,
			fmt.Sprintf("Zone %d", i%4+1), "present", now.Add(-time.Duration(i*7) * time.Minute).UTC().Format(time.RFC3339), lat, lon,
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return s.replace("presence/roster.csv", b.Bytes())
}

func (s *Scenario) writeHeadcount(now time.Time) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"country", "area", "organization", "population", "recruitment", "sex", "count", "as_of"}}
	for i, p := range posts {
		asOf := now.Add(-time.Duration(i) * 5 * time.Hour)
		rows = append(rows, []string{
			p.country, p.area, p.organization, p.population, p.recruitment, p.sex,
			strconv.Itoa(s.staff[p.key()]), asOf.UTC().Format(time.RFC3339),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return s.replace("presence/headcount.csv", b.Bytes())
}

// report is one incident of the exercise.
type report struct {
	incident incident.Incident
	feed     string
	echoed   bool // the partners have told of it too
}

// draw makes up a report of something that happened at occurred.
func (s *Scenario) draw(list []happening, where area, occurred, reported time.Time, source string) report {
	h := s.choose(list)
	place := where.places[s.random.IntN(len(where.places))]
	i := incident.Incident{
		Identity: incident.Identity{
			Authority: safetext.Clean(source),
			ID:        safetext.Clean(fmt.Sprintf("EX-%d-%04d", occurred.Year(), s.number)),
		},
		Version: 1, Status: incident.Exercise,
		Occurred: incident.At(occurred.Truncate(time.Second)), Reported: reported.Truncate(time.Second),
		Countries: []country.Code{country.MustParse(where.country)},
		Admin1:    safetext.Clean(where.name), Place: safetext.Clean(place),
		Threat: incident.Known(h.threat), Act: incident.Known(h.act),
		Target: incident.ParseTarget(h.target), Severity: incident.Known(h.severity),
		Title:        safetext.Clean("EXERCISE " + h.title + ", " + place),
		Verification: incident.Known(incident.Unconfirmed), Grade: safetext.Clean([]string{"B2", "C3", "A1"}[s.random.IntN(3)]),
		Handling: incident.Known(incident.Internal),
	}
	const without = 5 // one in so many gives no position
	if s.number%without != 0 {
		i.Point, i.HasPoint = at(place)
	}
	if h.threat == incident.Hazard {
		i.Ongoing = true
	}
	if h.outcome != incident.OutcomeAny {
		i.Affected = s.people(h)
	}
	s.number++
	return report{incident: i, feed: "feeds/" + source + ".jsonl"}
}

// people are mostly national staff, as the real figures have it.
func (s *Scenario) people(h happening) incident.Breakdown {
	entry := func(r incident.Recruitment, n int) incident.Affected {
		return incident.Affected{
			Population: incident.Known(incident.PopulationUN), Recruitment: incident.Known(r),
			Outcome: incident.Known(h.outcome), Count: n,
		}
	}
	b := incident.Breakdown{entry(incident.National, 1+s.random.IntN(h.most))}
	if s.random.IntN(8) == 0 {
		b = append(b, entry(incident.International, 1))
	}
	return b
}

func (s *Scenario) choose(list []happening) happening {
	total := 0
	for _, h := range list {
		total += h.weight
	}
	n := s.random.IntN(total)
	for _, h := range list {
		if n -= h.weight; n < 0 {
			return h
		}
	}
	return list[0]
}

// anywhere chooses an area, the worse ones more often.
func (s *Scenario) anywhere() area {
	for {
		a := areas[s.random.IntN(len(areas))]
		if s.random.IntN(6) < s.levels[a.name] {
			return a
		}
	}
}

func (s *Scenario) file(r report) error { return s.add(r.feed, line(&r.incident)) }

// line is an incident as a line, without its line break.
func line(i *incident.Incident) []byte { return bytes.TrimSpace(native.Encode(i)) }

// historyDays is how far back the history goes: long enough for a country's own normal.
const historyDays = 420

// writeHistory writes what the radio room and the partners reported over the last year and more.
func (s *Scenario) writeHistory(now time.Time) error {
	lines := map[string][][]byte{}
	keep := func(r report) { lines[r.feed] = append(lines[r.feed], line(&r.incident)) }
	for day := historyDays; day > 0; day-- {
		for range s.random.IntN(2) {
			at := now.AddDate(0, 0, -day).Add(time.Duration(s.random.IntN(86400)) * time.Second)
			source := "radio"
			if s.random.IntN(3) == 0 {
				source = "partners"
			}
			if at.Before(now.Add(-time.Hour)) {
				keep(s.draw(happenings, s.anywhere(), at, at.Add(20*time.Minute), source))
			}
		}
		if day%30 == 0 {
			at := now.AddDate(0, 0, -day)
			keep(s.draw(hazards, s.anywhere(), at, at.Add(time.Hour), "hazards"))
		}
	}
	fresh := now.Add(-30 * time.Second)
	keep(s.draw(hazards, s.anywhere(), now.Add(-26*time.Hour), now.Add(-2*time.Minute), "hazards"))
	for _, source := range []string{"radio", "partners", "hazards"} {
		file := "feeds/" + source + ".jsonl"
		if err := s.add(file, append(lines[file], heartbeat(source, fresh))...); err != nil {
			return err
		}
	}
	return nil
}

func heartbeat(source string, at time.Time) []byte {
	return fmt.Appendf(nil, `{"heartbeat":%q,"source":%q}`, at.UTC().Format(time.RFC3339), source)
}
