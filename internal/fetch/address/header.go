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
	secret, err := secretFrom(kind, where)
	if err != nil {
		return Header{}, fmt.Errorf("header %s: %w", h.Name, err)
	}
	h.scheme, h.Env, h.File = scheme, secret.Env, secret.File
	return h, nil
}

// Secret reports whether the value comes from the environment or a file.
func (h Header) Secret() bool { return h.Env != "" || h.File != "" }

// Source says where the value comes from, never what it is.
func (h Header) Source() string { return h.secret().Source() }

// maxSecret is the longest secret, in bytes.
const maxSecret = 16 << 10

// Value is what is sent, and the secret in it, empty if it is none. The environment and files are read
// through lookup and read; the error shows neither.
func (h Header) Value(lookup func(string) (string, bool), read func(path string) ([]byte, error)) (value, secret string, err error) {
	if !h.Secret() {
		return h.literal, "", nil
	}
	secret, err = h.secret().Read(lookup, read)
	if err != nil {
		return "", "", fmt.Errorf("header %s: %w", h.Name, err)
	}
	return h.scheme + secret, secret, nil
}

func (h Header) secret() Secret { return Secret{Env: h.Env, File: h.File} }

// isText reports whether s is one line without control characters.
func isText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) < 0
}
