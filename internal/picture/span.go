package picture

import "time"

// span is an [incident.Interval] in Unix nanoseconds, for what is asked of each of a million incidents. Its start is noTime when
// there is no time at all; that is before all history.
type span struct{ start, end int64 }

// span is when it happened.
func (r *rows) span(h handle) span {
	x := r.at(h)
	if !x.timed() {
		return span{noTime, noTime}
	}
	start := r.start(h)
	return span{start, start + r.length(h, x)}
}

// within and overlaps are as [incident.Interval.Within] and [incident.Interval.Overlaps] say.
func (s span) within(from, to int64) bool {
	return s.start != noTime && s.start >= from && s.start < to && s.end <= to
}

func (s span) overlaps(from, to int64) bool {
	return s.start != noTime && s.start < to && (s.end > from || s.start >= from)
}

// middle is the middle of it.
func (s span) middle() int64 { return s.start + (s.end-s.start)/2 }

// windows are the beginnings of the windows that end at a time.
type windows struct{ to, day, week, month int64 }

func windowsTo(t time.Time) windows {
	return windows{nanos(t), nanos(t.Add(-Day)), nanos(t.Add(-Week)), nanos(t.Add(-Month))}
}
