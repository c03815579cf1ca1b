package desk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// Limits of a profile: it is read while a telephone rings.
const (
	maxContacts = 300
	maxChannels = 12  // of a contact
	maxSteps    = 40  // of a call tree
	maxActions  = 15  // lines for one kind of event
	maxAction   = 160 // characters of a line
	maxPoints   = 100 // assembly points, and as many rendezvous
)

// ParseProfile reads the profile of a country. All or nothing: with any error no profile is returned, and the error wraps
// [ErrHalf] or [ErrRefused]. No problem holds a number. modified is when the file was written, zero when that is not known.
func ParseProfile(file string, data []byte, modified time.Time) (*profile.Profile, []problem.Problem, error) {
	r := newReader(file)
	p := &profileFile{}
	if root := r.yaml(data); root != nil {
		p.at = root.at
		readTable(r, root, profileKeys, p)
		r.checkProfile(p, modified)
	}
	for i := range r.problems {
		r.problems[i].Message = safetext.Clean(masked(r.problems[i].Message.String()))
	}
	r.sort()
	if n := CountErrors(r.problems); n > 0 {
		return nil, r.problems, fmt.Errorf("%s: %d errors: %w", r.file, n, whole(data))
	}
	return &p.Profile, r.problems, nil
}

// CheckProfiles reports countries that have more than one profile: nobody could say which numbers hold. The profiles are those of
// all files that are in force, in the order of their names.
func CheckProfiles(all []*profile.Profile) []problem.Problem {
	var problems []problem.Problem
	for i, p := range all {
		if at := slices.IndexFunc(all[:i], func(o *profile.Profile) bool { return o.Country == p.Country }); at >= 0 {
			problems = append(problems, problem.Problem{
				File: p.Origin.File, Line: p.Origin.Line,
				Message: safetext.Clean(fmt.Sprintf("%s has a profile in %s:%d too: keep one of the two; the other one is used until then",
					p.Country, all[at].Origin.File, all[at].Origin.Line)),
			})
		}
	}
	return problems
}

// digits find what may be a number of somebody in a message; dates are let through.
var (
	digits   = regexp.MustCompile(`\+?[0-9][0-9 ().-]{5,}[0-9]`)
	dateLike = regexp.MustCompile(`^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?$`) // with the day or without
)

// masked is a message without anybody's number: somebody may have written one where a word belongs.
func masked(message string) string {
	return digits.ReplaceAllStringFunc(message, func(s string) string {
		if dateLike.MatchString(s) {
			return s
		}
		return "[number]"
	})
}

// profileFile is a profile as it is being read.
type profileFile struct {
	profile.Profile
	at, reviewedAt, treeAt place
	saidCountry            bool
	steps                  []treeStep
}

// treeStep is a word of a call tree with its place.
type treeStep struct {
	word string
	at   place
}

var profileKeys = []key[profileFile]{
	{"country", func(r *reader, n *node, p *profileFile) { p.Country, p.saidCountry = r.country(n), true }},
	{"reviewed", func(r *reader, n *node, p *profileFile) { p.Reviewed, p.reviewedAt = r.when(n), n.at }},
	{"contacts", func(r *reader, n *node, p *profileFile) {
		for _, item := range r.most(n, maxContacts, "contacts") {
			c := &contactEntry{at: item.at}
			r.nameless(item)
			readTable(r, item, contactKeys, c)
			r.checkContact(c)
			c.Line = item.at.line
			p.Contacts = append(p.Contacts, c.Contact)
		}
	}},
	{"call_tree", func(r *reader, n *node, p *profileFile) {
		p.Tree, p.treeAt = map[string][]profile.Step{}, n.at
		readTable(r, n, treeKeys(), p)
	}},
	{"five_minutes", func(r *reader, n *node, p *profileFile) {
		p.First = map[string][]string{}
		readTable(r, n, actionKeys(), p)
	}},
	{"assembly_points", func(r *reader, n *node, p *profileFile) {
		for _, item := range r.most(n, maxPoints, "assembly points") {
			var point profile.Point
			readTable(r, item, pointKeys, &point)
			if point.Name.IsZero() || point.Where.IsZero() {
				r.errorf(item.at, "the assembly point needs a name and where it is: write name: … and where: …")
			}
			if point.After > 0 && point.Fallback.IsZero() {
				r.errorf(item.at, "fallback_after says when to leave, and not where to: write fallback: …")
			}
			p.Points = append(p.Points, point)
		}
	}},
	{"rendezvous", func(r *reader, n *node, p *profileFile) {
		for _, item := range r.most(n, maxPoints, "rendezvous") {
			var meet profile.Rendezvous
			readTable(r, item, rendezvousKeys, &meet)
			if meet.Name.IsZero() || len(meet.Times) == 0 {
				r.errorf(item.at, "the rendezvous needs a name and times: write name: … and times: [\"06:00\", \"18:00\"], by the clock of the place")
			}
			p.Rendezvous = append(p.Rendezvous, meet)
		}
	}},
}

