// Package profile is what a desk knows of the work in a country: whom to tell, by which channels and in which order, what to do
// in the first five minutes, and where staff go when nothing can be reached.
//
// # Guarantees
//
//   - Pure values, not changed once they are made; the time is passed in.
//   - A [Number] never prints itself: fmt, JSON and a log get its mask. It leaves by [Number.Dial] alone, which the told-sheet
//     calls when somebody is to be told.
//   - Contacts are functions and call signs. Names of people have no place here.
package profile

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// ReviewEvery is how old a review may be: numbers change with every rotation of staff.
const ReviewEvery = 180 * 24 * time.Hour

// Profile is that of one country.
type Profile struct {
	Country    country.Code
	Reviewed   incident.When
	Contacts   []Contact           // in the order of the file
	Tree       map[string][]Step   // by the word for the severity of an alarm; a word that is missing says nothing
	First      map[string][]string // five-minute actions by the word for an act or a threat, or [Any]
	Points     []Point             // where staff assemble
	Rendezvous []Rendezvous        // where they meet when nothing can be reached
	Origin     incident.Origin     // the file
	Trouble    safetext.Text       // what stands against it, such as a newer content with errors
	index      map[string][]int    // places in Contacts by folded function, and by function and zone
	called     map[string]*Contact // by folded [Contact.Called]
}

// Any is the word of the actions for what has none of its own.
const Any = "any"

// Contact is a function that can be told.
type Contact struct {
	Function  safetext.Text // such as designated official, warden
	Zone      safetext.Text // of a warden
	CallSign  safetext.Text
	Channels  []Channel // in the order in which they are tried
	Languages []safetext.Text
	Hours     safetext.Text // when it can be reached, in words
	// Called is how the contact is written in the duty log: its function, its zone, and from the second that has both on, a
	// number: "warden Gao", "security adviser 2".
	Called string
	Line   int // in the file
}

// Channel is a way to reach a contact.
type Channel struct {
	Kind   Kind
	Number Number
	// Called is the kind, and from the second of that kind on, a number: "mobile 2".
	Called string
}

// Kind is a kind of channel.
type Kind string

// The kinds of channels.
const (
	Phone     Kind = "phone"
	Mobile    Kind = "mobile"
	Satellite Kind = "satellite"
	VHF       Kind = "VHF"
	HF        Kind = "HF"
	Email     Kind = "email"
	Messenger Kind = "messenger"
	InPerson  Kind = "in person"
)

var kinds = [...]Kind{Phone, Mobile, Satellite, VHF, HF, Email, Messenger, InPerson}

// Kinds lists the kinds of channels.
func Kinds() []string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = string(k)
	}
	return list
}

// ParseKind reads a kind in any case, with a space, a hyphen or an underscore.
func ParseKind(s string) (Kind, bool) {
	s = strings.NewReplacer("_", " ", "-", " ").Replace(strings.TrimSpace(s))
	for _, k := range kinds {
		if strings.EqualFold(s, string(k)) || s == "e mail" && k == Email {
			return k, true
		}
	}
	return "", false
}

// Number is a number, address, frequency or place at which a contact is reached. It is restricted.
type Number struct{ text safetext.Text }

// NumberOf keeps a number.
func NumberOf(t safetext.Text) Number { return Number{t} }

// mask is what a number looks like wherever nobody is to be told.
const mask = "[number]"

// Dial is the number itself: for the told-sheet, when somebody is to be told.
func (n Number) Dial() safetext.Text { return n.text }

// IsZero reports whether there is none.
func (n Number) IsZero() bool { return n.text.IsZero() }

// String is the mask.
func (n Number) String() string {
	if n.IsZero() {
		return ""
	}
	return mask
}

// Format is the mask, whatever the verb.
func (n Number) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, n.String()) }

// MarshalText is the mask.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// Step is who is told at the same time: each a function, or a function with its zone, as contacts are called. A function alone
// means each of its zones.
type Step []string

