package exercise

import (
	"fmt"
	"slices"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Who is on duty. Oscar has the watch when the exercise begins; Lima had it before, and Papa works at a second console.
const (
	lima      = "Lima"
	oscar     = "Oscar"
	papa      = "Papa"
	radioRoom = "radio room"
)

// OnWatch is since when Oscar has had the watch when the exercise begins.
const OnWatch = 8*time.Hour + 32*time.Minute

// night is the duty log of the shift before, as it is being written. Entries are said in any order, with how long before the
// exercise began they were made.
type night struct {
	now     time.Time
	entries []duty.Entry
}

// Night is the duty log that the exercise begins with: the end of Lima's watch, the handover, and what Oscar and Papa did since. Every
// kind of thing that can stand in a log stands in it, and alarms in every state. It is the same each time but for the clock.
func Night(now time.Time) []duty.Entry {
	n := &night{now: now.UTC()}
	n.limas()
	n.handover()
	n.hoax()
	n.stations()
	n.abduction()
	n.lately()
	slices.SortStableFunc(n.entries, func(a, b duty.Entry) int { return a.At.Compare(b.At) })
	return n.entries
}

func (n *night) at(ago time.Duration) time.Time { return n.now.Add(-ago) }

// nightID begins the ids of the entries of the shift before.
const nightID = "exercise-"

// say writes an entry, and gives its id.
func (n *night) say(id string, ago time.Duration, by string, b duty.Body) string {
	e := duty.Entry{
		V: dutylog.Version, ID: nightID + id, At: n.at(ago), From: safetext.Const("EXERCISE, written before it began"),
		Role: safetext.Clean(picture.DutyOfficer.String()), By: safetext.Clean(by), Body: b, Word: b.Kind(),
	}
	if by == vigil {
		e.Role, e.By = safetext.Text{}, duty.Vigil
	}
	n.entries = append(n.entries, e)
	return e.ID
}

// vigil is the By of what vigil does itself.
var vigil = duty.Vigil.String()

// words are those of the exercise, and marked.
func words(format string, args ...any) duty.Text {
	return duty.Words("EXERCISE " + fmt.Sprintf(format, args...))
}

// marked is what vigil says in the exercise, which is marked in every language.
func marked(s saying.Saying) saying.Saying { return saying.Join(" ", saying.Text("EXERCISE"), s) }

// rings raises an alarm that no rule ends, because nothing of it is in the files.
func (n *night) rings(id string, ago time.Duration, rule string, s duty.Severity, country, text string) string {
	return n.say(id, ago, vigil, &duty.Raise{Rule: rule, Severity: s, Key: "exercise/" + id, Country: country, Words: words("%s", text)})
}

// ringsFor raises the alarm that a rule rings for an account, so that the rule finds it there and rings no second time: with what was done, what
// came of it and how sure that is, in the words that the rule would have, of which those who read other languages have their own.
func (n *night) ringsFor(a *account, id, rule string, s duty.Severity, did ...saying.Saying) string {
	parts := []saying.Saying{marked(saying.Join(" ", saying.Text(a.where().country), saying.Text(a.place), did[0]))}
	said := saying.Join(", ", append(append(parts, did[1:]...), saying.Count(1, "source", "sources"))...)
	return n.say(id, a.told-rung, vigil, &duty.Raise{
		Rule: rule, Severity: s, Key: alarm.IncidentKey(rule, a.identity()), Incident: duty.NameOf(a.identity()), Country: a.where().country,
		Words: duty.Words(said.String()), Said: said, Moment: true,
	})
}

// rung is how soon after it was told an account rings.
const rung = 20 * time.Second

// ack gives an alarm an owner for so long.
func (n *night) ack(id, alarm string, ago time.Duration, owner string, long time.Duration, why string) {
	n.say(id, ago, owner, &duty.Ack{Alarm: alarm, Owner: duty.Words(owner), Reason: words("%s", why), Until: n.at(ago).Add(long)})
}

// tell writes what became of a call: by whom, to whom, by what.
func (n *night) tell(id, alarm string, ago time.Duration, by, contact, channel string, o duty.Outcome, text string) {
	b := &duty.Told{Alarm: alarm, Contact: contact, Channel: channel, Outcome: o}
	if text != "" {
		b.Words = words("%s", text)
	}
	n.say(id, ago, by, b)
}

func (n *night) note(id string, ago time.Duration, by, text string) string {
	return n.say(id, ago, by, &duty.Note{Text: words("%s", text)})
}
