package app

import (
	"strings"
	"testing"
)

func TestLooks(t *testing.T) {
	for head, want := range map[string]string{
		"<!DOCTYPE html>\n<html>":          "an HTML page",
		"  <html lang=en>":                 "an HTML page",
		`<?xml version="1.0"?><x/>`:        `XML, which begins "<?xml version=`,
		"<a><a><a>":                        `XML, which begins "<a><a><a>"`,
		"\uFEFFBEGIN:VCALENDAR\r\nVERSION": "a calendar: move it to calendar/",
		"\x89PNG\r\n\x1a\n":                "an image (png)",
		"RIFF....WAVEfmt ":                 "an audio (wave)",
		"%PDF-1.7":                         "a PDF document",
		"PK\x03\x04....word/document.xml":  "an Office document",
		"\x1f\x8b\x08":                     "an archive",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1a\xE1": "an old Office",
		"\n\nDear colleague,\nbest":        `text, which begins "Dear colleague,": vigil map`,
		strings.Repeat("word ", 30):        `word word "…`,
		"\uFEFF[1, 2]":                     `JSON, which begins "[1, 2]": vigil map`,
		"\x00\x01\x02":                     "no text at all",
		"caf\xe9 \u202Eevil":               "text",
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
