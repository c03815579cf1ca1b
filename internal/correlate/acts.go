package correlate

import "vigil/internal/incident"

// families are acts that two sources may well call one event by: one says what was done, another what came of it or
// what was hit. Acts that share a family are compatible; of others, one source is wrong or there were two events.
var families = [][]incident.Act{
	{
		incident.Killing, incident.Shooting, incident.Assault, incident.ComplexAttack, incident.ArmedRobbery,
		incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy, incident.AttackOnMedical,
	},
	{
		incident.Killing, incident.Bombing, incident.Landmine, incident.ComplexAttack,
		incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy, incident.AttackOnMedical,
	},
	{
		incident.Killing, incident.Shelling, incident.AerialAttack,
		incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy, incident.AttackOnMedical,
	},
	{
		incident.ArmedRobbery, incident.Burglary, incident.Theft, incident.Looting, incident.Hijacking, incident.Shooting,
		incident.Assault, incident.Intimidation, incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy,
	},
	{
		incident.Abduction, incident.HostageTaking, incident.Detention, incident.Killing, incident.Assault, incident.Hijacking,
		incident.Shooting, incident.AttackOnVehicle, incident.AttackOnConvoy,
	},
	{
		incident.Detention, incident.Intimidation, incident.Harassment, incident.ThreatMade, incident.Surveillance,
		incident.AccessDenial, incident.Expulsion, incident.Assault,
	},
	{incident.Arson, incident.Killing, incident.Looting, incident.Shooting, incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy, incident.AttackOnMedical},
	{incident.Protest, incident.Riot, incident.Looting, incident.Arson, incident.Assault, incident.AttackOnPremises, incident.AccessDenial},
	{incident.SexualViolence, incident.Assault, incident.Abduction},
	{incident.RoadAccident, incident.AviationAccident, incident.OtherAccident},
	{incident.MedicalEmergency, incident.DiseaseOutbreak},
	{incident.Cyclone, incident.Flood},
	{incident.Earthquake, incident.Tsunami},
	{incident.Volcano, incident.Tsunami},
}

// likeness is how two acts stand to each other.
type likeness uint8

const (
	unlike likeness = iota
	unsaid          // one of them says nothing
	alike           // share a family
	equal
)

// bits of the families of each act.
var familiesOf = func() (of [256]uint32) {
	for i, family := range families {
		for _, a := range family {
			of[a] |= 1 << i
		}
	}
	return of
}()

func compareActs(a, b incident.Act) likeness {
	silent := func(a incident.Act) bool { return a == incident.ActUnknown || a == incident.ActOther }
	switch {
	case silent(a) || silent(b):
		return unsaid
	case a == b:
		return equal
	case familiesOf[a]&familiesOf[b] != 0:
		return alike
	default:
		return unlike
	}
}
