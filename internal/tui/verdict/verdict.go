// Package verdict is what screens with events share of reporting: the keys that report more of an event or move how far it is
// established, and what the duty log says of that.
package verdict

import (
	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Closed says why nothing can be reported here at all; empty if it can: a report is of now.
func Closed(f screen.Frame) string {
	if !f.View.IsZero() && !f.View.Live() {
		return f.Say("this is a picture of the past: go back to now to report")
	}
	return ""
}

// Cannot says why nothing can be reported of an incident; empty if it can.
func Cannot(id picture.ID, f screen.Frame) string {
	d, ok := f.View.Detail(id)
	switch {
	case Closed(f) != "":
		return Closed(f)
	case !ok:
		return f.Say("there is no such event in this picture")
	case f.View.Ahead():
		return f.Say("the desk is not read to its end yet")
	case d.Row.Restricted:
		return f.Say("restricted: security lead only")
	case d.Row.Report:
		return f.Say("it is what was written about something: i reports what happened anew")
	}
	return ""
}

// next is where a key moves verification. What is refuted goes back to unconfirmed.
func next(v incident.Verification) incident.Verification {
	switch v {
	case incident.Unconfirmed:
		return incident.Probable
	case incident.Probable:
		return incident.Confirmed
	default:
		return incident.Unconfirmed
	}
}

// Ask is what the keys do to an incident.
func Ask(id keys.ID, of picture.ID, f screen.Frame) screen.Ask {
	switch id {
	case keys.Report:
		return screen.Ask{Go: screen.ToReport}
	case keys.Continue:
		return screen.Ask{Go: screen.ToReport, Subject: screen.Subject{Incident: of}}
	}
	d, ok := f.View.Detail(of)
	if !ok || d.Shown.Incident == nil {
		return screen.Ask{Say: Cannot(of, f)}
	}
	i := d.Shown.Incident
	if id == keys.Claim {
		return screen.Ask{Prefill: "claim " + i.Identity.Authority.String() + "/" + i.Identity.ID.String() + " for 1h"}
	}
	to := next(i.Verification.Value)
	return screen.Ask{
		Do:       action.Verify(i.Identity, to, duty.Text{}),
		Question: f.Sayf("%s/%s: %s now, move it to %s?", i.Identity.Authority, i.Identity.ID, f.Words(i.Verification.Value.String()), f.Words(to.String())),
	}
}

// Say writes what the duty log says of an incident.
func Say(w *page.Writer, f *screen.Frame, name incident.Identity) {
	if c, ok := f.View.Duty().ClaimOf(f.Now, name); ok {
		w.Say(theme.Accent, 0, f.Sayf("CLAIMED: %s", f.ClaimWords(&c)))
	}
	r, ok := f.View.Duty().Reported(name)
	if !ok {
		return
	}
	if len(r.Of) > 0 {
		w.Say(theme.Text, 0, f.Say("THE DESK'S OWN WORD on what another source tells: it stands for the event until a source says something else."))
	}
	if r.Verification == "" {
		return
	}
	text := f.Sayf("Moved to %s", f.Words(r.Verification))
	if r.Refuted != "" {
		text = f.Sayf("Refuted as %s", f.Words(string(r.Refuted)))
	}
	text += ", " + f.Time(r.Moved)
	if !r.By.IsZero() {
		text += ", " + f.Sayf("by %s", r.By.String())
	}
	if !r.Reason.IsZero() {
		text = f.Sayf("%s: %s", text, r.Reason.String())
	}
	w.Say(theme.Text, 0, text+f.Sayf(" (entry %d of the duty log)", r.Seq))
}
