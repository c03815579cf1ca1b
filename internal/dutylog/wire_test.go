package dutylog

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// TestEntriesAreFrozen: other versions read these bytes, one flat object an entry.
func TestEntriesAreFrozen(t *testing.T) {
	e := duty.Entry{
		V: 1, ID: "N1", At: time.Date(2026, 11, 20, 14, 32, 7, 5000, time.UTC), Mono: duty.Mono{Boot: "b007", Since: time.Second},
		From: safetext.Const("ops1, vigil 1, pts/3"), Role: safetext.Const("duty officer"), By: safetext.Const("Oscar"), Word: duty.KindNote,
		Body: &duty.Note{Text: duty.Words("road\nclosed"), Significant: true},
	}
	const want = `{"v":1,"id":"N1","at":"2026-11-20T14:32:07.000005Z","boot":"b007","mono":1000000000,"from":"ops1, vigil 1, pts/3",` +
		`"role":"duty officer","by":"Oscar","kind":"note","text":"road\nclosed","significant":true}`
	got, err := encode(&e)
	if err != nil || string(got) != want {
		t.Fatalf("%v\ngot  %s\nwant %s", err, got, want)
	}
	back, err := decode(got)
	if err != nil || !reflect.DeepEqual(back, e) {
		t.Errorf("came back as %+v, %v", back, err)
	}
}

// TestOlderEntriesAreRead: this is what was written before entries said where they come from.
func TestOlderEntriesAreRead(t *testing.T) {
	const old = `{"v":1,"id":"M1","at":"2026-11-20T14:32:07Z","role":"duty officer","by":"Oscar","kind":"merge",` +
		`"incidents":[{"authority":"radio","id":"R-1"},{"authority":"acled","id":"M"}],"reason":"same convoy"}`
	e, err := decode([]byte(old))
	if err != nil {
		t.Fatal(err)
	}
	if m, is := e.Body.(*duty.Merge); !is || len(m.Incidents) != 2 || m.Reason != duty.Words("same convoy") || e.By.String() != "Oscar" {
		t.Errorf("%+v", e)
	}
}

// TestNoMemberIsMeantTwice: the members of a body stand beside those of every entry.
func TestNoMemberIsMeantTwice(t *testing.T) {
	own := members(reflect.TypeFor[wire]())
	for _, k := range duty.Kinds() {
		body, ok := duty.New(k)
		if !ok {
			t.Fatal(k)
		}
		for name := range members(reflect.TypeOf(body).Elem()) {
			if own[name] {
				t.Errorf("%s: %q is a member of every entry, too", k, name)
			}
		}
	}
}

func members(of reflect.Type) map[string]bool {
	names := map[string]bool{}
	for i := range of.NumField() {
		if name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ","); name != "" {
			names[name] = true
		}
	}
	return names
}

// TestWhatRangIsReadWhateverBecameOfSaid: an alarm that could not be read would be one that nobody hears. Members that this version does not know
// are passed over, as those before it pass over "said".
func TestWhatRangIsReadWhateverBecameOfSaid(t *testing.T) {
	said := saying.Of("BLIND since %s", "02:00Z")
	e := duty.Entry{V: 1, ID: "N1", At: time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC), Word: duty.KindRaise, Body: &duty.Raise{
		Rule: "country blind", Severity: duty.Medium, Key: "k", Words: duty.Words("BLIND since 02:00Z"), Said: said,
	}}
	b, err := encode(&e)
	const whole = `"words":"BLIND since 02:00Z","said":["BLIND since %s","02:00Z"]`
	if err != nil || !strings.Contains(string(b), whole) {
		t.Fatalf("%s, %v", b, err)
	}
	for as, want := range map[string]saying.Saying{
		whole: said, `"words":"BLIND since 02:00Z"`: {}, `"words":"BLIND since 02:00Z","said":{"of":[3,{}]},"later":[1,{"x":null}]`: {},
		`"words":"BLIND since 02:00Z","said":["%n%n%n"]`: saying.Word("%n%n%n"), `"words":"BLIND since 02:00Z","said":[` + strings.Repeat(`["%s",`, 2000) + `1` + strings.Repeat("]", 2000) + `]`: {},
	} {
		back, err := decode([]byte(strings.Replace(string(b), whole, as, 1)))
		r, is := back.Body.(*duty.Raise)
		if err != nil || !is || !r.Said.Equal(want) || r.Text() != "BLIND since 02:00Z" {
			t.Errorf("%.80s reads as %+v, %v", as, back.Body, err)
		}
	}
}
