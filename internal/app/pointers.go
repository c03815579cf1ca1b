package app

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/fetch"
	"vigil/internal/incident"
)

// An entry of an index that only points to its alert is listed as a report, until that alert has been fetched: then
// the alert takes its place. The index does not know what the alert calls itself, so the address brings the two
// together.

// point brings together what a content of a source that is fetched points to, and what points to it.
func (h *hub) point(fs *feedState, b *batch) {
	_, config := h.label(b.event.Spec, "")
	switch {
	case isLinked(fs, b.event):
		fs.address.takePlace(b.event.File, b.document.Records)
	case config != nil:
		fs.address.pointTo(baseOf(config), b.document.Records)
	}
}

// pointTo notes, for the files of linked contents, what the answer of an address says in their place.
func (a *fetched) pointTo(base *url.URL, records []feed.Record) {
	a.pointers = map[string][]incident.Identity{}
	for n := range records {
		if r := &records[n]; r.Linked != "" {
			if file := fetch.LinkFile(base, r.Linked); file != "" {
				a.pointers[file] = append(a.pointers[file], r.Incident.Identity)
			}
		}
	}
}

// takePlace makes the records of a linked content take the place of those that pointed to it.
func (a *fetched) takePlace(file string, records []feed.Record) {
	stubs := a.pointers[filepath.Base(file)]
	for n := range records {
		i := &records[n].Incident
		if records[n].Kind != feed.Incident || len(stubs) == 0 {
			continue
		}
		for _, stub := range stubs {
			if stub != i.Identity {
				i.Replaces = append(i.Replaces, stub)
			}
		}
		slices.SortFunc(i.Replaces, incident.CompareIdentities)
		i.Replaces = slices.Compact(i.Replaces)
	}
}

// baseOf is the address of a source without its query, to which what it links to may be relative.
func baseOf(s *desk.Source) *url.URL {
	shown, _, _ := strings.Cut(s.Poll.URL.String(), "?")
	base, err := url.Parse(shown)
	if err != nil {
		return nil
	}
	return base
}

// pointers are the further contents that an answer points to, what changed last first: who cannot fetch all of them
// at once has the newest. Those of which the answer does not say when they changed may be newer than any.
func pointers(links []feed.Link) []fetch.Pointer {
	links = slices.Clone(links)
	slices.SortStableFunc(links, func(a, b feed.Link) int {
		switch {
		case a.Updated.IsZero() == b.Updated.IsZero():
			return b.Updated.Compare(a.Updated)
		case a.Updated.IsZero():
			return -1
		default:
			return 1
		}
	})
	list := make([]fetch.Pointer, len(links))
	for n, l := range links {
		list[n] = fetch.Pointer{Address: l.Address, Live: l.Live}
		if !l.Updated.IsZero() {
			list[n].Stamp = l.Updated.UTC().Format(time.RFC3339Nano)
		}
	}
	return list
}
