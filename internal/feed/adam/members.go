package adam

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// eventTypes are the types of the feed.
var eventTypes = map[string]string{
	"earthquake": quake, "earthquake (shake map)": quake, "tropical storm": cyclone, "tropical cyclone": cyclone, "flood": flood,
}

// acts are what the kinds of events are to a duty desk.
var acts = map[string]incident.Act{quake: incident.Earthquake, cyclone: incident.Cyclone, flood: incident.Flood}

// severities are the alert levels of cyclones, and of earthquakes those of USGS PAGER, which ADAM passes on. Green
// is an alert too: a small one.
var severities = map[string]incident.Severity{
	"green": incident.Minor, "yellow": incident.Moderate, "orange": incident.Severe, "red": incident.Critical,
}

// number is a whole number; 0 for what is none.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (e *event) kind(i *incident.Incident, kind string) {
	i.Threat = incident.Known(incident.Hazard)
	if act, ok := acts[kind]; ok {
		i.Act = incident.Known(act)
		return
	}
	word := e.first("eventType")
	if word == "" {
		e.warn("nothing says what it was: its act is unknown")
		return
	}
	i.Act = incident.ParseAct(e.text.Line(word).String())
	if i.Act.Unlisted() {
		e.warn("%q is no type of event that vigil knows: it is kept and counts as unknown", word)
	}
}

// when reads a time. ADAM writes no zone: its times are UTC, as those of its earthquakes are the same as with
// USGS to the second.
func (e *event) when(names ...string) incident.When {
	for _, name := range names {
		s := e.p.Get(name).Text()
		if s == "" {
			continue
		}
		for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999"} {
			if at, err := time.Parse(layout, s); err == nil && at.Year() >= 1900 {
				return incident.At(at)
			}
		}
		if at, err := time.Parse("20060102", s); err == nil && at.Year() >= 1900 {
			return incident.When{Start: at, Precision: incident.ToDate}
		}
		when, err := feed.ParseStamp(s)
		if err != nil {
			e.warn("%s: %v: it is taken as unknown", name, err)
		}
		return when
	}
	return incident.When{}
}

// times reads when it was. What ADAM calls the publication of an earthquake is the time at which it happened. Of a
// flood there is the day that was analysed. A cyclone lasts while there are warnings of it.
func (e *event) times(i *incident.Incident, kind string) {
	published := e.when("published_at", "pubDate")
	switch kind {
	case quake:
		i.Occurred = published
	case flood:
		i.Occurred = e.when("effective_date", "effective", "pubDate")
		if at := i.Occurred.Start; i.Occurred.Precision == incident.ToTime && at.Equal(at.Truncate(24*time.Hour)) {
			i.Occurred.Precision = incident.ToDate
		}
	case cyclone:
		i.Ongoing = true
		i.Occurred = e.when("from_date")
		if i.Occurred.IsZero() && !published.IsZero() { // it had begun on that day, or before
			i.Occurred = incident.When{Start: published.Start.Truncate(24 * time.Hour), Precision: incident.ToDate}
		}
	}
	i.Reported = published.Start
	for _, later := range []incident.When{e.when("updated_at"), e.when("date_processed", "date_proc")} {
		if later.Start.After(i.Reported) {
			i.Reported = later.Start
		}
	}
	if i.Reported.IsZero() {
		i.Reported = i.Occurred.Start
	}
	if i.Occurred.IsZero() {
		e.warn("the event does not say when it was: the time is unknown")
	}
}

