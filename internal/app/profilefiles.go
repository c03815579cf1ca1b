package app

import (
	"fmt"
	"slices"
	"time"

	"vigil/internal/desk"
	"vigil/internal/misspelt"
	"vigil/internal/problem"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// profileFiles are the files of profiles/. They are not kept in the intake, which is no place for numbers: whom to tell at a
// time of the past is known for as long as vigil runs.
type profileFiles struct {
	keeper[*profile.Profile]
	across     []problem.Problem
	remembered // nothing: only whether the folder can be read
}

func newProfileFiles() profileFiles {
	return profileFiles{keeper: newKeeper(
		func(file string, e source.Event) (*profile.Profile, []problem.Problem, error) {
			return desk.ParseProfile(file, e.Data, e.ModTime)
		},
		func(old, now *profile.Profile) bool { return len(now.Contacts) < len(old.Contacts) },
	)}
}

func (p *profileFiles) problems() []problem.Problem { return slices.Concat(p.allProblems(), p.across) }

// publish gives the store the profiles that hold, each with what stands against it. Of two for one country the first by the name
// of its file is used, and says so: nobody to call would be worse.
func (p *profileFiles) publish(h *hub, at time.Time) {
	all := p.good()
	p.across = desk.CheckProfiles(all)
	var set profile.Set
	for _, one := range all {
		if had, again := set.Of(one.Country); again {
			had.Trouble = safetext.Clean("two profiles of this country, and this is " + had.Origin.File.String() + ": see also " + one.Origin.File.String())
			continue
		}
		mine := *one
		if f := p.files[one.Origin.File.String()]; f != nil {
			switch {
			case !f.now().trouble.IsZero():
				mine.Trouble = f.now().trouble
			case !f.gone.IsZero():
				mine.Trouble = safetext.Const("the file is gone")
			}
		}
		set = append(set, &mine)
	}
	slices.SortFunc(set, func(a, b *profile.Profile) int { return int(a.Country) - int(b.Country) })
	h.store.SetProfiles(set, at)
	h.notes()
}

// troubles are those of the files, and the countries that have two.
func (p *profileFiles) troubles() []string {
	list := p.keeper.troubles()
	for _, a := range p.across {
		list = append(list, a.String())
	}
	return list
}

// leaderless are the profiles without a contact of the function that shipped rules tell beside any call tree.
func (h *hub) leaderless() []problem.Problem {
	var list []problem.Problem
	for _, p := range h.profiles.good() {
		if len(p.Posts(profile.SecurityLead)) > 0 {
			continue
		}
		list = append(list, problem.Problem{
			File: p.Origin.File, Line: p.Origin.Line, Warning: true,
			Message: safetext.Const("no contact has the function security lead, who is told of what is restricted and of a watch that was taken over: " +
				`add to contacts - {function: security lead, call_sign: …, channels: [{kind: mobile, number: "…"}]}`),
		})
	}
	return list
}

// unanswered are the steps of the desk's own alarm rules that escalate to a function of which no profile has a contact: nobody would be
// called.
func (h *hub) unanswered() []problem.Problem {
	var functions []string
	profiles := h.profiles.good()
	for _, p := range profiles {
		for i := range p.Contacts {
			functions = append(functions, p.Contacts[i].Function.String())
		}
	}
	has := func(to string) bool {
		return slices.ContainsFunc(profiles, func(p *profile.Profile) bool { return len(p.Posts(to)) > 0 })
	}
	var list []problem.Problem
	for i := range h.config.Alarms {
		r := &h.config.Alarms[i]
		for _, rung := range r.Escalate {
			if r.Line == 0 || r.Off || rung.To == "" || has(rung.To) {
				continue
			}
			why := "write one into a profile in " + desk.ProfilesDir + "/, or the function that one has"
			if near, is := misspelt.Nearest(rung.To, functions); is {
				why = "did you mean " + near + "?"
			}
			list = append(list, problem.Problem{
				File: safetext.Const(desk.ConfigName), Line: r.Line, Warning: true,
				Message: safetext.Clean(fmt.Sprintf("alarm %q escalates to %q, and no profile has a contact of that function: nobody would be called; %s", r.Name, rung.To, why)),
			})
		}
	}
	return list
}

// staleProfiles are the profiles whose numbers nobody has tried for long.
func (h *hub) staleProfiles(now time.Time) []problem.Problem {
	var list []problem.Problem
	for _, p := range h.profiles.good() {
		if !p.Reviewed.IsZero() && p.Stale(now) {
			list = append(list, problem.Problem{
				File: p.Origin.File, Line: p.Origin.Line, Warning: true,
				Message: safetext.Clean("the numbers were last tried on " + p.Reviewed.String() + ", more than 180 days ago: try them, and write reviewed anew"),
			})
		}
	}
	return list
}
