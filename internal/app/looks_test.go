package app

import (
	"slices"
	"strings"
	"testing"

	"vigil/internal/desk"
)

func TestLooks(t *testing.T) {
	for head, want := range map[string]string{
		"<!DOCTYPE html>\n<html>":                          "an HTML page",
		"  <html lang=en>":                                 "an HTML page",
		`<?xml version="1.0"?><x/>`:                        `XML, of elements named "x"`,
		"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>":         `XML, of elements named "a", with a DOCTYPE or entities of its own, which are refused`,
		"No,Date\r1,2031-04-13\r":                          "its lines end in CR alone",
		"<a><a><a>":                                        `XML, of elements named "a"`,
		"\uFEFFBEGIN:VCALENDAR\r\nVERSION":                 "a calendar: move it to calendar/",
		"country: MLI\nscheme: un-sls\n":                   "official security levels: move it to levels/",
		"country,scheme,name,level\n":                      "official security levels: move it to levels/",
		"country,count\nMLI,4\n":                           "a roster or a headcount: move it to presence/ if its rows are staff",
		"person_id,name,country\n":                         "a roster or a headcount: move it to presence/ if its rows are staff",
		"colour,taste\n":                                   "a table: vigil map",
		"\x89PNG\r\n\x1a\n":                                "an image (png)",
		"RIFF....WAVEfmt ":                                 "an audio (wave)",
		"%PDF-1.7":                                         "a PDF document",
		"PK\x03\x04....word/document.xml":                  "an Office document",
		"\x1f\x8b\x08":                                     "an archive",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1a\xE1":                 "an old Office",
		"\n\nDear colleague,\nbest":                        "text: vigil map",
		strings.Repeat("word ", 30):                        "text: vigil map",
		"\uFEFF[1, 2]":                                     "JSON: if it is a list of records, vigil map",
		"<records><incident id=\"1\"/></records>":          `XML, of elements named "records", in none of the forms of XML that vigil reads: save its records as CSV`,
		"<field@example.org> wrote:\nseen":                 "text: vigil map",
		"\xFF\xFE{\x00\"\x00a\x00\"\x00":                   "text in UTF-16",
		"\xFE\xFF\x00{\x00\"":                              "text in UTF-16",
		" \n\t":                                            "nothing but blanks",
		" [ ]\n":                                           "NO DATA: an empty list",
		"null":                                             "NO DATA: an empty list",
		`{"error":"Canary"}`:                               "the answer of a server that refused the request: see to the account",
		`{"id":"1","country":"MLI","occurred":"2031"}`:     `incidents of the native format: "act" is missing: each line`,
		`{"act":"riot","occurred":"2031","place":"Gao"}`:   `incidents of the native format: "id" is missing`,
		`{"id":"1","id":"2","act":"riot","country":"MLI"}`: "incidents of the native format: each line holds one whole object, in which no name stands twice",
		"{\n\"id\": \"1\",\n\"act\": \"riot\",\n\"country\": \"MLI\"}": "incidents of the native format: each line holds one whole object",
		`{"id":"1","name":"Canary"}`:                                   "JSON: if it is a list",
		"\x00\x01\x02":                                                 "no text at all",
		"caf\xe9 \u202Eevil":                                           "text",
	} {
		got := looks([]byte(head))
		if !strings.Contains(got, want) {
			t.Errorf("%q: %s; want %q", head, got, want)
		}
		if strings.ContainsAny(got, "\x1b\u202e\n") {
			t.Errorf("%q: %q is not safe", head, got)
		}
	}
}

// TestNoRosterIsQuoted: of what may be people nothing is shown, with headings and without.
func TestNoRosterIsQuoted(t *testing.T) {
	for _, head := range []string{
		"Canary One,Gao\nCanary Two,Kidal\n",
		"\n;Canary One;Gao\n",
		"Canary One\tGao\n",
		"Canary One|Gao\n",
		"Canary, head of office\n\nperson_id,name,country\n1,Canary,MLI\n",
		"Canary One\nCanary Two\n",
		`[{"Canary": 1, "name": "Canary"}]`,
		"Staff of Canary\nperson_id,name,country\n1,Canary,MLI\n",
	} {
		if got := looks([]byte(head)); strings.Contains(got, "Canary") || !strings.Contains(got, "vigil map") {
			t.Errorf("%q: %s", head, got)
		}
	}
}

// --lang chooses among the languages of a record before vigil.toml, and that before the environment.
func TestLanguageAskedForGoesFirst(t *testing.T) {
	config := desk.Default()
	config.UI.Language = "es"
	if got := languagesOf("fr", &config, []string{"en"}); !slices.Equal(got, []string{"fr", "es", "en"}) {
		t.Error(got)
	}
	if got := languagesOf("", &config, []string{"en"}); !slices.Equal(got, []string{"es", "en"}) {
		t.Error(got)
	}
}