// countries reads those that the event names.
func (e *event) countries(i *incident.Incident) {
	code := e.first("eventISO3", "iso3")
	if c, ok := country.Parse(code); ok {
		i.Countries = append(i.Countries, c)
	} else if !country.IsNone(code) {
		e.warn("%q is no country code: it is left out", code)
	}
	for _, name := range []string{"countries", "country", "adm0_name"} {
		found, rest := country.ParseList(e.text.Line(e.p.Get(name).Text()).String())
		i.Countries = append(i.Countries, found...)
		for _, word := range rest {
			if !country.IsNone(word) {
				i.CountryText = append(i.CountryText, e.text.Line(word))
				e.warn("no country that vigil knows: %s", word)
			}
		}
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

// wellKnown is a position as the newer interface has it, longitude first.
var wellKnown = regexp.MustCompile(`^SRID=4326;POINT\s*\(\s*(\S+)\s+(\S+)\s*\)$`)

// point reads the position: that of the geometry, else the one by name. Longitudes beyond 180 are east of there.
func (e *event) point(i *incident.Incident) {
	geometry := e.v.Get("geometry")
	coordinates := geometry.Get("coordinates").Items()
	pairs := [][2]*exact.Value{{e.p.Get("latitude"), e.p.Get("longitude")}}
	if geometry.Get("type").Text() == "Point" && len(coordinates) >= 2 {
		pairs = append([][2]*exact.Value{{&coordinates[1], &coordinates[0]}}, pairs...)
	}
	for _, pair := range pairs {
		lat, okLat := pair[0].Number()
		lon, okLon := pair[1].Number()
		if okLat && okLon && e.set(i, lat, lon) {
			return
		}
	}
	if m := wellKnown.FindStringSubmatch(e.p.Get("geometry").Text()); m != nil {
		lon, errLon := strconv.ParseFloat(m[1], 64)
		lat, errLat := strconv.ParseFloat(m[2], 64)
		if errLon == nil && errLat == nil && e.set(i, lat, lon) {
			return
		}
	}
	if e.p.Has("latitude") || !geometry.Is(0) && !geometry.Is('n') {
		e.warn("its position is not on the earth, or cannot be read: it is left out")
	}
}

func (e *event) set(i *incident.Incident, lat, lon float64) bool {
	switch {
	case lon > 180 && lon <= 360:
		lon -= 360
	case lon < -180 && lon >= -360:
		lon += 360
	}
	p := incident.Point{Lat: lat + 0, Lon: lon + 0} // there is no negative zero
	if !p.Valid() {
		return false
	}
	i.Point, i.HasPoint = p, true
	return true
}

func (e *event) severity(i *incident.Incident) {
	level := e.first("alert_level", "alert")
	if severity, ok := severities[strings.ToLower(level)]; ok {
		i.Severity = incident.Known(severity)
	} else if level != "" {
		i.Severity = incident.ParseSeverity(e.text.Line(level).String())
		e.warn("%q is no alert level that vigil knows: it is kept and counts as unknown", level)
	}
}

// title is the event's own, else one of what is known of it.
func (e *event) title(kind string, episode int64) string {
	if s := e.first("title"); s != "" {
		return s
	}
	where := e.first("place", "countries", "country", "adm0_name", "eventISO3", "iso3")
	switch kind {
	case quake:
		return strings.TrimSpace(fmt.Sprintf("Earthquake, magnitude %s, %s", e.first("mag"), where))
	case cyclone:
		return fmt.Sprintf("Tropical Cyclone %s, warning %d", e.first("name"), episode)
	case flood:
		return "Flood, " + where
	default:
		return "Event, " + where
	}
}

// buffers are how the newer interface counts people: within so many kilometres of an earthquake, in winds of so
// many kilometres an hour.
var buffers = map[string]string{quake: "People within %s km", cyclone: "People in winds over %s km/h"}

// details are what the event says, in its own figures.
func (e *event) details(kind string) string {
	var facts []string
	add := func(label, unit string, names ...string) {
		if s := e.first(names...); s != "" {
			facts = append(facts, label+": "+s+unit)
		}
	}
	text := e.first("sitrep")
	add("Severity", "", "severity")
	add("Magnitude", "", "mag")
	add("Scale", "", "mag_type")
	add("Depth", " km", "depth")
	add("Intensity (MMI)", "", "mmi")
	add("Storm", "", "name")
	add("Status", "", "current_storm_status", "storm_status")
	add("Wind", " km/h", "wind_speed")
	add("Surge", " m", "max_storm_surge")
	add("Alert level", "", "alert_level", "alert")
	add("People in the area", " (estimate)", "population_impact", "population", "fl_popn")
	for _, n := range []string{"1", "2", "3"} {
		if size := e.first("dist_km_buff_" + n); size != "" && buffers[kind] != "" {
			add(fmt.Sprintf(buffers[kind], size), " (estimate)", "pop_est_buff_"+n)
		}
	}
	add("Flooded", " ha", "flood_area")
	add("Cropland flooded", " ha", "fl_croplnd")
	add("Source", "", "source")
	if e.track > 0 {
		facts = append(facts, fmt.Sprintf("Track: %d positions and areas", e.track))
	}
	return strings.TrimSpace(text + "\n" + strings.Join(facts, "; "))
}

// linkNames are the members that hold addresses of something to read.
var linkNames = []string{
	"linkDashboard", "linkTable", "dashboard_url", "shakemap_url", "prod_url", "wind_map_url", "rainfall_map_url", "population_table_url",
}

func (e *event) links(i *incident.Incident) {
	add := func(s string) {
		if link := e.text.Line(s); !link.IsZero() && !slices.Contains(i.Links, link) {
			i.Links = append(i.Links, link)
		}
	}
	for _, name := range linkNames {
		add(e.p.Get(name).Text())
	}
	for _, name := range []string{"map", "wind", "shakemap", "rainfall", "population"} {
		add(e.p.Get("url", name).Text())
	}
}
