package order_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/lang"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// toldDesk is a desk with an alarm in Mali and a profile of it.
func toldDesk() picture.View {
	d := duty.NewDraft()
	d.Add(&duty.Entry{ID: "a", At: now, Body: &duty.Raise{Rule: "r", Key: "k", Severity: duty.Critical, Country: "MLI", Words: duty.Words("EXERCISE")}})
	contact := func(function, zone string, kinds ...profile.Kind) profile.Contact {
		c := profile.Contact{Function: safetext.Clean(function), Zone: safetext.Clean(zone)}
		for _, k := range kinds {
			c.Channels = append(c.Channels, profile.Channel{Kind: k, Number: profile.NumberOf(safetext.Const("+223 70 70 70 70"))})
		}
		return c
	}
	p := &profile.Profile{
		Country: country.MustParse("MLI"),
		Contacts: []profile.Contact{
			contact("designated official", "", profile.Mobile, profile.InPerson), contact("security adviser", "", profile.Mobile, profile.Mobile),
			contact("security adviser", "", profile.VHF), contact("warden", "Gao", profile.VHF), contact("medical", "", profile.Phone),
		},
		Tree: map[string][]profile.Step{"critical": {{"designated official"}, {"security adviser", "warden"}}},
	}
	p.Settle()
	s := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}})
	s.SetProfiles(profile.Set{p}, now)
	return s.Publish(now).For(picture.DutyOfficer)
}

