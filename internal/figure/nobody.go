package figure

import (
	"vigil/internal/duty"
)

// NobodyToTell is why the call tree of an alarm names nobody, as [duty.Sheet.None] has it in English; empty where it names somebody.
func (h Hand) NobodyToTell(s *duty.Sheet) string {
	a := s.Alarm
	switch {
	case s.None == "":
		return ""
	case a.Anew > 0:
		return h.Sayf("it is said again after all: tell them by A%d", a.Anew)
	case s.None == duty.NotSo:
		return h.Say("it is not so, and nobody was told of it")
	case s.Profile == nil && a.Raise.Country == "":
		return h.Say("it is of no country, so that no profile says whom to tell")
	case s.Profile == nil:
		return h.Sayf("no profile of %s can be used: put one into profiles/, as in examples/profile.yaml; vigil check says what is wrong with one that is there", duty.Words(a.Raise.Country))
	case !s.Says:
		return h.Sayf("the call tree of %s says nothing of %s alarms", s.Profile.Country, h.SayAs("alarm", string(a.Severity)))
	}
	return h.Sayf("the call tree of %s says that nobody is told of %s alarms", s.Profile.Country, h.SayAs("alarm", string(a.Severity)))
}
