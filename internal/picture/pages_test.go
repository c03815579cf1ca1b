package picture

import (
	"testing"

	"pgregory.net/rapid"
)

// TestPagesHoldWhatWasSet: whatever is set in whatever order is there, and a copy that was taken before stays as it was.
func TestPagesHoldWhatWasSet(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, want := pages[uint32]{step: rapid.Uint32Range(0, 1).Draw(rt, "step")}, map[ID]uint32{}
		type copied struct {
			page page[uint32]
			want [blockSize]uint32
		}
		var copies []copied
		for range rapid.IntRange(0, 20).Draw(rt, "steps") {
			id := ID(rapid.IntRange(0, 3*blockSize).Draw(rt, "id"))
			v, by := rapid.Uint32Range(0, 3).Draw(rt, "value"), rapid.Uint32Range(0, 1).Draw(rt, "by")
			for range rapid.IntRange(1, 1500).Draw(rt, "run") {
				p.set(id, v)
				want[id] = v
				id, v = id+1, v+by
			}
			if rapid.Bool().Draw(rt, "copy") && len(p.runs) > 0 && p.runs[0] != nil {
				c := copied{page: p.runs[0].own()}
				for k := range c.want {
					c.want[k] = want[ID(k)]
				}
				copies = append(copies, c)
			}
		}
		for id := range ID(6 * blockSize) {
			if got := p.at(id); got != want[id] {
				rt.Fatalf("%d has %d, want %d", id, got, want[id])
			}
		}
		for id, v := range p.all {
			if v != want[id] {
				rt.Fatalf("%d is given with %d, want %d", id, v, want[id])
			}
			delete(want, id)
		}
		for id, v := range want {
			if v != 0 {
				rt.Fatalf("%d, which has %d, is not given", id, v)
			}
		}
		for _, c := range copies {
			for k := range c.want {
				if got := c.page.at(k, p.step); got != c.want[k] {
					rt.Fatalf("in a copy, %d has %d, want %d", k, got, c.want[k])
				}
			}
		}
	})
}
