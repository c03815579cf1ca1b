package figure

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/risk"
)

// StaffFresh is how old a staff figure may be before its age is marked as too old.
const StaffFresh = picture.StaffHolds

// Window writes an incident window: 19, 19+2? (two may belong), 3+ (seen, not whole), 3+2?+ (both),
// 2?+ (two that may belong, and nobody knows the whole), ? (nothing seen, and nobody could have said so).
func (h Hand) Window(w picture.Window) string {
	switch {
	case w.Known && w.Maybe == 0:
		return h.Number(w.Sure)
	case w.Known:
		return h.Number(w.Sure) + "+" + h.Number(w.Maybe) + "?"
	case w.Maybe == 0:
		return h.AtLeast(w.Sure, false)
	case w.Sure == 0:
		return h.Number(w.Maybe) + "?+"
	default:
		return h.Number(w.Sure) + "+" + h.Number(w.Maybe) + "?+"
	}
}

// WindowIn is Window in at most cells characters: where it is too long it becomes "19+", at least so
// many, then "9k+", and never another number. cells is 4 or more.
func (h Hand) WindowIn(w picture.Window, cells int) string {
	full := h.Window(w)
	if width(full) <= cells {
		return full
	}
	return h.atLeastIn(w.Sure, cells)
}

// Level writes the official levels of a country as a range with the driving category, and with "!"
// when an area's level has expired: 3–5 T!. A country without levels on this desk is "?". The
// range takes three characters so that what follows stands in a column.
func (h Hand) Level(c *picture.Country) string {
	if c.Levels == nil || len(c.Levels.Areas) == 0 {
		return Unknown
	}
	s := h.LevelRange(c.Level)
	s += strings.Repeat(" ", max(0, 3-utf8.RuneCountInString(s))) + " " + c.Level.Driver.Letter()
	if c.Level.Expired > 0 {
		s += "!"
	}
	return s
}

// LevelRange is "3–5", or "3" where all areas are the same.
func (h Hand) LevelRange(s level.Summary) string {
	if s.Min == s.Max {
		return fmt.Sprint(s.Max)
	}
	return fmt.Sprintf("%d%s%d", s.Min, h.Dash, s.Max)
}

// LevelChange writes a change of an official level: 4→5, new 3, or 3 removed.
func (h Hand) LevelChange(c *level.Change) string {
	switch {
	case c.From == 0:
		return h.Sayf("new %d", c.To)
	case c.To == 0:
		return h.Sayf("%d removed", c.From)
	default:
		return fmt.Sprintf("%d%s%d", c.From, h.Right, c.To)
	}
}

// LevelMoved tells which way the official levels of c moved in the changes given: the mark of up or down
// for the newest change that was a rise or a fall, or empty.
func (h Hand) LevelMoved(changes []level.Change, c country.Code) string {
	for i := range changes {
		switch ch := &changes[i]; {
		case ch.Country != c || ch.From == 0 || ch.To == 0:
		case ch.To > ch.From:
			return h.Up
		case ch.To < ch.From:
			return h.Down
		}
	}
	return ""
}

// Estimate writes the band of vigil's estimate: V.High, or "?".
func (h Hand) Estimate(e risk.Estimate) string {
	if !e.Known {
		return Unknown
	}
	return h.Say(e.Worst.Band.Label())
}

// Band is how bad an estimate is, for its colour: see [BandColour].
func Band(e risk.Estimate) int {
	if !e.Known {
		return 0
	}
	return BandColour(e.Worst.Band)
}

// BandColour is how bad a band is, for its colour: 2 (low) to 5 (very high and unacceptable, which their words tell
// apart); 0 when it is not known. Nothing that is estimated is very low.
func BandColour(b level.Band) int {
	if b == level.BandNone {
		return 0
	}
	return min(int(b)+1, 5)
}

// Own writes the rate against the country's own normal: 2.1, "?", or 2.1! where the last days that are whole
// are long past.
func (h Hand) Own(t risk.Trend) string {
	if !t.Known {
		return Unknown
	}
	mark, decimals := "", 1
	if t.Old {
		mark = "!"
	}
	switch {
	case t.Ratio >= 99.5:
		return "99+" + mark
	case t.Old && t.Ratio >= 9.95:
		decimals = 0
	}
	return h.Decimal(t.Ratio, decimals) + mark
}

// Staff figures of a country. National and International are lower bounds, "110+", while some of
// the staff are of unknown recruitment.

