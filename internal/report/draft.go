package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// usualNext is when the next flash report is due where nobody says.
const usualNext = 30 * time.Minute

// FlashOf is a report that was given, as it may be written out.
func FlashOf(v picture.View, f duty.Flashed) Flash {
	v = v.Shared()
	out := Flash{
		Exercise: v.Desk().Exercise, Number: f.Number, Country: f.Country, At: f.At, By: f.By,
		Confirmed: f.Confirmed.Safe(), NotConfirmed: f.NotConfirmed.Safe(), NotKnown: f.NotKnown.Safe(), Action: f.Action.Safe(), Next: f.Next,
	}
	about := f.Incident
	switch a, ok := v.Duty().Alarm(f.Alarm); {
	case ok:
		out.Of, out.Subject = a.Called(), safetext.Clean(a.Raise.Text())
		if out.Country == "" {
			out.Country = a.Raise.Country
		}
		if about.IsZero() {
			about = a.Raise.Incident
		}
		if alarm.OfRestricted(a.Raise) {
			out.Restricted, out.Subject, out.Country = true, safetext.Text{}, ""
		}
	case !f.Incident.IsZero():
		out.Of = f.Incident.ID.Line().String()
	default:
		out.Of = f.Country
		if c, ok := country.Parse(f.Country); ok {
			out.Subject = safetext.Clean(v.CountryNames().Name(c))
		}
	}
	out.Country, out.Of = safetext.Clean(out.Country).String(), safetext.Clean(out.Of).String()
	if about.IsZero() {
		return out
	}
	id, _ := v.IDOf(about.Identity())
	d, ok := v.Detail(id)
	switch {
	case ok && d.Row.Restricted:
		out.Restricted, out.Subject, out.Country = true, safetext.Text{}, ""
		out.Of = strings.TrimPrefix(out.Of, f.Incident.ID.Line().String())
	case ok && kept(&d):
		out.Subject, out.Country = onward(&d)
	case ok && out.Subject.IsZero():
		out.Subject = safetext.Clean(line(&d.Row, v.Valid()))
	}
	if ok && d.Row.Refuted && !out.Restricted { // whoever gets it late must not act on what rang
		out.Subject = safetext.Clean("REFUTED: " + out.Subject.String())
	}
	return out
}

// kept reports whether a version of an incident must not be passed on.
func kept(d *picture.Detail) bool {
	return slices.ContainsFunc(d.Versions, func(v picture.Version) bool { return v.Stands && v.Incident != nil && v.Incident.NoOnward })
}

// onward is what an incident is, and in which country, by the newest of its versions that may be passed on. What rang has the words of all
// of them, and is no more to be passed on than they are.
func onward(d *picture.Detail) (subject safetext.Text, in string) {
	for i := range d.Versions {
		v := &d.Versions[i]
		if !v.Stands || v.Incident == nil || v.Incident.NoOnward {
			continue
		}
		if len(v.Incident.Countries) == 1 {
			in = v.Incident.Countries[0].Alpha3()
		}
		return safetext.Clean(strings.Join(said(figure.Plain, v.Incident), ", ")), in
	}
	return safetext.Const("An incident that is marked not to be passed on"), ""
}

// Drafted is what a flash report begins with.
type Drafted struct {
	duty.Flash
	// Restricted says that the incident is restricted: nothing of it is in the draft, and nothing of it belongs into a report.
	Restricted bool
	Kept       int // versions that are marked not to be passed on, of which nothing is in the draft
}

// Draft is what a flash report on a subject begins with: what is confirmed, what is not and what is not known of its incident, by
// every version of it that stands, and when the next is due, in the language of h: it is a text that somebody goes on writing. id is the incident where the duty log does not name it yet, else 0.
func Draft(h figure.Hand, v picture.View, about duty.Subject, id picture.ID, now time.Time) Drafted {
	f := Drafted{}
	f.Flash = duty.Flash{Alarm: about.Alarm, Incident: about.Incident, Country: about.Country, Number: v.Duty().NextFlash(about), Next: now.Add(usualNext).Truncate(time.Minute)}
	if a, ok := v.Duty().Alarm(about.Alarm); ok {
		f.Incident, f.Country = a.Raise.Incident, a.Raise.Country
		if alarm.OfRestricted(a.Raise) {
			f.Country, f.Restricted = "", true
			return f
		}
	}
	shared := v.Shared()
	if id == 0 {
		id, _ = shared.IDOf(f.Incident.Identity())
	}
	d, ok := shared.Detail(id)
	switch {
	case !ok:
		return f
	case d.Row.Restricted:
		f.Country, f.Restricted = "", true
		return f
	}
	if f.Country == "" && len(d.Row.Countries) == 1 {
		f.Country = d.Row.Countries[0].String()
	}
	var sure, unsure []string
	add := func(version *picture.Version, words []string) {
		if len(words) == 0 {
			return
		}
		line := strings.Join(words, ", ") + " (" + by(h, version, now) + ")"
		switch version.Incident.Verification.Value {
		case incident.Confirmed:
			sure = append(sure, line)
		case incident.Refuted:
			sure = append([]string{h.Sayf("REFUTED, it did not happen as reported: %s", line)}, sure...)
		default:
			unsure = append(unsure, line)
		}
	}
	for i := range d.Versions {
		version := &d.Versions[i]
		switch {
		case !version.Stands || version.Incident == nil:
		case version.Incident.NoOnward:
			f.Kept++
		default:
			add(version, said(h, version.Incident))
		}
	}
	for _, other := range figure.FilledBy(d.Row.Filled) {
		if t, ok := shared.Detail(other.By); ok && t.Shown.Incident != nil && !t.Shown.Incident.NoOnward {
			add(&t.Shown, filled(h, t.Shown.Incident, other.By, d.Row.Filled))
		}
	}
	f.Confirmed, f.NotConfirmed = duty.Words(strings.Join(sure, "\n")), duty.Words(strings.Join(unsure, "\n"))
	if f.Kept == 0 {
		f.NotKnown = duty.Words(strings.Join(unknown(h, &d.Row), ", "))
	}
	return f
}

