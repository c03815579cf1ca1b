package address

import (
	"errors"
	"fmt"
	"strings"
)

// Secret says where a secret comes from: an environment variable or a file, never both. The zero value is none.
type Secret struct {
	Env  string // the environment variable that holds it
	File string // or the file that does, relative to the desk or absolute
}

// ParseSecret reads "env:NAME" or "file:path" as it stands in vigil.toml. The error never shows what stands there: it may be
// the secret itself.
func ParseSecret(s string) (Secret, error) {
	kind, where, _ := strings.Cut(s, ":")
	if kind != "env" && kind != "file" {
		return Secret{}, errors.New(`what opens something does not belong into vigil.toml: write "env:NAME" and set that variable, or "file:path"`)
	}
	return secretFrom(kind, where)
}

func secretFrom(kind, where string) (Secret, error) {
	switch {
	case kind == "env" && !isVariable(where):
		return Secret{}, errors.New("what follows env: is no name of an environment variable: write letters, digits and _")
	case kind == "env":
		return Secret{Env: where}, nil
	case strings.TrimSpace(where) == "" || strings.ContainsRune(where, 0):
		return Secret{}, errors.New("file: names no file: write its path, relative to the desk or absolute")
	default:
		return Secret{File: where}, nil
	}
}

// IsZero reports whether it says nothing.
func (s Secret) IsZero() bool { return s == Secret{} }

// Source says where the secret comes from, never what it is.
func (s Secret) Source() string {
	switch {
	case s.Env != "":
		return "env:" + s.Env
	case s.File != "":
		return "file:" + s.File
	default:
		return "vigil.toml"
	}
}

// Read is the secret: one line of text. The environment and files are read through lookup and read; the error shows neither.
func (s Secret) Read(lookup func(string) (string, bool), read func(path string) ([]byte, error)) (string, error) {
	var secret string
	switch {
	case s.Env != "":
		v, ok := lookup(s.Env)
		if secret = strings.TrimSpace(v); !ok || secret == "" {
			return "", missing(s.Env)
		}
	case s.File != "":
		data, err := read(s.File)
		if err != nil {
			return "", fmt.Errorf("its file cannot be read: %w", err)
		}
		if secret = strings.TrimSpace(string(data)); secret == "" {
			return "", errors.New("its file is empty: write the value into it, alone")
		}
	default:
		return "", errors.New("nothing says where it comes from")
	}
	if !isText(secret) || len(secret) > maxSecret {
		return "", fmt.Errorf("the value from %s has several lines, a control character, or more than %d bytes: it must be one line of text", s.Source(), maxSecret)
	}
	return secret, nil
}