// contactEntry is a contact as it is being read.
type contactEntry struct {
	profile.Contact
	at           place
	saidChannels bool
}

var contactKeys = []key[contactEntry]{
	{"function", func(r *reader, n *node, c *contactEntry) { c.Function = r.words(n) }},
	{"zone", func(r *reader, n *node, c *contactEntry) { c.Zone = r.words(n) }},
	{"call_sign", func(r *reader, n *node, c *contactEntry) { c.CallSign = r.words(n) }},
	{"channels", func(r *reader, n *node, c *contactEntry) {
		c.saidChannels = true
		for _, item := range r.most(n, maxChannels, "channels") {
			var ch channelEntry
			before := len(r.problems)
			readTable(r, item, channelKeys, &ch)
			switch {
			case r.failed(before):
			case ch.Kind == "":
				r.errorf(item.at, "the channel has no kind: write one of %s", strings.Join(profile.Kinds(), ", "))
			case ch.Number.IsZero() && ch.Kind != profile.InPerson:
				r.errorf(item.at, "the channel has no number: write number: \"…\", an address or a frequency")
			}
			c.Channels = append(c.Channels, ch.Channel)
		}
	}},
	{"languages", func(r *reader, n *node, c *contactEntry) { c.Languages = r.listOfWords(n) }},
	{"hours", func(r *reader, n *node, c *contactEntry) { c.Hours = r.words(n) }},
}

type channelEntry struct{ profile.Channel }

var channelKeys = []key[channelEntry]{
	{"kind", func(r *reader, n *node, c *channelEntry) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		if c.Kind, ok = profile.ParseKind(s); !ok {
			r.oneOf(n.at, "kind", s, profile.Kinds())
		}
	}},
	{"number", func(r *reader, n *node, c *channelEntry) { c.Number = profile.NumberOf(r.words(n)) }},
}

var pointKeys = []key[profile.Point]{
	{"name", func(r *reader, n *node, p *profile.Point) { p.Name = r.words(n) }},
	{"zone", func(r *reader, n *node, p *profile.Point) { p.Zone = r.words(n) }},
	{"where", func(r *reader, n *node, p *profile.Point) { p.Where = r.words(n) }},
	{"fallback", func(r *reader, n *node, p *profile.Point) { p.Fallback = r.words(n) }},
	{"fallback_after", func(r *reader, n *node, p *profile.Point) { p.After, _ = r.duration(n, time.Minute) }},
}

var rendezvousKeys = []key[profile.Rendezvous]{
	{"name", func(r *reader, n *node, p *profile.Rendezvous) { p.Name = r.words(n) }},
	{"zone", func(r *reader, n *node, p *profile.Rendezvous) { p.Zone = r.words(n) }},
	{"where", func(r *reader, n *node, p *profile.Rendezvous) { p.Where = r.words(n) }},
	{"times", func(r *reader, n *node, p *profile.Rendezvous) {
		for _, item := range r.items(n) {
			s, ok := r.scalar(item)
			if !ok {
				continue
			}
			t, err := time.Parse("15:04", s)
			if err != nil {
				r.errorf(item.at, "%s is no time of day: write it as \"06:00\", by the clock of the place", quote(s))
				continue
			}
			p.Times = append(p.Times, t.Format("15:04"))
		}
	}},
}

// treeKeys are the severities of alarms, each with the functions to tell in order; a list within is told at the same time.
func treeKeys() []key[profileFile] {
	var keys []key[profileFile]
	for _, s := range duty.Severities() {
		keys = append(keys, key[profileFile]{string(s), func(r *reader, n *node, p *profileFile) {
			p.Tree[string(s)] = []profile.Step{}
			for _, item := range r.most(n, maxSteps, "steps") {
				group := []*node{item}
				if item.kind == listNode {
					group = r.most(item, maxSteps, "functions")
				}
				var step profile.Step
				for _, g := range group {
					if w := r.words(g); !w.IsZero() {
						step = append(step, w.String())
						p.steps = append(p.steps, treeStep{w.String(), g.at})
					}
				}
				if len(step) > 0 {
					p.Tree[string(s)] = append(p.Tree[string(s)], step)
				}
			}
		}})
	}
	return keys
}

// actionKeys are the acts, the threats and any.
func actionKeys() []key[profileFile] {
	words := []string{profile.Any}
	for _, w := range slices.Concat(incident.ThreatWords(), incident.ActWords()) {
		if w != "unknown" {
			words = append(words, w)
		}
	}
	var keys []key[profileFile]
	for _, w := range words {
		keys = append(keys, key[profileFile]{w, func(r *reader, n *node, p *profileFile) {
			for _, item := range r.most(n, maxActions, "lines") {
				line := r.words(item)
				if len([]rune(line.String())) > maxAction {
					r.errorf(item.at, "the line is longer than %d characters: nobody reads that in five minutes; divide it", maxAction)
				}
				if !line.IsZero() {
					p.First[w] = append(p.First[w], line.String())
				}
			}
		}})
	}
	return keys
}

