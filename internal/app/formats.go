package app

import (
	"vigil/internal/feed/formats"
	"vigil/internal/health"
)

// FormatReport is a format and what a source of it promises, unless vigil.toml says otherwise.
type FormatReport struct {
	Name, Sign, Authority string
	Expect, Lag, Reach    string // as written in vigil.toml; Reach is empty for what does not forget
	Memory                string // accumulates, complete or forgets
	Covers                []string
	Lines                 bool // read line by line while it grows, not whole
}

// Formats lists the formats in the order in which a content is tried.
func Formats() []FormatReport {
	var list []FormatReport
	for _, f := range formats.All() {
		p := &f.Profile
		r := FormatReport{
			Name: f.Name, Sign: f.Sign, Authority: f.Authority, Expect: health.Period(p.Expect), Lag: health.Period(p.Lag),
			Memory: p.Memory.String(), Covers: p.Covers.Words(), Lines: f.Lines(),
		}
		if p.Reach > 0 {
			r.Reach = health.Period(p.Reach)
		}
		list = append(list, r)
	}
	return list
}
