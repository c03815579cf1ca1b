package exercise

import (
	"time"

	"vigil/internal/duty"
	"vigil/internal/saying"
)

// The rules of the shipped set that ring in the night.
const (
	nearStaff   = "incident near staff"
	staffHarmed = "staff harmed"
	staffTaken  = "staff killed, abducted or missing"
	sourceStale = "source stale"
	overdue     = "overdue"
)

const (
	adviser  = "security adviser"
	official = "designated official"
	medical  = "medical"
	team     = "security management team"
)

// limas is the end of Lima's watch: two alarms that were closed, and one that was not.
func (n *night) limas() {
	n.say("lima", 17*time.Hour, lima, &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words(lima)})
	partners := n.rings("partners", 15*time.Hour+10*time.Minute, sourceStale, duty.Medium, "", "partners STALE: nothing for 6 h")
	n.ack("partners-ack", partners, 15*time.Hour+4*time.Minute, lima, time.Hour, "their link is slow, called them")
	n.say("partners-clear", 14*time.Hour+21*time.Minute, vigil, &duty.Clear{Alarm: partners, Words: words("partners speak again")})

	shelled := n.ringsFor(&djibo, "djibo", nearStaff, duty.High, saying.Word("shelling"), saying.Word("unconfirmed"))
	at := func(m int) time.Duration { return 12*time.Hour + time.Duration(m)*time.Minute }
	n.ack("djibo-ack", shelled, at(28), lima, 3*time.Hour, "calling the field office")
	n.tell("djibo-1", shelled, at(26), lima, adviser, "mobile", duty.ReadBack, "")
	n.tell("djibo-2", shelled, at(24), lima, official, "mobile", duty.Answered, "")
	n.tell("djibo-3", shelled, at(22), lima, "warden Centre", "VHF", duty.Answered, "")
	n.tell("djibo-4", shelled, at(19), lima, "warden Sahel region", "VHF", duty.ReadBack, "all under cover, nobody hurt")
	n.tell("djibo-5", shelled, at(12), lima, "host authorities", "phone", duty.Refused, "wants it in writing")
	n.say("djibo-close", 9*time.Hour+40*time.Minute, lima, &duty.Close{Alarm: shelled, Reason: words("quiet for 2 h, all staff safe, told to all")})

	late := n.rings("mv2", 9*time.Hour+20*time.Minute, overdue, duty.Medium, "MLI", "MV2 Mopti to Bamako, OVERDUE 30m")
	n.note("fuel", 10*time.Hour, lima, "Generator at Gao has fuel until the morning; logistics knows.")
	n.note("vehicle", 9*time.Hour, lima, "The vehicle of MV2 is to be fetched from Mopti.")
	n.ack("mv2-ack", late, 8*time.Hour+10*time.Minute, oscar, time.Hour, "calling MV2 by HF")
	n.say("mv2-clear", 7*time.Hour+44*time.Minute, vigil, &duty.Clear{Alarm: late, Words: words("MV2 arrived, 5 of 5")})
}

// handover is how Oscar came to have the watch: all was accepted but one item, which Lima has not signed off.
func (n *night) handover() {
	clock := func(ago time.Duration) string { return n.at(ago).Format("15:04Z") }
	const signed = OnWatch + 8*time.Minute
	offer := n.say("offer", signed, lima, &duty.Offer{By: duty.Words(lima), Notes: words("A quiet night but for Djibo. MV2 stopped for the dark."), Items: []duty.Item{
		{Key: "alarm exercise-mv2", Topic: "alarms", Words: words("A3 MED NOT ACKED since %s  MV2 Mopti to Bamako, OVERDUE 30m", clock(9*time.Hour+20*time.Minute))},
		{Key: "told exercise-mv2", Topic: "told", Words: words("A3 MED told 0/1, next security adviser  MV2 Mopti to Bamako, OVERDUE 30m")},
		{Key: "note exercise-vehicle", Topic: "notes", Words: words("%s Lima: The vehicle of MV2 is to be fetched from Mopti.", clock(9*time.Hour))},
		{Key: "note exercise-fuel", Topic: "notes", Words: words("%s Lima: Generator at Gao has fuel until the morning; logistics knows.", clock(10*time.Hour))},
	}})
	n.say("offer-1", OnWatch+5*time.Minute, oscar, &duty.Answer{Offer: offer, Items: []int{1, 2, 4}, Verdict: duty.ItemAccepted})
	n.say("offer-2", OnWatch+3*time.Minute, oscar, &duty.Answer{
		Offer: offer, Items: []int{3}, Verdict: duty.ItemDeclined, Reason: words("vehicles are the fleet's: Lima asked for it, and settles it"),
	})
	n.say("sign", OnWatch, oscar, &duty.Sign{Offer: offer, Holder: duty.Words(oscar)})
	n.say("awake", 4*time.Hour, oscar, &duty.Watch{Act: duty.WatchAwake, Holder: duty.Words(oscar)})
}