func TestTold(t *testing.T) {
	for line, want := range map[string]string{
		"told A1 designated official mobile tried":                       "designated official by mobile: tried",
		"told a1 DESIGNATED Official in person read-back":                "designated official by in person: read back",
		"told A1 security adviser mobile 2 no answer":                    "security adviser by mobile 2: no answer",
		"told A1 security adviser 2 VHF Read Back on the way":            "security adviser 2 by VHF: read back: on the way",
		"told A1 security adviser 2 refused":                             "security adviser 2: refused",
		"told A1 warden Gao HF answered, and more":                       "error",
		"told A1 warden Gao HF answered and more":                        "warden Gao by HF: answered: and more",
		"told A1 medical by phone answered":                              "medical by phone: answered",
		"told A1 medical phone answered":                                 "medical by phone: answered",
		"told A1 governor of Gao answered by letter":                     "error",
		"told A1 security lead answered":                                 "security lead: answered",
		"told A1 designated official mobile answered tried twice before": "designated official by mobile: answered: tried twice before",
	} {
		c, err := order.Parse(line, toldDesk(), oscar, now)
		got := "error"
		if err == nil {
			got = strings.Join(strings.Fields(duty.Says(c.(action.Record).Body)), " ")
		}
		if got != want {
			t.Errorf("%q says %q, want %q (%v)", line, got, want, err)
		}
	}
	for line, want := range map[string]string{
		"told A1":                             "who? write the function",
		"told A1 designated official":         "what became of it?",
		"told A1 designated official by phne": `"phne" is no channel of designated official and no outcome`,
		"told A9 medical answered":            "there is no alarm",
		"told A1 answered":                    "who? write the function",
	} {
		if _, err := order.Parse(line, toldDesk(), oscar, now); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "70 70") {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
}

func TestToldCompletes(t *testing.T) {
	for line, want := range map[string][]string{
		"told ":                            {"A1"},
		"told A1 ":                         {"designated", "security", "warden", "medical"},
		"told A1 desig":                    {"designated", "security", "warden", "medical"},
		"told A1 designated ":              {"official"},
		"told A1 security adviser ":        {"2", "mobile", "phone", "satellite", "VHF", "HF", "email", "messenger", "in", "answered", "read-back", "no-answer", "tried", "refused"},
		"told A1 security adviser mobile ": {"answered", "read-back", "no-answer", "tried", "refused"},
		"told A1 medical phone ":           {"answered", "read-back", "no-answer", "tried", "refused"},
	} {
		got := order.Next(line, toldDesk(), now)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestToldKnowsWhom: nobody is written onto a told-sheet whom neither it nor the profile has, a name of a person least of all; a function
// that has several zones is none of them.
func TestToldKnowsWhom(t *testing.T) {
	contact := func(function, zone string) profile.Contact {
		return profile.Contact{
			Function: safetext.Clean(function), Zone: safetext.Clean(zone),
			Channels: []profile.Channel{{Kind: profile.VHF, Number: profile.NumberOf(safetext.Const("channel 4"))}},
		}
	}
	mali := &profile.Profile{
		Country:  country.MustParse("MLI"),
		Contacts: []profile.Contact{contact("designated official", ""), contact("warden", "Gao"), contact("warden", "Kidal"), contact("medical", "Gao")},
		Tree:     map[string][]profile.Step{"critical": {{"designated official"}, {"warden"}}},
	}
	niger := &profile.Profile{Country: country.MustParse("NER"), Contacts: []profile.Contact{contact("area adviser", "")}}
	mali.Settle()
	niger.Settle()
	d := duty.NewDraft()
	d.Add(&duty.Entry{ID: "a", At: now, Body: &duty.Raise{Rule: "r", Key: "a", Severity: duty.Critical, Country: "MLI", Words: duty.Words("EXERCISE")}})
	d.Add(&duty.Entry{ID: "b", At: now, Body: &duty.Raise{Rule: "r", Key: "b", Severity: duty.Critical, Words: duty.Words("EXERCISE"), Tell: []string{"duty chief"}}})
	d.Add(&duty.Entry{ID: "e", At: now, Body: &duty.Escalate{Alarm: "a", Level: 1, To: duty.Words("regional chief"), Reason: duty.Words("nobody")}})
	d.Add(&duty.Entry{ID: "t", At: now, Body: &duty.Told{Alarm: "a", Contact: "nosuch", Outcome: duty.Answered}}) // of a log of before
	s := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}})
	s.SetProfiles(profile.Set{mali, niger}, now)
	v := s.Publish(now).For(picture.DutyOfficer)
	for line, want := range map[string]string{
		"told A1 warden answered":               "warden is in several zones: write which of warden Gao, warden Kidal",
		"told A1 warden VHF answered":           "warden is in several zones",
		"told A1 warden kidal VHF answered":     "warden Kidal",
		"told A1 medical answered":              "medical Gao",
		"told A1 desginated official answered":  `no contact is called "desginated official": did you mean designated official? There are designated official, warden Gao,`,
		"told A1 desginated official VHF tried": "did you mean designated official?",
		"told A1 wardn Gao answered":            "did you mean warden Gao?",
		"told A1 somebody else answered":        `no contact is called "somebody else": there are designated official`,
		"told A1 area adviser answered":         "no contact is called",
		"told A1 regional chief answered":       "regional chief",
		"told A1 security lead answered":        "security lead",
		"told A1 nosuch no-answer":              "nosuch", // a mistake is put right by writing again
		"told A2 duty chief answered":           "duty chief",
		"told A2 area adviser answered":         "area adviser",
		"told A2 designated official answered":  "designated official",
		"told A2 warden answered":               "warden is in several zones",
		"told A2 nosuch answered":               "no contact is called",
	} {
		c, err := order.Parse(line, v, oscar, now)
		var got string
		if err != nil {
			got = err.Error()
		} else {
			got = c.(action.Record).Body.(*duty.Told).Contact
		}
		if err == nil && got != want || !strings.HasPrefix(got, want) && !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestToldInTheLanguage: whom one tells and by what may be typed as the console says it; the log has the desk's own words.
func TestToldInTheLanguage(t *testing.T) {
	fr, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string][2]string{
		"told A1 responsable désigné portable answered":       {"designated official", "mobile"},
		"told A1 Conseiller sécurité portable 2 read-back":    {"security adviser", "mobile 2"},
		"told A1 security adviser 2 VHF answered":             {"security adviser 2", "VHF"},
		"told A1 conseiller sécurité 2 VHF answered":          {"security adviser 2", "VHF"},
		"told A1 chef d'îlot Gao answered":                    {"warden Gao", ""},
		"told A1 service médical by téléphone tried":          {"medical", "phone"},
		"told A1 designated official en personne answered ok": {"designated official", "in person"},
	} {
		c, err := order.ParseIn(fr, line, toldDesk(), oscar, now)
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		if b := c.(action.Record).Body.(*duty.Told); b.Contact != want[0] || b.Channel != want[1] {
			t.Errorf("%q: %q by %q, want %q", line, b.Contact, b.Channel, want)
		}
		if _, err := order.Parse(line, toldDesk(), oscar, now); (err == nil) != strings.HasPrefix(line, "told A1 security") {
			t.Errorf("%q in English: %v", line, err)
		}
	}
}

// TestUsageNamesTheAlarm: how a line is written is told of the alarm that was typed, once that is one.
func TestUsageNamesTheAlarm(t *testing.T) {
	for line, want := range map[string]string{
		"told a1 nosuch answered": "write told A1 FUNCTION",
		"ack A1":                  "write ack A1 [for 30m] REASON",

		"told A1 designated official mobile": "answered, read-back: write told A1 FUNCTION", // outcomes are named without a word of one language
		"ack A9 x":                           "write ack A17 [for 30m] REASON",
		"ack":                                "write ack A17 [for 30m] REASON",
	} {
		if _, err := order.Parse(line, toldDesk(), oscar, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
}

// TestAckInPlace: who takes an alarm from somebody is told from whom, and until when they would have had it; so is the log.
func TestAckInPlace(t *testing.T) {
	d := duty.NewDraft()
	d.Add(&duty.Entry{ID: "a", At: now, Body: &duty.Raise{Rule: "r", Key: "k", Severity: duty.Critical, Country: "MLI", Words: duty.Words("EXERCISE")}})
	d.Add(&duty.Entry{ID: "k", At: now, By: safetext.Const("Oscar"), Body: &duty.Ack{Alarm: "a", Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: now.Add(time.Hour)}})
	v := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}}).Publish(now).For(picture.DutyOfficer)
	for by, want := range map[string]string{
		"Papa":  "Papa has it until " + now.Add(30*time.Minute).Format("15:04Z") + ", in place of Oscar, until " + now.Add(time.Hour).Format("15:04Z") + ": mine",
		"oscar": "oscar has it until " + now.Add(30*time.Minute).Format("15:04Z") + ": mine",
	} {
		c, err := order.Parse("ack A1 mine", v, action.Actor{Name: safetext.Clean(by)}, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := duty.Says(c.(action.Record).Body); got != want {
			t.Errorf("%s: %q, want %q", by, got, want)
		}
	}
}

// TestWhatIsAMistake: mistakes are told from what the desk cannot do as it stands.
func TestWhatIsAMistake(t *testing.T) {
	for line, want := range map[string]bool{
		"ack A1": true, "ack A1 for x y": true, "ack": true, "shelve A1 x": true, "told A1 designated official by phne": true, "nosuch": true,
		"takeover Papa": true, "note": true, "ack A1 until 25:00 x": true, "verify x maybe": false,
		"ack A9 x": false, "told A1 nosuch answered": false, "offer": false, "accept 1": false, "claim nosuch": false,
	} {
		_, err := order.Parse(line, toldDesk(), oscar, now)
		var wrong *order.Error
		if !errors.As(err, &wrong) || wrong.Mistake != want {
			t.Errorf("%q: %v, a mistake: %t", line, err, want)
		}
	}
}
