package incident

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"vigil/internal/safetext"
)

// Hash is the canonical hash of a normalised incident: equal exactly when two records say the
// same. It does not depend on how the source wrote it ("36.0" is 36).
type Hash [16]byte

// HashVersion begins every hash; change it when a field is added or written otherwise, so that hashes of two
// releases are never compared as if they covered the same.
const HashVersion = 5

// Hash computes the canonical hash. Every field of the incident takes part but the version and
// the difference of new and update: the same content said again is still the same content.
func (i *Incident) Hash() Hash {
	sum := sha256.Sum256(i.AppendCanonical(nil))
	return Hash(sum[:len(Hash{})])
}

// AppendCanonical appends what [Incident.Hash] is the hash of: bytes that are equal exactly when two
// records say the same. They mean nothing outside the running program.
//
// A desk hashes every record of every file that it reads, so that what every record may have is written at fixed places, and
// what follows has its number or its length there.
func (i *Incident) AppendCanonical(b []byte) []byte {
	var h [headSize]byte
	le := binary.LittleEndian
	var flags uint64
	for k, f := range [...]bool{
		i.Type == Cancel, i.Type == Withdraw, i.Ongoing, i.HasPoint, i.NoOnward, i.Inferred, !i.Reported.IsZero(),
		i.Threat.Unlisted(), i.Act.Unlisted(), i.Target.Unlisted(), i.Holder.Unlisted(), i.Severity.Unlisted(),
		i.Verification.Unlisted(), i.Handling.Unlisted(),
	} {
		if f {
			flags |= 1 << k
		}
	}
	flags |= uint64(i.Occurred.Precision)<<24 | uint64(i.Until.Precision)<<28 |
		uint64(i.ExpectedFrom.Precision)<<32 | uint64(i.ExpectedTo.Precision)<<36 | HashVersion<<56
	le.PutUint64(h[0:], flags)
	copy(h[8:], []byte{
		byte(i.Threat.Value), byte(i.Act.Value), byte(i.Target.Value), byte(i.Holder.Value), byte(i.Severity.Value),
		byte(i.Verification.Value), byte(i.Handling.Value), byte(i.Status), byte(i.Class),
	})
	le.PutUint32(h[20:], uint32(len(i.Countries)))
	le.PutUint32(h[24:], uint32(len(i.Affected)))
	le.PutUint32(h[28:], uint32(len(i.CountryText)))
	le.PutUint32(h[32:], uint32(len(i.Links)))
	le.PutUint32(h[36:], uint32(len(i.Replaces)))
	for k, t := range [...]*time.Time{&i.Occurred.Start, &i.Until.Start, &i.Reported, &i.ExpectedFrom.Start, &i.ExpectedTo.Start} {
		le.PutUint64(h[40+8*k:], uint64(t.Unix()))
		le.PutUint32(h[80+4*k:], uint32(t.Nanosecond()))
	}
	le.PutUint64(h[100:], math.Float64bits(i.Point.Lat))
	le.PutUint64(h[108:], math.Float64bits(i.Point.Lon))
	le.PutUint64(h[116:], math.Float64bits(i.Accuracy))
	texts := [...]string{
		i.Identity.Authority.String(), i.Identity.ID.String(), i.Admin1.String(), i.Place.String(), i.Means.String(),
		i.Actor.String(), i.Title.String(), i.Details.String(), i.Grade.String(),
	}
	for k, t := range texts {
		le.PutUint32(h[124+4*k:], uint32(len(t)))
	}
	d := digest{append(b, h[:]...)}
	for _, t := range texts {
		d.b = append(d.b, t...)
	}
	for _, c := range i.Countries {
		d.b = le.AppendUint16(d.b, uint16(c))
	}
	d.breakdown(i.Affected)
	d.further(i)
	return d.b
}

const headSize = 124 + 4*9

// further writes what few records have.
func (d *digest) further(i *Incident) {
	for _, t := range [...]*safetext.Text{
		&i.Threat.Text, &i.Act.Text, &i.Target.Text, &i.Holder.Text, &i.Severity.Text, &i.Verification.Text, &i.Handling.Text,
	} {
		if !t.IsZero() {
			d.text(*t)
		}
	}
	for _, t := range i.CountryText {
		d.text(t)
	}
	for _, t := range i.Links {
		d.text(t)
	}
	for _, o := range i.Replaces {
		d.text(o.Authority)
		d.text(o.ID)
	}
}

// digest writes so that no two different records give the same bytes: every text is preceded by its length.
type digest struct{ b []byte }

func (d *digest) word(v uint64) { d.b = binary.LittleEndian.AppendUint64(d.b, v) }

func (d *digest) text(t safetext.Text) {
	s := t.String()
	d.b = append(binary.LittleEndian.AppendUint32(d.b, uint32(len(s))), s...)
}

// breakdown writes figures in an order of their own: that of a file says nothing, and a table has another one than
// the record that was written into it.
func (d *digest) breakdown(all []Affected) {
	if !slices.IsSortedFunc(all, compareAffected) {
		all = slices.Clone(all)
		slices.SortFunc(all, compareAffected)
	}
	for k := range all {
		d.affected(&all[k])
	}
}

// compareAffected orders figures by all that is hashed of them.
func compareAffected(a, b Affected) int {
	if c := cmp.Or(cmp.Compare(a.codes(), b.codes()), cmp.Compare(a.Count, b.Count)); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Population.Text.String(), b.Population.Text.String()), cmp.Compare(a.Recruitment.Text.String(), b.Recruitment.Text.String()),
		cmp.Compare(a.Sex.Text.String(), b.Sex.Text.String()), cmp.Compare(a.Outcome.Text.String(), b.Outcome.Text.String()),
	)
}

// codes are the values of the dimensions as one number.
func (a *Affected) codes() uint64 {
	return uint64(a.Population.Value) | uint64(a.Recruitment.Value)<<8 | uint64(a.Sex.Value)<<16 | uint64(a.Outcome.Value)<<24
}

func (d *digest) affected(a *Affected) {
	texts := [...]*safetext.Text{&a.Population.Text, &a.Recruitment.Text, &a.Sex.Text, &a.Outcome.Text}
	v := a.codes()
	for k, t := range texts {
		if !t.IsZero() {
			v |= 1 << (32 + k)
		}
	}
	d.word(v)
	d.word(uint64(a.Count))
	for _, t := range texts {
		if !t.IsZero() {
			d.text(*t)
		}
	}
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
