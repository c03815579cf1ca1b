package figure

import (
	"slices"
	"strings"
	"testing"

	"vigil/internal/alarm/rule"
	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/profile"
	"vigil/internal/risk"
)

// up are the words of an enumeration from its zero value on, until one repeats: what has no word of its own says that of the last.
func up[T interface {
	~uint8
	String() string
}]() []string {
	var list []string
	for v := T(0); len(list) < 60 && (v == 0 || v.String() != (v-1).String()); v++ {
		list = append(list, v.String())
	}
	return list
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// TestVocabularyHasEveryWord keeps the list of words that are said by name whole: what it lacks no catalogue would be asked for.
func TestVocabularyHasEveryWord(t *testing.T) {
	var states, entries []string
	for _, s := range States() {
		if !s.Sees() {
			states = append(states, strings.ToUpper(s.String()))
		}
	}
	for _, k := range duty.Kinds() {
		entries = append(entries, "entry|"+string(k))
	}
	var bands []string
	for b := level.BandNone + 1; int(b) <= len(level.BandWords()); b++ {
		bands = append(bands, b.Label())
	}
	for name, list := range map[string][]string{
		"threats": up[incident.Threat](), "threats, short": threatShort[:], "acts": up[incident.Act](), "targets": up[incident.Target](),
		"holders": up[incident.Holder](), "severities": up[incident.Severity](), "verification": up[incident.Verification](),
		"handling": up[incident.Handling](), "types": up[incident.Type](), "classes": up[incident.Class](), "status": up[incident.Status](),
		"populations": up[incident.Population](), "recruitments": up[incident.Recruitment](), "sexes": up[incident.Sex](),
		"outcomes": up[incident.Outcome](), "sources": up[health.State](), "sources that do not see": states, "memory": up[health.Memory](),
		"coverage": up[health.CoverState](), "positions": up[presence.Fix](), "calendar": up[calendar.Kind](), "calendar states": up[calendar.State](),
		"calendar changes": up[calendar.Change](), "changes": up[picture.ChangeKind](), "bands": up[level.Band](), "bands, short": bands,
		"likelihoods": up[risk.Likelihood](), "impacts": up[risk.Impact](), "fields": up[picture.Field](), "alarms": up[duty.State](),
		"severities of alarms": words(duty.Severities()), "posts": up[duty.PostState](), "outcomes of telling": words(duty.Outcomes()),
		"watches":  words([]duty.WatchAct{duty.WatchTaken, duty.WatchLeft, duty.WatchTakenOver, duty.WatchAwake}),
		"verdicts": words([]duty.Verdict{duty.ItemAccepted, duty.ItemDeclined, duty.ItemSignedOff}), "roles": up[picture.Role](),
		"refutations": words(duty.Refutations()), "rules": words(rule.Ons()), "names of rules": append(rule.Shipped().Names(), rule.Together), "channels": profile.Kinds(), "entries": entries,
	} {
		if len(list) < 2 {
			t.Errorf("%s: only %q", name, list)
		}
		for _, w := range list {
			if w = strings.ReplaceAll(w, "_", " "); w != "" && !slices.Contains(vocabulary[:], w) {
				t.Errorf("%s: %q is not in the list", name, w)
			}
		}
	}
}

func language(t *testing.T, tag string, ascii bool) Hand {
	t.Helper()
	l, err := lang.Load(tag, ascii)
	if err != nil {
		t.Fatal(err)
	}
	return NewHand(ascii, l)
}

// TestCountryNamesAreNeverAnothers wants of a name that does not fit the code of the country, and never a part of the name: in every language
// the names of all countries differ in each room.
func TestCountryNamesAreNeverAnothers(t *testing.T) {
	for _, tag := range lang.Tags()[1:] {
		h := language(t, tag, false)
		for cells := 3; cells <= 40; cells++ {
			seen := map[string]country.Code{}
			for _, c := range country.All() {
				name := h.CountryName(country.M49, c, cells)
				if other, twice := seen[name]; twice {
					t.Errorf("%s in %d cells: %s and %s are both %q", tag, cells, c, other, name)
				}
				seen[name] = c
				if width(name) > cells || name == "" {
					t.Errorf("%s in %d cells: %s is %q", tag, cells, c, name)
				}
			}
		}
	}
}

// TestBriefNamesFit wants every short name to fit the room that boards have for a country, and to be of a country.
func TestBriefNamesFit(t *testing.T) {
	for tag, list := range briefIn {
		for code, name := range list {
			if c, ok := country.Parse(code); !ok || c.Alpha3() != code {
				t.Errorf("%s: %s is no country", tag, code)
			}
			if width(name) > 12 {
				t.Errorf("%s: %s %q takes %d cells", tag, code, name, width(name))
			}
		}
	}
}

func TestCountryNameOfTheReader(t *testing.T) {
	cod, syr := country.MustParse("COD"), country.MustParse("SYR")
	for _, c := range []struct {
		tag   string
		ascii bool
		code  country.Code
		cells int
		want  string
	}{
		{"en", false, syr, 40, "Syrian Arab Republic"},
		{"fr", false, syr, 40, "Syrie"},
		{"fr", false, cod, 14, "Congo-Kinshasa"},
		{"fr", false, cod, 13, "RD Congo"},
		{"fr", false, cod, 7, "COD"},
		{"es", true, syr, 12, "Siria"},
		{"zh", false, syr, 4, "SYR"},
	} {
		h := Plain
		if c.tag != "en" {
			h = language(t, c.tag, c.ascii)
		}
		if got := h.CountryName(country.M49, c.code, c.cells); got != c.want {
			t.Errorf("%s %s in %d cells: %q, want %q", c.tag, c.code, c.cells, got, c.want)
		}
	}
}

// TestShortOutcomesReadAsNothingElse: with a number before it a short word of an outcome is no time and no other outcome in any language that is complete.
func TestShortOutcomesReadAsNothingElse(t *testing.T) {
	shorts := []string{"oth"}
	for _, o := range outcomeWords {
		shorts = append(shorts, o.short)
	}
	for _, o := range harmWords {
		shorts = append(shorts, o.short)
	}
	for _, tag := range []string{"en", "fr", "es"} {
		l, err := lang.Load(tag, true)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		for _, short := range shorts {
			said := strings.TrimRight(l.Say(short), ".")
			if slices.Contains([]string{"s", "sec", "seg", "m", "min", "h", "d", "j", "disp"}, said) {
				t.Errorf("%s: %q is said %q", tag, short, said)
			}
			if other, is := seen[said]; is {
				t.Errorf("%s: %q and %q are both %q", tag, short, other, said)
			}
			seen[said] = short
		}
	}
}

// TestEstimatesFitBesideTheBoard in every language that is complete, whatever they are made of.
func TestEstimatesFitBesideTheBoard(t *testing.T) {
	const room = 22 // of a terminal of 132 cells
	for _, tag := range []string{"en", "fr", "es"} {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		h := NewHand(false, l)
		for likelihood := range up[risk.Likelihood]() {
			for impact := range up[risk.Impact]() {
				c := risk.Category{Likelihood: risk.Likelihood(likelihood), Impact: risk.Impact(impact)}
				if text := h.EstimateIn(&c, room); width(text) > room {
					t.Errorf("%s: %q takes %d cells", tag, text, width(text))
				}
			}
		}
	}
}
