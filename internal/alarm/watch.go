package alarm

import (
	"time"

	"vigil/internal/duty"
	"vigil/internal/profile"
	"vigil/internal/saying"
)

// leadFunction must know when the watch was taken over without the outgoing, and of what is restricted: of that no call tree can be asked.
const leadFunction = profile.SecurityLead

// watchWords say what rules ask of the watch.
func (s *deskSubject) watchWords(uses func(string) bool) (parts []saying.Saying) {
	w, _ := s.book.Watch()
	if uses("watch_hours") && w.Held() {
		parts = append(parts, saying.Of("%s has had the watch since %s: somebody should relieve them", w.Holder, clockOf(w.Since)))
	}
	if uses("watch_silent") {
		if since, silent := s.silent(); silent {
			parts = append(parts, saying.Of("%s, who has the watch, has not answered the vigilance check of %s, last sign of life %s", w.Holder, clockOf(since), s.lastSign(w)))
		}
	}
	if uses("watch_taken_over") {
		if t, taken := s.takenOver(); taken {
			parts = append(parts, saying.Of("%s took the watch over from %s at %s, without a handover: %s; tell the %s", t.By, t.From, clockOf(t.At), t.Reason, saying.Word(leadFunction)))
		}
	}
	return parts
}

// lastSign is when whoever has the watch gave a sign of life last.
func (s *deskSubject) lastSign(w duty.OnWatch) string {
	if at := s.v.Attended(); at.After(w.Since) {
		return clockOf(at)
	}
	return clockOf(w.Since)
}

func clockOf(t time.Time) string { return t.UTC().Format("2006-01-02 15:04Z") }
