package duty

import (
	"fmt"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// Telling is one attempt to tell a contact of an alarm.
type Telling struct {
	At      time.Time
	By      safetext.Text // who wrote it: a call sign, else the role
	Contact string        // its function in the country's profile
	Channel string
	Outcome Outcome
	Words   safetext.Text
}

// tell writes an attempt onto the told-sheet. That of a closed alarm can still be written on: what is over must be told, too.
func (d *Draft) tell(e *Entry, b *Told) bool {
	a := d.alarm(b.Alarm)
	if a == nil {
		return false
	}
	a.Sheet = append(a.Sheet, Telling{
		At: e.At, By: e.Who(), Contact: safetext.Clean(b.Contact).String(), Channel: safetext.Clean(b.Channel).String(), Outcome: b.Outcome, Words: b.Words.Line(),
	})
	return true
}

// reopen has everybody told again.
func (d *Draft) reopen(e *Entry, b *Reopen) bool {
	a := d.alarm(b.Alarm)
	if a == nil {
		return false
	}
	a.Reopened, a.ReopenWhy, a.reopenedAt = e.At, b.Reason.Line(), len(a.Sheet)
	a.untrue(e.At, b.Reason.Line())
	a.UntrueWhy = b.Reason.Line() // the desk's own word says more than that it is over
	return true
}

// Patience is how long a try without an outcome is waited for: then it counts as no answer.
const Patience = 5 * time.Minute

// Post is one who must be told of an alarm, and how far that is.
type Post struct {
	Name  string // function, with its zone; as a call tree and the log write it
	Step  int    // of the call tree, from 1; those of one step are told at the same time; 0 is not in it
	Calls []Call // whom and how to call, in order; empty for who is not in the profile
	// Needed says that it must be told, or told again.
	Needed bool
	// Again says that it was told before all had to be told again.
	Again bool
	State PostState
	At    time.Time     // of the entry that the state rests on; zero while nobody tried
	By    safetext.Text // and who wrote it
	Who   string        // the contact of that entry
	How   string        // contact and channel of that entry
	Words safetext.Text
	Tried int // calls since all had to be told last
	// Pass is how often all of Calls were gone through in vain.
	Pass int
	next int
	by   string // the channel of the entry that the state rests on
}

// Call is a contact by one of its channels.
type Call struct {
	Contact *profile.Contact
	Channel *profile.Channel
}

// PostState is how far telling a post is.
type PostState uint8

// The states.
const (
	NotTold     PostState = iota // nobody tried yet
	Trying                       // tried, and there is no answer yet
	Missed                       // the last try found nobody; the next channel or contact is to be tried
	Declined                     // answered, and would not take it
	HasHeard                     // told
	HasRepeated                  // told, and read back
)

var postStates = [...]string{"not told", "trying", "no answer", "refused", "answered", "read back"}

// String is the word for the state.
func (s PostState) String() string { return postStates[min(int(s), len(postStates)-1)] }

// IsTold reports whether the post knows.
func (s PostState) IsTold() bool { return s == HasHeard || s == HasRepeated }

// Next is the call to make next; false for a post without any.
func (p *Post) Next() (Call, bool) {
	if len(p.Calls) == 0 {
		return Call{}, false
	}
	return p.Calls[p.next], true
}

// Spoken is the contact and the channel that an outcome is of: who answered, as long as that stands, else the call to make next.
func (p *Post) Spoken() (contact, channel string) {
	if p.State.IsTold() {
		return p.Who, p.by
	}
	if c, ok := p.Next(); ok {
		return c.Contact.Called, c.Channel.Called
	}
	return p.Name, ""
}

// Rest are the calls after the next one in this pass.
func (p *Post) Rest() []Call {
	if len(p.Calls) == 0 {
		return nil
	}
	return p.Calls[p.next+1:]
}

// Sheet is the told-sheet of an alarm at a time.
type Sheet struct {
	Alarm *Alarm
	// Profile is that of the alarm's country; nil without one.
	Profile *profile.Profile
	// None says why the call tree names nobody; empty where it does.
	None string
	// Says that the call tree says who must know, if only that nobody must.
	Says  bool
	Posts []Post           // in the order of the call tree, and then who was told and is not in it
	known *profile.Profile // whose contacts have channels here
}

// SheetOf is the told-sheet of an alarm by the call tree of the profile of its country, nil where there is none. It follows from
// what is written on it alone, in whatever order people were called:
//
//   - Of each post the last answer of a contact stands. No answer takes back only what is written of the same channel, and a try that
//     nothing became of takes back nothing.
//   - What is written without a channel is of that of the contact's last entry. After no answer it is of the channel of the answer that
//     stands, else of the one whose turn it is.
//   - No answer by a channel goes to the next one, then to the next contact of the post; who refuses is not called by
//     further channels. After the last the first comes again.
//   - Once all must be told again, what was written before counts for nothing but for who that is: everybody who was told, and while the
//     alarm lasts those of the call tree who were not. Of what is over and not so nobody else must be told.
func SheetOf(a *Alarm, p *profile.Profile, now time.Time) *Sheet {
	s := &Sheet{Alarm: a, known: p}
	if p != nil && p.Country == 0 {
		p = nil // it is of no country's work: it has contacts, and nothing else
	}
	s.Profile = p
	steps, says := tree(a, p)
	s.Says = says
	switch {
	case p == nil && len(a.Raise.Tell) > 0:
	case p == nil && a.Raise.Country == "":
		s.None = "it is of no country, so that no profile says whom to tell"
	case p == nil:
		s.None = "no profile of " + Words(a.Raise.Country).String() + " can be used: put one into profiles/, as in examples/profile.yaml; vigil check says what is wrong with one that is there"
	case !says:
		s.None = fmt.Sprintf("the call tree of %s says nothing of %s alarms", p.Country, a.Severity)
	case len(steps) == 0:
		s.None = fmt.Sprintf("the call tree of %s says that nobody is told of %s alarms", p.Country, a.Severity)
	default:
		s.take(p, steps)
	}
	if p != nil {
		s.escalated(p, a.To)
	}
	for _, function := range a.Raise.Tell {
		if name := safetext.Clean(function).String(); !slices.ContainsFunc(s.Posts, func(o Post) bool { return o.is(name) }) {
			s.post(name).Step = 1
		}
	}
	again := !a.Reopened.IsZero()
	over := !a.Cleared.IsZero() || !a.Open()
	for i := range a.Sheet {
		post := s.post(a.Sheet[i].Contact)
		post.Again = post.Again || again && i < a.reopenedAt && a.Sheet[i].Outcome.IsTold()
	}
	for i := range s.Posts {
		post := &s.Posts[i]
		post.Needed = a.Anew == 0 && (post.Again || post.Step > 0 && (!over || !again && !a.OverAndUntrue()))
		post.fold(a.Sheet[a.reopenedAt:], now)
	}
	if _, of := s.Figures(); of == 0 {
		s.none()
	}
	return s
}

// none says why nobody must be told of what somebody would have to be told of, were it so.
func (s *Sheet) none() {
	switch a := s.Alarm; {
	case a.Anew > 0:
		s.None = fmt.Sprintf("it is said again after all: tell them by A%d", a.Anew)
	case a.OverAndUntrue() && s.None == "":
		s.None = NotSo
	}
}

// NotSo is why nobody must be told of what nobody heard, and is not so.
const NotSo = "it is not so, and nobody was told of it"

// tree is the call tree for an alarm.
func tree(a *Alarm, p *profile.Profile) (steps []profile.Step, says bool) {
	if p == nil {
		return nil, false
	}
	steps, says = p.Tree[string(a.Severity)]
	return steps, says
}

// escalated adds those whom the alarm was escalated to, where the profile knows them.
func (s *Sheet) escalated(p *profile.Profile, to []string) {
	last := 0
	for i := range s.Posts {
		last = max(last, s.Posts[i].Step)
	}
	for _, word := range to {
		for _, post := range p.Posts(word) {
			if _, has := s.Named(post.Name); !has {
				last++
				s.Posts = append(s.Posts, Post{Name: post.Name, Step: last, Calls: callsOf(post.Contacts)})
			}
		}
	}
}

// take makes the posts of a call tree.
func (s *Sheet) take(p *profile.Profile, steps []profile.Step) {
	for n, step := range steps {
		for _, word := range step {
			for _, post := range p.Posts(word) {
				if slices.ContainsFunc(s.Posts, func(o Post) bool { return o.is(post.Name) }) {
					continue
				}
				s.Posts = append(s.Posts, Post{Name: post.Name, Step: n + 1, Calls: callsOf(post.Contacts)})
			}
		}
	}
}

func callsOf(contacts []*profile.Contact) (calls []Call) {
	for _, c := range contacts {
		for k := range c.Channels {
			calls = append(calls, Call{c, &c.Channels[k]})
		}
	}
	return calls
}

// is reports whether a name is that of the post or of one of its contacts.
func (p *Post) is(name string) bool {
	if profile.Fold(p.Name) == profile.Fold(name) {
		return true
	}
	return slices.ContainsFunc(p.Calls, func(c Call) bool { return profile.Fold(c.Contact.Called) == profile.Fold(name) })
}

// post is that which a name means; who is in no call tree gets one of its own.
func (s *Sheet) post(name string) *Post {
	if i := slices.IndexFunc(s.Posts, func(p Post) bool { return p.is(name) }); i >= 0 {
		return &s.Posts[i]
	}
	p := Post{Name: name}
	if s.known != nil {
		if c, ok := s.known.Contact(name); ok {
			p.Calls = callsOf([]*profile.Contact{c})
		}
	}
	s.Posts = append(s.Posts, p)
	return &s.Posts[len(s.Posts)-1]
}

// Named is the post that a name means: that of the post, or of one of its contacts.
func (s *Sheet) Named(name string) (*Post, bool) {
	if i := slices.IndexFunc(s.Posts, func(p Post) bool { return p.is(name) }); i >= 0 {
		return &s.Posts[i], true
	}
	return nil, false
}

// Figures are how many of those who must be told know. Of is 0 where nobody must be.
func (s *Sheet) Figures() (told, of int) {
	for i := range s.Posts {
		if p := &s.Posts[i]; p.Needed {
			of++
			if p.State.IsTold() {
				told++
			}
		}
	}
	return told, of
}

// Done reports whether everybody who must be told knows.
func (s *Sheet) Done() bool {
	told, of := s.Figures()
	return told == of
}

// Next is the post to call next: of those who must be told and are not, the one that was gone through least, in the order of
// the call tree; nil when everybody knows.
func (s *Sheet) Next() *Post {
	var best *Post
	for i := range s.Posts {
		p := &s.Posts[i]
		if p.Needed && !p.State.IsTold() && (best == nil || p.Pass < best.Pass) {
			best = p
		}
	}
	return best
}

// Veiled is the alarm as its told-sheet is for whoever may not know what it is about: the security lead is told of it and nobody else, of no
// country. Who else was told before, and whom it was escalated to, would say where it is.
func (a *Alarm) Veiled() *Alarm {
	veiled, raise := *a, *a.Raise
	raise.Country, raise.Tell = "", []string{profile.SecurityLead}
	veiled.Raise, veiled.To, veiled.Sheet, veiled.reopenedAt = &raise, nil, nil, 0
	for i, t := range a.Sheet {
		if profile.Fold(t.Contact) != profile.SecurityLead {
			continue
		}
		veiled.Sheet = append(veiled.Sheet, t)
		if i < a.reopenedAt {
			veiled.reopenedAt++
		}
	}
	return &veiled
}

// Untold are the told-sheets on which somebody who must be told is not, of open alarms and of closed ones that all must be told of
// again, in the order in which the alarms were raised. of gives the sheet of an alarm.
func (b *Book) Untold(of func(*Alarm) *Sheet) []*Sheet {
	var list []*Sheet
	for _, id := range b.order {
		a := b.alarms[id]
		if !a.Open() && a.Reopened.IsZero() {
			continue
		}
		if s := of(a); !s.Done() {
			list = append(list, s)
		}
	}
	return list
}

// Country is the country that it is about; unknown where it is about none.
func (a *Alarm) Country() country.Code {
	c, _ := country.Parse(a.Raise.Country)
	return c
}
