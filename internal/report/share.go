package report

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Why nothing of an incident can be handed on.
var (
	ErrRestricted = errors.New("restricted: nothing of it is copied")
	ErrNoOnward   = errors.New("it is marked not to be passed on: nothing of it is in a text to share")
	ErrIntimate   = errors.New("sexual violence: who was there is soon known, and nothing of it is in a text to share")
	ErrNoPosition = errors.New("no position is stated")
	errGone       = errors.New("it is no longer listed in this picture")
)

// shown is an incident that the viewer may see.
func shown(v picture.View, id picture.ID) (picture.Detail, error) {
	d, ok := v.Detail(id)
	switch {
	case !ok:
		return d, errGone
	case d.Row.Restricted || d.Incident == nil:
		return d, ErrRestricted
	}
	return d, nil
}

// Coordinates are the position of an incident in degrees, latitude first, as maps take them: 15.66000, 0.50000.
func Coordinates(v picture.View, id picture.ID) (string, error) {
	d, err := shown(v, id)
	if err != nil {
		return "", err
	}
	if !d.Incident.HasPoint {
		return "", ErrNoPosition
	}
	return fmt.Sprintf("%.5f, %.5f", d.Incident.Point.Lat, d.Incident.Point.Lon), nil
}

// EventText is everything that a record says, a line each: for who may see it.
func EventText(v picture.View, id picture.ID) (string, error) {
	d, err := shown(v, id)
	if err != nil {
		return "", err
	}
	lines := []string{"id: " + d.Incident.Identity.Authority.String() + " " + d.Incident.Identity.ID.String()}
	for _, f := range figure.Plain.Fields(v.CountryNames(), d.Incident) {
		if f.Value != "" && f.Name != "record" {
			lines = append(lines, f.Name+": "+f.Value)
		}
	}
	lines = append(lines, "stands: "+figure.Plain.Standing(&d.Row), "source: "+d.Row.Source.String())
	if v.Desk().Exercise {
		lines = append([]string{"EXERCISE"}, lines...)
	}
	return strings.Join(lines, "\n"), nil
}

// Share is an incident in a text that may leave the desk: what happened, in which country and first administrative level, on which
// day, and how far it is established. No title and no narrative, no people and no numbers of them, no place and no position within
// the area, no source, no id and no actor. What is restricted, what its source wants kept, and sexual violence is refused.
func Share(v picture.View, id picture.ID, now time.Time) (string, error) {
	d, err := shown(v, id)
	switch {
	case err != nil:
		return "", err
	case kept(&d):
		return "", ErrNoOnward
	case d.Row.Act.Is(incident.SexualViolence):
		return "", ErrIntimate
	}
	r := &d.Row
	what := "Incident"
	if !r.Act.Unlisted() && r.Act.Value != incident.ActUnknown { // words that are a source's own may say anything
		what = strings.ToUpper(r.Act.Value.String()[:1]) + figure.Plain.Words(r.Act.Value.String())[1:]
	}
	where := make([]string, len(r.Countries))
	for i, c := range r.Countries {
		where[i] = v.CountryNames().Name(c)
	}
	if len(where) == 0 {
		where = []string{"country not established"}
	}
	if area := r.Admin1.OneLine().String(); area != "" && !strings.ContainsFunc(area, unicode.IsDigit) {
		where = append(where, area)
	}
	text := what + ", " + strings.Join(where, ", ") + ", " + day(r) + ": " + established(r) + ". As known at " + figure.Plain.Time(now) + "."
	if v.Desk().Exercise || r.Status != incident.Actual {
		text = "EXERCISE " + text
	}
	return safetext.Clean(text).String(), nil
}

// day is when it was, to the day: the hour is a detail.
func day(r *picture.Row) string {
	switch {
	case r.Future, r.When.IsZero():
		return "date not established"
	case r.When.Precision == incident.ToTime:
		return r.When.Start.UTC().Format(time.DateOnly)
	}
	return r.When.String()
}

// established is how far it stands.
func established(r *picture.Row) string {
	switch {
	case r.Refuted:
		return "REFUTED"
	case r.Cancelled, r.Withdrawn:
		return "WITHDRAWN"
	case r.Conflict:
		return "accounts differ"
	case r.Verified.Unlisted():
		return "not verified"
	}
	return r.Verified.Value.String()
}
