package incident

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"vigil/internal/safetext"
)

// Hash is the canonical hash of a normalised incident: equal exactly when two records say the
// same. It does not depend on how the source wrote it ("36.0" is 36).
type Hash [16]byte

// hashVersion begins every hash; change it when a field is added, so that hashes of two
// releases are never compared as if they covered the same.
const hashVersion = 3

// Hash computes the canonical hash. Every field of the incident takes part but the version and
// the difference of new and update: the same content said again is still the same content.
func (i *Incident) Hash() Hash {
	sum := sha256.Sum256(i.AppendCanonical(nil))
	return Hash(sum[:len(Hash{})])
}

// AppendCanonical appends what [Incident.Hash] is the hash of: bytes that are equal exactly when two
// records say the same. They mean nothing outside the running program.
func (i *Incident) AppendCanonical(b []byte) []byte {
	d := digest{b}
	d.num(hashVersion)
	d.text(i.Identity.Authority, i.Identity.ID)
	d.flag(i.Type == Cancel, i.Type == Withdraw)
	d.num(uint64(len(i.Replaces)))
	for _, o := range i.Replaces {
		d.text(o.Authority, o.ID)
	}
	d.num(uint64(i.Class), uint64(i.Status))
	d.when(i.Occurred, i.Until, At(i.Reported), i.ExpectedFrom, i.ExpectedTo)
	d.flag(i.Ongoing, i.HasPoint, i.NoOnward, i.Inferred)
	d.num(uint64(len(i.Countries)))
	for _, c := range i.Countries {
		d.str(c.String())
	}
	d.num(uint64(len(i.CountryText)))
	d.text(i.CountryText...)
	d.text(i.Admin1, i.Place)
	d.num(math.Float64bits(i.Point.Lat), math.Float64bits(i.Point.Lon), math.Float64bits(i.Accuracy))
	code(&d, i.Threat)
	code(&d, i.Act)
	code(&d, i.Target)
	code(&d, i.Holder)
	code(&d, i.Severity)
	code(&d, i.Verification)
	code(&d, i.Handling)
	d.text(i.Means, i.Actor, i.Title, i.Details, i.Grade)
	d.num(uint64(len(i.Affected)))
	for k := range i.Affected {
		a := &i.Affected[k]
		code(&d, a.Population)
		code(&d, a.Recruitment)
		code(&d, a.Sex)
		code(&d, a.Outcome)
		d.num(uint64(a.Count))
	}
	d.num(uint64(len(i.Links)))
	d.text(i.Links...)
	return d.b
}

// digest writes fields so that no two different records give the same bytes: every text is
// preceded by its length.
type digest struct{ b []byte }

func (d *digest) num(values ...uint64) {
	for _, v := range values {
		d.b = binary.AppendUvarint(d.b, v)
	}
}

func (d *digest) str(s string) { d.b = append(binary.AppendUvarint(d.b, uint64(len(s))), s...) }

func (d *digest) text(texts ...safetext.Text) {
	for _, t := range texts {
		d.str(t.String())
	}
}

func (d *digest) when(ws ...When) {
	for _, w := range ws {
		d.num(uint64(w.Precision))
		if !w.IsZero() {
			d.num(uint64(w.Start.Unix()), uint64(w.Start.Nanosecond()))
		}
	}
}

func (d *digest) flag(flags ...bool) {
	for _, f := range flags {
		if f {
			d.num(1)
		} else {
			d.num(0)
		}
	}
}

func code[T ~uint8](d *digest, c Coded[T]) {
	d.num(uint64(c.Value))
	d.str(c.Text.String())
}

// CompareIdentities orders names by authority and id.
func CompareIdentities(a, b Identity) int {
	return cmp.Or(
		cmp.Compare(a.Authority.String(), b.Authority.String()),
		cmp.Compare(a.ID.String(), b.ID.String()),
	)
}

// CompareWeight orders two records of one incident by how bad they are: people killed, then
// severity (unknown with the highest), then people harmed, then the later occurrence. Of a
// conflict the worse one is shown.
func CompareWeight(a, b *Incident) int {
	killed := func(i *Incident) int { n, _ := i.Affected.Outcome(Killed); return n }
	harmed := func(i *Incident) int { n, _ := i.Affected.Harmed(); return n }
	return cmp.Or(
		cmp.Compare(killed(a), killed(b)),
		cmp.Compare(a.Severity.Value.Rank(), b.Severity.Value.Rank()),
		cmp.Compare(harmed(a), harmed(b)),
		a.Occurred.Start.Compare(b.Occurred.Start),
	)
}
