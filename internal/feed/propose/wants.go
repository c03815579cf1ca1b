package propose

// want is a field that is looked for: what its columns are called, the most telling first, and what their values
// must be like. A name that begins with "=" is the whole heading, and any other stands in it.
type want struct {
	field string
	names []string
	fits  func(c *column) bool
	loose bool // a column may be taken by its values alone
}

// wants are the fields in the order in which columns are given to them.
var wants = []want{
	{field: "id", names: []string{
		"event id", "incident id", "sind event id", "web id", "=id", "eventid", "globaleventid", "incident no", "report no", "incident number", "event code",
		"id", "uuid", "=code", "=number", "=key", "=ref", "=no", "=nr",
	}, fits: isID},
	{field: "occurred", names: []string{
		"date occurred", "event date", "incident date", "date of incident", "date of event", "=occurred", "date event", "start date", "from date", "date start", "onset", "sqldate",
		"eventdate", "=date", "datetime", "=time", "=when", "date", "timestamp", "date reported", "reported date", "pubdate", "published", "end year", "year",
	}, fits: isTime},
	{field: "until", names: []string{"to date", "end date", "date end", "date to"}, fits: isTime},
	{field: "reported", names: []string{"date reported", "reported date", "reported", "published", "pubdate", "publicationdate", "publication date", "dateadded", "updated", "last update"}, fits: isTime},
	{field: "lat", names: []string{"=latitude", "=lat", "latitude", "lat", "=y"}, fits: func(c *column) bool { return isDegrees(c, 90) }},
	{field: "lon", names: []string{"=longitude", "=lon", "=long", "=lng", "longitude", "lon", "long", "lng", "=x"}, fits: func(c *column) bool { return isDegrees(c, 180) }},
	{field: "point", names: []string{"coordinates", "coodinates", "=position", "latlon", "geo coord"}, fits: isPair, loose: true},
	{field: "country", names: []string{
		"=iso3", "country iso3", "country code", "iso3", "country of incident", "country iso", "country", "location code", "nation", "pays",
	}, fits: isCountry, loose: true},
	{field: "admin1", names: []string{"admin1", "admin 1", "adm 1", "adm1", "province", "governorate", "=state", "=region", "=district", "department"}, fits: isRegion},
	{field: "place", names: []string{
		"=place", "location description", "location name", "=location", "=city", "=town", "=village", "location", "city", "town", "locality", "=where", "admin2", "adm2", "=area", "place",
	}, fits: isText},
	{field: "title", names: []string{"=title", "headline", "event name", "=name", "crisis name", "=subject", "title"}, fits: isText},
	{field: "act", names: []string{
		"event type", "incident type", "type of incident", "type of event", "=kind", "=category", "primary type name", "type name", "hazard", "disaster type", "means of attack",
		"what happened", "=act", "=type", "type of", "=cause", "kind",
	}, fits: isWord},
	{field: "means", names: []string{"weapon", "weapons", "cause death", "cause of death", "=means", "=method"}, fits: isText},
	{field: "details", names: []string{"event description", "=description", "=details", "=notes", "narrative", "=summary", "description", "notes", "comments", "=comment", "=text", "=overview", "remarks"}, fits: isText},
	{field: "actor", names: []string{"perpetrator name", "perpetrator", "=actor", "actor1", "actor1name", "responsible", "group name"}, fits: isText},
	{field: "severity", names: []string{"=severity", "alert level", "=alertlevel", "severity level"}, fits: isWord},
	{field: "links", names: []string{"=url", "=link", "=links", "source url", "sourceurl", "url", "link", "=web"}, fits: isAddress},
}

// Words of headings that say whom a figure counts, and what befell them.
var (
	outcomeWords = []struct{ word, outcome string }{
		{"killed", "killed"},
		{"dead", "killed"},
		{"deaths", "killed"},
		{"fatalities", "killed"},
		{"fatality", "killed"},
		{"best", "killed"},
		{"died", "killed"},
		{"injured", "injured"},
		{"wounded", "injured"},
		{"kidnapped", "abducted"},
		{"abducted", "abducted"},
		{"detained", "detained"},
		{"arrested", "detained"},
		{"missing", "missing"},
	}
	populationWords = []struct{ word, population string }{
		{"staff", "staff"},
		{"aid workers", "staff"},
		{"aid worker", "staff"},
		{"personnel", "staff"},
		{"humanitarians", "staff"},
		{"un", "un"},
		{"ngo", "ngo"},
		{"ingo", "ngo"},
		{"civilians", "civilian"},
		{"civilian", "civilian"},
		{"children", "civilian"},
		{"migrants", "civilian"},
	}
	// totals hold several outcomes, or others' figures again.
	totals = []string{"total dead and missing", "dead and missing", "deaths a", "deaths b", "high", "low", "of female", "of male"}
)

// actWords are parts of words that tell what happened, the most telling first.
var actWords = []struct{ part, act string }{
	{"earthquake", "earthquake"},
	{"tsunami", "tsunami"},
	{"flood", "flood"},
	{"cyclone", "cyclone"},
	{"hurricane", "cyclone"},
	{"typhoon", "cyclone"},
	{"storm", "cyclone"},
	{"volcan", "volcano"},
	{"drought", "drought"},
	{"wildfire", "wildfire"},
	{"wild fire", "wildfire"},
	{"forest fire", "wildfire"},
	{"epidemic", "disease_outbreak"},
	{"outbreak", "disease_outbreak"},
	{"cholera", "disease_outbreak"},
	{"abduct", "abduction"},
	{"kidnap", "abduction"},
	{"hostage", "hostage_taking"},
	{"arrest", "arrest_detention"},
	{"detention", "arrest_detention"},
	{"detain", "arrest_detention"},
	{"sexual", "sexual_violence"},
	{"rape", "sexual_violence"},
	{"sv", "sexual_violence"},
	{"carjack", "hijacking"},
	{"car jack", "hijacking"},
	{"hijack", "hijacking"},
	{"robbery", "armed_robbery"},
	{"burgl", "burglary"},
	{"loot", "looting"},
	{"theft", "theft"},
	{"stolen", "theft"},
	{"arson", "arson_fire"},
	{"landmine", "landmine_erw"},
	{"mine", "landmine_erw"},
	{"uxo", "landmine_erw"},
	{"ied", "bombing_ied"},
	{"bomb", "bombing_ied"},
	{"grenade", "bombing_ied"},
	{"explos", "bombing_ied"},
	{"shelling", "shelling"},
	{"artillery", "shelling"},
	{"air strike", "aerial_attack"},
	{"airstrike", "aerial_attack"},
	{"drone", "aerial_attack"},
	{"aerial", "aerial_attack"},
	{"shoot", "shooting"},
	{"gunfire", "shooting"},
	{"clash", "shooting"},
	{"battle", "shooting"},
	{"kill", "killing"},
	{"murder", "killing"},
	{"assassin", "killing"},
	{"assault", "assault"},
	{"beat", "assault"},
	{"riot", "riot"},
	{"mob", "riot"},
	{"demonstration", "protest"},
	{"protest", "protest"},
	{"threat", "threat"},
	{"harass", "harassment"},
	{"intimidat", "intimidation"},
	{"access", "access_denial"},
	{"road accident", "road_accident"},
	{"traffic", "road_accident"},
	{"drown", "other_accident"},
	{"accident", "other_accident"},
}
