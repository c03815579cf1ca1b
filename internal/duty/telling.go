package duty

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/profile"
)

// fold works the state of a post out of what was written since all had to be told last.
func (p *Post) fold(sheet []Telling, now time.Time) {
	misses := make([]int, len(p.Calls))
	standing := map[string]Telling{} // the last answer of each contact
	var last Telling
	mine := p.entries(sheet)
	for i := range mine {
		t := mine[i]
		if !furthers(mine[:i], &t) {
			p.Tried++
		}
		who := profile.Fold(t.Contact)
		stands, has := standing[who]
		switch {
		case t.Outcome == Tried:
			if now.Sub(t.At) >= Patience && !answeredLater(mine[i+1:], &t) {
				t.Outcome = NoAnswer
			}
		case t.Outcome != NoAnswer:
			standing[who] = t
		case has && strings.EqualFold(stands.Channel, t.Channel):
			delete(standing, who)
		}
		p.miss(misses, &t)
		last = t
	}
	if len(misses) > 0 {
		p.Pass = slices.Min(misses)
		p.next = slices.Index(misses, p.Pass)
	}
	p.settle(standing, &last)
}

// furthers reports whether an entry says more of the last call to its contact, and is no call of its own: what became of a try, that it was
// read back, that it was written wrongly.
func furthers(before []Telling, t *Telling) bool {
	for _, last := range slices.Backward(before) {
		if profile.Fold(last.Contact) == profile.Fold(t.Contact) {
			return t.Outcome != Tried && strings.EqualFold(last.Channel, t.Channel) && (last.Outcome == Tried || last.Outcome.IsTold())
		}
	}
	return false
}

// entries are those of the post, each with the channel that it is of.
func (p *Post) entries(sheet []Telling) []Telling {
	var mine []Telling
	last, answer := map[string]Telling{}, map[string]string{} // of each contact: its last entry, and the channel of its last answer
	for _, t := range sheet {
		if !p.is(t.Contact) {
			continue
		}
		who := profile.Fold(t.Contact)
		before, has := last[who]
		switch {
		case t.Channel != "" || !has:
		case before.Outcome != NoAnswer:
			t.Channel = before.Channel
		case t.Outcome == NoAnswer:
			t.Channel = answer[who]
		}
		switch t.Outcome {
		case Answered, ReadBack, Refused:
			answer[who] = t.Channel
		case NoAnswer:
			if strings.EqualFold(answer[who], t.Channel) {
				delete(answer, who)
			}
		}
		last[who] = t
		mine = append(mine, t)
	}
	return mine
}

// answeredLater reports whether what became of a try was written after it.
func answeredLater(later []Telling, t *Telling) bool {
	return slices.ContainsFunc(later, func(o Telling) bool {
		return profile.Fold(o.Contact) == profile.Fold(t.Contact) && strings.EqualFold(o.Channel, t.Channel)
	})
}

// miss counts what was tried in vain: a channel that nobody answered, and all channels of a contact that refused.
func (p *Post) miss(misses []int, t *Telling) {
	if t.Outcome != NoAnswer && t.Outcome != Refused {
		return
	}
	var mine []int
	for i := range p.Calls {
		if profile.Fold(p.Calls[i].Contact.Called) == profile.Fold(t.Contact) {
			mine = append(mine, i)
		}
	}
	if len(mine) == 0 {
		return
	}
	if t.Outcome == Refused {
		pass := 0
		for _, i := range mine {
			pass = max(pass, misses[i])
		}
		if least := slices.MinFunc(mine, func(a, b int) int { return cmp.Compare(misses[a], misses[b]) }); misses[least] == pass {
			pass++
		}
		for _, i := range mine {
			misses[i] = pass
		}
		return
	}
	at := slices.IndexFunc(mine, func(i int) bool { return strings.EqualFold(p.Calls[i].Channel.Called, t.Channel) })
	if at < 0 { // no channel was written: the one whose turn it was
		at = slices.Index(mine, slices.MinFunc(mine, func(a, b int) int { return cmp.Compare(misses[a], misses[b]) }))
	}
	misses[mine[at]]++
}

// settle says what stands: an answer of any contact before all else, and then the last entry.
func (p *Post) settle(standing map[string]Telling, last *Telling) {
	rest := *last
	p.State = NotTold
	if p.Tried > 0 {
		p.State = map[Outcome]PostState{Tried: Trying, NoAnswer: Missed, Refused: Declined}[last.Outcome]
		if last.Outcome.IsTold() { // taken back since, or another contact refused
			p.State = Missed
		}
	}
	for _, t := range standing {
		state := map[Outcome]PostState{Answered: HasHeard, ReadBack: HasRepeated}[t.Outcome]
		if t.Outcome.IsTold() && (state > p.State || state == p.State && t.At.After(rest.At)) {
			p.State, rest = state, t
		}
	}
	if p.State == NotTold {
		return
	}
	p.At, p.By, p.Words, p.Who, p.How, p.by = rest.At, rest.By, rest.Words, rest.Contact, rest.Contact, rest.Channel
	if rest.Channel != "" {
		p.How += " by " + rest.Channel
	}
}
