package convert

import (
	"strconv"
	"time"

	"vigil/internal/feed/native"
	"vigil/internal/feed/table"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// cell is a value of a row. One that vigil makes itself, such as a number, is marked so, and never taken for a formula.
type cell struct {
	text string
	own  bool
}

func words(s string) cell         { return cell{text: s} }
func said(t safetext.Text) cell   { return cell{text: t.String()} }
func moment(w incident.When) cell { return cell{text: w.String()} }

// whole is a number of people, empty where the record does not say.
func whole(n int, known bool) cell {
	if !known {
		return cell{}
	}
	return cell{strconv.Itoa(n), true}
}

func degrees(f float64, known bool) cell {
	if !known {
		return cell{}
	}
	return cell{strconv.FormatFloat(f, 'f', -1, 64), true}
}

// code is the word of a vocabulary, or the source's own.
func code[T interface {
	~uint8
	String() string
}](c incident.Coded[T],
) cell {
	if c.Unlisted() {
		return said(c.Text)
	}
	return words(c.Value.String())
}

func list(texts []safetext.Text) cell {
	parts := make([]string, len(texts))
	for n, t := range texts {
		parts[n] = t.String()
	}
	return words(table.Join(parts))
}

// values give the cell of each column but those of people.
var values = map[string]func(i *incident.Incident) cell{
	"id":       func(i *incident.Incident) cell { return said(i.Identity.ID) },
	"source":   func(i *incident.Incident) cell { return said(i.Identity.Authority) },
	"class":    func(i *incident.Incident) cell { return words(i.Class.String()) },
	"version":  func(i *incident.Incident) cell { return whole(int(i.Version), i.Version > 0) },
	"type":     func(i *incident.Incident) cell { return words(i.Type.String()) },
	"replaces": func(i *incident.Incident) cell { return cell{string(native.Names(i.Replaces)), true} },
	"status":   func(i *incident.Incident) cell { return words(i.Status.String()) },
	"occurred": func(i *incident.Incident) cell { return moment(i.Occurred) },
	"until": func(i *incident.Incident) cell {
		if i.Ongoing && i.Until.IsZero() {
			return words("open")
		}
		return moment(i.Until)
	},
	"reported": func(i *incident.Incident) cell {
		if i.Reported.IsZero() {
			return cell{}
		}
		return words(i.Reported.Format(time.RFC3339Nano))
	},
	"expected_from": func(i *incident.Incident) cell { return moment(i.ExpectedFrom) },
	"expected_to":   func(i *incident.Incident) cell { return moment(i.ExpectedTo) },
	"country": func(i *incident.Incident) cell {
		parts := make([]string, len(i.Countries))
		for n, c := range i.Countries {
			parts[n] = c.Alpha3()
		}
		return words(table.Join(parts))
	},
	"country_text": func(i *incident.Incident) cell { return list(i.CountryText) },
	"inferred":     func(i *incident.Incident) cell { return flag(i.Inferred) },
	"admin1":       func(i *incident.Incident) cell { return said(i.Admin1) },
	"place":        func(i *incident.Incident) cell { return said(i.Place) },
	"lat":          func(i *incident.Incident) cell { return degrees(i.Point.Lat, i.HasPoint) },
	"lon":          func(i *incident.Incident) cell { return degrees(i.Point.Lon, i.HasPoint) },
	"accuracy_km":  func(i *incident.Incident) cell { return degrees(i.Accuracy, i.Accuracy > 0) },
	"threat":       func(i *incident.Incident) cell { return code(i.Threat) },
	"act":          func(i *incident.Incident) cell { return code(i.Act) },
	"target":       func(i *incident.Incident) cell { return code(i.Target) },
	"holder":       func(i *incident.Incident) cell { return code(i.Holder) },
	"means":        func(i *incident.Incident) cell { return said(i.Means) },
	"actor":        func(i *incident.Incident) cell { return said(i.Actor) },
	"severity":     func(i *incident.Incident) cell { return code(i.Severity) },
	"title":        func(i *incident.Incident) cell { return said(i.Title) },
	"details":      func(i *incident.Incident) cell { return said(i.Details) },
	"verification": func(i *incident.Incident) cell { return code(i.Verification) },
	"grade":        func(i *incident.Incident) cell { return said(i.Grade) },
	"handling":     func(i *incident.Incident) cell { return code(i.Handling) },
	"no_onward":    func(i *incident.Incident) cell { return flag(i.NoOnward) },
	"links":        func(i *incident.Incident) cell { return list(i.Links) },
}

func flag(is bool) cell {
	if is {
		return words("true")
	}
	return cell{}
}
