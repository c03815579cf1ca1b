package picture

// pages is a number for each ID, zero where none was set. Of a large file most runs of IDs have numbers that follow one
// another, or that are all the same: they are then a few bytes, and an array only where something else was set.
type pages[T ~uint16 | ~uint32] struct {
	runs []*page[T]
	step T // by which a number is larger than that of the ID before: 0 or 1
}

// page is the numbers of a run of IDs, by place. Its copies share the array: see own.
type page[T ~uint16 | ~uint32] struct {
	from, to uint16 // places that are in line: first at from, then by step
	first    T
	all      *[blockSize]T // where they are not all in line
}

func (p *page[T]) at(k int, step T) T {
	switch {
	case p.all != nil:
		return p.all[k]
	case k < int(p.from) || k >= int(p.to):
		return 0
	default:
		return p.first + T(k-int(p.from))*step
	}
}

func (p *page[T]) set(k int, step, v T) {
	switch {
	case p.all != nil:
		p.all[k] = v
	case p.at(k, step) == v:
	case p.from == p.to:
		p.from, p.to, p.first = uint16(k), uint16(k+1), v
	case k == int(p.to) && v == p.first+T(k-int(p.from))*step:
		p.to++
	default:
		all := new([blockSize]T)
		for place := p.from; place < p.to; place++ {
			all[place] = p.at(int(place), step)
		}
		all[k] = v
		p.all = all
	}
}

// own gives a copy that shares nothing.
func (p page[T]) own() page[T] {
	if p.all != nil {
		all := *p.all
		p.all = &all
	}
	return p
}

// at is the number of an ID.
func (p *pages[T]) at(id ID) (v T) {
	if run := int(id / blockSize); run < len(p.runs) && p.runs[run] != nil {
		return p.runs[run].at(int(id%blockSize), p.step)
	}
	return v
}

func (p *pages[T]) set(id ID, v T) {
	run := int(id / blockSize)
	for len(p.runs) <= run {
		p.runs = append(p.runs, nil)
	}
	if p.runs[run] == nil {
		p.runs[run] = new(page[T])
	}
	p.runs[run].set(int(id%blockSize), p.step, v)
}

// all yields the IDs that have a number other than zero.
func (p *pages[T]) all(yield func(ID, T) bool) {
	for n, run := range p.runs {
		if run == nil {
			continue
		}
		for k := range blockSize {
			if v := run.at(k, p.step); v != 0 && !yield(ID(n*blockSize+k), v) {
				return
			}
		}
	}
}
