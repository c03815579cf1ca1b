package calendar

// Bound replaces a number of times by the date of the last of them, so that it need not be counted again
// each time somebody looks. It is to be called once, before the entry is shared.
func (e *Entry) Bound() {
	if e.Rule == nil || e.Rule.Count == 0 {
		return
	}
	r := *e.Rule
	r.Count = min(r.Count, maxCounted)
	dates := r.dates(e.Start, e.Start, e.Start.AddDate(0, 0, maxCounted), r.Count)
	last := e.Start
	if len(dates) > 0 {
		last = dates[len(dates)-1].Add(e.Start.Sub(midnight(e.Start)))
	}
	if r.Until.IsZero() || last.Before(r.Until) {
		r.Until = last
	}
	r.Count = 0
	e.Rule = &r
}

// Merge puts together the entries of all files. Where two have one id, the one with the higher sequence
// number holds, of equal ones the first.
func Merge(files [][]Entry) []Entry {
	var all []Entry
	at := make(map[string]int)
	for _, entries := range files {
		for i := range entries {
			e := entries[i]
			id := e.ID.String()
			if n, again := at[id]; again && id != "" {
				if e.Sequence > all[n].Sequence {
					all[n] = e
				}
				continue
			}
			at[id] = len(all)
			all = append(all, e)
		}
	}
	return all
}
