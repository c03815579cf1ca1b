package geojson

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/feed/mapped"
)

// decode reads a whole content by the map of its source.
func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	c, repairs, err := whole(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	if ctx.Map == nil && len(c.features) == 0 { // there is nothing to explain
		return feed.Document{Repairs: repairs}, nil
	}
	if ctx.Map == nil {
		return feed.Document{}, feed.Half(ctx.Reject(0, 0, "nobody has explained the properties of its features (%d): "+
			"write a [[source]] block with a [source.map] in vigil.toml (vigil map %s proposes one)", len(c.features), ctx.File))
	}
	mapping, err := mapped.New(ctx.Map)
	if err != nil {
		return feed.Document{}, feed.Half(ctx.Reject(0, 0, "the [source.map] in vigil.toml: %v", err))
	}
	doc := feed.Document{Repairs: repairs, Records: make([]feed.Record, 0, len(c.features))}
	e := explainer{ctx: ctx, mapping: mapping}
	_, e.named = ctx.Map.Fields["id"]
	for n := range c.features {
		doc.Records = append(doc.Records, e.record(&c.features[n]))
	}
	if e.unnamed > 0 {
		doc.Problems = append(doc.Problems, ctx.Warn(0, 0, "features without an id (%d): one that is corrected later counts as another incident; name a property as id if there is one", e.unnamed))
	}
	return doc, nil
}

// explainer makes incidents of the features of a content by a map.
type explainer struct {
	ctx      *feed.Context
	mapping  *mapped.Mapping
	named    bool // the map says where the ids are
	nameless feed.Nameless
	unnamed  int
}

// record is that of a feature. What the map does not name, the feature gives itself: its id, and the middle of its geometry.
func (e *explainer) record(f *feature) feed.Record {
	ctx := e.ctx
	rec := feed.Record{Kind: feed.Incident, Line: f.line, Offset: f.offset}
	refused := func(message string) feed.Record {
		problems := append(rec.Problems, ctx.Reject(f.line, f.column, "%s", message))
		ctx.Hush(&rec.Incident, problems)
		return feed.Record{Line: f.line, Offset: f.offset, Problems: problems}
	}
	all, p, ok := open(ctx, f)
	if !ok {
		return feed.Record{Line: f.line, Offset: f.offset, Problems: append(rec.Problems, p)}
	}
	var text feed.Text
	i := &rec.Incident
	if id := text.Line(all.text("id")); !id.IsZero() {
		i.Identity.ID = id
	} else if same := f.raw.Clone(); !e.named && same.Canonicalize() == nil {
		e.unnamed++
		i.Identity.ID = e.nameless.ID("feature-", string(same))
	}
	s, has, err := locate(all.object["geometry"])
	if has {
		i.Point, i.HasPoint, i.Accuracy = s.point, true, s.accuracy
	}
	if err != nil {
		rec.Problems = append(rec.Problems, ctx.Warn(f.line, f.column, "geometry: the position is left out: %v", err))
	}
	err = e.mapping.Incident(ctx, mapped.Record{
		Get: all.place,
		Warn: func(place, message string) {
			if place != "" {
				message = place + ": " + message
			}
			rec.Problems = append(rec.Problems, ctx.Warn(f.line, f.column, "%s", message))
		},
	}, &text, i)
	if err != nil {
		return refused("the feature is not used: " + err.Error())
	}
	if len(i.CountryText) == 0 {
		feed.Infer(i)
	}
	rec.Repairs.Text = text.Report
	return rec
}

// place is the value at a place of a map: a property by its name, or by a path of names with dots; else
// a member of the feature itself, such as its id.
func (o opened) place(place string) (string, bool) {
	if v, ok := o.properties[place]; ok {
		return flat(v), true
	}
	if v, ok := within(o.properties, strings.Split(place, ".")); ok {
		return flat(v), true
	}
	if v, ok := within(o.object, strings.Split(place, ".")); ok {
		return flat(v), true
	}
	return "", false
}

// within follows a path through objects.
func within(o object, path []string) (jsontext.Value, bool) {
	for n, name := range path {
		v, ok := o[name]
		if !ok {
			return nil, false
		}
		if n == len(path)-1 {
			return v, true
		}
		inner, err := members(v)
		if err != nil {
			return nil, false
		}
		o = inner
	}
	return nil, false
}

// flat is a value as text: that of a list are its texts, with commas between them; of an object there is
// none.
func flat(v jsontext.Value) string {
	switch v.Kind() {
	case 't', 'f':
		return string(v)
	case '[':
		var parts []string
		dec := jsontext.NewDecoder(strings.NewReader(string(v)), exact...)
		if _, err := dec.ReadToken(); err != nil {
			return ""
		}
		for kind := dec.PeekKind(); kind != ']' && kind != 0; kind = dec.PeekKind() {
			item, err := dec.ReadValue()
			if err != nil {
				return ""
			}
			if part := scalar(item); part != "" {
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, ", ")
	default:
		return scalar(v)
	}
}