// Point is where staff assemble.
type Point struct {
	Name, Zone, Where safetext.Text
	Fallback          safetext.Text // where they go when they cannot stay or come
	After             time.Duration // how long they wait there before; 0 is not said
}

// Rendezvous is where people meet when nothing can be reached.
type Rendezvous struct {
	Name, Zone, Where safetext.Text
	Times             []string // by the clock of the place: 06:00
}

// Settle gives contacts and channels their names and makes the profile ready to be asked. It is called once, by who makes it.
func (p *Profile) Settle() {
	p.index, p.called = map[string][]int{}, map[string]*Contact{}
	seen := map[string]int{}
	for i := range p.Contacts {
		c := &p.Contacts[i]
		function, name := Fold(c.Function.String()), c.Function.String()
		p.index[function] = append(p.index[function], i)
		if !c.Zone.IsZero() {
			name += " " + c.Zone.String()
			p.index[Fold(name)] = append(p.index[Fold(name)], i)
		}
		c.Called = numbered(name, seen, Fold(name))
		p.called[Fold(c.Called)] = c
		kinds := map[string]int{}
		for k := range c.Channels {
			ch := &c.Channels[k]
			ch.Called = numbered(string(ch.Kind), kinds, string(ch.Kind))
		}
	}
}

// numbered is the name, and from its second use on with a number.
func numbered(name string, seen map[string]int, key string) string {
	if seen[key]++; seen[key] > 1 {
		return name + " " + strconv.Itoa(seen[key])
	}
	return name
}

// Fold is a name as names are compared: in small letters, with single spaces.
func Fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// Post is one who must be told: a function, in one zone where it has several. Its contacts are alternates, in order.
type Post struct {
	Name     string // as the call tree and the duty log write it
	Contacts []*Contact
}

// Posts are the posts that a word of a call tree means: those of each zone for a function that has zones. It is empty for what no
// contact has.
func (p *Profile) Posts(word string) []Post {
	var posts []Post
	for _, i := range p.index[Fold(word)] {
		c := &p.Contacts[i]
		name := c.Function.String()
		if !c.Zone.IsZero() {
			name += " " + c.Zone.String()
		}
		if at := slices.IndexFunc(posts, func(o Post) bool { return Fold(o.Name) == Fold(name) }); at >= 0 {
			posts[at].Contacts = append(posts[at].Contacts, c)
			continue
		}
		posts = append(posts, Post{name, []*Contact{c}})
	}
	return posts
}

// Contact is the contact that is called so, in any case.
func (p *Profile) Contact(called string) (*Contact, bool) {
	c, ok := p.called[Fold(called)]
	return c, ok
}

// Actions are what to do in the first five minutes of an act or a threat, the act first, else what is done of anything; kind is
// the word that they stand under. It is empty when the profile does not say.
func (p *Profile) Actions(act incident.Act, threat incident.Threat) (kind string, lines []string) {
	words := []string{Any}
	if threat != incident.ThreatUnknown {
		words = append([]string{threat.String()}, words...)
	}
	if act != incident.ActUnknown {
		words = append([]string{act.String()}, words...)
	}
	for _, w := range words {
		if lines := p.First[w]; len(lines) > 0 {
			return w, lines
		}
	}
	return "", nil
}

// Stale reports whether the review is too old at now, or was never dated.
func (p *Profile) Stale(now time.Time) bool {
	return p.Reviewed.IsZero() || now.Sub(p.Reviewed.Start) > ReviewEvery
}

// Withheld is the profile without any number.
func (p *Profile) Withheld() *Profile {
	o := *p
	o.Contacts = slices.Clone(p.Contacts)
	for i := range o.Contacts {
		c := &o.Contacts[i]
		c.Channels = slices.Clone(c.Channels)
		for k := range c.Channels {
			c.Channels[k].Number = Number{}
		}
	}
	o.Settle()
	return &o
}

// Set is the profiles of a desk, one a country, by code.
type Set []*Profile

// Of is the profile of a country.
func (s Set) Of(c country.Code) (*Profile, bool) {
	for _, p := range s {
		if p.Country == c {
			return p, true
		}
	}
	return nil, false
}
