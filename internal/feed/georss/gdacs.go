package georss

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// GDACS is the RSS of the Global Disaster Alert and Coordination System: hazards and nothing
// else, of the last 24 hours or 7 days. What is no longer in it is not withdrawn.
var GDACS = &feed.Format{
	Name:      "gdacs",
	Sign:      "RSS with the elements of GDACS (xmlns:gdacs)",
	Authority: gdacsAuthority,
	Profile: health.Profile{
		Expect: 2 * time.Hour,
		Lag:    time.Hour,
		Reach:  defaultReach,
		Covers: health.Set(incident.Hazard),
		Memory: health.Forgets,
	},
	Recognise: recognise,
	Document:  decode,
}

const (
	gdacsAuthority = "gdacs"
	gdacsLag       = time.Hour
	defaultReach   = 24 * time.Hour
)

// gdacsActs are the event types of GDACS.
var gdacsActs = map[string]incident.Act{
	"EQ": incident.Earthquake, "TC": incident.Cyclone, "FL": incident.Flood, "VO": incident.Volcano,
	"DR": incident.Drought, "WF": incident.Wildfire, "TS": incident.Tsunami,
}

// gdacsSeverities are the alert levels of an event. Green is an alert too: a small one.
var gdacsSeverities = map[string]incident.Severity{
	"green": incident.Minor, "orange": incident.Severe, "red": incident.Critical,
}

// gdacs makes the records of a feed.
func gdacs(ctx *feed.Context, ch *channel) feed.Document {
	var doc feed.Document
	for _, name := range []string{"pubDate", "lastBuildDate"} {
		at, err := parseTime(ch.get("", name))
		if err != nil {
			doc.Problems = append(doc.Problems, ctx.Warn(ch.line, 0, "%s of the channel: %v", name, err))
		}
		if at.After(doc.ContentTime) {
			doc.ContentTime = at
		}
	}
	doc.Reach = reach(ch)
	for n := range ch.all {
		a := alert{ctx: ctx, item: &ch.all[n], made: doc.ContentTime}
		doc.Records = append(doc.Records, a.record())
	}
	return doc
}

// reach is how far back the channel says that it goes, in its title or in the address that it
// names as its own. All titles seen so far are the same, and the addresses differ.
func reach(ch *channel) time.Duration {
	for _, s := range []string{ch.get("", "title"), ch.self} {
		s = strings.ToLower(s)
		switch {
		case strings.Contains(s, "24h"), strings.Contains(s, "24 h"):
			return 24 * time.Hour
		case strings.Contains(s, "7d"), strings.Contains(s, "7 d"):
			return 7 * 24 * time.Hour
		}
	}
	return defaultReach
}

// alert is an item being read.
type alert struct {
	ctx  *feed.Context
	item *item
	made time.Time // of the channel; zero when it does not say
	text feed.Text
	rec  feed.Record
}

func (a *alert) gdacs(local string) string { return a.item.get(nsGDACS, local) }

func (a *alert) warn(format string, args ...any) {
	a.rec.Problems = append(a.rec.Problems, a.ctx.Warn(a.item.line, 0, format, args...))
}

func (a *alert) record() feed.Record {
	a.rec = feed.Record{Kind: feed.Incident, Line: a.item.line, Offset: a.item.offset}
	kind, event, ok := a.event()
	if !ok {
		return feed.Record{Line: a.item.line, Offset: a.item.offset, Problems: append(a.rec.Problems, a.ctx.Reject(
			a.item.line, 0, "the item has neither an event type and id nor a guid such as EQ1287962: updates of it could not be told"))}
	}
	i := &a.rec.Incident
	i.Identity.Authority = a.ctx.Resolve(safetext.Text{}, gdacsAuthority)
	i.Identity.ID = a.text.Line(kind + event)
	i.Threat = incident.Known(incident.Hazard)
	if act, ok := gdacsActs[kind]; ok {
		i.Act = incident.Known(act)
	} else {
		i.Act = incident.ParseAct(a.text.Line(kind).String())
		a.warn("%q is no event type that vigil knows: it is kept and counts as unknown", kind)
	}
	a.severity(i)
	a.times(i, kind)
	i.Version = a.version(i)
	a.countries(i, kind)
	a.point(i)
	if len(i.CountryText) == 0 { // [unknown]: it states none
		feed.Infer(i)
	}
	i.Title = a.text.Title(markup.Text(a.item.get("", "title")))
	i.Details = a.text.Block(markup.Text(a.item.get("", "description")) + "\n" + a.facts())
	if link := a.text.Line(a.item.get("", "link")); !link.IsZero() {
		i.Links = []safetext.Text{link}
	}
	a.ctx.Complete(i)
	a.rec.Repairs.Text = a.text.Report
	return a.rec
}

