package positions

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// KML is Keyhole Markup Language, also zipped as KMZ, of which every map is read. Each placemark that is a point, or a track of which the
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

// decodeKML reads a whole content: a map, or all maps of an archive.
func decodeKML(ctx *feed.Context, body []byte) (feed.Document, error) {
	layers := []layer{{body: body}}
	if bytes.HasPrefix(body, zipMark) {
		var err error
		if layers, err = unzip(body); err != nil {
			return feed.Document{}, feed.Half(ctx.Reject(0, 0, "not a whole KMZ: %v; wait until it is written, or fetch it again", err))
		}
	}
	m := &maps{untimed: map[string]int{}, owner: map[string]string{}}
	for _, l := range layers {
		m.ctx, m.layer, m.excluded = ctx, l.name, 0
		if len(layers) > 1 {
			of := *ctx
			of.File = safetext.Clean(ctx.File.String() + "/" + l.name)
			m.ctx = &of
		}
		if err := m.read(l.body, layers); err != nil {
			return feed.Document{}, err
		}
	}
	return m.doc, nil
}

// maps are the maps of a content while they are read.
type maps struct {
	ctx      *feed.Context
	doc      feed.Document
	layer    string
	excluded int
	untimed  map[string]int    // things of one name
	owner    map[string]string // the layer of an id: it is of one thing within a layer, and in another of another
}

// read reads a map.
func (m *maps) read(body []byte, layers []layer) error {
	xml, err := markup.Read(m.ctx, body)
	if err != nil {
		return err
	}
	if xml.Root.Name.Local != "kml" {
		return feed.Half(m.ctx.Reject(xml.Root.Line, 0, "the root is %q and not kml: export it as KML, or move the file out of feeds/", xml.Root.Name.Local))
	}
	m.doc.Repairs = m.doc.Repairs.Add(xml.Repairs)
	eachFeature(xml.Root, func(e *markup.Element) {
		if e.Name.Local == "NetworkLink" {
			if href := child(child(e, "Link"), "href").Text(); href != "" && !m.holds(layers, href) {
				m.doc.Linked = append(m.doc.Linked, feed.Link{Address: href, Live: true})
			}
			return
		}
		m.placemark(e)
	})
	if m.excluded > 0 {
		m.doc.Problems = append(m.doc.Problems, m.ctx.Warn(1, 0, "placemarks that are lines, areas or nowhere, and track nothing, left out: %d", m.excluded))
	}
	return nil
}

// holds reports whether a link leads to another map of the archive, which is read anyway.
func (m *maps) holds(layers []layer, href string) bool {
	href, _, _ = strings.Cut(href, "#")
	to := path.Join(path.Dir(m.layer), strings.ReplaceAll(href, "\\", "/"))
	return slices.ContainsFunc(layers, func(l layer) bool { return l.name != "" && l.name == to })
}

// placemark takes a placemark.
func (m *maps) placemark(e *markup.Element) {
	rec := placemark(m.ctx, e)
	if rec.Kind == feed.Excluded {
		m.excluded++
	}
	// Placemarks of one name with times are the way of one thing. Without, they are things of one name.
	if p := rec.Position; p != nil && p.At.IsZero() {
		id := p.ID.String()
		switch owner, taken := m.owner[id]; {
		case e.Attribute("id") == "":
			if m.untimed[id]++; m.untimed[id] > 1 {
				p.ID = safetext.Clean(fmt.Sprintf("%s (%d)", id, m.untimed[id]))
			}
		case !taken:
			m.owner[id] = m.layer
		case owner != m.layer:
			p.ID = safetext.Clean(fmt.Sprintf("%s (%s)", id, m.layer))
		}
	}
	if rec.Position != nil && rec.Position.At.After(m.doc.ContentTime) {
		m.doc.ContentTime = rec.Position.At
	}
	m.doc.Records = append(m.doc.Records, rec)
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

// layer is a map of an archive.
type layer struct {
	name string // in the archive; empty for a map that is in none
	body []byte
}

// unzip are the maps of a KMZ: doc.kml first, then the others by their names. What file systems put beside files is none.
func unzip(body []byte) ([]layer, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	if len(archive.File) > maxFiles {
		return nil, errFiles
	}
	var layers []layer
	left := markup.MaxSize
	for _, f := range archive.File {
		name := path.Clean(strings.ReplaceAll(f.Name, "\\", "/"))
		if !strings.EqualFold(path.Ext(name), ".kml") || strings.HasPrefix(path.Base(name), "._") || f.FileInfo().IsDir() {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		inner, err := io.ReadAll(io.LimitReader(in, int64(left)+1)) // a checksum that is wrong is an error
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, err
		}
		if left -= len(inner); left < 0 {
			return nil, errLarge
		}
		layers = append(layers, layer{name, inner})
	}
	if len(layers) == 0 {
		return nil, errNoKML
	}
	slices.SortStableFunc(layers, func(a, b layer) int {
		if a, b := strings.EqualFold(a.name, mainFile), strings.EqualFold(b.name, mainFile); a != b {
			if a {
				return -1
			}
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	return layers, nil
}
