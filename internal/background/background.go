// Package background holds counts of many incidents over a period, as publishers of statistics give
// them: so many events of a kind in this district in that month. They are background rates. No count
// of them is ever an incident, enters a window or is added to one: what happened one by one and what
// somebody counted describe the same world twice.
//
// Values are pure, and safe to share once made.
package background

import (
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Uncounted in place of a figure is a number that nobody gave. It is not 0.
const Uncounted = -1

// Rate is one figure of one publisher.
type Rate struct {
	Authority  safetext.Text
	Country    country.Code
	Admin1     safetext.Text // empty is the whole country
	Admin2     safetext.Text
	Kind       safetext.Text     // of events, in the publisher's word, such as "political_violence"
	Period     incident.Interval // what is counted lies in it
	Events     int               // or Uncounted
	Fatalities int               // or Uncounted
	Origin     incident.Origin
}