// event is the type and number of the event, which identify it: the guid is the two together, and
// stands in for them.
func (a *alert) event() (kind, id string, ok bool) {
	kind, id = strings.ToUpper(a.gdacs("eventtype")), a.gdacs("eventid")
	if kind == "" || id == "" {
		guid := a.item.get("", "guid")
		digits := strings.IndexFunc(guid, func(r rune) bool { return r >= '0' && r <= '9' })
		if digits <= 0 {
			return "", "", false
		}
		kind, id = strings.ToUpper(guid[:digits]), guid[digits:]
	}
	_, err := strconv.ParseUint(id, 10, 64)
	return kind, id, err == nil && len(kind) <= 8
}

func (a *alert) severity(i *incident.Incident) {
	level := a.gdacs("alertlevel")
	switch severity, ok := gdacsSeverities[strings.ToLower(level)]; {
	case ok:
		i.Severity = incident.Known(severity)
	case level == "":
		a.warn("the item has no alert level: its severity is unknown")
	default:
		i.Severity = incident.ParseSeverity(a.text.Line(level).String())
		a.warn("%q is no alert level that vigil knows: it is kept and counts as unknown", level)
	}
}

// time reads a time of the item; one that cannot be read is none, with a warning.
func (a *alert) time(space, local string) time.Time {
	at, err := parseTime(a.item.get(space, local))
	if err != nil {
		a.warn("%s: %v: it is taken as unknown", local, err)
	}
	return at
}

// times reads when it was, or will be.
//
// The item's publication date is often the end of the event, and for a flood a forecast of
// that end: nothing is reported later than the channel was made. An event has not ended
// that GDACS says is current, and neither has one whose end is the time of the channel: a
// drought of a year ends with each issue of the feed, and begins again in the next. An earthquake
// does not last, though its alert stays current for days. What lay ahead when the item was last changed, such
// as the arrival of a cyclone, is a forecast, also in a later issue of the feed: nobody has said that it came.
func (a *alert) times(i *incident.Incident, kind string) {
	i.Reported = a.time(nsGDACS, "datemodified")
	if i.Reported.IsZero() {
		i.Reported = a.time("", "pubDate")
	}
	if !a.made.IsZero() && i.Reported.After(a.made) {
		i.Reported = a.made
	}
	now := a.made
	if now.IsZero() {
		now = i.Reported
	}
	from, to := a.time(nsGDACS, "fromdate"), a.time(nsGDACS, "todate")
	if !to.IsZero() && to.Before(from) {
		a.warn("the item ends before it begins: its end is taken as unknown")
		to = time.Time{}
	}
	if !now.IsZero() && from.After(now) || !i.Reported.IsZero() && from.After(i.Reported) {
		i.ExpectedFrom, i.ExpectedTo = incident.At(from), incident.At(to)
		return
	}
	if from.IsZero() {
		a.warn("the item has no date of its beginning: the time is unknown")
	}
	i.Occurred = incident.At(from)
	switch {
	case kind == "EQ":
	case strings.EqualFold(a.gdacs("iscurrent"), "true"),
		!a.made.IsZero() && to.After(from) && to.After(a.made.Add(-gdacsLag)):
		i.Ongoing = true
	case to.After(from):
		i.Until = incident.At(to)
	}
}

