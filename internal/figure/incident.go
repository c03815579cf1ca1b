package figure

import (
	"slices"
	"strings"
	"sync"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// shortDate is how long a date is written without its year.
const shortDate = 300 * 24 * time.Hour

// When writes when an incident happened in at most six characters, as exactly as is known and as
// the age allows: 14:21 within a day, "20 Nov" with a time that is older, ~20Nov where only the day is
// known, Nov'24 where it is a month or long ago, ~2024 where it is a year, ?time where nothing is
// known, FUTURE where the time is not believed.
func (h Hand) When(r *picture.Row, now time.Time) string {
	if r.Restricted {
		return Nothing
	}
	if r.Future {
		return h.Say("FUTURE")
	}
	at := r.When
	if r.Report && at.IsZero() {
		at = incident.At(r.Told) // of a report the time is when it was published
	}
	t := at.Start
	long := now.Sub(t) > shortDate
	switch at.Precision {
	case incident.ToTime:
		switch {
		case now.Sub(t) < 24*time.Hour:
			return t.Format("15:04")
		case !long:
			return h.Date(t, "_2 Jan")
		}
	case incident.ToDate:
		if !long {
			return h.Date(t, "~02Jan")
		}
	case incident.ToYear:
		return t.Format("~2006")
	case incident.ToMonth:
	default:
		return h.Say("?time")
	}
	return h.Date(t, "Jan'06")
}

// WhenWhole writes a time whole: 2026-11-20 14:21Z, 2026-11-20, 2026-11 or 2026; "time unknown" when it is.
func (h Hand) WhenWhole(w incident.When) string {
	switch {
	case w.IsZero():
		return h.Say("time unknown")
	case w.Precision == incident.ToTime:
		return h.Time(w.Start)
	default:
		return w.String()
	}
}

// Time writes an instant in UTC to the minute: 2026-11-20 14:21Z; "?" for the zero time.
func (h Hand) Time(t time.Time) string {
	if t.IsZero() {
		return Unknown
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}

// Local is the local time of an instant in c, "15:21 WAT"; ok is false where the country has several time zones,
// because which one a place is in is not to be guessed.
func (h Hand) Local(t time.Time, c country.Code) (text string, ok bool) {
	clock, ok := clockIn(t, c)
	if !ok {
		return "", false
	}
	return h.local(clock), true
}

// Clock is what the clocks of a country show, 08:50, where it has one time zone.
func (h Hand) Clock(t time.Time, c country.Code) (string, bool) { return clockIn(t, c) }

func (h Hand) local(clock string) string {
	if clock == "" {
		return ""
	}
	return h.Sayf("%s local", clock)
}

// clockIn is what the clocks of a country show, where it has one time zone.
func clockIn(t time.Time, c country.Code) (string, bool) {
	name, ok := c.Zone()
	if !ok || t.IsZero() {
		return "", false
	}
	loc, ok := location(name)
	if !ok {
		return "", false
	}
	return t.In(loc).Format("15:04"), true
}

// Zone is the time zone of a country that has only one, and its name for a reader; UTC for the others.
func (h Hand) Zone(c country.Code) (*time.Location, string) {
	if name, ok := c.Zone(); ok {
		if loc, ok := location(name); ok {
			return loc, h.Sayf("local, %s", name)
		}
	}
	return time.UTC, "UTC"
}

// locations keeps time zones, which the standard library reads again each time.
var locations sync.Map // name → *time.Location, nil where the system lacks it

func location(name string) (*time.Location, bool) {
	if l, ok := locations.Load(name); ok {
		loc, _ := l.(*time.Location)
		return loc, loc != nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = nil
	}
	locations.Store(name, loc)
	return loc, loc != nil
}

// Countries writes the countries of an incident: MLI, or MLI+2 for three; "???" for none; ~MLI where the
// source names none and the position or the title does; MLI! where the position is not in Mali.
func (h Hand) Countries(r *picture.Row) string {
	switch {
	case r.Restricted:
		return "---"
	case len(r.Countries) == 0 && r.Report:
		return Nothing // it need not be of a country
	case len(r.Countries) == 0:
		return "???"
	case r.Misplaced && len(r.Countries) == 1:
		return r.Countries[0].String() + "!"
	case r.Inferred && len(r.Countries) == 1:
		return "~" + r.Countries[0].String()
	case len(r.Countries) == 1:
		return r.Countries[0].String()
	default:
		return r.Countries[0].String() + "+" + h.Number(len(r.Countries)-1)
	}
}

// Place writes where: "Ansongo, Gao", or what of it is known; empty when nothing is. A region that is named after the
// place, "Gao, Gao region", is left out.
func Place(r *picture.Row) string {
	switch {
	case r.Place.IsZero():
		return r.Admin1.String()
	case strings.HasPrefix(r.Admin1.String(), r.Place.String()) || r.Admin1.IsZero():
		return r.Place.String()
	default:
		return r.Place.String() + ", " + r.Admin1.String()
	}
}

// actNames are the acts whose word in files is not what a person would say.
var actNames = map[incident.Act]string{
	incident.ActUnknown:       lang.Msg("Unknown act"),
	incident.Bombing:          lang.Msg("Bombing/IED"),
	incident.Landmine:         lang.Msg("Landmine/ERW"),
	incident.Arson:            lang.Msg("Arson/fire"),
	incident.HostageTaking:    lang.Msg("Hostage-taking"),
	incident.Detention:        lang.Msg("Arrest"),
	incident.AttackOnPremises: lang.Msg("Att. premises"),
	incident.AttackOnVehicle:  lang.Msg("Att. vehicle"),
	incident.AttackOnConvoy:   lang.Msg("Att. convoy"),
	incident.AttackOnMedical:  lang.Msg("Att. medical"),
	incident.ActOther:         lang.Msg("Other"),
}

// Act writes what happened: Abduction. A word that the vocabulary lacks stands as the source
// wrote it, with "?".
func (h Hand) Act(r *picture.Row) string {
	if r.Restricted {
		return h.Say("RESTRICTED")
	}
	if r.Report {
		return h.Say("Report")
	}
	if r.Act.Unlisted() {
		return r.Act.Text.String() + Unknown
	}
	if name, ok := actNames[r.Act.Value]; ok {
		return h.Say(name)
	}
	return Sentence(h.Words(r.Act.Value.String()))
}

// Told is what a row of a list says in place of act, people and standing where those say nothing of what it is: "Report: Flood
// kills two" of a report, whose title is all there is. ok is false where the columns tell it.
func (h Hand) Told(r *picture.Row) (text string, ok bool) {
	if r.Restricted || !r.Report || r.Title.IsZero() {
		return "", false
	}
	lead := h.Act(r)
	if reserved := h.reserved(r); reserved != "" {
		lead = h.Sayf("%s report", reserved)
	} else if !r.Grade.IsZero() {
		lead = h.Standing(r)
	}
	return h.Sayf("%s: %s", lead, r.Title.OneLine()), true
}

// Vague is the act with the title behind it, "Other: Freezing rain", where the act says next to nothing and nobody is said to be
// affected. ok is false where the act tells what it is.
func (h Hand) Vague(r *picture.Row) (text string, ok bool) {
	if r.Restricted || r.Report || r.Title.IsZero() || r.Act.Unlisted() || h.People(r) != "" {
		return "", false
	}
	if r.Act.Value != incident.ActOther && r.Act.Value != incident.ActUnknown {
		return "", false
	}
	return h.Sayf("%s: %s", h.Act(r), r.Title.OneLine()), true
}

// Severity is the source's own grading in a word; the word as given, with "?", when it is not in the vocabulary.
func (h Hand) Severity(r *picture.Row) string {
	if r.Severity.Unlisted() {
		return r.Severity.Text.String() + Unknown
	}
	return h.SayAs("severity", r.Severity.Value.String())
}

// outcomeWords are the outcomes that a line has room for, in full and short.
var outcomeWords = [...]struct{ word, short string }{{lang.Msg("killed"), lang.Msg("kil")}, {lang.Msg("inj."), lang.Msg("inj")}, {lang.Msg("abd."), lang.Msg("abd")}, {lang.Msg("det."), lang.Msg("det")}}

// These are the messages of those with a number, of which other languages have forms for one and for many.
var _ = [...]string{
	lang.Msg("%s killed"), lang.Msg("%s inj."), lang.Msg("%s abd."), lang.Msg("%s det."), lang.Msg("%s missing"), lang.Msg("%s sexually assaulted"),
	lang.Msg("%s assaulted"), lang.Msg("%s ill"), lang.Msg("%s hijacked"), lang.Msg("%s robbed"), lang.Msg("%s burgled"), lang.Msg("%s intimidated"),
	lang.Msg("%s harassed"), lang.Msg("%s harmed, how unknown"),
}

// harmWords are the other outcomes, in full and short.
var harmWords = map[incident.Outcome]struct{ word, short string }{
	incident.Missing: {lang.Msg("missing"), lang.Msg("miss")}, incident.SexuallyAssaulted: {lang.Msg("sexually assaulted"), lang.Msg("sex.as")}, incident.Assaulted: {lang.Msg("assaulted"), lang.Msg("aslt")},
	incident.Ill: {lang.Msg("ill"), lang.Msg("ill")}, incident.Hijacked: {lang.Msg("hijacked"), lang.Msg("hij")}, incident.Robbed: {lang.Msg("robbed"), lang.Msg("rob")},
	incident.Burgled: {lang.Msg("burgled"), lang.Msg("burg")}, incident.Intimidated: {lang.Msg("intimidated"), lang.Msg("intim")}, incident.Harassed: {lang.Msg("harassed"), lang.Msg("haras")},
	incident.OutcomeUnknown: {lang.Msg("harmed, how unknown"), lang.Msg("harm?")},
}

// People writes who is affected: "2 killed 1 inj. 4 missing (2n 1i)"; "people ?" when the record does not say, "none
// reported" when it says nobody, nothing for a hazard that says nothing of people.
func (h Hand) People(r *picture.Row) string {
	full, _, _ := h.people(r)
	return full
}

// PeopleIn is People in at most cells characters: without the recruitment where it is too long, then with
// short words, then the gravest outcome alone with "+". A number is never cut.
func (h Hand) PeopleIn(r *picture.Row, cells int) string {
	full, outcomes, short := h.people(r)
	for _, s := range []string{full, outcomes, strings.Join(short, " ")} {
		if width(s) <= cells {
			return s
		}
	}
	if len(short) > 1 {
		gravest := slices.IndexFunc(short, func(s string) bool { return !strings.HasPrefix(s, Unknown) })
		return short[max(0, gravest)] + "+"
	}
	return full // what is left is too wide a number for any column
}

func (h Hand) people(r *picture.Row) (full, outcomes string, short []string) {
	if r.Restricted || r.Report {
		return "", "", nil
	}
	var parts []string
	known := 0
	counts := []picture.Count{r.Killed, r.Injured, r.Abducted, r.Detained}
	for _, n := range counts {
		if n.Known {
			known++
		}
	}
	for i, n := range counts {
		number := h.Number(n.N)
		switch {
		case n.Known && n.N == 0, !n.Known && (known == 0 || i == len(counts)-1):
			continue // older exports have no people detained at all: that alone is no news
		case !n.Known:
			number = Unknown // it speaks of people, and nobody knows how many of these
		}
		parts = append(parts, h.harmed(n.N, n.Known, number, outcomeWords[i].word))
		short = append(short, number+" "+h.Say(outcomeWords[i].short))
	}
	for _, more := range r.Further {
		number := h.Number(more.Count)
		if more.Count == incident.Uncounted {
			number = Unknown
		}
		word := h.harmed(more.Count, more.Count != incident.Uncounted, number, harmWords[more.Outcome.Value].word)
		brief := number + " " + h.Say(harmWords[more.Outcome.Value].short)
		if more.Outcome.Unlisted() {
			word = number + " " + more.Outcome.Text.OneLine().String() + Unknown
			brief = word
		}
		parts, short = append(parts, word), append(short, brief)
	}
	outcomes = strings.Join(parts, " ")
	split := h.recruitment(r)
	switch {
	case len(parts) > 0 && split != "":
		return outcomes + " (" + split + ")", outcomes, short
	case len(parts) > 0:
		return outcomes, outcomes, short
	case split != "":
		outcomes = split
	case known == len(counts):
		outcomes = h.Say("none reported")
	case known == len(counts)-1:
		outcomes = h.Say("none seen")
	case !r.Hazard:
		outcomes = h.Say("people ?")
	}
	return outcomes, outcomes, []string{outcomes}
}

// harmed is how many people came to harm in one way: "2 killed".
func (h Hand) harmed(n int, known bool, number, word string) string {
	if !known {
		return number + " " + h.Say(word)
	}
	return h.Tally(n, word)
}

// recruitment is "2n 1i", or what of it is known; empty when nothing is, or nobody.
func (h Hand) recruitment(r *picture.Row) string {
	var parts []string
	if r.National.Known && r.National.N > 0 {
		parts = append(parts, h.Number(r.National.N)+"n")
	}
	if r.International.Known && r.International.N > 0 {
		parts = append(parts, h.Number(r.International.N)+"i")
	}
	return strings.Join(parts, " ")
}

// Standing writes how far an incident is established, the strongest reservation first: CANCELLED,
// WITHDRAWN, REFUTED, CONFLICT, HELD, FORECAST or FORECAST OVER, else grade and verification: "C3 unconfirmed".
func (h Hand) Standing(r *picture.Row) string {
	if reserved := h.reserved(r); reserved != "" {
		return reserved
	}
	if r.Report {
		if r.Grade.IsZero() {
			return h.Say("report")
		}
		return h.Sayf("%s report", r.Grade)
	}
	word := h.verified(r)
	if r.Verified.Unlisted() {
		word = r.Verified.Text.String() + Unknown
	}
	if r.Grade.IsZero() {
		return word
	}
	return r.Grade.String() + " " + word
}

// verified is what is said of whether an incident is so, or how many tell of it, where that is more.
func (h Hand) verified(r *picture.Row) string {
	if inStanding(r) {
		return h.Plural(r.Tellings, "source")
	}
	return h.Words(r.Verified.Value.String())
}

// Established is that an incident does not stand, else how far it is verified, in words that need no legend; of a source's own words nothing.
func (h Hand) Established(r *picture.Row) string {
	switch {
	case r.Withdrawn, r.Cancelled, r.Refuted:
		return h.reserved(r)
	case r.Verified.Unlisted():
		return ""
	}
	return h.verified(r)
}

// reserved is the strongest reservation against an incident; empty where there is none.
func (h Hand) reserved(r *picture.Row) string {
	switch {
	case r.Restricted:
		return h.Say("lead only")
	case r.Withdrawn:
		return h.Say("WITHDRAWN")
	case r.Cancelled:
		return h.Say("CANCELLED")
	case r.Refuted:
		return h.Say("REFUTED")
	case r.Conflict:
		return h.Say("CONFLICT")
	case r.Held:
		return h.Say("HELD")
	case r.Over:
		return h.Say("FORECAST OVER")
	case r.Forecast:
		return h.Say("FORECAST")
	}
	return ""
}

// inStanding reports whether Standing tells how many sources there are: several are more than the word that nobody has confirmed it.
func inStanding(r *picture.Row) bool {
	return r.Tellings > 1 && r.Verified.Is(incident.Unconfirmed) && !r.Conflict && !r.Held && !r.Forecast
}

// Urgent reports whether an incident is marked "!" in lists: staff killed, abducted or missing, or people of whom nobody says that they
// are not staff; or graded severe or critical, while it stands. Severity that nobody graded is not marked for itself: nearly every record would be.
func Urgent(r *picture.Row) bool {
	if r.Restricted || r.Cancelled || r.Withdrawn || r.Refuted || r.Report {
		return false
	}
	speaks := r.Killed.Known || r.Injured.Known || r.Abducted.Known
	for _, staff := range [...]picture.Count{r.StaffKilled, r.StaffAbducted, r.StaffMissing} {
		if staff.N > 0 || speaks && !staff.Known {
			return true
		}
	}
	return r.Severity.Is(incident.Severe) || r.Severity.Is(incident.Critical)
}

// Text is a text for one line of a list, "-" when there is none.
func Text(t safetext.Text) string {
	if t.IsZero() {
		return Nothing
	}
	return t.OneLine().String()
}