// reported writes that an account was taken down.
func (n *night) reported(id string, ago time.Duration, a *account, version int64, edit func(*duty.Report)) {
	b := &duty.Report{Incident: duty.NameOf(a.identity()), Version: version}
	if edit != nil {
		edit(b)
	}
	n.say(id, ago, oscar, b)
}

// hoax is a report by voice of which three were told before it was refuted. One of them was told again.
func (n *night) hoax() {
	n.reported("mopti", mopti.told, &mopti, 1, nil)
	shots := n.ringsFor(&mopti, "mopti-alarm", nearStaff, duty.High, saying.Word("shooting"), saying.Word("unconfirmed"))
	at := func(m int) time.Duration { return 5*time.Hour + time.Duration(m)*time.Minute }
	n.ack("mopti-ack", shots, at(48), oscar, time.Hour, "calling the convoy")
	n.tell("mopti-1", shots, at(46), oscar, adviser, "mobile", duty.Answered, "")
	n.tell("mopti-2", shots, at(44), oscar, official, "mobile", duty.NoAnswer, "")
	n.tell("mopti-3", shots, at(41), oscar, official, "satellite", duty.ReadBack, "")
	n.tell("mopti-4", shots, at(38), oscar, "warden Mopti region", "VHF", duty.Answered, "")
	why := words("the convoy leader on HF: nothing happened, the caller is known")
	n.reported("mopti-refuted", moptiRefuted, &mopti, 2, func(b *duty.Report) {
		b.Verification, b.Refuted, b.Reason = "refuted", string(duty.Hoax), why
	})
	n.say("mopti-reopen", moptiRefuted-time.Second, oscar, &duty.Reopen{Alarm: shots, Reason: words("refuted: %s", duty.Hoax)})
	refuted := marked(saying.Of("it was refuted"))
	n.say("mopti-clear", moptiRefuted-2*time.Second, vigil, &duty.Clear{Alarm: shots, Words: duty.Words(refuted.String()), Said: refuted})
	n.tell("mopti-5", shots, at(4), oscar, adviser, "mobile", duty.Answered, "knows that it was a hoax")
}

// stations are what does not reach the desk: one that ended and nobody has seen, one that is shelved, and one that was.
func (n *night) stations() {
	hf := n.rings("hf", 4*time.Hour+20*time.Minute, sourceStale, duty.Medium, "TCD", "HF net STALE: no check from Bol for 2 h")
	n.say("hf-clear", 3*time.Hour+28*time.Minute, vigil, &duty.Clear{Alarm: hf, Words: words("Bol answers again")})
	n.note("check", 6*time.Hour, radioRoom, "Radio check 1: Gao, Mopti, Niamey, N'Djamena loud and clear; Bol not heard.")

	repeater := n.rings("repeater", 3*time.Hour, sourceStale, duty.Medium, "NER", "Niamey repeater off the air: no VHF from wardens")
	n.say("repeater-shelve", 170*time.Minute, oscar, &duty.Shelve{
		Alarm: repeater, Reason: words("it is being mended, wardens have mobiles"), Until: n.at(-100 * time.Minute),
	})
	power := n.rings("power", 7*time.Hour, sourceStale, duty.Low, "MRT", "Nouakchott on batteries")
	n.say("power-shelve", 6*time.Hour+50*time.Minute, oscar, &duty.Shelve{Alarm: power, Reason: words("power is announced for the evening"), Until: n.at(time.Hour)})
	n.say("power-unshelve", 5*time.Hour+55*time.Minute, oscar, &duty.Unshelve{Alarm: power, Reason: words("batteries are low: it may ring")})
	n.ack("power-ack", power, 5*time.Hour+54*time.Minute, oscar, 2*time.Hour, "asked for the generator")
	n.say("power-clear", 4*time.Hour+40*time.Minute, vigil, &duty.Clear{Alarm: power, Words: words("Nouakchott has power")})
}

