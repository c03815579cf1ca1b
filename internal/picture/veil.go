package picture

// A picture of the past is as the desk knew it then, but for one thing: what is restricted by now is restricted in it, whatever was known
// or shown at its time. Somebody restricted it because what had been open was not to be; and who must not see it today must not see it by
// asking for yesterday.

// restrictedNow are the incidents of which any version is restricted, whenever it came, and those that belong to the story of one: whose
// place it took, or that took its place.
func (s *Store) restrictedNow() map[ID]bool {
	veiled := map[ID]bool{}
	var next []ID
	add := func(id ID) {
		if !veiled[id] {
			veiled[id] = true
			next = append(next, id)
		}
	}
	for id := ID(1); int(id) <= s.names.n; id++ {
		for h := s.listed.head(id); h != 0; h = s.rows.before(h) {
			if s.rows.at(h).traits&isRestricted != 0 {
				add(id)
				break
			}
		}
	}
	if len(next) == 0 {
		return nil
	}
	kin := map[ID][]ID{}
	for _, r := range s.replacements {
		kin[r.id], kin[r.from] = append(kin[r.id], r.from), append(kin[r.from], r.id)
	}
	for len(next) > 0 {
		id := next[0]
		next = next[1:]
		for _, other := range kin[id] {
			add(other)
		}
	}
	return veiled
}
