package table

import (
	"strings"

	"vigil/internal/feed/grid"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Each code column of AWSD has a table from its words, as its codebook of February 2025 has them
// and as the exports write them (capitals and space around a word aside), to what vigil takes
// them to be. The words are the keys: what is not here is kept as text and warned of.

// set is a set of codes of one column; the empty set in a rule is any code.
type set uint32

// means is how the attack was carried out.
type means uint8

// The means of attack.
const (
	meansUnknown means = iota
	aerialBombardment
	bodyIED
	bodilyAssault
	complexAttack
	detentionArrest
	kidnapKilling
	kidnapping
	landmine
	otherExplosives
	rape
	roadsideIED
	shelling
	shooting
	vehicleIED
)

// awsdMeansTable gives the means and the act that it is. Kidnap-killing is an abduction: that its
// victims were killed stands in the figures.
var awsdMeansTable = map[string]struct {
	means means
	act   incident.Act
}{
	"":                    {meansUnknown, incident.ActUnknown},
	"unknown":             {meansUnknown, incident.ActUnknown},
	"aerial bombardment":  {aerialBombardment, incident.AerialAttack},
	"body-borne ied":      {bodyIED, incident.Bombing},
	"bodily assault":      {bodilyAssault, incident.Assault},
	"complex attack":      {complexAttack, incident.ComplexAttack},
	"detention/arrest":    {detentionArrest, incident.Detention},
	"kidnap-killing":      {kidnapKilling, incident.Abduction},
	"kidnapping":          {kidnapping, incident.Abduction},
	"landmine":            {landmine, incident.Landmine},
	"other explosives":    {otherExplosives, incident.Bombing},
	"rape/sexual assault": {rape, incident.SexualViolence},
	"roadside ied":        {roadsideIED, incident.Bombing},
	"shelling":            {shelling, incident.Shelling},
	"shooting":            {shooting, incident.Shooting},
	"vehicle-born ied":    {vehicleIED, incident.Bombing},
	"vehicle-borne ied":   {vehicleIED, incident.Bombing},
}

// context is the situation in which it happened.
type context uint8

// The contexts.
const (
	contextUnknown context = iota
	ambush
	crossfire
	individualAttack
	raid
	mob
	inDetention
)

var awsdContextTable = map[string]context{
	"": contextUnknown, "unknown": contextUnknown,
	"ambush": ambush, "combat/crossfire": crossfire, "individual attack": individualAttack,
	"raid": raid, "mob violence": mob, "detention": inDetention,
}

// location is the kind of place.
type location uint8

// The locations.
const (
	locationUnknown location = iota
	road
	publicLocation
	projectSite
	home
	office
	custody
)

var awsdLocationTable = map[string]location{
	"": locationUnknown, "unknown": locationUnknown,
	"road": road, "public location": publicLocation, "project site": projectSite, "home": home,
	"office/compound": office, "custody": custody,
}

// motive is why.
type motive uint8

// The motives. Incidental is an attack that was not aimed at aid workers, disputed one of which
// the parties say different things.
const (
	motiveUnknown motive = iota
	political
	economic
	incidental
	disputed
	motiveOther
)

var awsdMotiveTable = map[string]motive{
	"": motiveUnknown, "unknown": motiveUnknown,
	"political": political, "economic": economic, "incidental": incidental, "disputed": disputed, "other": motiveOther,
}

// actor is the kind of perpetrator.
type actor uint8

// The kinds of perpetrators that matter to threat and holder.
const (
	actorUnknown actor = iota
	hostState          // forces, police and paramilitaries of a state, the host's where it says so
	foreignForces
	armedGroup
	criminal
	private // aid recipients, staff members, people who belong to nothing
	crowd   // protesters
)

type perpetrator struct {
	actor  actor
	holder incident.Holder // if people are held
}

// Whether an armed group governs, and so holds people as a de facto authority, is in no column:
// its captives are held by a non-state actor.
var awsdActorTable = map[string]perpetrator{
	"": {actorUnknown, incident.HolderUnknown}, "unknown": {actorUnknown, incident.HolderUnknown},
	"host state":                         {hostState, incident.HolderState},
	"police or paramilitary":             {hostState, incident.HolderState},
	"state: unknown":                     {hostState, incident.HolderState},
	"foreign or coalition forces":        {foreignForces, incident.HolderState},
	"non-state armed group: global":      {armedGroup, incident.HolderNonState},
	"non-state armed group: regional":    {armedGroup, incident.HolderNonState},
	"non-state armed group: national":    {armedGroup, incident.HolderNonState},
	"non-state armed group: subnational": {armedGroup, incident.HolderNonState},
	"non-state armed group: unknown":     {armedGroup, incident.HolderNonState},
	"criminal":                           {criminal, incident.HolderNonState},
	"unaffiliated":                       {private, incident.HolderNonState},
	"aid recipient":                      {private, incident.HolderNonState},
	"staff member":                       {private, incident.HolderNonState},
}

// Pending has not been checked yet, Archived was never checked again: neither is confirmed.
var awsdVerifiedTable = map[string]incident.Verification{
	"": incident.Unconfirmed, "yes": incident.Confirmed, "pending": incident.Unconfirmed, "archived": incident.Unconfirmed,
}

// awsdSourceTable brings the kinds of sources to one spelling. They say who told AWSD, which
// is worth knowing and decides nothing.
var awsdSourceTable = map[string]string{
	"": "", "archived": "Archived", "media": "Media", "acled": "ACLED", "focal point": "Focal Point",
	"official report": "Official Report", "offiicial report": "Official Report", "offial report": "Official Report",
	"unrwa 2025 personnel affected spreadsheet": "UNRWA 2025 personnel affected spreadsheet",
}

// awsdCodes are the codes of one row.
type awsdCodes struct {
	means        means
	act          incident.Coded[incident.Act]
	meansText    safetext.Text
	context      context
	location     location
	motive       motive
	actor        perpetrator
	verification incident.Coded[incident.Verification]
	source       string
	holds        bool // the means is to hold people
}

// lookup finds a cell in a table; what is not there is warned of, and the zero value.
func lookup[T any](s *sheet, r *grid.Row, column int, table map[string]T, counts string) (v T, ok bool) {
	cell := s.cell(r, column)
	if v, ok = table[strings.ToLower(cell)]; !ok {
		s.warn(r, column, "%q is no code of %s that vigil knows: it is kept and counts as %s",
			cell, s.layout.columns[column].header, counts)
	}
	return v, ok
}

func readAWSDCodes(s *sheet, r *grid.Row) awsdCodes {
	var c awsdCodes
	if m, ok := lookup(s, r, awsdMeans, awsdMeansTable, "unknown"); ok {
		c.means, c.act = m.means, incident.Known(m.act)
	} else {
		c.act = incident.ParseAct(s.text.Line(s.cell(r, awsdMeans)).String())
	}
	c.holds = c.means == detentionArrest || c.means == kidnapping || c.means == kidnapKilling
	if c.means != meansUnknown || c.act.Unlisted() {
		c.meansText = s.text.Line(s.cell(r, awsdMeans))
	}
	c.context, _ = lookup(s, r, awsdContext, awsdContextTable, "unknown")
	c.location, _ = lookup(s, r, awsdLocation, awsdLocationTable, "unknown")
	c.motive, _ = lookup(s, r, awsdMotive, awsdMotiveTable, "unknown")
	var ok bool
	if c.actor, ok = lookup(s, r, awsdActorType, awsdActorTable, "unknown"); !ok {
		c.actor.holder = incident.HolderUnknown
	}
	if v, ok := lookup(s, r, awsdVerified, awsdVerifiedTable, "unconfirmed"); ok {
		c.verification = incident.Known(v)
	} else {
		c.verification = incident.ParseVerification(s.text.Line(s.cell(r, awsdVerified)).String())
	}
	if c.source, ok = lookup(s, r, awsdSource, awsdSourceTable, "a source of its own"); !ok {
		c.source = s.cell(r, awsdSource)
	}
	return c
}

func (c *awsdCodes) apply(i *incident.Incident) {
	i.Act, i.Means, i.Verification = c.act, c.meansText, c.verification
	i.Threat = incident.Known(c.threat())
	i.Target = incident.Known(c.target())
}

// target is what was hit. AWSD records attacks on people, so that is what it is unless the place
// says more: an ambush on a road is one on a vehicle, and what befalls an office its premises.
func (c *awsdCodes) target() incident.Target {
	switch {
	case c.location == office:
		return incident.TargetPremises
	case c.location == road && c.context == ambush:
		return incident.TargetVehicle
	default:
		return incident.TargetPersonnel
	}
}

// nobody are the names of actors that name none.
var nobody = map[string]bool{"": true, "unknown": true, "uknown": true, "not applicable": true}

// awsdActor names who did it, as far as the row does.
func awsdActor(s *sheet, r *grid.Row) safetext.Text {
	name, kind := s.cell(r, awsdActorName), s.cell(r, awsdActorType)
	switch {
	case nobody[strings.ToLower(kind)]:
		kind = ""
	case nobody[strings.ToLower(name)]:
		name, kind = kind, ""
	}
	if nobody[strings.ToLower(name)] {
		return safetext.Text{}
	}
	if kind != "" {
		name += " (" + kind + ")"
	}
	return s.text.Line(name)
}

// awsdText is the details, with the codes that have no field of their own under them.
func awsdText(s *sheet, r *grid.Row, c *awsdCodes) string {
	var more []string
	for _, column := range []int{awsdContext, awsdLocation, awsdMotive, awsdActorType} {
		if cell := s.cell(r, column); cell != "" {
			more = append(more, s.layout.columns[column].header+": "+cell)
		}
	}
	if c.source != "" {
		more = append(more, "Source: "+c.source)
	}
	return s.cell(r, awsdDetails) + "\n" + strings.Join(more, "; ")
}