// Total is all staff of the country: 1,204, or "?" when no file says.
func (h Hand) Total(c *picture.Country) string { return h.staff(c, c.Staff.Total, 0) }

// National is the nationally recruited staff.
func (h Hand) National(c *picture.Country) string {
	return h.staff(c, c.Staff.National, c.Staff.RecruitmentUnknown)
}

// International is the internationally recruited staff.
func (h Hand) International(c *picture.Country) string {
	return h.staff(c, c.Staff.International, c.Staff.RecruitmentUnknown)
}

func (h Hand) staff(c *picture.Country, n, undecided int) string {
	if !c.HasStaff {
		return Unknown
	}
	return h.AtLeast(n, undecided == 0)
}

// StaffAge is the age of the oldest of the country's staff figures, with "!" past [StaffFresh]; "?"
// when one of them has no time, "-" when there are none.
func (h Hand) StaffAge(c *picture.Country, now time.Time) (age string, old bool) {
	switch {
	case !c.HasStaff:
		return Nothing, false
	case c.Staff.AsOf.IsZero():
		return Unknown + "!", true
	}
	return h.Age(c.Staff.AsOf, now, StaffFresh)
}

// Age writes how old something of t is at now, with "!" when that is more than limit (0 is no
// limit). A time that is not known is "?". Seconds are not told, "<1m", so that nothing on a screen
// moves only because a second has passed.
func (h Hand) Age(t, now time.Time, limit time.Duration) (age string, old bool) {
	if t.IsZero() {
		return Unknown, false
	}
	d := now.Sub(t)
	if d < time.Minute {
		return h.Units("<1m"), false
	}
	if old = limit > 0 && d > limit; old {
		return h.Span(d) + "!", true
	}
	return h.Span(d), false
}

// CountIn writes n, a lower bound unless it is whole, in at most cells characters: 1,101, then 1101, then
// 1k+, and never another number. cells is 3 or more.
func (h Hand) CountIn(n int, whole bool, cells int) string {
	full := h.AtLeast(n, whole)
	if width(full) <= cells {
		return full
	}
	if bare := ungrouped.Replace(full); width(bare) <= cells {
		return bare
	}
	return h.atLeastIn(n, cells)
}

// ungrouped takes out what stands between thousands.
var ungrouped = strings.NewReplacer(",", "", "\u00a0", "", " ", "")

// atLeastIn is the longest of 1,234+ 1k+ 1M+ that fits.
func (h Hand) atLeastIn(n, cells int) string {
	for _, unit := range []struct {
		size int
		name string
	}{{1, ""}, {1000, "k"}, {1000_000, "M"}} {
		if s := h.Number(n/unit.size) + unit.name + "+"; width(s) <= cells && n >= unit.size {
			return s
		}
	}
	return Unknown
}

// threatShort are the categories as CANNOT SEE lists them.
var threatShort = [...]string{"unknown", "conflict", "terror", "crime", "unrest", "hazards"}

// Threat is the name of a category in a sentence: armed conflict, terrorism, …
func (h Hand) Threat(t incident.Threat) string { return h.WordsAs("threat", t.String()) }

// Cannot writes what nobody can see of a country: "-" for nothing; "crime, <7 d" for one category and for
// all windows shorter than a week; ">7 d" where all is seen now, but what can be relied on does not reach
// back further than that, and "the past" where not even a day; "ALL, 3h12" for a country that is blind
// since so long; "recorded" in a picture of the past, and "being read" until the files have been.
func (h Hand) Cannot(c *picture.Country, now time.Time) string {
	cov := &c.Coverage
	var parts []string
	switch cov.State {
	case health.Recorded, health.Reading:
		return h.Words(cov.State.String())
	case health.Blind:
		parts = []string{h.Say("ALL")}
		if cov.Since.IsZero() {
			return h.Say("ALL, never seen")
		}
	case health.Partial:
		parts = []string{h.unseen(cov)}
	case health.Covered:
		if c.TooLate == 0 {
			return h.unreached(c)
		}
	}
	if c.TooLate > 0 {
		parts = append(parts, "<"+h.days(c.TooLate))
	}
	if cov.State != health.Covered && !cov.Since.IsZero() && c.TooLate == 0 {
		parts = append(parts, h.Span(now.Sub(cov.Since)))
	}
	return strings.Join(parts, ", ")
}

// unreached is the part of the past that no source can answer for, though all is seen now: it has been
// watched too short a time, or there is a gap.
func (h Hand) unreached(c *picture.Country) string {
	switch {
	case !c.Day.Known:
		return h.Say("the past")
	case !c.Week.Known:
		return ">" + h.Sayf("%d h", 24)
	case !c.Month.Known:
		return ">" + h.Sayf("%d d", 7)
	default:
		return Nothing
	}
}

