package figure

import (
	"time"

	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/picture"
)

// standings are what may stand against a source in words of the program that are always the same. What else does, such as the words of a
// server or of the operating system, stays as it is.
var standings = []string{
	lang.Msg("not read to its end yet: what is shown of it is what was read so far or recorded before"),
	lang.Msg("only the end of a file has been read: what it is and can answer for is not known before all of it is"),
	lang.Msg("NO DATA: the file is gone"),
	lang.Msg("not polled yet"),
	lang.Msg("incomplete record at the end of the file"),
	lang.Msg("half-written: the last good content is kept"),
	lang.Msg("there is no such file or directory: put it there, or correct its path in vigil.toml"),
	lang.Msg("permission denied: give this user the right to read it, and to enter the directories above it"),
}

// SourceReason is why a source is in its state, and what stands against it, in one line; empty for one that is live with nothing against it. known
// is the time of the picture: [picture.View.Known].
func (h Hand) SourceReason(s *picture.Source, known time.Time) string {
	if s.Unread {
		return h.Say(s.Reason.OneLine().String())
	}
	return h.FactsReason(&s.Facts, &s.Info.Profile, known)
}

// FactsReason is [Hand.SourceReason] of what was observed of a source.
func (h Hand) FactsReason(f *health.Facts, p *health.Profile, known time.Time) string {
	_, why := f.Why(p, known)
	reason := ""
	switch why.Cause {
	case health.NothingYet:
		reason = h.Say("NO DATA")
	case health.KeptOnly:
		reason = h.Sayf("kept answer of %s, not polled since", health.Moment(why.At, known))
	case health.Undated:
		reason = h.Say("no time in its content")
	case health.Old, health.OldAsServed:
		reason = h.Sayf("content is %s old, expected every %s", h.Span(known.Sub(why.At)), h.Span(why.Expect))
		if why.Cause == health.OldAsServed {
			reason += h.Say("; its server says that nothing is newer, but it was as old when it came")
		}
	}
	switch note := h.Say(why.Text.OneLine().String()); {
	case note == "":
		return reason
	case reason == "":
		return note
	default:
		return reason + h.Say("; ") + note
	}
}

// schemeLevels are the names of the levels of the United Nations, which a screen says by name; those of other schemes come from their files.
var schemeLevels = []string{
	lang.Msg("Minimal"), lang.Msg("Low"), lang.Msg("Moderate"), lang.Msg("Substantial"), lang.Msg("High"), lang.Msg("Extreme"),
}

// DueKind is what kind of thing is due: curfew, level expires, flash.
func (h Hand) DueKind(d *picture.Due) string {
	switch d.Kind {
	case "flash":
		return h.SayAs("kind", "flash")
	case "level expires":
		return h.Say("level expires")
	case "ack ends":
		return h.Say("ack ends")
	case "shelf ends":
		return h.Say("shelf ends")
	}
	return h.Words(d.Kind)
}
