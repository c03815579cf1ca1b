package logbook

import (
	"strings"

	"vigil/internal/duty"
)

// line is what an entry says, the alarm that it is about before it. It may hold what people wrote, made safe.
func (r *Reading) line(e *duty.Entry) string {
	if !e.Understood() {
		return "a newer version of vigil wrote this, and this one does not know what it says"
	}
	about := duty.AlarmOf(e.Body)
	if e.Word == duty.KindRaise {
		about = e.ID
	}
	s := r.Says(e)
	if about != "" {
		s = called(r.Book, about) + ": " + s
	}
	if n, is := r.veiled(e).(*duty.Note); is {
		s += aside(n)
	}
	return s
}

// aside is what a note is about, and what it puts right.
func aside(n *duty.Note) string {
	var about []string
	if len(n.Incidents) > 0 {
		var names []string
		for _, i := range n.Incidents {
			names = append(names, i.String())
		}
		about = append(about, "about "+strings.Join(names, ", "))
	}
	if n.Corrects != "" {
		about = append(about, "corrects entry "+n.Corrects)
	}
	if len(about) == 0 {
		return ""
	}
	return " (" + strings.Join(about, "; ") + ")"
}

// called is what people call an alarm, else the id of the entry that raised it.
func called(b *duty.Book, id string) string {
	if b != nil {
		if a, ok := b.Alarm(id); ok {
			return a.Called()
		}
	}
	return "alarm " + id
}
