package main

import (
	"errors"
	"fmt"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/term"
)

// languages are those that the environment asks for, the best first, as POSIX and gettext have it: LANGUAGE is a
// list, which holds unless the locale is C or POSIX; else the first of the others that is set.
func (p *program) languages() []string {
	locale := firstOf(p.getenv("LC_ALL"), firstOf(p.getenv("LC_MESSAGES"), p.getenv("LANG")))
	if code, _, _ := strings.Cut(locale, "."); code == "" || code == "C" || code == "POSIX" {
		return nil
	}
	var list []string
	for name := range strings.SplitSeq(p.getenv("LANGUAGE")+":"+locale, ":") {
		code, _, _ := strings.Cut(name, ".") // the character set
		code, _, _ = strings.Cut(code, "@")
		code = strings.ReplaceAll(code, "_", "-")
		if code == "" || code == "C" || code == "POSIX" {
			continue
		}
		list = append(list, code)
	}
	return list
}

// language is how the console is said on a terminal: the one of --lang, else of the desk, else the first of the
// environment's that there is. One that the terminal has no letters for is English, but for --lang, which is refused.
func (p *program) language(desk string, caps term.Caps) (*lang.Language, error) {
	reads := p.languages()
	if desk != "" {
		reads = append([]string{desk}, reads...)
	}
	asked := p.flags.lang
	if asked != "" {
		reads = []string{asked}
	}
	for _, one := range reads {
		tag, ok := lang.Known(one)
		if !ok && asked != "" {
			return nil, usagef("--lang %s: there is no such language; there are %s", asked, strings.Join(lang.Tags(), ", "))
		}
		if !ok {
			continue
		}
		switch l, err := lang.Load(tag, caps.ASCIIGlyphs); {
		case err == nil:
			return l, nil
		case asked != "":
			return nil, usagef("--lang %s: %w", asked, err)
		case !errors.Is(err, lang.ErrScript):
			return nil, fmt.Errorf("language: %w", err)
		}
	}
	return nil, nil //nolint:nilnil // nil is English
}
