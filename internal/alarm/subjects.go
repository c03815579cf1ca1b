package alarm

import (
	"net/url"
	"strings"
	"time"

	"vigil/internal/alarm/three"
	"vigil/internal/calendar"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/query"
)

// countrySubject answers for one country.
type countrySubject struct {
	v       picture.View
	c       *picture.Country
	now     time.Time
	changes []level.Change // of its levels, within the last day
	rise    three.Number
}

func (s *countrySubject) Ask(field string, _ any) any {
	c := s.c
	switch field {
	case "country":
		return three.Say(c.Code.Alpha3())
	case "home":
		return query.Of(c.Home)
	case "staff":
		if !c.HasStaff {
			return three.AtLeast(0)
		}
		return three.Exactly(c.Staff.Total)
	case "staff_age":
		if !c.HasStaff || c.Staff.AsOf.IsZero() {
			return three.AtLeast(0)
		}
		return three.Exactly(max(0, s.now.Sub(c.Staff.AsOf).Hours()))
	case "level":
		if c.Levels == nil || c.Level.Max == 0 {
			return three.Between(1, level.UNSLSMax)
		}
		return three.Exactly(c.Level.Max)
	case "level_raised", "level_lowered":
		for i := range s.changes {
			if raised(&s.changes[i]) == (field == "level_raised") {
				return query.Yes
			}
		}
		return query.No
	case "levels_expired":
		return three.Exactly(c.Level.Expired)
	case "estimate":
		if !c.Estimate.Known {
			return three.Between(1, int(level.Unacceptable))
		}
		return three.Exactly(int(c.Estimate.Worst.Band))
	case "estimate_rise":
		return s.rise
	case "trend":
		if !c.Trend.Known {
			return three.AtLeast(0)
		}
		return three.Exactly(c.Trend.Ratio)
	case "recent":
		if !c.Trend.Known {
			return three.AtLeast(c.Trend.Recent)
		}
		return three.Exactly(c.Trend.Recent)
	case "trend_old":
		if !c.Trend.Known {
			return query.Maybe
		}
		return query.Of(c.Trend.Old)
	case "blind":
		return s.covered(health.Blind)
	case "partial":
		return s.covered(health.Partial)
	case "blind_hours":
		switch {
		case c.Coverage.State != health.Blind && c.Coverage.State != health.Partial:
			return three.Exactly(0)
		case c.Coverage.Since.IsZero():
			return three.AtLeast(0)
		}
		return three.Exactly(max(0, s.now.Sub(c.Coverage.Since).Hours()))
	}
	return three.Any()
}

func (s *countrySubject) covered(is health.CoverState) three.Truth {
	switch s.c.Coverage.State {
	case health.Recorded, health.Reading: // of the past nobody recorded what was covered
		return query.Maybe
	case health.Blind, health.Partial, health.Covered:
	}
	return query.Of(s.c.Coverage.State == is)
}

// raised reports whether a level rose, or was given where there was none.
func raised(c *level.Change) bool { return c.To > c.From }

// sourceSubject answers for one source.
type sourceSubject struct {
	s   *picture.Source
	now time.Time
}

// troubled reports whether a source cannot be relied on.
func troubled(s *picture.Source) bool { return !s.State.Sees() }

func (s *sourceSubject) Ask(field string, _ any) any {
	switch field {
	case "source":
		return three.Say(s.s.Info.Name.String())
	case "state":
		return three.Say(s.s.State.String())
	case "hours":
		since := s.s.Facts.EndedAt(&s.s.Info.Profile)
		switch {
		case !troubled(s.s):
			return three.Exactly(0)
		case since.IsZero():
			return three.AtLeast(0)
		}
		return three.Exactly(max(0, s.now.Sub(since).Hours()))
	case "reason":
		return three.Say(s.s.Reason.String())
	case "polled":
		return query.Of(!s.s.Info.URL.IsZero())
	case "gap":
		return query.Of(len(s.s.Facts.Gaps) > 0)
	case "rejected":
		return three.Exactly(s.s.Counts.Rejected)
	}
	return three.Any()
}

// areaSubject answers for one area, as presence names it or as the levels do.
type areaSubject struct {
	staff picture.AreaStaff
	area  *level.Area // nil without a level
	said  bool        // a presence file says something of its country
	now   time.Time
}

