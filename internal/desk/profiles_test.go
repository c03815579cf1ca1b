package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/profile"
)

func readProfile(t *testing.T, text string) *profile.Profile {
	t.Helper()
	p, problems, err := ParseProfile("profiles/mli.yaml", []byte(text), time.Time{})
	if err != nil {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	return p
}

func TestTheExampleProfile(t *testing.T) {
	data, err := template.ReadFile("template/examples/profile.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, problems, err := ParseProfile("profiles/mli.yaml", data, time.Time{})
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	if p.Country != country.MustParse("MLI") || len(p.Contacts) != 10 || len(p.Points) != 1 || len(p.Rendezvous) != 1 {
		t.Errorf("%+v", p)
	}
	var called []string
	for _, c := range p.Contacts {
		called = append(called, c.Called)
	}
	const want = "designated official, security management team, security adviser, security adviser 2, security lead, warden Gao centre, warden Gao airport, medical, host authorities, embassies"
	if got := strings.Join(called, ", "); got != want {
		t.Errorf("called %s", got)
	}
	if kind, lines := p.Actions(incident.Abduction, incident.Terrorism); kind != "abduction" || len(lines) != 4 {
		t.Errorf("%s %q", kind, lines)
	}
	if kind, _ := p.Actions(incident.Shooting, incident.Terrorism); kind != "terrorism" {
		t.Errorf("of a threat: %s", kind)
	}
	if kind, _ := p.Actions(incident.ActUnknown, incident.ThreatUnknown); kind != "any" {
		t.Errorf("of nothing known: %s", kind)
	}
	if posts := p.Posts("Warden"); len(posts) != 2 || posts[1].Name != "warden Gao airport" {
		t.Errorf("%+v", posts)
	}
	if posts := p.Posts("security adviser"); len(posts) != 1 || len(posts[0].Contacts) != 2 {
		t.Errorf("alternates are one post: %+v", posts)
	}
}

const small = "country: MLI\nreviewed: 2026-11-01\ncontacts:\n  - {function: medical, channels: [{kind: phone, number: +223 70 70 70 70}]}\n" +
	"call_tree: {critical: [medical], high: []}\nfive_minutes: {any: [Headcount]}\n"

func TestProfileProblems(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown key", "reviewed:", "reviewd:", `profiles/mli.yaml:2:1: unknown key "reviewd": did you mean reviewed?`},
		{"no country", "country: MLI\n", "", "profiles/mli.yaml:1:1: the country is missing: write country: MLI"},
		{"no such country", "MLI", "Maly", `:1:10: "Maly" is no country that is known`},
		{"a function that no contact has", "[medical]", "[medica]", `:5:24: the call tree names "medica", which no contact has: did you mean medical?`},
		{"in a group", "[medical]", "[[medical, governor]]", `:5:34: the call tree names "governor", which no contact has: write one of medical`},
		{"no channel", ", channels: [{kind: phone, number: +223 70 70 70 70}]", "", `:4:5: "medical" has no channel and cannot be told`},
		{"empty channels", "[{kind: phone, number: +223 70 70 70 70}]", "[]", `:4:5: the channels of "medical" are empty`},
		{"kind", "kind: phone", "kind: phne", `:4:43: kind "phne" is not known: did you mean phone?`},
		{"no kind", "kind: phone, ", "", ":4:36: the channel has no kind: write one of phone, mobile, satellite, VHF, HF, email, messenger, in person"},
		{"no number", ", number: +223 70 70 70 70", "", ":4:36: the channel has no number"},
		{"a name", "function: medical", "function: medical, name: X", "names of people stay out of profiles"},
		{"severity", "critical:", "critcal:", `unknown key "critcal": did you mean critical?`},
		{"action for no kind", "any:", "abducton:", `unknown key "abducton": did you mean abduction?`},
		{"a number as a kind", "kind: phone", "kind: +223 70 70 70 70", `kind "[number]" is not known`},
		{"a date as nobody reads it", "reviewed: 2026-11-01", "reviewed: 20/11/2026", "2026-11-20, 2026-11 or 2026"},
		{"a number as a key", "kind: phone", "+223 70 70 70 71: phone", `unknown key "[number]"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems, err := ParseProfile("profiles/mli.yaml", []byte(strings.Replace(small, c.from, c.to, 1)), time.Time{})
			if !errors.Is(err, ErrRefused) {
				t.Errorf("error %v", err)
			}
			if !strings.Contains(messages(problems), c.want) {
				t.Errorf("got\n%s\nwant %s", messages(problems), c.want)
			}
			if strings.Contains(messages(problems), "70 70") {
				t.Errorf("a number in %s", messages(problems))
			}
		})
	}
}

func TestProfileWarnings(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"no date", "reviewed: 2026-11-01\n", "", "nothing says when the numbers were last tried"},
		{"no tree", "call_tree: {critical: [medical], high: []}\n", "", "there is no call tree"},
		{"nothing for high", ", high: []", "", "the call tree says nothing of high"},
		{"twice", "[medical]", "[medical, medical]", `the call tree tells "medical" of critical twice`},
		{"no actions", "five_minutes: {any: [Headcount]}\n", "", "there are no five-minute actions"},
		{"a warden of nowhere", "function: medical", "function: warden", "a warden without a zone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(small, c.from, c.to, 1)
			if strings.Contains(text, "warden") {
				text = strings.Replace(text, "[medical]", "[warden]", 1)
			}
			p, problems, err := ParseProfile("profiles/mli.yaml", []byte(text), time.Time{})
			if err != nil || p == nil || !strings.Contains(messages(problems), c.want) {
				t.Errorf("%v\n%s\nwant %s", err, messages(problems), c.want)
			}
		})
	}
}

func TestTwoProfilesOfOneCountry(t *testing.T) {
	a, b := readProfile(t, small), readProfile(t, small)
	b.Origin.File = a.Origin.File
	problems := CheckProfiles([]*profile.Profile{a, b})
	if len(problems) != 1 || !strings.Contains(problems[0].String(), "MLI has a profile in profiles/mli.yaml:1 too") {
		t.Errorf("%v", problems)
	}
}

// TestNumbersDoNotPrint: of everything that could print a profile, nothing does.
func TestNumbersDoNotPrint(t *testing.T) {
	p := readProfile(t, small)
	n := p.Contacts[0].Channels[0].Number
	for _, s := range []string{fmt.Sprint(n), fmt.Sprintf("%+v", p.Contacts), fmt.Sprintf("%#v", p.Contacts[0].Channels[0]), fmt.Sprintf("%s %q %x", n, n, n)} {
		if strings.Contains(s, "70 70") {
			t.Errorf("printed %s", s)
		}
	}
	if b, err := n.MarshalText(); err != nil || string(b) != "[number]" {
		t.Errorf("%s %v", b, err)
	}
	if n.Dial().String() != "+223 70 70 70 70" {
		t.Errorf("dial %s", n.Dial())
	}
	if w := p.Withheld(); !w.Contacts[0].Channels[0].Number.IsZero() || n.IsZero() {
		t.Error("withheld")
	}
}

// FuzzProfile: whatever the file, it is a whole profile or none, quickly, and no problem shows a number of it.
func FuzzProfile(f *testing.F) {
	example, _ := template.ReadFile("template/examples/profile.yaml")
	f.Add(example)
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, problems, err := ParseProfile("profiles/f.yaml", data, time.Time{})
		if (p == nil) != (err != nil) || err != nil && CountErrors(problems) == 0 {
			t.Fatalf("%v with %v", p, err)
		}
		if p == nil {
			return
		}
		for word := range p.Tree {
			for _, step := range p.Tree[word] {
				for _, w := range step {
					if len(p.Posts(w)) == 0 {
						t.Fatalf("%q is nobody", w)
					}
				}
			}
		}
	})
}