// abduction is the worst of the night: owned, told in part, with two flash reports and a third that is due soon.
func (n *night) abduction() {
	n.reported("ansongo", ansongo.told, &ansongo, 1, nil)
	taken := n.ringsFor(&ansongo, "ansongo-alarm", staffTaken, duty.Critical, saying.Word("abduction"), saying.Count(2, "abducted", "abducted"), saying.Word("unconfirmed"))
	n.ack("ansongo-ack", taken, 80*time.Minute, oscar, 2*time.Hour, "calling MV3 and whoever was with it")
	n.tell("ansongo-1", taken, 78*time.Minute, oscar, official, "mobile", duty.NoAnswer, "")
	n.tell("ansongo-2", taken, 75*time.Minute, oscar, official, "satellite", duty.ReadBack, "repeated it")
	n.tell("ansongo-3", taken, 73*time.Minute, papa, adviser, "mobile", duty.Answered, "")
	n.tell("ansongo-4", taken, 71*time.Minute, papa, medical, "phone", duty.Tried, "")
	n.tell("ansongo-5", taken, 68*time.Minute, oscar, "warden Gao region", "VHF", duty.ReadBack, "headcount begun")
	n.say("flash-1", 65*time.Minute, oscar, &duty.Flash{
		Alarm: taken, Number: 1, NotConfirmed: words("Two of a convoy were taken near Ansongo"), NotKnown: words("Who has them, and where they are"),
		Action: words("Convoy stopped at the checkpoint; headcount by warden zone"), Next: n.at(35 * time.Minute),
	})
	n.reported("ansongo-probable", ansongoFurther, &ansongo, 2, func(b *duty.Report) {
		b.Verification, b.Reason = "probable", words("the second vehicle tells the same")
	})
	n.say("ansongo-note", 55*time.Minute, oscar, &duty.Note{
		Text: words("Designated official has the matter; family only by the liaison, nothing on open radio."), Alarm: taken, Significant: true,
	})
	n.say("flash-2", 34*time.Minute, oscar, &duty.Flash{
		Alarm: taken, Number: 2, Confirmed: words("Headcount of Gao is whole but for two"), NotConfirmed: words("They were taken alive, towards the river"),
		NotKnown: words("Who has them"), Action: words("All movements in Gao region stopped"), Next: n.at(-8 * time.Minute).Truncate(time.Minute),
	})
	n.say("family-claim", 30*time.Minute, papa, &duty.Claim{Incident: duty.NameOf(ansongo.identity()), Holder: duty.Words(papa), Until: n.at(-90 * time.Minute)})
}

// lately is what came last: an alarm that Papa has, one that nobody had in time, and one that nobody has yet.
func (n *night) lately() {
	crash := n.ringsFor(&road, "road", staffHarmed, duty.High, saying.Word("road accident"), saying.Count(2, "injured", "injured"), saying.Word("confirmed"))
	n.ack("road-ack", crash, 2*time.Hour, oscar, time.Hour, "ambulance is on its way")
	n.tell("road-1", crash, 118*time.Minute, oscar, adviser, "mobile", duty.ReadBack, "")
	n.ack("road-again", crash, 12*time.Minute, papa, time.Hour, "both are in hospital, waiting for the doctor")

	curfew := n.note("curfew", 100*time.Minute, oscar, "Governor of Gao: curfew from 21:00 local, as from today.")
	n.say("curfew-right", 95*time.Minute, oscar, &duty.Note{
		Text: words("Correction: the curfew is from 22:00 local."), Significant: true, Corrects: curfew,
	})

	held := n.ringsFor(&ayorou, "ayorou", staffHarmed, duty.High, saying.Word("arrest detention"), saying.Count(1, "detained", "detained"), saying.Word("unconfirmed"))
	alone := 15*time.Minute + 5*time.Second
	late := marked(saying.Of("nobody has owned it for %s", saying.Age("15m")))
	n.say("ayorou-escalate", ayorou.told-rung-alone, vigil, &duty.Escalate{Alarm: held, Level: 1, Reason: duty.Words(late.String()), Said: late})
	n.tell("ayorou-1", held, 20*time.Minute, papa, adviser, "mobile", duty.NoAnswer, "")
	n.say("ayorou-claim", 19*time.Minute, oscar, &duty.Claim{Alarm: held, Holder: duty.Words(oscar), Until: n.at(-40 * time.Minute)})

	shells := n.ringsFor(&bagaSol, "bagasola", nearStaff, duty.High, saying.Word("shelling"), saying.Word("unconfirmed"))
	n.tell("bagasola-1", shells, 8*time.Minute, papa, adviser, "mobile", duty.NoAnswer, "engaged")
	n.tell("bagasola-2", shells, 7*time.Minute, papa, adviser, "VHF", duty.ReadBack, "repeated it")
	n.tell("bagasola-3", shells, 90*time.Second, papa, official, "mobile", duty.Tried, "")
	n.note("check-2", 4*time.Minute, radioRoom, "Radio check 2: all stations heard but the Niamey repeater.")
}
