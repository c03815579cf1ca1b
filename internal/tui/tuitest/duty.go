package tuitest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Log is a duty log held in memory.
type Log struct {
	draft *duty.Draft
	n     int
}

// NewLog begins an empty one.
func NewLog() *Log { return &Log{draft: duty.NewDraft()} }

// Say writes an entry so long before Now, and gives its id.
func (l *Log) Say(ago time.Duration, by string, b duty.Body) string {
	l.n++
	e := &duty.Entry{
		V: 1, ID: fmt.Sprintf("entry-%d", l.n), At: Now.Add(-ago), By: safetext.Clean(by), Role: safetext.Const("duty officer"), Body: b, Word: b.Kind(), Seq: uint64(l.n),
		From: safetext.Const("room-1, vigil, pts/3"), Mono: duty.Mono{Boot: "5f1c", Since: 40*time.Hour - ago},
		Line: duty.Line{File: "000000000001.log", Number: l.n + 1, Hash: strings.Repeat("5e64e90f7a8cd146", 4)},
	}
	if err := e.Check(); err != nil {
		panic("tuitest: " + err.Error())
	}
	l.draft.Add(e)
	return e.ID
}

// On puts the log onto a desk.
func (l *Log) On(d *Desk) *Desk {
	o := sahelOptions()
	o.Desk.Duty = l.draft.Book()
	d.Store.SetOptions(o)
	return d
}

// Vigil is who raises alarms.
const Vigil = "vigil"

// OnDuty is the desk of the goldens with a night's work on it: alarms in every state of their lives.
func OnDuty() *Desk {
	d, l := OnDutyLog()
	return l.On(d)
}

// OnDutyLog is that desk with its log apart, so that more can be said in it; [Log.On] then puts it onto the desk.
func OnDutyLog() (*Desk, *Log) {
	l := NewLog()
	words, minute := duty.Words, time.Minute
	name := func(id string) duty.Name { return duty.Name{Authority: words("radio"), ID: words(id)} }
	old := l.Say(26*time.Hour, Vigil, &duty.Raise{Rule: "source stale", Severity: duty.Low, Key: "stale awsd", Source: "awsd", Words: words("awsd STALE since 2026-10-10 08:00Z")})
	l.Say(25*time.Hour, "Papa", &duty.Ack{Alarm: old, Owner: words("Papa"), Reason: words("export asked for"), Until: Now.Add(-20 * time.Hour)})
	l.Say(21*time.Hour, Vigil, &duty.Clear{Alarm: old, Words: words("awsd speaks again")})
	ended := l.Say(5*time.Hour, Vigil, &duty.Raise{Rule: "incident near staff", Severity: duty.High, Key: "near R-2026-0409", Incident: name("R-2026-0409"), Country: "NER", Words: words("NER Tillabéri  Attack on convoy, C3; near 12 (11n 1i) +3 no fix, presence of 2026-11-11 09:30Z"), Unsure: true})
	l.Say(3*time.Hour, Vigil, &duty.Clear{Alarm: ended})
	shelved := l.Say(4*time.Hour, Vigil, &duty.Raise{Rule: "country blind", Severity: duty.Medium, Key: "blind MRT", Country: "MRT", Words: words("MRT BLIND: no source sees it")})
	l.Say(200*minute, "Oscar", &duty.Shelve{Alarm: shelved, Reason: words("airfield radio under repair until the evening"), Until: Now.Add(4 * time.Hour)})
	stale := l.Say(130*minute, Vigil, &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "stale gdacs", Source: "gdacs", Words: words("gdacs STALE: hazards unseen in 5 countries")})
	l.Say(120*minute, "Oscar", &duty.Ack{Alarm: stale, Owner: words("Oscar"), Reason: words("link is down, called the provider"), Until: Now.Add(20 * minute)})
	l.Say(40*minute, Vigil, &duty.Raise{Rule: "level change", Severity: duty.High, Key: "rule/level change/MLI Gao region 4-5, 2026-11-20", Country: "MLI", Words: words("MLI Gao region: official level 4 to 5"), Moment: true})
	critical := l.Say(4*minute, Vigil, &duty.Raise{
		Rule: "outcomes to staff", Severity: duty.Critical, Key: "staff R-2026-0412", Incident: name("R-2026-0412"), Country: "MLI",
		Words: words("MLI Ansongo  Abduction, 2 nat. NGO, unconfirmed, 1 source; near 31 (28n 3i) +9 no fix, presence of 12:30Z"),
	})
	l.Say(4*minute, Vigil, &duty.Send{Alarm: critical, Channel: "duty phone"})
	l.Say(3*minute, Vigil, &duty.Send{Alarm: critical, Channel: "radio room", Failed: words("no answer within 10 s"), Tries: 3})
	l.Say(2*minute, "Oscar", &duty.Note{Text: words("Convoy leader called by VHF: one vehicle at the checkpoint, the other missing."), Alarm: critical, Significant: true})
	return Sahel(), l
}

