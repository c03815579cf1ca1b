package logbook

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/duty"
)

// Raw is the entry as JSON: exactly as it was written, but for the authority of what is restricted by now, which is null. veiled reports that
// one was left out: then the hash of the line is of other bytes. Where nothing is looked up it is as it was written.
func (r *Reading) Raw(l *Line) (entry []byte, veiled bool) {
	if l.Entry == nil || r.View.IsZero() {
		return l.Raw, false
	}
	names := duty.NamesOf(l.Entry.Body)
	switch b := l.Entry.Body.(type) {
	case *duty.Report:
		for i := range b.Of {
			names = append(names, b.Of[i].Name)
		}
	case *duty.Offer, *duty.Sign: // their keys name what items are about
		if r.Book != nil {
			for n := range r.Book.Incidents {
				names = append(names, duty.NameOf(n))
			}
		}
	}
	withheld := map[duty.Name]bool{}
	for _, n := range names {
		if r.View.Withholds(n.Identity()) {
			withheld[n] = true
		}
	}
	if len(withheld) == 0 {
		return l.Raw, false
	}
	out, err := without(l.Raw, withheld)
	if err != nil { // what was decoded once is JSON
		return []byte("null"), true
	}
	return out, !bytes.Equal(out, l.Raw)
}

// without is a value in which the authority of each of these names is null, and no key of an item has it.
func without(value jsontext.Value, names map[duty.Name]bool) (jsontext.Value, error) {
	kind := value.Kind()
	if kind != '{' && kind != '[' {
		return value, nil
	}
	var of duty.Name
	named := kind == '{' && json.Unmarshal(value, &of) == nil && names[of]
	d := jsontext.NewDecoder(bytes.NewReader(value))
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	var parts []string
	for d.PeekKind() != '}' && d.PeekKind() != ']' {
		key := ""
		if kind == '{' {
			name, err := d.ReadValue()
			if err != nil {
				return nil, err
			}
			key = string(name)
		}
		v, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		text := string(v)
		switch {
		case named && key == `"authority"`:
			text = "null"
		case key == `"key"`:
			for n := range names {
				text = strings.ReplaceAll(text, n.String(), n.Bare().String())
			}
		default:
			if v, err = without(v, names); err != nil {
				return nil, err
			}
			text = string(v)
		}
		if key != "" {
			text = key + ":" + text
		}
		parts = append(parts, text)
	}
	body := strings.Join(parts, ",")
	if kind == '{' {
		return jsontext.Value("{" + body + "}"), nil
	}
	return jsontext.Value("[" + body + "]"), nil
}
