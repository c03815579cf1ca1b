package address

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// Header is one header of the requests to a source.
type Header struct {
	Name    string // in its usual writing
	scheme  string // what stands before the secret, such as "Bearer "
	Env     string // the environment variable that holds the secret
	File    string // or the file that does, relative to the desk or absolute
	literal string
}

// harmless are the headers whose values may stand in vigil.toml: they say what is asked for and by whom, and
// open nothing.
var harmless = []string{"Accept", "Accept-Language", "From", "User-Agent"}

// ours are the headers that vigil sets itself, or that would change what a request means.
var ours = []string{
	"Accept-Charset", "Accept-Encoding", "Connection", "Content-Length", "Content-Type", "Expect", "Host", "If-Match", "If-Modified-Since",
	"If-None-Match", "If-Range", "If-Unmodified-Since", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "Range", "Referer", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

var (
	headerName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	// secretValue is env:NAME or file:path, alone or as {env:NAME} behind the one word of a scheme.
	secretValue = regexp.MustCompile(`^(?:(env|file):([^{}]+)|([A-Za-z][A-Za-z-]{0,19}) \{(env|file):([^{}]+)\})$`)
)

// ParseHeader reads a header as it stands in vigil.toml: "env:NAME", "file:path", "Bearer {env:NAME}", or the
// text itself for the few headers that hold no secret. The error never shows the value.
func ParseHeader(name, value string) (Header, error) {
	if !headerName.MatchString(name) {
		return Header{}, errors.New("this is no name of a header: write letters, digits and hyphens")
	}
	h := Header{Name: textproto.CanonicalMIMEHeaderKey(name)}
	if slices.Contains(ours, h.Name) {
		return Header{}, fmt.Errorf("header %s is set by vigil itself: leave it out", h.Name)
	}
	m := secretValue.FindStringSubmatch(value)
	switch {
	case m != nil && m[1] != "":
		return h.from("", m[1], m[2])
	case m != nil:
		return h.from(m[3]+" ", m[4], m[5])
	case !slices.Contains(harmless, h.Name):
		return Header{}, fmt.Errorf(`the value of header %s may be a secret and does not belong into vigil.toml: write "env:NAME" and set that variable, or "file:path" (%s may be written out)`,
			h.Name, strings.Join(harmless, ", "))
	case value == "" || !isText(value):
		return Header{}, fmt.Errorf("the value of header %s is empty or holds a control character: write plain text", h.Name)
	}
	h.literal = value
	return h, nil
}

func (h Header) from(scheme, kind, where string) (Header, error) {
	h.scheme = scheme
	switch {
	case kind == "env" && !isVariable(where):
		return Header{}, fmt.Errorf("header %s: what follows env: is no name of an environment variable: write letters, digits and _", h.Name)
	case kind == "env":
		h.Env = where
	case strings.TrimSpace(where) == "" || strings.ContainsRune(where, 0):
		return Header{}, fmt.Errorf("header %s: file: names no file: write its path, relative to the desk or absolute", h.Name)
	default:
		h.File = where
	}
	return h, nil
}

// Secret reports whether the value comes from the environment or a file.
func (h Header) Secret() bool { return h.Env != "" || h.File != "" }

// Source says where the value comes from, never what it is.
func (h Header) Source() string {
	switch {
	case h.Env != "":
		return "env:" + h.Env
	case h.File != "":
		return "file:" + h.File
	default:
		return "vigil.toml"
	}
}

// maxSecret is the longest value of a header, in bytes.
const maxSecret = 16 << 10

// Value is what is sent, and the secret in it, empty if it is none. The environment and files are read
// through lookup and read; the error shows neither.
func (h Header) Value(lookup func(string) (string, bool), read func(path string) ([]byte, error)) (value, secret string, err error) {
	switch {
	case h.Env != "":
		v, ok := lookup(h.Env)
		if secret = strings.TrimSpace(v); !ok || secret == "" {
			return "", "", fmt.Errorf("header %s: %w", h.Name, missing(h.Env))
		}
	case h.File != "":
		data, err := read(h.File)
		if err != nil {
			return "", "", fmt.Errorf("header %s: its file cannot be read: %w", h.Name, err)
		}
		if secret = strings.TrimSpace(string(data)); secret == "" {
			return "", "", fmt.Errorf("header %s: its file is empty: write the value into it, alone", h.Name)
		}
	default:
		return h.literal, "", nil
	}
	if !isText(secret) || len(secret) > maxSecret {
		return "", "", fmt.Errorf("header %s: the value from %s has several lines, a control character, or more than %d bytes: it must be one line of text", h.Name, h.Source(), maxSecret)
	}
	return h.scheme + secret, secret, nil
}

// isText reports whether s may be the value of a header.
func isText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) < 0
}