// most gives the values of a list that may have so many.
func (r *reader) most(n *node, most int, what string) []*node {
	list := r.items(n)
	if len(list) > most {
		r.errorf(list[most].at, "there are %d %s here, of which %d are read at most", len(list), what, most)
		return list[:most]
	}
	return list
}

func (r *reader) listOfWords(n *node) []safetext.Text {
	var list []safetext.Text
	for _, item := range r.items(n) {
		if w := r.words(item); !w.IsZero() {
			list = append(list, w)
		}
	}
	return list
}

// nameless reports a contact with a name, and takes it out, so that nothing else is said of it.
func (r *reader) nameless(n *node) {
	n.fields = slices.DeleteFunc(n.fields, func(f *field) bool {
		if f.key == "name" {
			r.errorf(f.at, "names of people stay out of profiles: write function: … and call_sign: …, and remove name")
		}
		return f.key == "name"
	})
}

func (r *reader) checkContact(c *contactEntry) {
	switch {
	case c.Function.IsZero():
		r.errorf(c.at, "the contact has no function: write function: designated official, security adviser, warden, …")
	case len(c.Channels) == 0 && !c.saidChannels:
		r.errorf(c.at, "%s has no channel and cannot be told: write channels: [{kind: phone, number: \"…\"}], or {kind: in person}", quote(c.Function.String()))
	case len(c.Channels) == 0:
		r.errorf(c.at, "the channels of %s are empty: it cannot be told; write one, or {kind: in person}", quote(c.Function.String()))
	}
}

// checkProfile reports what only shows when a profile is seen whole, and makes it ready.
func (r *reader) checkProfile(p *profileFile, modified time.Time) {
	p.Origin = incident.Origin{File: r.file, Line: p.at.line}
	if !p.saidCountry {
		r.errorf(p.at, "the country is missing: write country: MLI")
	}
	switch {
	case p.Reviewed.IsZero() && p.reviewedAt == place{}:
		r.warnf(p.at, "nothing says when the numbers were last tried: write reviewed: 2026-11-20")
	case !modified.IsZero() && p.Reviewed.Start.After(modified.Add(incident.FutureTolerance)):
		r.warnf(p.reviewedAt, "reviewed is later than the file was written: it makes nothing fresh")
	}
	p.Settle()
	var called []string
	for i := range p.Contacts {
		c := &p.Contacts[i]
		called = append(called, profile.Fold(c.Function.String()))
		if !c.Zone.IsZero() {
			called = append(called, profile.Fold(c.Function.String()+" "+c.Zone.String()))
		}
		if profile.Fold(c.Function.String()) == "warden" && c.Zone.IsZero() {
			r.warnf(place{line: c.Line}, "a warden without a zone: write zone: …, or nobody knows whom it accounts for")
		}
	}
	slices.Sort(called)
	called = slices.Compact(called)
	for _, s := range p.steps {
		if len(p.Posts(s.word)) > 0 {
			continue
		}
		if len(called) == 0 {
			r.errorf(s.at, "the call tree names %s, and there is no contact: write contacts", quote(s.word))
			continue
		}
		r.errorf(s.at, "the call tree names %s, which no contact has: %s", quote(s.word), instead(s.word, called))
	}
	r.checkTree(p)
	if len(p.First) == 0 {
		r.warnf(p.at, "there are no five-minute actions: write five_minutes: {any: [\"…\"]}")
	}
}

// checkTree warns of severities that nobody is told of, and of who is told twice.
func (r *reader) checkTree(p *profileFile) {
	if p.Tree == nil {
		r.warnf(p.at, "there is no call tree: of an alarm in this country nobody is told by it; write call_tree: {critical: […], high: […]}")
		return
	}
	for _, s := range []duty.Severity{duty.Critical, duty.High} {
		if _, says := p.Tree[string(s)]; !says {
			r.warnf(p.treeAt, "the call tree says nothing of %s: nobody is told of such an alarm by it; write [] if that is meant", s)
		}
	}
	for _, s := range duty.Severities() {
		seen := map[string]bool{}
		for _, step := range p.Tree[string(s)] {
			for _, word := range step {
				for _, post := range p.Posts(word) {
					if name := profile.Fold(post.Name); seen[name] {
						r.warnf(p.treeAt, "the call tree tells %s of %s twice: the first place counts", quote(post.Name), s)
					} else {
						seen[name] = true
					}
				}
			}
		}
	}
}
