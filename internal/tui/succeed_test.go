package tui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"vigil/internal/action"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// follow makes the picture that takes the place of one that was made ahead.
func follow(before *picture.Picture, with *tuitest.Desk) picture.View {
	with.Store.Succeed(before)
	return with.View()
}

// aheadAndAfter are a picture made ahead of the reading, and the one that takes its place.
func aheadAndAfter() (ahead, after picture.View) {
	p := tuitest.Ahead().Store.Publish(tuitest.Now)
	ahead = p.For(picture.DutyOfficer)
	return ahead, follow(p, tuitest.Sahel())
}

func TestGoldenAhead(t *testing.T) {
	v, _ := aheadAndAfter()
	for _, size := range allSizes {
		r := start(t, v, size, nil)
		if header := r.lines()[0]; !strings.Contains(header, "READING") {
			t.Errorf("%s: the header does not say that the files are being read: %q", size, header)
		}
		tuitest.Golden(t, "ahead-"+size.String(), r.lines())
	}
	tuitest.Golden(t, "ahead-linear", start(t, v, tuitest.Sizes[0], nil).Linear())
	events := start(t, v, tuitest.Sizes[0], nil)
	events.settle(events.jump(screen.Ask{Go: screen.ToEvents}))
	tuitest.Golden(t, "ahead-events-80x24", events.lines())
	sources := start(t, v, tuitest.Sizes[1], nil)
	sources.settle(sources.jump(screen.Ask{Go: screen.ToSources}))
	tuitest.Golden(t, "ahead-sources-132x43", sources.lines())
}

// TestTheCursorStaysWhenAllIsRead: on the list of events, on the board and in a detail, while the reader is inside. What
// comes in is not new.
func TestTheCursorStaysWhenAllIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ahead, after := aheadAndAfter()
		for name, pressed := range map[string][]string{
			"events": {"3", "j", "j", "j", "j"},
			"board":  {"tab", "j", "j", "j"},
			"detail": {"3", "j", "j", "j", "enter"},
		} {
			r := start(t, ahead, tuitest.Sizes[0], nil)
			r.press(pressed...)
			was := selectedOf(r)
			if was == 0 {
				t.Fatalf("%s: nothing is selected", name)
			}
			r.settle(r.send(viewMsg{after}))
			now := selectedOf(r)
			if ahead.Identity(was) != after.Identity(now) || now == 0 || now == was {
				t.Errorf("%s: %v was selected as %d, and %v is as %d", name, ahead.Identity(was), was, after.Identity(now), now)
			}
			if text := r.text(); strings.Contains(text, " new ") {
				t.Errorf("%s: what was read is told as new\n%s", name, text)
			}
			if !strings.Contains(r.say, "all files are read") || strings.Contains(r.say, "not among") {
				t.Errorf("%s says %q", name, r.say)
			}
			// From here on the list holds again, and counts.
			r.press("j")
			if !strings.Contains(r.lines()[0], "live") {
				t.Errorf("%s: the header does not know the sources: %q", name, r.lines()[0])
			}
		}
	})
}

// selectedOf is the incident that the screen on top would open, or is about.
func selectedOf(r *rig) picture.ID {
	for _, id := range []keys.ID{keys.Open, keys.ShowWhy} {
		if ask := r.top().screen.Key(id, r.area()); ask.Subject.Incident != 0 {
			return ask.Subject.Incident
		}
	}
	return 0
}

// TestADerivationAndAFilterSucceed: the derivation stays on its event, and a filter is searched again, of which the answers still come for the other picture.
func TestADerivationAndAFilterSucceed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ahead, after := aheadAndAfter()
		r := start(t, ahead, tuitest.Sizes[1], nil)
		r.press("3", "j", "j", "e")
		name := ahead.Identity(ahead.At(2)).ID.String()
		if !strings.Contains(r.text(), name) {
			t.Fatalf("the derivation does not name %s\n%s", name, r.text())
		}
		r.settle(r.send(viewMsg{after}))
		if !strings.Contains(r.text(), name) {
			t.Errorf("the derivation is not of %s any more\n%s", name, r.text())
		}

		r = start(t, ahead, tuitest.Sizes[0], nil)
		r.press("3")
		r.settle(r.openFilter())
		r.filter.Set("act:abduction")
		late := r.edited() // the answer has not come yet
		r.settle(r.closeFilter(true))
		stale := late()
		r.settle(r.send(viewMsg{after}))
		found := r.text()
		r.settle(r.send(stale))
		if r.text() != found {
			t.Errorf("the answer of a search of the other picture is shown\n%s\nnot\n%s", r.text(), found)
		}
		if strings.Contains(found, "no longer listed") || !strings.Contains(found, "Abduction") {
			t.Errorf("the filter finds\n%s", found)
		}
	})
}

// TestWhatIsNotThereAnyMoreIsSaid: the file was replaced while it was read.
func TestWhatIsNotThereAnyMoreIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := tuitest.Ahead().Store.Publish(tuitest.Now)
		empty := tuitest.Empty()
		for _, open := range [][]string{{"3", "j"}, {"tab", "j"}, {"3", "j", "enter"}} {
			r := start(t, p.For(picture.DutyOfficer), tuitest.Sizes[0], nil)
			r.press(open...)
			r.settle(r.send(viewMsg{follow(p, empty)}))
			if !strings.Contains(r.say, "not among them") {
				t.Errorf("after %v it says %q", open, r.say)
			}
			r.text()
		}
	})
}

// TestNothingIsMergedAheadOfTheReading: who else tells of an event is not known yet.
func TestNothingIsMergedAheadOfTheReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ahead, _ := aheadAndAfter()
		r := start(t, ahead, tuitest.Sizes[0], func(o *Options) {
			o.Act = func(context.Context, action.Envelope) error { t.Error("something was done"); return nil }
		})
		r.press("3", "j", "m")
		if !strings.Contains(r.say, "once the files are read") {
			t.Errorf("m says %q", r.say)
		}
		r.press("u")
		if !strings.Contains(r.say, "once the files are read") {
			t.Errorf("u says %q", r.say)
		}
		if _, err := r.orderTyped("merge a b"); err == nil || !strings.Contains(err.Error(), "not read to its end") {
			t.Errorf(":merge says %v", err)
		}
	})
}
