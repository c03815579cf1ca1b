package tui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// TestHelpIsTrue: on every screen each key that does something stands in its help, and one of which help says that it cannot be used just now
// does nothing: it leads nowhere, opens nothing, and what is shown stays.
func TestHelpIsTrue(t *testing.T) {
	for name, path := range map[string][]string{
		"board": nil, "countries": {"tab"}, "events of the board": {"tab", "tab"}, "country": {"2"}, "events": {"3"}, "event": {"3", "enter"},
		"alarms": {"5"}, "alarm": {"5", "enter"}, "sources": {"6"}, "source": {"6", "enter"}, "map": {"7"}, "log": {"8"}, "entry": {"8", "enter"},
		"plan": {"9"}, "watch": {"w"}, "handover": {"H"}, "told": {"5", "t"}, "why": {"tab", "e"}, "help": {"?"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				open := func() *rig {
					r := start(t, tuitest.OnDuty().View(), tuitest.Sizes[1], nil)
					r.press(path...)
					return r
				}
				r := open()
				scope := r.top().screen.Scope()
				helped := map[keys.ID]string{}
				for _, s := range r.o.Keys.Help(r.hand.Language, scope, true, r.cannot) {
					for _, l := range s.Lines {
						helped[l.ID] = l.Cannot
					}
				}
				for _, of := range r.o.Keys.Scopes() {
					for _, b := range r.o.Keys.Of(of) {
						for _, k := range b.Keys {
							found, ok := r.o.Keys.Lookup(scope, k)
							if !ok {
								continue
							}
							if _, in := helped[found.ID]; !in {
								t.Errorf("%s is %s, which is not in the help", k, found.ID)
							}
							if helped[found.ID] != "" {
								unused(t, open(), k, helped[found.ID])
							}
						}
					}
				}
			})
		})
	}
}

// unused presses a key of which help gives a reason why it cannot be used.
func unused(t *testing.T, r *rig, name, why string) {
	t.Helper()
	if msg := key(name); msg.Text != "" && msg.Text != name && name != "space" {
		return // the rig cannot press it
	}
	body := func() string {
		lines := r.lines()
		return strings.Join(lines[1:len(lines)-2], "\n")
	}
	was, depth, selected := body(), len(r.stack), r.top().screen
	r.press(name)
	if len(r.stack) != depth || r.top().screen != selected || r.mode != browsing || body() != was {
		t.Errorf("%s can be used, and help says %q of it", name, why)
	}
}

// TestFilterLeadsToTheEvents: where a screen has no list of its own the key of the filter is that of the events, and help does not say that there
// is none; the footer leaves it to those that have one.
func TestFilterLeadsToTheEvents(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("6")
		if why := r.cannot(keys.Filter); why != "" {
			t.Errorf("of sources help says %q", why)
		}
		if slices.ContainsFunc(r.offers(keys.Sources), func(h keys.Hint) bool { return h.ID == keys.Filter }) {
			t.Error("the footer of sources offers a filter")
		}
		r.press("/")
		if r.top().is != screen.ToEvents || r.mode != filtering {
			t.Errorf("/ led to %v", r.top().is)
		}
	})
}
