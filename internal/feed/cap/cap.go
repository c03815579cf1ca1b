// Package cap reads alerts in the Common Alerting Protocol (OASIS CAP 1.2, and 1.1 and 1.0 before it): an alert by
// itself, several under <alerts>, in an EDXL-DE envelope, and in the entries of an Atom or RSS index, which hold an
// alert, its main fields, or only a link to it.
//
// # Guarantees
//
//   - XML is read as strictly as package markup does. A content is recognised by its namespace and what it holds,
//     never by the name of its file.
//   - Each alert gives one record, and each entry of an index that holds none gives one.
//   - The incident of a message is named by its sender and identifier, and its version is when it was sent. An Update or
//     Cancel names what it refers to in Incident.Replaces, and the picture follows from the set of messages,
//     in whatever order and through whatever files they come. An Ack or Error is a message between machines: it has
//     the status system, is counted, and never in a picture.
//   - What is announced for later (onset or effective ahead of sent; expected or future, and not observed) is a
//     forecast and has not occurred. What is in force lasts until it expires; an alert without an end
//     has none.
//   - Of several languages the reader's is shown; of several infos in it none loses its areas, and the alert is as severe
//     as the worst of them. An area that is a shape gives a position within it, and how far from there it reaches.
//   - Signatures are not checked, and that is said.
package cap

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/problem"
)

// Format is the Common Alerting Protocol. Each sender speaks with an authority of its own. A source holds the alerts
// of the moment: one that is no longer in it has not been withdrawn, and has an end of its own.
var Format = &feed.Format{
	Name: "cap",
	Sign: "XML with alerts in the namespace of CAP, or an Atom or RSS index that holds or links to some",
	Profile: health.Profile{
		Expect: 24 * time.Hour,
		Lag:    time.Hour,
		Reach:  24 * time.Hour,
		// Nothing: whose alerts these are, of which country and of what, no content says.
		Memory: health.Forgets,
	},
	Recognise: recognise,
	Document:  decode,
}

// The namespaces in use.
const (
	nsOasis  = "urn:oasis:names:tc:emergency:cap:" // with the version behind it
	ns10     = "http://www.incident.com/cap/1.0"
	nsEDXL   = "urn:oasis:names:tc:emergency:EDXL:DE:" // with the version behind it
	nsGeoRSS = "http://www.georss.org/georss"
	nsSigned = "http://www.w3.org/2000/09/xmldsig#"

	mediaType = "application/cap+xml"
)

func isCAP(space string) bool {
	return strings.HasPrefix(space, nsOasis) || strings.TrimSuffix(space, "/") == ns10
}

// isAlert reports whether an element is an alert. One without a namespace, which some write by hand, is
// known by what every alert must have.
func isAlert(e *markup.Element) bool {
	if e.Name.Local != "alert" {
		return false
	}
	return isCAP(e.Name.Space) || e.Name.Space == "" && !child(e, "identifier").IsZero() && !child(e, "sender").IsZero()
}

// child is the first child of a local name, of whatever namespace: in real indexes the fields of an alert are in
// that of the index as often as in CAP's. A signature is none of them.
func child(e *markup.Element, local string) *markup.Element {
	for _, c := range e.Children {
		if c.Name.Local == local && c.Name.Space != nsSigned {
			return c
		}
	}
	return &markup.Element{}
}

// text is the text of the first child of a local name.
func text(e *markup.Element, local string) string { return child(e, local).Text() }

// texts are those of all children of a local name that have any.
func texts(e *markup.Element, local string) []string {
	var list []string
	for _, c := range e.Children {
		if s := c.Text(); c.Name.Local == local && c.Name.Space != nsSigned && s != "" {
			list = append(list, s)
		}
	}
	return list
}

// alertsIn are the alerts below an element, in the order of the document.
func alertsIn(e *markup.Element) []*markup.Element {
	if isAlert(e) {
		return []*markup.Element{e}
	}
	var list []*markup.Element
	for _, c := range e.Children {
		list = append(list, alertsIn(c)...)
	}
	return list
}

// recognise reports whether a content is CAP. A document type that could be that of one is: then it is refused with
// the reason, where it would else only be unknown.
func recognise(head []byte) bool {
	root := markup.Glance(head)
	if root == nil {
		return bytes.Contains(head, []byte("<!DOCTYPE alert")) ||
			bytes.Contains(head, []byte("<!DOCTYPE")) && bytes.Contains(head, []byte(nsOasis)) && !bytes.Contains(bytes.ToLower(head), []byte("<!doctype html"))
	}
	switch root.Name.Local {
	case "alert":
		return isAlert(root)
	case "alerts":
		return mentions(root)
	case "EDXLDistribution":
		return strings.HasPrefix(root.Name.Space, nsEDXL)
	case "feed", "rss", "RDF":
		return mentions(root) || isIndex(root)
	default:
		return false
	}
}

