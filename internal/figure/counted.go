package figure

// Counted says a count in words: a number, "3 or more" where there may have been more, "unknown" where nothing was seen and nobody could have
// said.
func (h Hand) Counted(n int, whole bool) string {
	switch {
	case whole:
		return h.Number(n)
	case n == 0:
		return h.Say("unknown")
	default:
		return h.Sayf("%s or more", h.Number(n))
	}
}
