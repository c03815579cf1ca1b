package correlate

import (
	"maps"

	"vigil/internal/incident"
)

// saying are the words that say no more than an act does, in English, French and Spanish: folded, in the singular. What is compared as the act
// is not compared again as words.
var saying = []struct {
	acts  []incident.Act
	words string
}{
	{
		[]incident.Act{incident.Killing},
		`killing killed kill murder murdered slain dead died death tue tuee meurtre assassinat assassine asesinato asesinado asesinada muerto muerta homicidio`, //nolint:misspell // French and Spanish
	},
	{
		[]incident.Act{incident.Shooting},
		`shooting shot shoot gunfire gunshot gunman gunmen fired tir coup feu fusillade tiroteo disparo baleado`,
	},
	{
		[]incident.Act{incident.Bombing, incident.Landmine},
		`bombing bomb bombed blast explosion exploded explode ied vbied device detonated detonation landmine mine erw uxo attentat bombe bomba mina artefacto`,
	},
	{
		[]incident.Act{incident.Shelling, incident.AerialAttack},
		`shelling shelled shell bombardment bombing bombed airstrike strike struck air aerial drone missile rocket frappe bombardement obus bombardeo ataque`, //nolint:misspell // French and Spanish
	},
	{
		[]incident.Act{incident.Abduction, incident.HostageTaking, incident.Detention},
		`abduction abducted abduct kidnap kidnapping kidnapped kidnapper seizure seized seize snatched taken hostage held captured
			arrest arrested detention detained enlevement enleve enlevee rapt otage arrestation arrete arretee detenu detenue
			secuestro secuestrado secuestrada rehen detenido detenida detencion`,
	},
	{
		[]incident.Act{incident.Assault, incident.SexualViolence},
		`assault assaulted beaten beating agression agresse agressee agresion rape raped sexual violence viol violacion`, //nolint:misspell // French and Spanish
	},
	{
		[]incident.Act{incident.ArmedRobbery, incident.Burglary, incident.Theft, incident.Looting, incident.Hijacking},
		`robbery robbed robber theft stole stolen thief thieves burglary burglar burgled looting looted looter hijack hijacking hijacked carjacking carjacked
			vol vole braquage cambriolage pillage pille robo robado saqueo saqueado`,
	},
	{
		[]incident.Act{incident.ComplexAttack, incident.AttackOnPremises, incident.AttackOnVehicle, incident.AttackOnConvoy, incident.AttackOnMedical},
		`attack attacked attacker ambush ambushed attaque attaquee embuscade ataque atacado emboscada`,
	},
	{[]incident.Act{incident.Arson}, `arson fire burned burnt torched incendie incendio`},
	{
		[]incident.Act{incident.Intimidation, incident.Harassment, incident.ThreatMade},
		`intimidation intimidated harassment harassed threat threatened menace menacee amenaza amenazado`,
	},
	{[]incident.Act{incident.Protest, incident.Riot}, `protest protester demonstration demonstrator riot rioter manifestation manifestant emeute protesta disturbio`},
	{[]incident.Act{incident.RoadAccident, incident.AviationAccident, incident.OtherAccident}, `accident crash crashed collision accidente`},
	{[]incident.Act{incident.Flood}, `flood flooding flooded inondation inundacion`},
	{[]incident.Act{incident.Cyclone}, `cyclone hurricane typhoon storm tempete ciclon huracan`},
	{[]incident.Act{incident.Earthquake}, `earthquake quake seisme terremoto sismo`},
	{[]incident.Act{incident.Wildfire}, `wildfire fire incendie incendio`},
	{[]incident.Act{incident.Drought}, `drought secheresse sequia`},
}

// actWords are the words of each act.
var actWords = func() (of [256]map[word]bool) {
	for _, s := range saying {
		set := wordSet(s.words)
		for _, a := range s.acts {
			if of[a] == nil {
				of[a] = map[word]bool{}
			}
			maps.Copy(of[a], set)
		}
	}
	return of
}()
