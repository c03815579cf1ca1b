// Package formats is the list of all formats that vigil reads. It stands apart from package feed
// so that each format can import the contract.
package formats

import (
	"slices"

	"vigil/internal/feed"
	"vigil/internal/feed/adam"
	"vigil/internal/feed/advisory"
	"vigil/internal/feed/answer"
	"vigil/internal/feed/cap"
	"vigil/internal/feed/geojson"
	"vigil/internal/feed/georss"
	"vigil/internal/feed/grid"
	"vigil/internal/feed/native"
	"vigil/internal/feed/positions"
	"vigil/internal/feed/reliefweb"
	"vigil/internal/feed/rss"
	"vigil/internal/feed/table"
)

// all is in the order in which content is tried: the most particular first.
var all = []*feed.Format{
	georss.GDACS, georss.Events, geojson.USGS, adam.Format,
	advisory.USState, advisory.FCDO,
	reliefweb.Disasters, reliefweb.Reports,
	cap.Format,
	positions.CoT, positions.KML,
	rss.Format, // any other feed in XML
	table.AWSD, table.ACLED, table.SiND, table.UCDP, table.HAPI, table.Overview,
	table.Native, geojson.Native, geojson.Format, native.Format,
	table.HXL, table.XLSX, table.JSON, table.CSV,
}

// All returns every format, in the order in which content is tried. The slice is the caller's.
func All() []*feed.Format { return slices.Clone(all) }

// Decode decodes a whole content. Beyond what its format says of the records it tells what the server said beside them,
// in any format in JSON: an answer that is a refusal is an error, and one page of more has a warning.
func Decode(f *feed.Format, ctx *feed.Context, body []byte) (feed.Document, error) {
	doc, err := f.Document(ctx, body)
	if err != nil || len(doc.Records) <= 1 { // else there are records, and it is none
		if refused := answer.Check(ctx, body); refused != nil && !answer.IsRefusal(err) && (err != nil || useless(&doc, ctx)) {
			return feed.Document{}, refused
		}
	}
	if err != nil {
		return doc, err
	}
	for n := range doc.Records {
		ctx.Hush(&doc.Records[n].Incident, doc.Records[n].Problems)
	}
	if p, is := answer.Page(ctx, body, len(doc.Records)); is {
		doc.Problems = append(doc.Problems, p)
		doc.Note = p.Message
	}
	return doc, nil
}

// useless reports whether what was read of a content may well be its refusal: nothing, nothing that can be used, or an
// object that only the [source.map] makes a record.
func useless(doc *feed.Document, ctx *feed.Context) bool {
	return len(doc.Records) == 0 || doc.Records[0].Kind == feed.Rejected || ctx.Map != nil
}

// ByName finds a format by its name in vigil.toml.
func ByName(name string) (*feed.Format, bool) {
	for _, f := range all {
		if f.Name == name {
			return f, true
		}
	}
	return nil, false
}

// Detect finds the format of a content by its beginning, of which it looks at feed.HeadSize
// bytes. The name of a file does not matter. It is false when no format knows the content.
func Detect(head []byte) (*feed.Format, bool) {
	head = head[:min(len(head), feed.HeadSize)]
	for _, f := range all {
		if f.Recognise(head) {
			return f, true
		}
	}
	return nil, false
}

// DetectWhole finds the format of a whole content. Beyond [Detect] it looks into workbooks, and follows the
// [source.map] of the [[source]]: what somebody has explained is read as explained, whatever else it may be.
func DetectWhole(ctx *feed.Context, body []byte) (*feed.Format, bool) {
	if ctx.Map != nil {
		switch head := body[:min(len(body), feed.HeadSize)]; {
		case grid.Workbook(body):
			return table.XLSX, true
		case geojson.Format.Recognise(head):
			return geojson.Format, true
		case grid.JSON(head):
			return table.JSON, true
		default:
			return table.CSV, true
		}
	}
	if !grid.Workbook(body) {
		return Detect(body)
	}
	ways, err := grid.First(ctx, body)
	if err != nil {
		return table.XLSX, true // which says what is wrong with it
	}
	for _, f := range all {
		if f.RecogniseRows != nil && slices.ContainsFunc(ways, f.RecogniseRows) {
			return f, true
		}
	}
	return table.XLSX, true
}
