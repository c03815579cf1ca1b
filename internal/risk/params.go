// Package risk computes vigil's estimate (EST): likelihood × impact on the axes of security risk
// management, with its reasons. It is an estimate and not a security risk assessment; it never
// touches or uses the official level, and without coverage it is unknown, not low.
//
// Likelihood is the probability of at least one incident that harms staff in the next Horizon,
// from a Gamma–Poisson model: incidents are a Poisson process whose rate has a Gamma prior, the
// evidence fades with two half-lives (one quick to see a surge, one slow to remember), and the
// two posterior predictive probabilities are mixed. Impact comes from what was seen in the last
// year and from the staff exposed. The bands combine by the table in [Params].
//
// The package is pure: same input, same result, with the time passed in.
package risk

import (
	"time"

	"vigil/internal/level"
)

// Likelihood is a band of probability.
type Likelihood uint8

// The likelihood bands, in rising order.
const (
	LikelihoodNone Likelihood = iota // not known
	VeryUnlikely
	Unlikely
	ModeratelyLikely
	Likely
	VeryLikely
)

// String is the word used in JSON.
func (l Likelihood) String() string {
	return [...]string{"", "very_unlikely", "unlikely", "moderately_likely", "likely", "very_likely"}[min(int(l), 5)]
}

// Impact is a band of consequences.
type Impact uint8

// The impact bands, in rising order.
const (
	ImpactNone Impact = iota // not known
	Negligible
	Minor
	Moderate
	Severe
	Critical
)

// String is the word used in JSON.
func (i Impact) String() string {
	return [...]string{"", "negligible", "minor", "moderate", "severe", "critical"}[min(int(i), 5)]
}

// Params are the parameters of the estimate, all settable in [risk] of vigil.toml.
type Params struct {
	// Horizon is how far ahead the likelihood looks.
	Horizon time.Duration
	// ShortHalfLife and LongHalfLife are how fast evidence fades in the two rates.
	ShortHalfLife, LongHalfLife time.Duration
	// ShortWeight is the share of the short rate in the mix, 0 to 1.
	ShortWeight float64
	// PriorIncidents in PriorExposure is the weak prior: its mean rate is their quotient.
	PriorIncidents float64
	PriorExposure  time.Duration
	// Bands are the probabilities at which likelihood rises from very unlikely to unlikely,
	// moderately likely, likely and very likely; rising, each between 0 and 1.
	Bands [4]float64
	// ImpactWindow is how far back impact looks.
	ImpactWindow time.Duration
	// Casualties are the people killed in one incident at which impact is severe and critical.
	SevereKilled, CriticalKilled int
	// ExposedStaff raises impact by one band where at least so many staff are present.
	ExposedStaff int
	// Table is the band for likelihood (very unlikely first) × impact (negligible first).
	Table [5][5]level.Band
}

// Default is the parameters that ship. The axes and the top row of the table are published; its
// other cells are common knowledge not verified word for word, which is why they can be set.
func Default() Params {
	const day = 24 * time.Hour
	l, m, h, vh, u := level.Low, level.Medium, level.High, level.VeryHigh, level.Unacceptable
	return Params{
		Horizon:        30 * day,
		ShortHalfLife:  30 * day,
		LongHalfLife:   365 * day,
		ShortWeight:    0.5,
		PriorIncidents: 0.01,
		PriorExposure:  30 * day,
		Bands:          [4]float64{0.05, 0.20, 0.50, 0.80},
		ImpactWindow:   365 * day,
		SevereKilled:   1,
		CriticalKilled: 3,
		ExposedStaff:   1000,
		Table: [5][5]level.Band{
			{l, l, l, l, l},
			{l, l, l, m, m},
			{l, l, m, h, h},
			{l, m, h, h, vh},
			{l, m, h, vh, u},
		},
	}
}
