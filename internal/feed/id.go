package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

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

// Nameless makes ids of the records of one content that have none of their own: the hash of what a record says, with its number among
// equal ones. A record that is corrected later has another id then, and counts as another one. The zero value is ready to use.
type Nameless struct {
	equal map[string]int // how often an id has been given
}

// ID is the id of the next record: prefix, and the hash of what it says in these parts.
func (n *Nameless) ID(prefix string, says ...string) safetext.Text {
	h := sha256.New()
	for _, part := range says {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	const length = 12 // bytes of the hash: enough for any content
	id := prefix + hex.EncodeToString(h.Sum(nil)[:length])
	if n.equal == nil {
		n.equal = map[string]int{}
	}
	if n.equal[id]++; n.equal[id] > 1 {
		id += "-" + strconv.Itoa(n.equal[id])
	}
	return safetext.Clean(id)
}