// mentions reports whether anything below an element is CAP's, or points to it.
func mentions(e *markup.Element) bool {
	if isCAP(e.Name.Space) || isAlert(e) {
		return true
	}
	for _, a := range e.Attributes {
		if isCAP(a.Value) || a.Name.Local == "type" && strings.TrimSpace(a.Value) == mediaType || a.Name.Local == "href" && pointsToAlert(a.Value) {
			return true
		}
	}
	if e.Name.Local == "link" && pointsToAlert(e.Text()) {
		return true
	}
	for _, c := range e.Children {
		if mentions(c) {
			return true
		}
	}
	return false
}

// pointsToAlert reports whether an address is that of an alert, by its name.
func pointsToAlert(address string) bool {
	path, _, _ := strings.Cut(strings.ToLower(address), "?")
	return strings.HasSuffix(path, ".cap") || strings.HasSuffix(path, ".cap.xml")
}

// isIndex reports whether a feed says that it is an index of CAP: its title has the word, or its description speaks of
// CAP alerts, as those of the Alert Hub do. The word alone is also an agricultural policy.
func isIndex(root *markup.Element) bool {
	heads := []*markup.Element{root}
	for _, c := range root.Children {
		if c.Name.Local == "channel" {
			heads = append(heads, c)
		}
	}
	for _, head := range heads {
		for _, title := range texts(head, "title") {
			if slices.Contains(strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(" -:/()", r) }), "CAP") {
				return true
			}
		}
		for _, about := range append(texts(head, "description"), texts(head, "subtitle")...) {
			about = strings.ToLower(strings.Join(strings.Fields(about), " "))
			if strings.Contains(about, "common alerting protocol") || strings.Contains(" "+about, " cap alert") {
				return true
			}
		}
	}
	return false
}

// reader makes the records of a content.
type reader struct {
	ctx    *feed.Context
	doc    feed.Document
	signed int
	said   map[string]bool // what is warned of once, however often it comes

	parts []*part           // entries that have the main fields of their alert, one to an alert
	same  map[partKey]*part // the same, of those that name their alert
}

// envelope is what stands around an alert and holds for it.
type envelope struct {
	status  incident.Status
	country []string // codes, such as AU-NSW
	entry   *entry   // of an index
}

func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, err := markup.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	r := &reader{ctx: ctx, said: make(map[string]bool), same: make(map[partKey]*part)}
	r.doc.Repairs = whole.Repairs
	switch root := whole.Root; root.Name.Local {
	case "alert":
		r.alert(root, envelope{})
	case "EDXLDistribution":
		r.edxl(root)
	case "feed", "rss", "RDF":
		r.index(root)
	default:
		for _, e := range alertsIn(root) {
			r.alert(e, envelope{})
		}
		if len(r.doc.Records) == 0 && root.Name.Local != "alerts" {
			return feed.Document{}, feed.Half(ctx.Reject(root.Line, 0,
				"the file holds %q and no CAP alert: wait until it is written, or fetch it again", root.Name.Local))
		}
	}
	r.finish()
	return r.doc, nil
}

// finish says what holds for the content as a whole.
func (r *reader) finish() {
	if r.doc.ContentTime.IsZero() {
		for n := range r.doc.Records {
			if at := r.doc.Records[n].Incident.Reported; at.After(r.doc.ContentTime) {
				r.doc.ContentTime = at
			}
		}
	}
	if r.signed > 0 {
		r.doc.Problems = append(r.doc.Problems, r.ctx.Warn(0, 0,
			"signed alerts: %d; vigil does not check signatures, so take care of where the file comes from", r.signed))
	}
}

// edxl reads an envelope of the Emergency Data Exchange Language. Its own status may make less of an alert, and
// never more.
func (r *reader) edxl(root *markup.Element) {
	at, err := feed.ParseStamp(text(root, "dateTimeSent"))
	if err != nil {
		r.doc.Problems = append(r.doc.Problems, r.ctx.Warn(root.Line, 0, "dateTimeSent: %v", err))
	}
	r.doc.ContentTime = at.Start
	var env envelope
	if word := text(root, "distributionStatus"); word != "" {
		status, ok := incident.LookupStatus(word)
		if !ok {
			r.doc.Problems = append(r.doc.Problems, r.ctx.Warn(root.Line, 0,
				"%q is no distributionStatus of EDXL: what the alerts say of themselves holds", word))
		}
		env.status = status
	}
	for _, target := range root.Children {
		if target.Name.Local == "targetArea" {
			env.country = append(env.country, texts(target, "country")...)
			env.country = append(env.country, texts(target, "subdivision")...)
		}
	}
	for _, object := range root.Children {
		if object.Name.Local != "contentObject" {
			continue
		}
		alerts := alertsIn(object)
		for _, e := range alerts {
			r.alert(e, env)
		}
		if len(alerts) == 0 {
			r.reject(object, "the contentObject holds no CAP alert, and vigil reads nothing else from EDXL")
		}
	}
}

// reject gives the record of what cannot be used.
func (r *reader) reject(e *markup.Element, format string, args ...any) {
	r.doc.Records = append(r.doc.Records, feed.Record{
		Line: e.Line, Offset: e.Offset, Problems: []problem.Problem{r.ctx.Reject(e.Line, 0, format, args...)},
	})
}
