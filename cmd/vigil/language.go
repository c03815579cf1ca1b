package main

import "strings"

// languages are those that the environment asks for, the best first, as POSIX and gettext have it: LANGUAGE is a
// list; else the first of the others that is set.
func (p *program) languages() []string {
	locale := firstOf(p.getenv("LC_ALL"), firstOf(p.getenv("LC_MESSAGES"), p.getenv("LANG")))
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