// filled is what the incident leaves unsaid and another telling of its event says, and no more of that.
func filled(h figure.Hand, says *incident.Incident, by picture.ID, list []picture.Filled) []string {
	part, act := incident.Incident{}, false
	for _, f := range list {
		if f.By != by {
			continue
		}
		switch f.Field {
		case picture.FieldAct:
			part.Act, act = says.Act, true
		case picture.FieldPlace:
			part.Place = says.Place
		case picture.FieldAdmin1:
			part.Admin1 = says.Admin1
		case picture.FieldWhen:
			part.Occurred = says.Occurred
		case picture.FieldPeople:
			part.Affected = says.Affected
		default: // of which a line says nothing
		}
	}
	words := said(h, &part)
	if !act {
		return words[1:]
	}
	return words
}

// said is what one telling says, in a line.
func said(h figure.Hand, i *incident.Incident) []string {
	words := []string{h.Words(i.Act.Value.String())}
	if i.Act.Unlisted() {
		words[0] = i.Act.Text.OneLine().String()
	}
	if title := i.Title.OneLine().String(); title != "" {
		words[0] = title
	}
	var where []string
	for _, t := range []safetext.Text{i.Place, i.Admin1} {
		if !t.IsZero() {
			where = append(where, t.String())
		}
	}
	if len(where) > 0 {
		words = append(words, strings.Join(where, ", "))
	}
	if !i.Occurred.IsZero() {
		words = append(words, h.WhenWhole(i.Occurred))
	}
	for _, a := range i.Affected {
		words = append(words, affected(h, &a))
	}
	return words
}

// by is who says so.
func by(h figure.Hand, version *picture.Version, now time.Time) string {
	i := version.Incident
	source := version.Source.String()
	if !i.Grade.IsZero() {
		source += " " + i.Grade.String()
	}
	if v := i.Verification.Value; v != incident.Confirmed && v.String() != "" {
		source += ", " + h.Words(v.String())
	}
	if age := now.Sub(version.Received); age >= time.Minute {
		source += ", " + version.Received.UTC().Format("15:04Z")
	}
	return source
}

// affected is a figure with what it counts: 2 abducted, ngo, national.
func affected(h figure.Hand, a *incident.Affected) string {
	count := fmt.Sprint(a.Count)
	if a.Count == incident.Uncounted {
		count = h.Say("an unknown number")
	}
	words := count + " " + h.Words(a.Outcome.Value.String())
	for _, w := range []string{a.Population.Value.String(), a.Recruitment.Value.String()} {
		if w != "" {
			words += " " + h.Words(w)
		}
	}
	return words
}

// unknown is what the record does not say and everybody will ask.
func unknown(h figure.Hand, r *picture.Row) []string {
	var list []string
	if r.When.IsZero() {
		list = append(list, h.SayAs("not known", "time"))
	}
	if r.Place.IsZero() {
		list = append(list, h.SayAs("not known", "place"))
	}
	if !r.Killed.Known && !r.Injured.Known && !r.Abducted.Known && !r.Detained.Known {
		list = append(list, h.Say("how many people are affected"))
	}
	if r.Tellings == 1 {
		list = append(list, h.Say("whether another source has it"))
	}
	return list
}

// line is an incident in a line.
func line(r *picture.Row, now time.Time) string {
	words := figure.Plain.Act(r)
	if title := r.Title.OneLine().String(); title != "" {
		words = title
	}
	if place := figure.Place(r); place != "" {
		words += ", " + place
	}
	return words + ", " + figure.Plain.When(r, now)
}
