package app

import (
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/safetext"
)

// What a source gives beside incidents. Advisories are kept in the intake, the whole set of a source at each
// change, so that a change is one across a restart. Positions are not: where people are is read from the
// source and copied nowhere; nor are background rates, which change once a month and are in their files.

// takeBeside takes a record that is no incident.
func (h *hub) takeBeside(label string, origin incident.Origin, r *feed.Record, at time.Time) {
	switch r.Kind {
	case feed.Advisory:
		r.Advisory.Origin = origin
		h.store.TakeAdvisory(label, *r.Advisory, at)
	case feed.Position:
		r.Position.Origin = origin
		h.store.TakePosition(label, *r.Position, at)
	case feed.Aggregate:
		r.Aggregate.Origin = origin
		h.store.TakeRate(label, *r.Aggregate, at)
	default:
	}
}

// settleStock ends a content, or a batch of lines, for what is no incident.
func (h *hub) settleStock(label string, file safetext.Text, at time.Time) {
	if set, changed := h.store.SettleStock(label, file, at); changed {
		h.recorder.advisories(label, encodeAdvisories(set), at)
	}
}

func (h *hub) confirmStock(label string, file safetext.Text, at time.Time) {
	if set, changed := h.store.ConfirmStock(label, file, at); changed {
		h.recorder.advisories(label, encodeAdvisories(set), at)
	}
}

type advisorySetForm struct {
	Advisories []advisoryForm `json:"advisories"`
}

type advisoryForm struct {
	Country   country.Code    `json:"country"`
	Authority safetext.Text   `json:"authority"`
	Scheme    safetext.Text   `json:"scheme"`
	Level     int             `json:"level,omitzero"`
	Max       int             `json:"max,omitzero"`
	Label     safetext.Text   `json:"label,omitzero"`
	Statuses  []safetext.Text `json:"statuses,omitempty"`
	Summary   safetext.Text   `json:"summary,omitzero"`
	Updated   string          `json:"updated,omitzero"`
	Link      safetext.Text   `json:"link,omitzero"`
	File      safetext.Text   `json:"file"`
	Line      int             `json:"line"`
}

func encodeAdvisories(set []level.Advisory) []byte {
	form := advisorySetForm{Advisories: make([]advisoryForm, 0, len(set))}
	for i := range set {
		a := &set[i]
		form.Advisories = append(form.Advisories, advisoryForm{
			a.Country, a.Authority, a.Scheme, a.Level, a.Max, a.Label, a.Statuses, a.Summary, a.Updated.String(), a.Link,
			a.Origin.File, a.Origin.Line,
		})
	}
	return mustEncode(form)
}

func decodeAdvisories(data []byte) ([]level.Advisory, error) {
	var form advisorySetForm
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, fmt.Errorf("advisories in the intake: %w", err)
	}
	set := make([]level.Advisory, 0, len(form.Advisories))
	for _, f := range form.Advisories {
		set = append(set, level.Advisory{
			Country: f.Country, Authority: f.Authority, Scheme: f.Scheme, Level: f.Level, Max: f.Max, Label: f.Label,
			Statuses: f.Statuses, Summary: f.Summary, Updated: when(f.Updated), Link: f.Link,
			Origin: incident.Origin{File: f.File, Line: f.Line},
		})
	}
	return set, nil
}