func (s *areaSubject) Ask(field string, _ any) any {
	switch field {
	case "country":
		return three.Say(s.staff.Country.Alpha3())
	case "area":
		return three.Say(s.staff.Area.String())
	case "staff":
		if !s.said {
			return three.AtLeast(0)
		}
		return three.Exactly(s.staff.Staff)
	case "warden_zones":
		if s.staff.Counted > 0 {
			return three.AtLeast(s.staff.Zones)
		}
		return three.Exactly(s.staff.Zones)
	case "unzoned":
		return three.Between(s.staff.Unzoned, s.staff.Unzoned+s.staff.Counted)
	case "level":
		if s.area == nil || s.area.Level == 0 {
			return three.Between(1, level.UNSLSMax)
		}
		return three.Exactly(s.area.Level)
	case "expired":
		return query.Of(s.area != nil && s.area.Expired(s.now))
	}
	return three.Any()
}

// dueSubject answers for one thing that is expected at a time.
type dueSubject struct {
	d   *picture.Due
	now time.Time
}

func (s *dueSubject) Ask(field string, _ any) any {
	switch field {
	case "kind":
		return stated(s.d.Kind)
	case "title":
		return stated(s.d.Title.String())
	case "country":
		var codes []string
		for _, c := range s.d.Countries {
			codes = append(codes, c.Alpha3())
		}
		if len(codes) == 0 {
			return three.Word{}
		}
		return three.Say(codes...)
	case "hours":
		return three.Exactly(s.now.Sub(s.d.End).Hours())
	case "overdue":
		return query.Of(s.d.State == calendar.Overdue)
	case "forecast":
		return query.Of(s.d.Incident != 0)
	}
	return three.Any()
}

// deskSubject answers for the desk.
type deskSubject struct {
	v              picture.View
	polled, failed int
	hosts          map[string]bool
	alarms         int
	book           *duty.Book
	now            time.Time
}

func newDeskSubject(v picture.View, book *duty.Book, now time.Time) *deskSubject {
	s := &deskSubject{v: v, hosts: map[string]bool{}, book: book, now: now}
	for _, a := range book.Alarms(now) {
		if a.Rings(now) {
			s.alarms++
		}
	}
	for src := range v.Sources() {
		if src.Info.URL.IsZero() || src.Unread {
			continue
		}
		s.polled++
		if src.State == health.Failed {
			s.failed++
		}
		s.hosts[host(src.Info.URL.String())] = true
	}
	return s
}

// host of an address as it may be shown.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.ToLower(u.Host)
}

// networkDown reports whether everything that is fetched fails at once: one trouble, and not as many as there are sources.
func (s *deskSubject) networkDown() bool { return len(s.hosts) > 1 && s.failed == s.polled }

// silent reports whether the vigilance check of the night is not answered, and since when it asks.
func (s *deskSubject) silent() (since time.Time, is bool) {
	w, _ := s.book.Watch()
	return s.v.Desk().Vigilance.Silent(w, s.v.Attended(), s.now)
}

// takenOver is the last takeover of the watch, if it is of the last day.
func (s *deskSubject) takenOver() (duty.Takeover, bool) {
	t, ok := s.book.Takeover()
	return t, ok && s.now.Sub(t.At) < picture.Day
}

func (s *deskSubject) Ask(field string, _ any) any {
	switch field {
	case "polled":
		return three.Exactly(s.polled)
	case "polled_failed":
		return three.Exactly(s.failed)
	case "network_down":
		return query.Of(s.networkDown())
	case "not_recorded":
		return query.Of(!s.v.Desk().Recording.IsZero())
	case "blind":
		blind, _ := s.v.Blindness()
		return three.Exactly(blind)
	case "alarms":
		return three.Exactly(s.alarms)
	case "watch_hours":
		w, _ := s.book.Watch()
		if !w.Held() {
			return three.Exactly(0)
		}
		return three.Exactly(w.For(s.now).Hours())
	case "watch_silent":
		_, silent := s.silent()
		return query.Of(silent)
	case "watch_taken_over":
		_, taken := s.takenOver()
		return query.Of(taken)
	}
	return three.Any()
}
