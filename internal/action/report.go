package action

import (
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/voice"
)

// Report writes down what somebody reported: into the desk's own feed, as a native incident, and that it was into the duty log.
type Report struct {
	// Continues names the incident that it says more of. Zero is a new one. One of the own feed gets a further version. One of another
	// source is that source's to change: the desk's own word on it is a record of its own, which leads the event until a source
	// says something else.
	Continues incident.Identity
	Said      voice.Report
	// Refuted is why it did not happen as reported, where Said says that it is refuted.
	Refuted duty.Refutation
	// Reason is why verification moves. Of a restricted incident it is not written into the log.
	Reason duty.Text
}

// Verb is "report", or what is done to the incident.
func (r Report) Verb() string {
	switch {
	case r.Refuted != "":
		return "refute"
	case r.Said.Only(voice.Verification):
		return "verify"
	}
	return "report"
}

// Verify moves how far an incident is established.
func Verify(name incident.Identity, to incident.Verification, reason duty.Text) Report {
	return Report{Continues: name, Said: voice.Moved(to), Reason: reason}
}

// Refute says that an incident did not happen as reported.
func Refute(name incident.Identity, why duty.Refutation, reason duty.Text) Report {
	return Report{Continues: name, Said: voice.Moved(incident.Refuted), Refuted: why, Reason: reason}
}
