package why

import (
	"slices"
	"time"

	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/risk"
)

// behind is what was found among the incidents for one figure of one picture.
type behind struct {
	made        bool
	sure, maybe []picture.ID
	estimate    risk.Estimate
	looked      int
	short       bool // not all incidents were looked at
}

// searched is how many of the newest incidents are looked at where the picture has no list of its own.
const searched = 50_000

// window finds the incidents of a window.
func (b *behind) window(d *deriver, length time.Duration) {
	if !b.made {
		b.sure, b.maybe = d.View.Behind(d.c.Code, length)
		b.made = true
	}
}

// rate finds the estimate with its references.
func (b *behind) rate(d *deriver) {
	if b.made {
		return
	}
	b.made = true
	if d.subject.Area >= 0 && d.c.Levels != nil && d.subject.Area < len(d.c.Levels.Areas) {
		b.estimate = d.View.AreaEstimate(d.c, d.subject.Area)
		return
	}
	b.estimate = d.View.Estimate(d.c.Code)
}

// active finds the hazards that are active.
func (b *behind) active(d *deriver) {
	if b.made {
		return
	}
	b.made = true
	b.scan(d.View, time.Time{}, func(r *picture.Row) bool {
		return r.Hazard && r.Ongoing && slices.Contains(r.Countries, d.c.Code) && counts(r)
	})
}

// harmed finds the incidents of the last 30 days, hazards included, that surely happened then.
func (b *behind) harmed(d *deriver) {
	if b.made {
		return
	}
	b.made = true
	valid := d.View.Valid()
	from := valid.Add(-picture.Month)
	b.scan(d.View, from, func(r *picture.Row) bool {
		return slices.Contains(r.Countries, d.c.Code) && counts(r) && r.Interval.Within(from, valid)
	})
	b.sure = slices.DeleteFunc(b.sure, func(id picture.ID) bool {
		return contribution(d.View, id) == [len(summed)]int{}
	})
}

// scan looks at the incidents, newest first, until they end before from.
func (b *behind) scan(v picture.View, from time.Time, takes func(*picture.Row) bool) {
	for id := range v.Incidents() {
		if b.looked == searched {
			b.short = true
			return
		}
		b.looked++
		r, ok := v.Row(id)
		if !ok {
			continue
		}
		end := r.Received
		if !r.Interval.IsZero() {
			end = r.Interval.End
		}
		if end.Before(from) && !r.Restricted {
			return // the list is sorted by this time
		}
		if takes(&r) {
			b.sure = append(b.sure, id)
		}
	}
}

// counts reports whether an incident is in any figure.
func counts(r *picture.Row) bool {
	return !r.Restricted && !r.Cancelled && !r.Withdrawn && !r.Refuted && !r.Forecast
}

// summed are the outcomes of a country's row.
var summed = [...]string{lang.Msg("killed"), lang.Msg("injured"), lang.Msg("abducted"), lang.Msg("detained"), lang.Msg("harmed otherwise")}

// contribution is what an incident adds to them: its staff.
func contribution(v picture.View, id picture.ID) [len(summed)]int {
	var out [len(summed)]int
	b := v.Affected(id)
	for i, o := range incident.Principal() {
		out[i], _ = b.Staff(o)
	}
	out[len(out)-1], _ = b.FurtherStaff()
	return out
}
