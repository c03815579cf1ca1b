package picture

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestOrderIsSorted: whatever is put into the list and taken out, in runs as feeds have them or one by one, it holds what it
// should, newest first, and what was published before stays as it was.
func TestOrderIsSorted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var o order
		var want []place
		type published struct {
			timeline timeline
			want     []place
		}
		var before []published
		next := ID(1)
		whole := rapid.Bool().Draw(rt, "whole seconds")
		insert := func(key int64) {
			if whole || next%701 > 0 {
				key *= int64(time.Second)
			}
			p := place{key, next}
			next++
			o.insert(p)
			want = append(want, p)
		}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "step") {
			case 0: // a feed
				from := rapid.Int64Range(-5000, 5000).Draw(rt, "from")
				by := rapid.SampledFrom([]int64{1, 3, 0, -1, -2}).Draw(rt, "by")
				for k := range rapid.Int64Range(0, 3*together/2).Draw(rt, "run") {
					insert(from + k*by)
				}
			case 1:
				for range rapid.IntRange(1, 40).Draw(rt, "n") {
					insert(rapid.Int64Range(-6000, 6000).Draw(rt, "key"))
				}
			case 2:
				for range min(len(want), rapid.IntRange(1, 40).Draw(rt, "removed")) {
					k := rapid.IntRange(0, len(want)-1).Draw(rt, "which")
					o.remove(want[k])
					want = slices.Delete(want, k, k+1)
				}
			default:
				slices.SortFunc(want, comparePlaces)
				before = append(before, published{o.publish(), slices.Clone(want)})
			}
		}
		slices.SortFunc(want, comparePlaces)
		for _, p := range append(before, published{o.publish(), want}) {
			if got := slices.Collect(p.timeline.all); !slices.Equal(got, p.want) {
				rt.Fatalf("%d places, want %d: %v\n%v", len(got), len(p.want), got, p.want)
			}
			if p.timeline.n != len(p.want) {
				rt.Fatalf("says %d places, want %d", p.timeline.n, len(p.want))
			}
			for _, k := range []int{0, len(p.want) / 2, len(p.want) - 1} {
				if k >= 0 && k < len(p.want) && p.timeline.at(k) != p.want[k] {
					rt.Fatalf("place %d is %v, want %v", k, p.timeline.at(k), p.want[k])
				}
			}
		}
		for _, l := range o.leaves {
			if len(l.ids) == 0 || len(l.ids) > leafSize || cap(l.ids) > leafSize {
				rt.Fatalf("a leaf of %d places in room for %d", len(l.ids), cap(l.ids))
			}
		}
	})
}

// TestOrderStaysFull: a feed in the order of its times, either way, leaves no half empty leaves behind it.
func TestOrderStaysFull(t *testing.T) {
	for _, by := range []int64{1, -1} {
		var o order
		const n = 20 * leafSize
		for k := range int64(n) {
			o.insert(place{by * k, ID(k + 1)})
			if k%700 == 0 {
				o.publish()
			}
		}
		if o.publish(); len(o.leaves) > n/leafSize+1 {
			t.Errorf("by %d: %d leaves for %d places of %d each", by, len(o.leaves), n, leafSize)
		}
	}
}
