package incident

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// Token stands for an incident where its name may not be written: the same for each version and in each process, and nothing can
// be read out of it. It is no secret of whoever knows the name.
func (n Identity) Token() string {
	const bytes = 10
	sum := sha256.Sum256([]byte(n.Authority.String() + "\x00" + n.ID.String()))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:bytes]))
}