// version puts the episodes of an event in order, and the issues of the feed within an episode:
// alerts change, down too, without a new episode, and two feeds may hold the same event at
// different ages. It is the episode's number followed by eight digits, the minutes since 1970 of
// the channel, so that it stays exact where numbers are floats.
func (a *alert) version(i *incident.Incident) int64 {
	made := a.made
	if made.IsZero() || a.ctx.Ahead(made) {
		made = i.Reported
	}
	if a.ctx.Ahead(made) { // or whatever is said later would be taken for older
		made = a.ctx.Received
	}
	const (
		digits  = 100_000_000
		highest = 1<<53/digits - 1
	)
	minutes := int64(0)
	if !made.IsZero() {
		minutes = min(max(made.Unix()/60, 0), digits-1)
	}
	episode, err := strconv.ParseInt(a.gdacs("episodeid"), 10, 64)
	if err != nil || episode < 0 || episode > highest {
		episode = 0
	}
	return episode*digits + minutes
}

// countries reads the country, or countries. The code is that of the first one. A name that is no
// country is, beside a country, a region at sea as seismologists name them: a place.
func (a *alert) countries(i *incident.Incident, kind string) {
	names := a.gdacs("country")
	found, rest := country.ParseList(a.text.Line(names).String())
	if code, ok := country.Parse(a.gdacs("iso3")); ok {
		found = append(found, code)
	} else if code := a.gdacs("iso3"); !country.IsNone(code) {
		a.warn("%q is no country code: it is left out", code)
	}
	slices.Sort(found)
	i.Countries = slices.Compact(found)
	rest = slices.DeleteFunc(rest, country.IsNone)
	if len(rest) == 0 {
		return
	}
	i.Place = a.text.Line(names)
	if len(i.Countries) > 0 && kind == "EQ" {
		return
	}
	for _, name := range rest {
		i.CountryText = append(i.CountryText, a.text.Line(name))
	}
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
	if len(i.Countries) > 0 {
		a.warn("no country that vigil knows: %s", strings.Join(rest, ", "))
	}
}

// point reads the position: that of the item, else the middle of its box.
func (a *alert) point(i *incident.Incident) {
	for _, source := range []string{a.item.get(nsGeoRSS, "point"), a.item.get(nsGeo, "lat") + " " + a.item.get(nsGeo, "long")} {
		if n, ok := numbers(source, 2); ok {
			i.Point, i.HasPoint = onEarth(n[0], n[1])
		}
		if i.HasPoint {
			return
		}
	}
	// The format is lonmin lonmax latmin latmax. A box over the antimeridian has longitudes beyond
	// 180, or its west end greater than its east end.
	if n, ok := numbers(a.gdacs("bbox"), 4); ok {
		west, east := n[0], n[1]
		if west > east {
			east += 360
		}
		i.Point, i.HasPoint = onEarth((n[2]+n[3])/2, (west+east)/2)
	}
	if !i.HasPoint {
		a.warn("the item has no position on the earth")
	}
}

func numbers(s string, want int) ([]float64, bool) {
	fields := strings.Fields(s)
	if len(fields) != want {
		return nil, false
	}
	list := make([]float64, 0, want)
	for _, field := range fields {
		f, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return nil, false
		}
		list = append(list, f)
	}
	return list, true
}

// onEarth brings a longitude that is past the antimeridian back.
func onEarth(lat, lon float64) (incident.Point, bool) {
	switch {
	case lon > 180 && lon <= 540:
		lon -= 360
	case lon < -180 && lon >= -540:
		lon += 360
	}
	p := incident.Point{Lat: lat + 0, Lon: lon + 0} // there is no negative zero
	if !p.Valid() {
		return incident.Point{}, false
	}
	return p, true
}

// facts are what the item says beside its description, in GDACS's own words.
func (a *alert) facts() string {
	var facts []string
	add := func(label, value string) {
		if value != "" && value != "0" {
			facts = append(facts, label+": "+value)
		}
	}
	level := a.gdacs("alertlevel")
	if episode := a.gdacs("episodealertlevel"); episode != "" && !strings.EqualFold(episode, level) {
		level = fmt.Sprintf("%s (this episode %s)", level, episode)
	}
	add("Alert level", level)
	add("Name", a.gdacs("eventname"))
	add("Severity", markup.Text(a.gdacs("severity")))
	add("People", markup.Text(a.gdacs("population")))
	add("Vulnerability", a.gdacs("vulnerability"))
	add("GLIDE", a.gdacs("glide"))
	return strings.Join(facts, "; ")
}
