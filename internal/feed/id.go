package feed

import (
	"crypto/sha256"
	"encoding/hex"

	"vigil/internal/safetext"
)

// ID makes the id of a record of the first of these texts that says anything. One that is longer than MaxID,
// as addresses can be, becomes its hash: cut off, two that begin the same would become one. It is empty when
// none says anything.
func (t *Text) ID(candidates ...string) safetext.Text {
	for _, s := range candidates {
		id := safetext.Clean(s)
		switch {
		case id.IsZero():
			continue
		case id.Len() > MaxID || len(s) > MaxID:
			sum := sha256.Sum256([]byte(s))
			return safetext.Clean("sha256-" + hex.EncodeToString(sum[:16]))
		}
		return t.Line(s)
	}
	return safetext.Text{}
}
