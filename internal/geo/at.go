package geo

import (
	"vigil/internal/country"
	"vigil/internal/incident"
)

// At is the country that a position is in, the sea off its coast included; false on the high seas, where nobody's
// land is, and for what is no position. What is told in this way must be marked as inferred.
//
// It does not allocate, apart from the index that the first call makes.
func At(p incident.Point) (country.Code, bool) {
	if !p.Valid() {
		return country.Unknown, false
	}
	v := quantise(p)
	i, ok := borders().find(v)
	if !ok {
		return country.Unknown, false
	}
	c := resolve(i, v).code
	return c, c.Known()
}

// Undetermined are the countries of a place of which it is not determined to which of several it
// belongs, such as Abyei; nil everywhere else. A record from there concerns each of them. The slice must not be changed.
func Undetermined(p incident.Point) []country.Code {
	if !p.Valid() {
		return nil
	}
	v := quantise(p)
	i, ok := borders().find(v)
	if !ok {
		return nil
	}
	if a := resolve(i, v); !a.code.Known() {
		return a.also
	}
	return nil
}
