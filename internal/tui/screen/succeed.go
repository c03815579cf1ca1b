package screen

import "vigil/internal/picture"

// Successor is a screen that holds on to incidents. When a picture takes the place of one that was made ahead of the
// reading, their IDs are others: Succeeded, which comes before Arrived, has them translated by f.View. It reports whether what was
// selected is not there any more.
type Successor interface {
	Succeeded(f Frame) (lost bool)
}

// Successors are the incidents of v that a picture made ahead of it called so; those that v lacks are left out.
func Successors(v picture.View, ids []picture.ID) []picture.ID {
	var list []picture.ID
	for _, id := range ids {
		if now, ok := v.Successor(id); ok {
			list = append(list, now)
		}
	}
	return list
}
