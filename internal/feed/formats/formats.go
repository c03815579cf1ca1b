// Package formats is the list of all formats that vigil reads. It stands apart from package feed
// so that each format can import the contract.
package formats

import (
	"slices"

	"vigil/internal/feed"
	"vigil/internal/feed/adam"
	"vigil/internal/feed/advisory"
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
