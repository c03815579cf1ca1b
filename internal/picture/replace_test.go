package picture

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// naming says which others a message speaks of.
func naming(ids ...string) edit {
	return func(i *incident.Incident) {
		for _, id := range ids {
			i.Replaces = append(i.Replaces, incident.Identity{Authority: safetext.Const("room"), ID: safetext.Clean(id)})
		}
	}
}

// standings draws the list in words: each incident that is listed with its marks.
func standings(v View) []string {
	list := []string{}
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		words := []string{v.Identity(id).ID.String(), r.Title.String()}
		for _, m := range []struct {
			is   bool
			word string
		}{{r.Cancelled, "cancelled"}, {r.Withdrawn, "withdrawn"}, {r.Held, "held"}, {r.Conflict, "conflict"}} {
			if m.is {
				words = append(words, m.word)
			}
		}
		list = append(list, strings.Join(words, " "))
	}
	slices.Sort(list)
	return list
}

func TestMessagesThatNameOthers(t *testing.T) {
	alert := func() *incident.Incident { return record("A", numbered(10), titled("alert")) }
	update := func() *incident.Incident {
		return record("U", numbered(20), typed(incident.Update), titled("update"), naming("A"))
	}
	cancel := func(n int64, ids ...string) *incident.Incident {
		return record("C", numbered(n), typed(incident.Cancel), titled("cancel"), naming(ids...))
	}
	tests := []struct {
		name  string
		say   []*incident.Incident
		want  []string
		count int
	}{
		{"an update takes the place", []*incident.Incident{alert(), update()}, []string{"U update"}, 1},
		{"an update of what never came", []*incident.Incident{update()}, []string{"U update held"}, 1},
		{"a cancel", []*incident.Incident{alert(), cancel(20, "A")}, []string{"A alert cancelled"}, 0},
		{"a cancel of what never came", []*incident.Incident{cancel(20, "A")}, []string{"C cancel cancelled held"}, 0},
		{"a cancel of the update alone", []*incident.Incident{alert(), update(), cancel(30, "U")}, []string{"U update cancelled"}, 0},
		{"a cancel of the whole chain", []*incident.Incident{alert(), update(), cancel(30, "A", "U")}, []string{"U update cancelled"}, 0},
		{"a cancel of a chain of which the last never came", []*incident.Incident{alert(), cancel(30, "A", "U")}, []string{"A alert cancelled"}, 0},
		{
			"one half updated, the other cancelled",
			[]*incident.Incident{alert(), update(), cancel(20, "A")},
			[]string{"U update"},
			1,
		},
		{
			"two updates, each of a half",
			[]*incident.Incident{alert(), update(), record("V", numbered(25), typed(incident.Update), titled("other half"), naming("A"))},
			[]string{"U update", "V other half"},
			2,
		},
		{
			"an update of two alerts",
			[]*incident.Incident{alert(), record("B", numbered(11), titled("beside")), record("U", numbered(20), typed(incident.Update), titled("both"), naming("A", "B"))},
			[]string{"U both"},
			1,
		},
		{"said anew after the update", []*incident.Incident{alert(), update(), record("A", numbered(30), titled("again"))}, []string{"A again", "U update"}, 2},
		{"it names itself", []*incident.Incident{record("A", numbered(10), titled("alert"), naming("A"))}, []string{"A alert"}, 1},
		{
			"two of one time that name one another",
			[]*incident.Incident{record("A", numbered(10), titled("one"), naming("B")), record("B", numbered(10), titled("other"), naming("A"))},
			[]string{"A one", "B other"},
			2,
		},
		{"an exercise changes nothing", []*incident.Incident{alert(), record("U", numbered(20), typed(incident.Update), naming("A"), func(i *incident.Incident) { i.Status = incident.Exercise })}, []string{"A alert"}, 1},
	}
	for _, source := range []string{"radio", "gdacs"} {
		for _, tt := range tests {
			t.Run(source+": "+tt.name, func(t *testing.T) {
				permute(len(tt.say), func(order []int) {
					b := newBench(t)
					for _, n := range order {
						i := *tt.say[n]
						b.say(source, &i)
						if source == "gdacs" { // each in a content of its own
							b.finish(source)
							b.begin(source)
						}
					}
					if diff := cmp.Diff(tt.want, standings(b.view())); diff != "" {
						t.Errorf("in the order %v (-want +got):\n%s", order, diff)
					}
					if got := b.view().Totals().Total; got != tt.count {
						t.Errorf("in the order %v: %d counted, want %d", order, got, tt.count)
					}
				})
			})
		}
	}
}

// permute calls f with every order of n things.
func permute(n int, f func([]int)) {
	order := make([]int, 0, n)
	var next func()
	next = func() {
		if len(order) == n {
			f(order)
			return
		}
		for k := range n {
			if !slices.Contains(order, k) {
				order = append(order, k)
				next()
				order = order[:len(order)-1]
			}
		}
	}
	next()
}

