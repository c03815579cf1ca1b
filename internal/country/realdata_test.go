package country_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigil/internal/country"
)

// realDir is the directory of real input files, which is not part of the project.
func realDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("VIGIL_REAL_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no real input files: %v; set VIGIL_REAL_DATA", err)
		}
		t.Skipf("no real input files here: %v", err)
	}
	return dir
}

// noCountries are the texts in country fields of the real files, parts of lists included,
// that name no country or several, and do not say so in a way that IsNone knows.
var noCountries = []string{
	"Kashmir", "French West Indies", "#country+code", "#country+name+i_en", "#country +name", "#country +ISO", "#country", "#country_ISO",
	"#country+primary+name", "#country+primary+shortname", "#country+primary+code", "#country+name", "#country+shortname",
	// What people look for in place of a country: synonyms of FCDO's pages.
	"Ibiza", "Barcelona", "Borneo", "Majorca", "Mallorca", "Benidorm", "arctic", "Tenerife", "Lanzarote", "Gran Canaria",
	// Regions of the sea and of seismologists.
	"Southeast Of Honshu", "Southeast Of Loyalty Islands", "Near East Coast Of Kamchatka", "Kamchatka Peninsula",
	"Vanuatu Islands Region", "Mindanao", "Western Indian-Antarctic Ridge", "Leeward Islands", "New Britain Region",
	"Southern East Pacific Rise", "Sulawesi", "Northern Chile", "W. Caroline Islands", "Miscellaneous (French) Indian Ocean Islands",
}

// realFields is where the real files have countries: CSV columns, members of JSON objects
// and XML elements, by their names.
var realFields = []struct {
	files string
	names []string
	list  bool // may hold several countries
	html  bool // has character references in the text
}{
	{files: "awsd/*.csv", names: []string{"Country Code", "Country"}},
	{files: "gdacs/*.xml", names: []string{"country"}, list: true},
	{files: "gdacs/*.xml", names: []string{"iso3"}},
	{files: "gdacs/*.csv", names: []string{"country", "iso3"}},
	{files: "insecurity-insight/*.json", names: []string{"Country", "Country ISO"}},
	{files: "insecurity-insight/countries.csv", names: []string{"country_iso3"}},
	{files: "insecurity-insight/derived/*.csv", names: []string{"Country", "Country ISO"}},
	{files: "us-state/*.json", names: []string{"country"}, list: true},
	{files: "fcdo/*.json", names: []string{"country.name", "country.slug", "country.synonyms"}},
	{files: "hxl/*.json", names: []string{"country_of_incident", "country_origin"}, list: true, html: true},
	{files: "reliefweb/*.json", names: []string{"country.name", "country.shortname", "country.iso3", "primary_country.name", "primary_country.iso3"}},
	{files: "reliefweb/*.csv", names: []string{"country-name", "country-shortname", "country-iso3", "primary_country-name", "primary_country-iso3"}},
	{files: "wfp-adam/*.json", names: []string{"country", "iso3", "eventISO3"}},
}

func TestRealFilesAreUnderstood(t *testing.T) {
	dir := realDir(t)
	for _, source := range realFields {
		t.Run(source.files+"/"+source.names[0], func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join(dir, source.files))
			if err != nil || len(files) == 0 {
				t.Fatalf("no files %s: %v", source.files, err)
			}
			countries, texts := make(map[country.Code]bool), make(map[string]bool)
			for _, file := range files {
				for text := range readFields(t, file, source.names) {
					if source.html {
						text = html.UnescapeString(text)
					}
					if texts[text] {
						continue
					}
					texts[text] = true
					codes := understand(t, file, text, source.list)
					for _, c := range codes {
						countries[c] = true
					}
				}
			}
			t.Logf("%d texts, %d countries", len(texts), len(countries))
			if len(countries) == 0 {
				t.Error("no country in any of the files: is the field still called that?")
			}
		})
	}
}

// understand reports a text that is no country without saying so.
func understand(t *testing.T, file, text string, list bool) []country.Code {
	t.Helper()
	if c, ok := country.Parse(text); ok {
		return []country.Code{c}
	}
	rest := []string{text}
	var codes []country.Code
	if list {
		codes, rest = country.ParseList(text)
	}
	for _, part := range rest {
		if !country.IsNone(part) && !slices.Contains(noCountries, strings.TrimSpace(part)) {
			t.Errorf("%s: %q of %q is not understood", filepath.Base(file), part, text)
		}
	}
	return codes
}

// Where a file has both a code and a name, they must come out as the same country.
func TestRealCodesAndNamesAgree(t *testing.T) {
	dir := realDir(t)
	for _, source := range []struct{ file, code, name string }{
		{"awsd/incidents.csv", "Country Code", "Country"},
		{"insecurity-insight/derived/attacks-on-health-care-2016-2023.csv", "Country ISO", "Country"},
		{"insecurity-insight/derived/protection-in-danger-2020-2023.csv", "Country ISO", "Country"},
		{"reliefweb/reliefweb-disasters-list.csv", "country-iso3", "country-name"},
	} {
		checked := 0
		eachRecord(t, filepath.Join(dir, source.file), func(get func(string) (string, bool)) {
			code, _ := get(source.code)
			name, _ := get(source.name)
			byCode, ok1 := country.Parse(code)
			byName, ok2 := country.Parse(name)
			if !ok1 || !ok2 {
				return
			}
			checked++
			if byCode != byName {
				t.Errorf("%s: %q is %s and %q is %s", source.file, code, byCode, name, byName)
			}
		})
		t.Logf("%s: %d records", source.file, checked)
		if checked == 0 {
			t.Errorf("%s: no record has both", source.file)
		}
	}
}

// readFields collects the texts of the named fields of a file.
func readFields(t *testing.T, file string, names []string) map[string]bool {
	t.Helper()
	texts := make(map[string]bool)
	add := func(name, text string) {
		if slices.Contains(names, name) {
			texts[text] = true
		}
	}
	switch filepath.Ext(file) {
	case ".csv":
		eachRecord(t, file, func(get func(string) (string, bool)) {
			for _, name := range names {
				if text, ok := get(name); ok {
					add(name, text)
				}
			}
		})
	case ".json":
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		walk(doc, "", add)
	case ".xml":
		readElements(t, file, add)
	}
	return texts
}

// walk calls add for every string of a JSON document, by its name and by that name with the
// one of the object around it.
func walk(node any, path string, add func(name, text string)) {
	switch node := node.(type) {
	case map[string]any:
		for name, in := range node {
			walk(in, path+"."+name, add)
		}
	case []any:
		for _, in := range node {
			walk(in, path, add)
		}
	case string:
		names := strings.Split(path, ".")
		add(names[len(names)-1], node)
		if len(names) > 1 {
			add(strings.Join(names[len(names)-2:], "."), node)
		}
	}
}

// readElements calls add for the text of every element. What follows an error is left:
// some of the files are cut short.
func readElements(t *testing.T, file string, add func(name, text string)) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name, text := "", ""
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Logf("%s: read in part: %v", filepath.Base(file), err)
			}
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			name, text = token.Name.Local, ""
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			if name == token.Name.Local {
				add(name, text)
			}
			name = ""
		}
	}
}

// eachRecord calls f for every record of a CSV file with a function that gets a column.
func eachRecord(t *testing.T, file string, f func(get func(column string) (string, bool))) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	header, err := r.Read()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		f(func(column string) (string, bool) {
			i := slices.Index(header, column)
			if i < 0 || i >= len(record) {
				return "", false
			}
			return record[i], true
		})
	}
}