// CannotIn is Cannot in at most cells characters: where it is too long the categories become their letters,
// "CU, <180 d", and nothing of it is ever cut off so that it says less than is missing.
func (h Hand) CannotIn(c *picture.Country, now time.Time, cells int) string {
	full := h.Cannot(c, now)
	if width(full) <= cells || c.Coverage.State == health.Recorded {
		return full
	}
	if c.Coverage.State == health.Reading {
		return h.Say("reading")
	}
	what := h.Say("ALL")
	if c.Coverage.State != health.Blind {
		what = ""
		for _, t := range c.Coverage.Unseen() {
			what += t.Letter()
		}
	}
	for _, rest := range []string{h.tooLate(c), strings.ReplaceAll(h.tooLate(c), " ", "")} {
		if s := strings.TrimPrefix(what+rest, ", "); width(s) <= cells {
			return s
		}
	}
	return what + "+"
}

func (h Hand) tooLate(c *picture.Country) string {
	if c.TooLate == 0 {
		return ""
	}
	return ", <" + h.days(c.TooLate)
}

func (h Hand) days(d time.Duration) string {
	const day = 24 * time.Hour
	return h.Sayf("%d d", int((d+day-1)/day))
}

// unseen lists the blind categories, or what is left to be seen where that is shorter.
func (h Hand) unseen(cov *health.Coverage) string {
	list := cov.Unseen()
	if len(list) < 4 {
		words := make([]string, len(list))
		for i, t := range list {
			words[i] = h.Say(threatShort[t])
		}
		return strings.Join(words, ", ")
	}
	for _, t := range cov.Seen.Threats() {
		return h.Sayf("all but %s", h.Say(threatShort[t]))
	}
	return h.Say("ALL")
}

// State is the word for a source's state: small while it sees, in capitals when it does not.
func (h Hand) State(s health.State) string {
	if s.Sees() {
		return h.Say(s.String())
	}
	return h.Say(strings.ToUpper(s.String()))
}

// InState is how many sources are in a state: "2 STALE".
func (h Hand) InState(n int, s health.State) string {
	switch s {
	case health.Live:
		return h.Tally(n, "live")
	case health.Quiet:
		return h.Tally(n, "quiet")
	case health.Stale:
		return h.Tally(n, "STALE")
	case health.Failed:
		return h.Tally(n, "FAILED")
	case health.Never:
	}
	return h.Number(n) + " " + h.State(s)
}

// States lists every state in the order in which counts of sources are told, the best first.
func States() []health.State {
	return []health.State{health.Live, health.Quiet, health.Stale, health.Failed, health.Never}
}

// Categories lists a set of threat categories in short words: "conflict, crime", or "everything".
func (h Hand) Categories(s health.ThreatSet) string {
	list := s.Threats()
	if len(list) == len(incident.Threats()) {
		return h.Say("everything")
	}
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = h.Say(threatShort[t])
	}
	return strings.Join(words, ", ")
}

// harmedWords are the outcomes of Outcomes.Counts.
var harmedWords = [...]string{lang.Msg("kil"), lang.Msg("inj"), lang.Msg("abd"), lang.Msg("det"), lang.Msg("oth")}

// Harmed writes the outcomes of 30 days in persons: "3 kil 1 inj 2 abd 4 oth", "none", or "none seen" where the
// window is not whole; a figure that is not whole has a + behind it.
func (h Hand) Harmed(o *picture.Outcomes) string {
	var parts []string
	open := false
	for i, n := range o.Counts() {
		if n.N > 0 || o.Open[i] > 0 {
			parts = append(parts, h.AtLeast(n.N, n.Known)+" "+h.Say(harmedWords[i]))
		}
		open = open || !n.Known
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " ")
	case open:
		return h.Say("none seen")
	default:
		return h.Say("none")
	}
}

// Hazards writes the active hazards with the worst severity: "2 severe", "0", or "?" where no source
// that can be relied on covers hazards.
func (h Hand) Hazards(all *picture.Hazards) string {
	s := h.AtLeast(all.Active, all.Known)
	if all.Active == 0 {
		return s
	}
	if all.Worst == incident.SeverityUnknown {
		return h.Shown(s, all.Active, "ungraded", "ungraded")
	}
	return s + " " + h.Words(all.Worst.String())
}
