// Package geo answers where: in which country a position is, and how far two positions are from
// each other.
//
// Everything is pure and offline: no clock, no file, no network; safe for concurrent use. The data are
// in the program. They are unpacked and indexed when they are first asked for, in some
// milliseconds, and never change after that.
//
// # What the answers are worth
//
// A country told by position is *inferred*: whoever shows or stores one says so. The borders are coarse:
// land borders are right to some kilometres, and off a coast they follow it at some distance, up to
// the width of a territorial sea. A desk that needs the answer at a crossing reads the report.
//
// # Boundaries
//
// The borders and outlines, and the answers given here, are for the orientation of a duty desk. They
// express no opinion about the legal status of any country, territory or area, of its authorities, or about
// the delimitation of its frontiers or boundaries. The borders come from a public data set that
// follows who is in control; where the lists and resolutions of the United Nations say otherwise, a table kept by
// hand, in override.go, changes the answer and says why.
package geo

//go:generate go run ./gen -npm $NPM
