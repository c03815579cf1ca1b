// Package positions reads where vehicles, radios and people are that somebody tracks: Cursor on Target XML, as
// TAK servers and radios speak it, and KML and KMZ. Positions feed presence; nothing here is ever an incident.
//
// # Guarantees
//
//   - A place that is not known stays so: 9999999 is no accuracy and no height, and latitude and longitude
//     of 0 without an accuracy are what a device says that has no fix.
//   - A time that cannot be read is none. Stale is when the source itself says that the position ends.
//   - Every event and every placemark gives one record; what tracks nothing is refused with the reason, a
//     ping is a heartbeat.
//   - Names go into [presence.Name] and into no message.
package positions

import (
	"math"
	"strconv"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// reading is a record being read.
type reading struct {
	ctx  *feed.Context
	text feed.Text
	rec  feed.Record
	pos  presence.Position
}

func newReading(ctx *feed.Context, line int, offset int64) *reading {
	return &reading{ctx: ctx, rec: feed.Record{Kind: feed.Position, Line: line, Offset: offset}}
}

func (r *reading) warn(format string, args ...any) {
	r.rec.Problems = append(r.rec.Problems, r.ctx.Warn(r.rec.Line, 0, format, args...))
}

// refuse is the record of what cannot be used.
func (r *reading) refuse(format string, args ...any) feed.Record {
	first := []problem.Problem{r.ctx.Reject(r.rec.Line, 0, format, args...)}
	return feed.Record{Line: r.rec.Line, Offset: r.rec.Offset, Problems: append(first, r.rec.Problems...)}
}

// exclude is the record of what tracks nothing, and need not.
func (r *reading) exclude() feed.Record {
	return feed.Record{Kind: feed.Excluded, Line: r.rec.Line, Offset: r.rec.Offset}
}

// done is the record of a position.
func (r *reading) done() feed.Record {
	r.pos.Authority = r.ctx.Resolve(safetext.Text{}, "")
	r.pos.Origin = incident.Origin{File: r.ctx.File, Line: r.rec.Line, Offset: r.rec.Offset}
	pos := r.pos
	r.rec.Position = &pos
	r.rec.Repairs.Text = r.text.Report
	return r.rec
}

// identify gives the position its id. ok is false when it has none that could be told from others.
func (r *reading) identify(id string) (ok bool) {
	r.pos.ID = r.text.Line(id)
	return !r.pos.ID.IsZero() && r.pos.ID.Len() <= feed.MaxID
}

// time reads a time; one that cannot be read is none, with a warning.
func (r *reading) time(name, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	w, err := incident.ParseWhen(s)
	if err != nil || w.Precision < incident.ToDate {
		r.warn("%s: %q is no time in UTC or with an offset: it is taken as unknown; write 2026-11-20T14:21:00Z", name, s)
		return time.Time{}
	}
	return w.Start
}

// unknown is how Cursor on Target writes a number that nobody knows.
const unknown = 9999999

// place takes in a position in degrees.
func (r *reading) place(lat, lon string) {
	y, errY := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errX := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := incident.Point{Lat: y + 0, Lon: x + 0} // there is no negative zero
	switch {
	case errY != nil || errX != nil || math.IsNaN(x) || math.IsNaN(y):
		r.warn("the position cannot be read: where it is is unknown; write latitude and longitude in degrees (in KML longitude,latitude)")
	case y == unknown || x == unknown: // as the source says itself
	case !p.Valid():
		r.warn("latitude %v, longitude %v is not on the earth: where it is is unknown; the two may be swapped", y, x)
	default:
		r.pos.Point, r.pos.HasPoint = p, true
	}
}
