package app

import (
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// The forms in which levels and presence are kept in the intake: whole sets, so that what was known
// at any time is one entry. Presence is kept as counts: people stay out of the intake.

type levelSetForm struct {
	Countries []levelCountryForm `json:"countries"`
}

type levelCountryForm struct {
	Country   country.Code   `json:"country"`
	Scheme    safetext.Text  `json:"scheme"`
	Authority safetext.Text  `json:"authority,omitzero"`
	Reviewed  string         `json:"reviewed,omitzero"`
	Names     map[string]int `json:"names,omitempty"`
	Areas     []levelForm    `json:"areas"`
}

type levelForm struct {
	Name       safetext.Text   `json:"name"`
	Level      int             `json:"level"`
	Since      string          `json:"since,omitzero"`
	ValidUntil string          `json:"valid_until,omitzero"`
	Places     []safetext.Text `json:"places,omitempty"`
	Threats    []int           `json:"threats"`
	Risks      []riskForm      `json:"srm,omitempty"`
	File       safetext.Text   `json:"file"`
	Line       int             `json:"line"`
}

type riskForm struct {
	Threat     string        `json:"threat"`
	Band       string        `json:"band"`
	ApprovedBy safetext.Text `json:"approved_by,omitzero"`
	ValidUntil string        `json:"valid_until,omitzero"`
}

func encodeLevels(set []level.Country) []byte {
	form := levelSetForm{Countries: make([]levelCountryForm, 0, len(set))}
	for i := range set {
		c := &set[i]
		cf := levelCountryForm{Country: c.Country, Scheme: c.Scheme, Authority: c.Authority, Reviewed: c.Reviewed.String()}
		for _, n := range c.Names {
			if cf.Names == nil {
				cf.Names = map[string]int{}
			}
			cf.Names[n.Name.String()] = n.Level
		}
		for j := range c.Areas {
			cf.Areas = append(cf.Areas, areaForm(&c.Areas[j]))
		}
		form.Countries = append(form.Countries, cf)
	}
	return mustEncode(form)
}

func areaForm(a *level.Area) levelForm {
	f := levelForm{
		Name: a.Name, Level: a.Level, Since: a.Since.String(), ValidUntil: a.ValidUntil.String(),
		Places: a.Places, Threats: a.Threats[:], File: a.Origin.File, Line: a.Origin.Line,
	}
	for _, r := range a.Risks {
		threat := r.Threat.Value.String()
		if r.Threat.Unlisted() {
			threat = r.Threat.Text.String()
		}
		f.Risks = append(f.Risks, riskForm{threat, r.Band.String(), r.ApprovedBy, r.ValidUntil.String()})
	}
	return f
}

func decodeLevels(data []byte) ([]level.Country, error) {
	var form levelSetForm
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, fmt.Errorf("levels in the intake: %w", err)
	}
	set := make([]level.Country, 0, len(form.Countries))
	for _, cf := range form.Countries {
		c := level.Country{Country: cf.Country, Scheme: cf.Scheme, Authority: cf.Authority, Reviewed: when(cf.Reviewed)}
		for _, name := range sortedKeys(cf.Names) {
			c.Names = append(c.Names, level.LevelName{Level: cf.Names[name], Name: safetext.Clean(name)})
		}
		for i := range cf.Areas {
			c.Areas = append(c.Areas, cf.Areas[i].area())
		}
		set = append(set, c)
	}
	return set, nil
}

func (f *levelForm) area() level.Area {
	a := level.Area{
		Name: f.Name, Level: f.Level, Since: when(f.Since), ValidUntil: when(f.ValidUntil),
		Places: f.Places, Origin: incident.Origin{File: f.File, Line: f.Line},
	}
	copy(a.Threats[:], f.Threats)
	for _, r := range f.Risks {
		band, _ := level.ParseBand(r.Band)
		a.Risks = append(a.Risks, level.PresentRisk{
			Threat: incident.ParseThreat(r.Threat), Band: band, ApprovedBy: r.ApprovedBy, ValidUntil: when(r.ValidUntil),
		})
	}
	return a
}

// when reads back what When.String wrote; anything else is unstated.
func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		return incident.When{}
	}
	return w
}

type presenceForm struct {
	Groups []groupForm `json:"groups"`
}

type groupForm struct {
	Country            country.Code  `json:"country"`
	Area               safetext.Text `json:"area,omitzero"`
	Organization       safetext.Text `json:"organization,omitzero"`
	Population         string        `json:"population,omitzero"`
	Total              int           `json:"total"`
	National           int           `json:"national"`
	International      int           `json:"international"`
	RecruitmentUnknown int           `json:"recruitment_unknown"`
	Female             int           `json:"female"`
	Male               int           `json:"male"`
	SexUnknown         int           `json:"sex_unknown"`
	AsOf               time.Time     `json:"as_of,omitzero"`
	FromRoster         bool          `json:"from_roster,omitzero"`
}

func encodePresence(l *presence.Ledger) []byte {
	form := presenceForm{Groups: make([]groupForm, 0, len(l.Groups))}
	for i := range l.Groups {
		g := &l.Groups[i]
		population := g.Population.Value.String()
		if g.Population.Unlisted() {
			population = g.Population.Text.String()
		}
		form.Groups = append(form.Groups, groupForm{
			g.Country, g.Area, g.Organization, population,
			g.Total, g.National, g.International, g.RecruitmentUnknown, g.Female, g.Male, g.SexUnknown,
			g.AsOf, g.FromRoster,
		})
	}
	return mustEncode(form)
}

func decodePresence(data []byte) (presence.Ledger, error) {
	var form presenceForm
	if err := json.Unmarshal(data, &form); err != nil {
		return presence.Ledger{}, fmt.Errorf("presence in the intake: %w", err)
	}
	var l presence.Ledger
	for _, f := range form.Groups {
		l.Groups = append(l.Groups, presence.Group{
			Country: f.Country, Area: f.Area, Organization: f.Organization,
			Population: incident.ParsePopulation(f.Population), FromRoster: f.FromRoster,
			Totals: presence.Totals{
				Total: f.Total, National: f.National, International: f.International, RecruitmentUnknown: f.RecruitmentUnknown,
				Female: f.Female, Male: f.Male, SexUnknown: f.SexUnknown, AsOf: f.AsOf,
			},
		})
	}
	return l, nil
}

type readForm struct {
	Content time.Time `json:"content"`
	Reach   string    `json:"reach"`
}

type gapForm struct {
	From   time.Time     `json:"from"`
	To     time.Time     `json:"to"`
	Reason safetext.Text `json:"reason"`
}

type withdrawForm struct {
	Authority safetext.Text `json:"authority"`
	ID        safetext.Text `json:"id"`
}

type sourceForm struct {
	Format string `json:"format"`
}

// mustEncode encodes a form of ours: plain fields, of which none can fail.
func mustEncode(v any) []byte {
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		panic("app: a form of the intake cannot be encoded: " + err.Error())
	}
	return b
}
