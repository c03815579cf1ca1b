package figure

import (
	"path"

	"vigil/internal/picture"
)

// Unread says of which part of the files a picture is while they are read for the first time: "last 1,907 records of
// radio.jsonl, rest being read"; "being read" where nobody chose the part; empty once everything has been read. A file need
// not be in the order of time: its last records are its last records, and not the newest.
func (h Hand) Unread(v picture.View) string {
	switch {
	case !v.Unread():
		return ""
	case v.Ahead():
		if part := h.tails(v.Desk().Tails); part != "" {
			return h.Sayf("%s, rest being read", part)
		}
	}
	return h.Say("being read")
}

// UnreadList is [Hand.Unread] over a list of the newest incidents: from a file that is read from its beginning, the newest come last.
func (h Hand) UnreadList(v picture.View) string {
	if v.Unread() && !v.Ahead() {
		return h.Say("being read: the newest may not be here yet")
	}
	return h.Unread(v)
}

// tails are the ends of files that were read.
func (h Hand) tails(list []picture.Tail) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return h.Sayf("last %s of %s", h.Plural(list[0].Records, "record"), path.Base(list[0].File.OneLine().String()))
	}
	n := 0
	for _, t := range list {
		n += t.Records
	}
	return h.Sayf("last %s of %s", h.Plural(n, "record"), h.Plural(len(list), "file"))
}

// SourceState is the word for the state of a source: UNREAD where its files have not been read, or only the end of one, so
// that its state is not known yet.
func (h Hand) SourceState(s *picture.Source) string {
	if s.Unread {
		return h.Say("UNREAD")
	}
	return h.State(s.State)
}
