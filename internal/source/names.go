package source

import (
	"path/filepath"
	"strings"
)

// dropping says why a directory entry of this name is not read where a pattern asks for
// everything, or is empty: what editors, downloads and atomic writers leave or use on the way.
func dropping(name string) string {
	switch {
	case strings.HasPrefix(name, ".#"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return "an editor's lock or autosave file"
	case strings.HasPrefix(name, "."):
		return "a hidden file"
	case strings.HasSuffix(name, "~"):
		return "an editor's backup"
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".bak", ".orig":
		return "a backup"
	case ".tmp", ".part", ".partial", ".crdownload":
		return "a temporary file"
	case ".swp", ".swo", ".swx":
		return "an editor's swap file"
	}
	return ""
}

// family is what the names of a log and of its rotations have in common.
func family(name string) string {
	stem, _, _ := strings.Cut(name, ".")
	return strings.TrimRight(stem, "-_T0123456789")
}

// Rotated reports whether a rotation of base may be called name: log.jsonl becomes
// log.jsonl.1, log.jsonl-20261120 or log-20261120.jsonl. A feed called log-north.jsonl is another.
func Rotated(base, name string) bool {
	stem, _, _ := strings.Cut(base, ".")
	rest, ok := strings.CutPrefix(name, stem)
	if !ok || rest == "" || name == base {
		return false
	}
	date, _, _ := strings.Cut(rest, ".")
	digits := 0
	for _, r := range date {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r != '-' && r != '_' && r != 'T':
			return false
		}
	}
	return date == "" || strings.ContainsRune("-_", rune(date[0])) && digits >= 4
}