// Promising is the desk of [OnDuty] on which flash reports were promised: one that is overdue, of an alarm that is closed meanwhile, one of an
// alarm, and one of an incident that the viewer may not know of.
func Promising() *Desk {
	d, l := OnDutyLog()
	words, minute := duty.Words, time.Minute
	ended, critical := "entry-4", "entry-11"
	l.Say(90*minute, "Oscar", &duty.Flash{Alarm: ended, Number: 1, Confirmed: words("One vehicle was shot at"), Next: Now.Add(-9 * minute)})
	l.Say(30*minute, "Oscar", &duty.Ack{Alarm: ended, Owner: words("Oscar"), Reason: words("all are back"), Until: Now.Add(30 * minute)})
	secret := duty.Name{Authority: words("radio"), ID: words(SecretID)}
	l.Say(5*minute, "lead", &duty.Flash{Incident: secret, Number: 2, Action: words("the lead has it"), Next: Now.Add(45 * minute)})
	l.Say(2*minute, "Oscar", &duty.Flash{Alarm: critical, Number: 1, NotConfirmed: words("Two were taken from a convoy"), Next: Now.Add(13 * minute)})
	return l.On(d)
}

// Flooded is the desk of [OnDuty] on which far more rings than anybody can read.
func Flooded() *Desk {
	d, l := OnDutyLog()
	Flood(l)
	return l.On(d)
}

// Flood has fourteen alarms ring within some minutes: of one rule in two countries, of one in none, and a second critical one.
func Flood(l *Log) {
	words, minute := duty.Words, time.Minute
	for i, area := range []string{"Gao", "Ansongo", "Menaka", "Kidal", "Bourem", "Tessit"} {
		l.Say(time.Duration(9-i)*minute, Vigil, &duty.Raise{Rule: "incident near staff", Severity: duty.High, Key: "near " + area, Country: "MLI", Words: words("MLI " + area + " shooting, unconfirmed, 1 source; near (25 km) 4"), Moment: true})
	}
	for i, area := range []string{"Diffa", "Tillabéri"} {
		l.Say(time.Duration(3-i)*minute, Vigil, &duty.Raise{Rule: "incident near staff", Severity: duty.High, Key: "near " + area, Country: "NER", Words: words("NER " + area + " complex attack, unconfirmed, 1 source; near (25 km) 9"), Unsure: true, Moment: true})
	}
	for i, source := range []string{"awsd", "border", "partner", "radio", "travel"} {
		l.Say(time.Duration(8-i)*minute, Vigil, &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "stale " + source, Source: source, Words: words(source + " STALE")})
	}
	l.Say(minute, Vigil, &duty.Raise{Rule: "staff killed, abducted or missing", Severity: duty.Critical, Key: "second", Country: "NER", Words: words("NER Diffa complex attack, 1 killed, unconfirmed, 1 source"), Moment: true})
}

// Ringing is the desk of the goldens on which the shipped rules have rung since a first read of three days ago, as the log has it, and nobody
// has done anything about it.
func Ringing() *Desk {
	d, l := RingingLog()
	return l.On(d)
}

// RingingLog is that desk with its log apart, as [OnDutyLog].
func RingingLog() (*Desk, *Log) {
	d, l := Sahel(), NewLog()
	first := saying.Of("first read, %s; of the last 48 h: %s", saying.Count(1, "incident was there", "incidents were there"), saying.Of("nothing would have rung"))
	l.raise(72*time.Hour, &duty.Raise{
		Rule: rule.Together, Severity: duty.Low, Key: "rule/" + rule.Together + "/first read", Moment: true, Together: 1, Through: Now.Add(-72 * time.Hour), Words: duty.Words(first.String()), Said: first,
	})
	l.On(d)
	ev := alarm.NewEvaluator(rule.Shipped()).Evaluate(d.View(), l.draft.Book())
	for i, w := range alarm.Step(&ev, rule.Shipped(), l.draft.Book(), alarm.Manned{}, Now).Writes {
		if r, is := w.Body.(*duty.Raise); is {
			l.raise(time.Duration(30-i)*time.Minute, r)
		}
	}
	return d, l
}

// raise writes the entry that raises an alarm, as it is read back from a log.
func (l *Log) raise(ago time.Duration, r *duty.Raise) {
	b, err := json.Marshal(r)
	read := &duty.Raise{}
	if err == nil {
		err = json.Unmarshal(b, read)
	}
	if err != nil {
		panic("tuitest: " + err.Error())
	}
	l.Say(ago, Vigil, read)
}
