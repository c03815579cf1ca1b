package propose

// want is a field that is looked for: what its columns are called, the most telling first, and what their values
// must be like. A name that begins with "=" is the whole heading, and any other stands in it. They are in English, French, Spanish
// and German, as [fold] leaves them: without accents.
type want struct {
	field string
	names []string
	fits  func(c *column) bool
	loose bool // a column may be taken by its values alone
}

// wants are the fields in the order in which columns are given to them.
var wants = []want{
	{field: "id", names: []string{
		"event id", "incident id", "dis no", "disno", "disaster no", "sind event id", "web id", "=id", "eventid", "globaleventid", "incident no", "report no", "incident number", "event code",
		"id", "uuid", "=code", "=number", "=key", "=ref", "=no", "=nr",
		"n° incident", "n° d incident", "numero incident", "numero d incident", "numero de incidente", "=n°", "=nº", "=numero", "=num", "=reference", "=codigo", "=nummer", "=lfd nr",
	}, fits: isID},
	{field: "occurred", names: []string{
		"date de l incident", "date d incident", "date de l evenement", "date des faits", "date de debut", "fecha del incidente", "fecha del evento", "fecha de inicio", "datum des vorfalls", "=fecha", "=datum",
		"date occurred", "event date", "incident date", "date of incident", "date of event", "=occurred", "date event", "start date", "from date", "date start", "onset", "sqldate",
		"eventdate", "=date", "datetime", "=time", "=when", "date", "timestamp", "end year", "year", "fecha", "datum",
	}, fits: isOccurrence},
	{field: "time", names: []string{
		"time occurred", "time of incident", "time of event", "incident time", "event time", "=time", "time", "heure", "hora", "uhrzeit", "zeit",
	}, fits: isClock},
	{field: "until", names: []string{"to date", "end date", "date end", "date to", "date de fin", "date fin", "fecha de fin", "fecha fin", "enddatum"}, fits: isTime},
	{field: "reported", names: []string{
		"date de publication", "date du rapport", "date de rapport", "fecha de publicacion", "fecha del informe", "meldedatum", "date reported", "reported date", "reported", "entry date", "date of entry", "date entered", "date de saisie", "fecha de registro", "published", "pubdate", "publicationdate", "publication date", "dateadded", "date added", "date created", "created", "updated", "last update", "date updated", "date modified",
	}, fits: isTime},
	{field: "lat", names: []string{"=latitude", "=lat", "latitude", "lat", "=latitud", "=breite", "=breitengrad", "=y"}, fits: func(c *column) bool { return isDegrees(c, 90) }},
	{field: "lon", names: []string{"=longitude", "=lon", "=long", "=lng", "longitude", "lon", "long", "lng", "=longitud", "=lange", "=langengrad", "=x"}, fits: func(c *column) bool { return isDegrees(c, 180) }},
	{field: "point", names: []string{"coordinates", "coodinates", "=position", "latlon", "geo coord", "coordonnees", "coordenadas", "koordinaten"}, fits: isPair, loose: true},
	{field: "country", names: []string{
		"=iso3", "country iso3", "country code", "iso3", "country of incident", "country iso", "country", "location code", "nation", "pays", "pais", "=land",
	}, fits: isCountry, loose: true},
	{field: "admin1", names: []string{"admin1", "admin 1", "adm 1", "adm1", "province", "governorate", "=state", "=region", "=district", "department", "departement", "departamento", "provincia", "provinz", "=bundesland", "=distrito"}, fits: isRegion},
	{field: "place", names: []string{
		"=place", "location description", "location name", "=location", "=city", "=town", "=village", "location", "city", "town", "locality", "=where", "admin2", "adm2", "=area", "place",
		"=localite", "=localidad", "=ortschaft", "=ort", "=village", "=ville", "=ciudad", "=stadt", "=lieu", "=lugar", "=commune", "=municipio", "localite", "lieu", "lugar",
	}, fits: isText},
	{field: "title", names: []string{"=title", "headline", "event name", "=name", "crisis name", "=subject", "title", "=titre", "=titulo", "=titel", "titre", "titulo"}, fits: isText},
	{field: "act", names: []string{
		"event type", "incident type", "type of incident", "type of event", "=kind", "=category", "primary type name", "type name", "hazard", "disaster type", "attacktype1 txt", "attack type", "means of attack",
		"what happened", "=what", "=act", "=type", "type of", "=cause", "kind",
		"type incident", "type d incident", "type de l incident", "type evenement", "type d evenement", "nature de l incident", "tipo incidente", "tipo de incidente", "tipo de evento",
		"art des vorfalls", "vorfallsart", "vorfalltyp", "=tipo", "=vorfall", "=nature", "=categorie", "=categoria", "=kategorie",
	}, fits: isWord},
	{field: "means", names: []string{"weapon", "weapons", "cause death", "cause of death", "=means", "=method", "=arme", "=armes", "=arma", "=waffe"}, fits: isText},
	{field: "details", names: []string{
		"event description", "=description", "=details", "=notes", "narrative", "=summary", "description", "notes", "comments", "=comment", "=text", "=overview", "remarks",
		"=resume", "=recit", "=commentaire", "=commentaires", "=observations", "=remarques", "=descripcion", "=resumen", "=detalles", "=observaciones", //nolint:misspell // Spanish
		"=beschreibung", "=zusammenfassung", "=einzelheiten", "=bemerkung", "=bemerkungen",
	}, fits: isText},
	{field: "actor", names: []string{"perpetrator name", "perpetrator", "=actor", "actor1", "actor1name", "responsible", "group name", "=gname", "auteur presume", "auteurs presumes", "=acteur", "=tater"}, fits: isText},
	{field: "severity", names: []string{"=severity", "alert level", "=alertlevel", "severity level", "=gravite", "niveau de gravite", "niveau d alerte", "=gravedad", "=schwere", "=schweregrad"}, fits: isWord},
	{field: "links", names: []string{"=url", "=link", "=links", "source url", "sourceurl", "url", "link", "=web", "=lien", "=liens", "=enlace", "=enlaces", "=source", "=fuente", "=quelle"}, fits: isAddress},
}