// TestStory: what an update took the place of is among its versions, and so is the cancel of what was cancelled.
func TestStory(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("A", numbered(10), titled("alert")))
	b.say("radio", record("U", numbered(20), typed(incident.Update), titled("update"), naming("A")))
	b.say("radio", record("C", numbered(30), typed(incident.Cancel), titled("cancel"), naming("U")))
	b.say("radio", record("X", titled("something else")))
	v := b.view()
	for id := range v.Incidents() {
		d, _ := v.Detail(id)
		var got []string
		for _, version := range d.Versions {
			got = append(got, fmt.Sprintf("%s %v", version.Incident.Title, version.Stands))
		}
		want := []string{"something else true"}
		if d.Row.Cancelled {
			want = []string{"cancel true", "update false", "alert false"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// messages draws a set of messages in which each names some of those before it.
func messages(t *rapid.T) []*incident.Incident {
	var list []*incident.Incident
	for n := range rapid.IntRange(1, 6).Draw(t, "messages") {
		i := record(fmt.Sprintf("m%d", n), numbered(int64(10+n)), titled(fmt.Sprintf("word %d", n)))
		for before := range n {
			if rapid.Bool().Draw(t, "names") {
				naming(fmt.Sprintf("m%d", before))(i)
			}
		}
		if len(i.Replaces) > 0 {
			i.Type = rapid.SampledFrom([]incident.Type{incident.Update, incident.Update, incident.Cancel}).Draw(t, "type")
		}
		i.Identity.Authority = safetext.Const("room")
		list = append(list, i)
	}
	// Some never come.
	return slices.DeleteFunc(list, func(*incident.Incident) bool { return rapid.IntRange(0, 5).Draw(t, "lost") == 0 })
}

// TestOrderOfMessages: whatever order messages come in, in one file or each in its own, across a restart or not, what
// stands in the end is the same; and a picture of the past is the picture of then.
func TestOrderOfMessages(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := messages(rt)
		tell := func(order []*incident.Incident, label string, apart bool) *Store {
			s := NewStore(Options{Risk: risk.Default()})
			profile := gdacs
			if label == "radio" {
				profile = radio
			}
			s.Configure(label, SourceInfo{Profile: profile})
			var past []*Picture
			at := now.Add(-time.Hour)
			var arrived []Arrival
			for n, i := range order {
				at = at.Add(time.Second)
				file := safetext.Const("one")
				if apart {
					file = safetext.Clean(i.Identity.ID.String())
				}
				if n == 0 || apart {
					s.Begin(label, file, uint64(n+1))
				}
				own := *i
				a := Arrival{Incident: &own, Source: label, Received: at, Origin: incident.Origin{File: file, Line: n + 1, Offset: int64(n), Generation: 1}}
				s.Arrive(a)
				arrived = append(arrived, a)
				if apart {
					s.Finish(label, file, at)
					past = append(past, s.Publish(at))
				}
			}
			if !apart {
				s.Finish(label, safetext.Const("one"), at)
			}
			for _, p := range past {
				was, is := standings(p.For(DutyOfficer)), standings(s.At(p.known, at, at).For(DutyOfficer))
				if diff := cmp.Diff(was, is); diff != "" {
					rt.Fatalf("the past has changed (-was +is):\n%s", diff)
				}
			}
			again := NewStore(Options{Risk: risk.Default()})
			again.Configure(label, SourceInfo{Profile: profile})
			for _, a := range arrived {
				again.Restore(a)
			}
			again.EndRestore()
			if diff := cmp.Diff(standings(s.Publish(at).For(DutyOfficer)), standings(again.Publish(at).For(DutyOfficer))); diff != "" {
				rt.Fatalf("a restart changed the picture (-before +after):\n%s", diff)
			}
			return s
		}
		end := now.Add(-time.Minute)
		want := standings(tell(all, "radio", false).Publish(end).For(DutyOfficer))
		shuffled := rapid.Permutation(all).Draw(rt, "order")
		for _, label := range []string{"radio", "gdacs"} {
			for _, apart := range []bool{false, true} {
				if diff := cmp.Diff(want, standings(tell(shuffled, label, apart).Publish(end).For(DutyOfficer))); diff != "" {
					rt.Fatalf("%s, apart %v (-want +got):\n%s", label, apart, diff)
				}
			}
		}
	})
}

// An alert from the network must not cancel what the radio room reported by calling itself the radio room.
func TestAMessageHasNoSayOverOtherFormats(t *testing.T) {
	for _, first := range []string{"alert", "report"} {
		t.Run(first+" first", func(t *testing.T) {
			b := newBench(t)
			b.store.Configure("radio", SourceInfo{Name: safetext.Const("radio"), Format: safetext.Const("native"), Profile: radio})
			b.store.Configure("net", SourceInfo{Name: safetext.Const("net"), Format: safetext.Const("cap"), Profile: radio})
			b.begin("net")
			say := map[string]func(){
				"report": func() { b.say("radio", record("A", numbered(1), titled("report"))) },
				"alert": func() {
					b.say("net", record("C", numbered(9), typed(incident.Cancel), titled("cancel"), naming("A")))
				},
			}
			say[first]()
			delete(say, first)
			for _, other := range say {
				other()
			}
			if got := standings(b.view()); !slices.Contains(got, "A report") {
				t.Errorf("listed: %q", got)
			}
		})
	}
}
