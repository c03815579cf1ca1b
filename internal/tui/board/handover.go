package board

import (
	"vigil/internal/handover"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
)

// handoverNeeds are a handover that waits for the incoming, and what earlier ones left with an outgoing.
func handoverNeeds(f screen.Frame) []need {
	if !f.View.Live() {
		return nil
	}
	var list []need
	book := f.View.Duty()
	if h := book.Handover(); h != nil {
		age, _ := f.Age(h.At, f.Now, 0)
		list = append(list, need{
			key: "handover " + h.ID, rank: rankHandover, urgent: true, word: f.Say("HANDOVER"), role: theme.Accent, age: age,
			text: f.HandoverWaiting(h), ask: screen.Ask{Go: screen.ToHandover},
		})
	}
	for _, h := range book.Stays() {
		declined := handover.Veiled(f.View, h).Declined()
		age, _ := f.Age(declined[0].At, f.Now, 0)
		text := f.Sayf("item %s stays with %s until they sign it off: %s", h.Called(declined[0].Number), h.From, declined[0].Words)
		if n := len(declined); n > 1 {
			text = f.Sayf("%s stay with %s until they sign them off", f.Plural(n, "item"), h.From)
		}
		list = append(list, need{
			key: "declined " + h.ID, rank: rankHandover, word: f.Say("DECLINED"), role: theme.Warning, age: age, text: text, ask: screen.Ask{Go: screen.ToHandover},
		})
	}
	return list
}