// dateParts are the columns of a date that stands in several.
var dateParts = [...]want{
	{field: "year", names: []string{"start year", "=iyear", "event year", "incident year", "year of incident", "year of event", "=year", "=annee", "=ano", "=jahr"}, fits: isBetween(1900, 2100)},
	{field: "month", names: []string{"start month", "=imonth", "event month", "incident month", "month of incident", "month of event", "=month", "=mois", "=mes", "=monat"}, fits: isMonth},
	{field: "day", names: []string{"start day", "=iday", "event day", "incident day", "day of incident", "day of event", "=day", "=jour", "=dia", "=tag"}, fits: isBetween(0, 31)},
}

// writing are words of headings that say when something was written down or sent out, and not when it happened.
var writing = []string{
	"entry", "entered", "reported", "report", "reporting", "published", "publication", "publicationdate", "pubdate", "posted", "issued", "submitted", "submission", "uploaded",
	"updated", "update", "created", "creation", "modified", "added", "dateadded", "retrieved", "downloaded", "recorded", "registered", "last",
	"rapport", "saisie", "mise a jour", "enregistrement", "publicacion", "informe", "registro", "actualizacion", "meldedatum", "meldung", "erfasst", "aktualisiert",
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
		{"nkill", "killed"},
		{"nwound", "injured"},
		{"nhostkid", "abducted"},
		{"kidnapped", "abducted"},
		{"abducted", "abducted"},
		{"detained", "detained"},
		{"arrested", "detained"},
		{"missing", "missing"},
	}
	// outcomeWordsAbroad are those in French, Spanish and German: in their headings "un" is an article.
	outcomeWordsAbroad = []struct{ word, outcome string }{
		{"morts", "killed"},
		{"mort", "killed"},
		{"tues", "killed"},
		{"tuees", "killed"},
		{"tue", "killed"},
		{"deces", "killed"},
		{"decedes", "killed"},
		{"decedees", "killed"},
		{"muertos", "killed"},
		{"muertas", "killed"},
		{"muertes", "killed"},
		{"fallecidos", "killed"},
		{"tote", "killed"},
		{"getotete", "killed"},
		{"blesses", "injured"},
		{"blessees", "injured"},
		{"blesse", "injured"},
		{"heridos", "injured"},
		{"heridas", "injured"},
		{"lesionados", "injured"},
		{"verletzte", "injured"},
		{"verwundete", "injured"},
		{"enleves", "abducted"},
		{"enlevees", "abducted"},
		{"enleve", "abducted"},
		{"kidnappes", "abducted"},
		{"kidnappees", "abducted"},
		{"secuestrados", "abducted"},
		{"secuestradas", "abducted"},
		{"entfuhrte", "abducted"},
		{"detenus", "detained"},
		{"detenues", "detained"},
		{"arretes", "detained"},
		{"arretees", "detained"},
		{"detenidos", "detained"},
		{"detenidas", "detained"},
		{"festgenommene", "detained"},
		{"disparus", "missing"},
		{"disparues", "missing"},
		{"desaparecidos", "missing"},
		{"desaparecidas", "missing"},
		{"vermisste", "missing"},
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
		{"humanitaires", "staff"},
		{"humanitarios", "staff"},
		{"mitarbeiter", "staff"},
		{"onu", "un"},
		{"ong", "ngo"},
		{"civils", "civilian"},
		{"civiles", "civilian"},
		{"zivilisten", "civilian"},
		{"enfants", "civilian"},
		{"ninos", "civilian"},
		{"kinder", "civilian"},
	}
	// totals hold several outcomes, others' figures again, or a part of those who are meant.
	totals = []string{
		"total dead and missing", "dead and missing", "dead and injured", "killed and injured", "killed injured", "killed and wounded", "killed wounded", "deaths a", "deaths b", "high", "low", "of female", "of male",
		"morts et disparus", "morts et blesses", "morts blesses", "tues et blesses", "tues blesses", "muertos y heridos", "muertos heridos", "muertos y desaparecidos", "tote und verletzte", "tote verletzte",
		"women", "men", "femmes", "hommes", "mujeres", "hombres", "frauen", "manner",
	}
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
