package logbook

import (
	"fmt"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/figure"
)

// line is what an entry says, the alarm that it is about before it. It may hold what people wrote, made safe.
func (r *Reading) line(e *duty.Entry) string {
	if !e.Understood() {
		return r.hand.Say("a newer version of vigil wrote this, and this one does not know what it says")
	}
	about := duty.AlarmOf(e.Body)
	if e.Word == duty.KindRaise {
		about = e.ID
	}
	s := r.Says(e)
	if about != "" {
		s = r.hand.Sayf("%s: %s", called(r.Book, about), s)
	}
	if n, is := r.veiled(e).(*duty.Note); is {
		s += aside(r.hand, n)
	}
	return s
}

// aside is what a note is about, and what it puts right.
func aside(h figure.Hand, n *duty.Note) string {
	var about []string
	if len(n.Incidents) > 0 {
		var names []string
		for _, i := range n.Incidents {
			names = append(names, i.String())
		}
		about = append(about, fmt.Sprintf(h.SayAs("entry", "about %s"), strings.Join(names, ", ")))
	}
	if n.Corrects != "" {
		about = append(about, h.Sayf("corrects entry %s", n.Corrects))
	}
	if len(about) == 0 {
		return ""
	}
	return " (" + strings.Join(about, h.Say("; ")) + ")"
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
