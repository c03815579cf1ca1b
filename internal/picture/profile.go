package picture

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/profile"
)

// SetProfiles replaces the profiles of all countries as a whole.
func (s *Store) SetProfiles(set profile.Set, seen time.Time) {
	s.profiles = append(s.profiles, version[profile.Set]{seen, set})
}

// Profile is the profile of a country as the viewer may see it: without numbers for a role that does not tell people. It must not
// be changed.
func (v View) Profile(c country.Code) (*profile.Profile, bool) {
	if v.p == nil {
		return nil, false
	}
	p, ok := v.p.profiles.Of(c)
	if ok && !v.MayDial() {
		p = p.Withheld()
	}
	return p, ok
}

// Sheet is the told-sheet of an alarm by the profile of its country; of one about an incident that the viewer may not see it is the security
// lead's alone.
func (v View) Sheet(a *duty.Alarm, now time.Time) *duty.Sheet {
	if v.HidesAlarm(a) {
		a = a.Veiled()
	}
	return duty.SheetOf(a, v.ToTell(a.Country()), now)
}

// Untold are the told-sheets on which somebody who must be told is not: of open alarms, and of closed ones that all must be told of again.
func (v View) Untold(now time.Time) []*duty.Sheet {
	return v.Duty().Untold(func(a *duty.Alarm) *duty.Sheet { return v.Sheet(a, now) })
}

// ToTell is the profile by which people are told of what is in a country; of what is in none that of the security leads. It is nil where
// there is none.
func (v View) ToTell(c country.Code) *profile.Profile {
	if c == 0 {
		return v.Profiles().Lead()
	}
	p, _ := v.Profile(c)
	return p
}

// Profiles are all profiles of the desk, as [View.Profile] gives them.
func (v View) Profiles() profile.Set {
	if v.p == nil {
		return nil
	}
	var set profile.Set
	for _, p := range v.p.profiles {
		own, _ := v.Profile(p.Country)
		set = append(set, own)
	}
	return set
}

// MayDial reports whether the viewer tells people, and so may see their numbers.
func (v View) MayDial() bool {
	switch v.role {
	case DutyOfficer, SecurityLead:
		return true
	}
	return false
}
