package positions

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// KML is Keyhole Markup Language, also zipped as KMZ. Each placemark that is a point, or a track of which the
// last point counts, is a position.
var KML = &feed.Format{
	Name:      "kml",
	Sign:      "XML whose root is kml, or a zip archive (KMZ) with a .kml in it",
	Profile:   health.Profile{Expect: 24 * time.Hour, Memory: health.Forgets},
	Recognise: recogniseKML,
	Document:  decodeKML,
}

var zipMark = []byte("PK\x03\x04")

// recogniseKML looks for the root, or for the name of a file in a zip archive.
func recogniseKML(head []byte) bool {
	if bytes.HasPrefix(head, zipMark) {
		return bytes.Contains(bytes.ToLower(head), []byte(".kml"))
	}
	root := markup.Glance(head)
	return root != nil && root.Name.Local == "kml"
}

// decodeKML reads a whole content.
func decodeKML(ctx *feed.Context, body []byte) (feed.Document, error) {
	if bytes.HasPrefix(body, zipMark) {
		inner, err := unzip(body)
		if err != nil {
			return feed.Document{}, feed.Half(ctx.Reject(0, 0, "not a whole KMZ: %v; wait until it is written, or fetch it again", err))
		}
		body = inner
	}
	xml, err := markup.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	if xml.Root.Name.Local != "kml" {
		return feed.Document{}, feed.Half(ctx.Reject(xml.Root.Line, 0, "the root is %q and not kml: export it as KML, or move the file out of feeds/", xml.Root.Name.Local))
	}
	doc := feed.Document{Repairs: xml.Repairs}
	excluded := 0
	untimed := map[string]int{}
	eachFeature(xml.Root, func(e *markup.Element) {
		if e.Name.Local == "NetworkLink" {
			if href := child(child(e, "Link"), "href").Text(); href != "" {
				doc.Linked = append(doc.Linked, feed.Link{Address: href, Live: true})
			}
			return
		}
		rec := placemark(ctx, e)
		if rec.Kind == feed.Excluded {
			excluded++
		}
		// Placemarks of one name with times are the way of one thing. Without, they are things of one name.
		if p := rec.Position; p != nil && p.At.IsZero() && e.Attribute("id") == "" {
			name := p.ID.String()
			if untimed[name]++; untimed[name] > 1 {
				p.ID = safetext.Clean(fmt.Sprintf("%s (%d)", name, untimed[name]))
			}
		}
		if rec.Position != nil && rec.Position.At.After(doc.ContentTime) {
			doc.ContentTime = rec.Position.At
		}
		doc.Records = append(doc.Records, rec)
	})
	if excluded > 0 {
		doc.Problems = append(doc.Problems, ctx.Warn(1, 0, "placemarks that are lines, areas or nowhere, and track nothing, left out: %d", excluded))
	}
	return doc, nil
}

// eachFeature calls f for every placemark and network link, however its folders are nested.
func eachFeature(e *markup.Element, f func(*markup.Element)) {
	for _, inner := range e.Children {
		switch inner.Name.Local {
		case "Document", "Folder", "Update", "Create", "Change":
			eachFeature(inner, f)
		case "Placemark", "NetworkLink":
			f(inner)
		}
	}
}

// child is the first child of a name in whatever namespace: KML has had several.
func child(e *markup.Element, local string) *markup.Element {
	for _, c := range e.Children {
		if c.Name.Local == local {
			return c
		}
	}
	return &markup.Element{}
}

// placemark is the record of a placemark.
func placemark(ctx *feed.Context, e *markup.Element) feed.Record {
	r := newReading(ctx, e.Line, e.Offset)
	where := newReading(ctx, e.Line, e.Offset)
	if !where.geometry(e, 0) {
		return r.exclude()
	}
	name := child(e, "name").Text()
	id := e.Attribute("id")
	if id == "" {
		id = name
	}
	if !r.identify(id) {
		return r.refuse("the placemark has neither an id nor a name, or one that is too long: it could not be told from others; give it an id")
	}
	r.pos.CallSign = presence.NewName(r.text.Title(name))
	if stamp := child(child(e, "TimeStamp"), "when"); !stamp.IsZero() {
		r.pos.At = r.time("when", stamp.Text())
	} else if span := child(e, "TimeSpan"); !span.IsZero() {
		r.pos.At, r.pos.Stale = r.time("begin", child(span, "begin").Text()), r.time("end", child(span, "end").Text())
	}
	r.geometry(e, 0)
	return r.done()
}

// geometry reads a point or the end of a track, also within a MultiGeometry. It is false when there is
// neither.
func (r *reading) geometry(e *markup.Element, depth int) bool {
	found := false
	for _, g := range e.Children {
		switch g.Name.Local {
		case "Point":
			lon, rest, _ := strings.Cut(child(g, "coordinates").Text(), ",")
			lat, _, _ := strings.Cut(rest, ",")
			r.pos.Kind = r.text.Line("point")
			r.place(lat, lon)
			return true
		case "Track":
			found = r.track(g) || found
		case "MultiGeometry", "MultiTrack":
			found = depth < 4 && r.geometry(g, depth+1) || found
		}
	}
	return found
}

// track takes the last position of a track, whose times and places stand in two lists.
func (r *reading) track(e *markup.Element) bool {
	r.pos.Kind = r.text.Line("track")
	var times, places []string
	for _, c := range e.Children {
		switch c.Name.Local {
		case "when":
			times = append(times, c.Text())
		case "coord":
			places = append(places, c.Text())
		}
	}
	if len(times) != len(places) {
		r.warn("the track has %d times and %d positions: where it is is unknown; write one <when> for each <coord>", len(times), len(places))
		return true
	}
	for n := len(places) - 1; n >= 0; n-- {
		numbers := strings.Fields(places[n])
		if len(numbers) < 2 {
			continue // nobody knew where it was at that time
		}
		if at := r.time("when", times[n]); r.pos.At.IsZero() || at.After(r.pos.At) {
			r.pos.At = at
			r.place(numbers[1], numbers[0])
		}
		break
	}
	return true
}

// Limits of an archive.
const (
	maxFiles = 1000
	mainFile = "doc.kml"
)

var (
	errNoKML = errors.New("there is no .kml in it")
	errLarge = fmt.Errorf("what is in it has more than %d MB", markup.MaxSize>>20)
	errFiles = fmt.Errorf("there are more than %d files in it", maxFiles)
)

// unzip is the main document of a KMZ: doc.kml, else the first .kml.
func unzip(body []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	if len(archive.File) > maxFiles {
		return nil, errFiles
	}
	var chosen *zip.File
	for _, f := range archive.File {
		if !strings.EqualFold(path.Ext(f.Name), ".kml") {
			continue
		}
		if chosen == nil || strings.EqualFold(f.Name, mainFile) {
			chosen = f
		}
	}
	if chosen == nil {
		return nil, errNoKML
	}
	in, err := chosen.Open()
	if err != nil {
		return nil, err
	}
	inner, err := io.ReadAll(io.LimitReader(in, markup.MaxSize+1)) // a checksum that is wrong is an error
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, err
	}
	if len(inner) > markup.MaxSize {
		return nil, errLarge
	}
	return inner, nil
}
