// Package geo answers where: in which country a position is, how far two positions are from
// each other, and what the countries look like on a map.
//
// Everything is pure and offline: no clock, no file, no network; safe for concurrent use. The data are
// in the program. They are unpacked and indexed when they are first asked for, in some
// milliseconds, and never change after that.
//
// # What the answers are worth
//
// A country told by position is *inferred*: whoever shows or stores one says so. The borders are coarse. On land, they agree
// with those of Natural Earth at 1:10,000,000 but for some kilometres and for what override_table.go lists; off a coast they
// run somewhere in the territorial sea or beyond. A desk that needs the answer at a crossing reads the report.
//
// # Boundaries
//
// The borders and outlines, and the answers given here, are for the orientation of a duty desk. They
// express no opinion about the legal status of any country, territory or area, of its authorities, or about
// the delimitation of its frontiers or boundaries. The borders come from a public data set that
// follows who is in control; where the lists and resolutions of the United Nations say otherwise, a table kept by
// hand, in override_table.go, changes the answer and says why. A record that states a country which claims or holds a
// place is not said to be wrong there: see [Outside].
//
// # Sources
//
// zz_places.go and borders.bin: npm @rapideditor/country-coder 5.6.1. outlines.bin: npm world-atlas 2.0.2, which is Natural
// Earth 4.1. Both are under the ISC licence, in LICENSE.isc. The package comment of gen says how to make them again.
package geo

import "sync"

//go:generate go run ./gen -npm $NPM

// Unpack unpacks and indexes the data now, so that who asks first need not wait for that. It may be called from any
// goroutine, beside questions.
func Unpack() {
	var wg sync.WaitGroup
	wg.Go(func() { borders() })
	wg.Go(func() { dryLand() })
	overridesOf()
	wg.Wait()
}
