package order

import (
	"slices"
	"strings"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// outcomeWords are how the outcomes are typed. Each also goes with a blank for the hyphen.
var outcomeWords = map[string]duty.Outcome{
	"tried": duty.Tried, "no-answer": duty.NoAnswer, "refused": duty.Refused, "answered": duty.Answered, "read-back": duty.ReadBack,
}

const outcomeList = "tried, no-answer, refused, answered, read-back" // as they are typed, in every language

// told is what became of telling a contact: told A17 security adviser VHF read-back.
func (l *line) told() (action.Command, error) {
	a, err := l.alarm()
	if err != nil {
		return nil, err
	}
	sheet := l.sheet(a)
	who, err := l.contact(sheet)
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(l.peek(), "by") { // as the log has it: security adviser by mobile
		l.word()
	}
	channel := l.named(channelsOf(sheet, who), duty.ChannelIn)
	outcome, ok := l.outcome()
	if !ok {
		word := l.word()
		if word == "" {
			return nil, mistake(saying.Errorf("what became of it? %s", outcomeList))
		}
		return nil, mistake(saying.Errorf("%q is no channel of %s and no outcome: outcomes are %s", safetext.CleanMax(word, 40).String(), safetext.CleanMax(who, 60).String(), outcomeList))
	}
	return action.Record{Body: &duty.Told{Alarm: a.ID, Contact: who, Channel: channel, Outcome: outcome, Words: l.rest()}}, nil
}

func (l *line) sheet(a *duty.Alarm) *duty.Sheet {
	return l.view.Sheet(a, l.now)
}

// contact takes whom: a contact of the told-sheet or of the profile. What nobody is called is not taken, whatever it is: it would stand in
// the log for good, and as somebody who knows.
func (l *line) contact(sheet *duty.Sheet) (string, error) {
	known := l.contacts(sheet)
	if name := l.named(known.names, duty.FunctionIn); name != "" {
		return name, nil
	}
	if function := l.named(known.functions(), duty.FunctionIn); function != "" {
		zones := known.zones[profile.Fold(function)]
		if len(zones) == 1 {
			return zones[0], nil
		}
		return "", saying.Errorf("%s is in several zones: write which of %s", safetext.CleanMax(function, 60).String(), strings.Join(zones, ", "))
	}
	pos, last := l.pos, l.last
	var words []string
	for l.peek() != "" {
		if _, is := l.outcome(); is {
			break
		}
		words = append(words, l.word())
	}
	l.pos, l.last = pos, last
	l.word() // it is the wrong one, or where it is missing
	if len(words) == 0 {
		return "", mistake(saying.Errorf("who? write the function, as the told-sheet names it"))
	}
	whom := safetext.CleanMax(strings.Join(words, " "), 60).String()
	if meant := known.meant(words); meant != "" {
		return "", saying.Errorf("no contact is called %q: did you mean %s? There are %s", whom, meant, known.list())
	}
	return "", saying.Errorf("no contact is called %q: there are %s", whom, known.list())
}

// named takes the longest of the names that comes next, as the desk writes it or as it is called in the language; empty if none does.
func (l *line) named(names []string, called func(saying.Voice, string) string) string {
	all := slices.Clone(names)
	for _, n := range names {
		all = append(all, called(l.in, n))
	}
	if i := l.longest(all); i >= 0 {
		return names[i%len(names)]
	}
	return ""
}

// name takes the longest of the names that comes next, in any case; empty if none does.
func (l *line) name(names []string) string {
	if i := l.longest(names); i >= 0 {
		return names[i]
	}
	return ""
}

// longest takes the longest of the names that comes next, of equal ones the first; -1 if none does.
func (l *line) longest(names []string) int {
	best, end, last := -1, l.pos, l.last
	from, before := l.pos, l.last
	for i, n := range names {
		l.pos = from
		words := strings.Fields(n)
		matches := len(words) > 0
		for _, w := range words {
			if !strings.EqualFold(l.word(), w) {
				matches = false
				break
			}
		}
		if matches && l.pos > end {
			best, end, last = i, l.pos, l.last
		}
	}
	l.pos, l.last = end, last
	if best < 0 {
		l.pos, l.last = from, before
	}
	return best
}

// outcome takes an outcome, if one comes next.
func (l *line) outcome() (duty.Outcome, bool) {
	pos, last := l.pos, l.last
	word := strings.ToLower(l.word())
	if o, ok := outcomeWords[word]; ok {
		return o, true
	}
	if o, ok := outcomeWords[word+"-"+strings.ToLower(l.peek())]; ok {
		l.word()
		return o, true
	}
	l.pos, l.last = pos, last
	return "", false
}

// channelsOf are by what a contact can be told: its own channels first, then every kind.
func channelsOf(s *duty.Sheet, who string) []string {
	var names []string
	if s.Profile != nil {
		if c, ok := s.Profile.Contact(who); ok {
			for i := range c.Channels {
				names = append(names, c.Channels[i].Called)
			}
		}
	}
	for _, k := range profile.Kinds() {
		if !slices.Contains(names, k) {
			names = append(names, k)
		}
	}
	return names
}

// followsTold lists what may stand next: the alarm, the next word of whom, the channels and the outcomes.
func (l *line) followsTold(n int) []string {
	if n == 1 {
		return l.namesAlarm(n)
	}
	a, err := l.alarm()
	if err != nil {
		return nil
	}
	sheet := l.sheet(a)
	names := l.contacts(sheet).names
	who := l.name(names)
	typed := strings.Fields(l.text[l.pos:])
	if who == "" {
		return nextWords(names, typed)
	}
	var list []string
	if len(typed) == 0 { // it may be the beginning of a longer name
		list = nextWords(names, strings.Fields(who))
	}
	if l.name(channelsOf(sheet, who)) == "" {
		list = append(list, nextWords(channelsOf(sheet, who), strings.Fields(l.text[l.pos:]))...)
	}
	if strings.TrimSpace(l.text[l.pos:]) == "" {
		list = append(list, "answered", "read-back", "no-answer", "tried", "refused")
	}
	return list
}

// nextWords are the words that come after those typed in the names that begin with them.
func nextWords(names, typed []string) []string {
	var list []string
	for _, n := range names {
		words := strings.Fields(n)
		if len(words) <= len(typed) {
			continue
		}
		begins := true
		for i, w := range typed {
			begins = begins && strings.EqualFold(w, words[i])
		}
		if w := words[len(typed)]; begins && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}
