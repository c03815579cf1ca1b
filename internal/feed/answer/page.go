package answer

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/problem"
)

// isObject reports whether a content begins as a JSON object.
func isObject(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 1024)], []byte("\ufeff")), " \t\r\n"), []byte("{"))
}

// The members of an envelope, as interfaces write them, in small letters without marks between.
var (
	// totals count what there is beyond doubt; counts do in some interfaces, and in others what was sent.
	totals    = map[string]bool{"totalcount": true, "numbermatched": true, "totalresults": true, "totalrecords": true, "totalitems": true, "recordcount": true, "total": true}
	counts    = map[string]bool{"count": true, "numberreturned": true}
	nexts     = map[string]bool{"next": true, "nexturl": true, "nextpage": true, "nextlink": true, "@odata.nextlink": true, "nextpagetoken": true, "nextpageurl": true, "nextcursor": true}
	more      = map[string]bool{"exceededtransferlimit": true, "hasmore": true, "hasnext": true}
	limits    = map[string]bool{"limit": true}
	envelopes = map[string]bool{"links": true, "meta": true, "metadata": true, "pagination": true, "paging": true, "page": true, "_links": true, "properties": true}
)

// page is what an envelope says of its extent.
type page struct {
	total, count, limit int
	listed              int // of the longest list of records
	next, link          bool
}

// Page warns where an answer in JSON is one page of more than it holds. read is how many records were read of it.
func Page(ctx *feed.Context, body []byte, read int) (problem.Problem, bool) {
	if !isObject(body) {
		return problem.Problem{}, false
	}
	p := &page{}
	// What cannot be read of it, the decoder of the format says.
	_ = p.object(jsontext.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)), 0)
	have := p.listed
	if have == 0 {
		have = read
	}
	total := p.total
	if p.count > have {
		total = max(total, p.count)
	}
	const do = "ask for all of it at once, or for less, such as fewer countries or days; what is missing is nowhere shown"
	switch {
	case have == 0:
		return problem.Problem{}, false
	case total > have:
		return ctx.Warn(0, 0, "%s of %s: this is one page; %s", number(have), number(total), do), true
	case p.next:
		return ctx.Warn(0, 0, "%s, and the answer has a next page: this is one page; %s", number(have), do), true
	case p.limit > 0 && p.limit == have && p.count == have:
		return ctx.Warn(0, 0, "%s, as many as were asked for (limit): this may be one page of more; ask for all of it at once, or for less, such as fewer countries or days", number(have)), true
	default:
		return problem.Problem{}, false
	}
}

// number groups the digits of a count by threes.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// deepest is how far within the envelope its members are looked for: pagination within meta.
const deepest = 3

// object reads the members of an object.
func (p *page) object(dec *jsontext.Decoder, depth int) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if err := p.member(dec, fold(token.String()), depth); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// fold makes names equal that differ in capitals, hyphens and underscores.
func fold(name string) string {
	s := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
	if s == "links" && strings.HasPrefix(name, "_") {
		return "_links"
	}
	return s
}

func (p *page) member(dec *jsontext.Decoder, name string, depth int) error {
	switch kind := dec.PeekKind(); {
	case kind == '0' || kind == '"':
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		p.scalar(name, token.String(), kind)
	case kind == 't':
		p.next = p.next || more[name]
		return dec.SkipValue()
	case kind == '{' && nexts[name]:
		p.next = true
		return dec.SkipValue()
	case kind == '{' && envelopes[name] && depth < deepest:
		return p.object(dec, depth+1)
	case kind == '[' && depth > 0 && !envelopes[name]:
		return dec.SkipValue() // the records stand in the envelope and not below it
	case kind == '[':
		return p.list(dec, name)
	default:
		return dec.SkipValue()
	}
	return nil
}

func (p *page) scalar(name, text string, kind jsontext.Kind) {
	text = strings.TrimSpace(text)
	f, err := strconv.ParseFloat(text, 64)
	counted := err == nil && f >= 0 && f < math.MaxInt32
	switch {
	case nexts[name]:
		p.next = p.next || kind == '"' && text != ""
	case name == "rel":
		p.link = p.link || text == "next"
	case !counted:
	case totals[name]:
		p.total = max(p.total, int(f))
	case counts[name]:
		p.count = max(p.count, int(f))
	case limits[name]:
		p.limit = max(p.limit, int(f))
	}
}

// list counts the records of a list, and looks among links for one to a next page.
func (p *page) list(dec *jsontext.Decoder, name string) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	listed := 0
	for kind := dec.PeekKind(); kind != ']'; kind = dec.PeekKind() {
		if kind == '{' || kind == '[' {
			listed++
		}
		if name != "links" || kind != '{' {
			if err := dec.SkipValue(); err != nil {
				return err
			}
			continue
		}
		link := &page{}
		if err := link.object(dec, deepest); err != nil {
			return err
		}
		p.next = p.next || link.link
	}
	if name != "links" {
		p.listed = max(p.listed, listed)
	}
	_, err := dec.ReadToken()
	return err
}
