package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/renameio/v2"

	"vigil/internal/fetch/address"
)

// MetaName is the file, beside the answers, that says what is known of them.
const MetaName = "meta.json"

// answerName is the file of the answer itself.
const answerName = "answer"

// linkPrefix begins the names of the files of linked contents.
const linkPrefix = "link."

const (
	fileMode = 0o600
	dirMode  = 0o700
	metaV    = 1
)

// Meta is what is known of a source and its kept answer. It holds no secret and no query of an address.
type Meta struct {
	V      int    `json:"v"`
	Source string `json:"source"`
	URL    string `json:"url"` // as it may be shown
	Key    string `json:"key"` // of the address as vigil.toml has it

	Run       string    `json:"run"`       // the run of the program that polled last
	Attempted time.Time `json:"attempted"` // when
	Succeeded time.Time `json:"succeeded"` // the newest poll that was answered well: content, or none that is new
	Failure   string    `json:"failure"`   // why the newest poll failed; empty if it did not
	Failures  int       `json:"failures"`  // polls in a row that failed
	Next      time.Time `json:"next"`      // when the next one is due
	NotBefore time.Time `json:"not_before"`
	Note      string    `json:"note"` // what else stands against the answer, such as linked contents that were not fetched

	Status  int       `json:"status"`  // of the newest answer; 0 if there was none
	Type    string    `json:"type"`    // the content type of the kept answer
	Fetched time.Time `json:"fetched"` // when the kept answer came; zero if there is none
	Before  time.Time `json:"before"`  // the last time that the answer before this one was still the current one
	// Confirmed is when a later poll found the kept answer, with all it links to, unchanged; zero before.
	Confirmed time.Time `json:"confirmed"`
	// Unchanged is when the server last said itself, by a 304, that nothing is new; zero if it never did.
	Unchanged time.Time `json:"unchanged"`
	Answer    Kept      `json:"answer"`
	Linked    int       `json:"linked"` // how many contents the answer links to
	Left      int       `json:"left"`   // how many of them are not kept yet and come with the next polls
	Links     []Link    `json:"links"`  // those that are kept
	// Coming are the contents that are being put in the place of those that are kept: until that is recorded, a
	// file may hold either.
	Coming []Link `json:"coming,omitempty"`
}

// Kept is a content on disk with what the server called it by.
type Kept struct {
	Sum      string `json:"sum"` // SHA-256 of the content as it is kept
	Size     int64  `json:"size"`
	ETag     string `json:"etag"`
	Modified string `json:"last_modified"`
}

// Link is a linked content.
type Link struct {
	File string `json:"file"`
	Kept
	Asked time.Time `json:"asked"` // when the server was asked for it last
	Stamp string    `json:"stamp"` // what the answer said of its state then
	Same  int       `json:"same"`  // how often in a row it was found unchanged
}

// Has reports whether an answer is kept.
func (m *Meta) Has() bool { return !m.Fetched.IsZero() }

// Read reads what is known of the source whose answers are in dir. Without any, the error is fs.ErrNotExist.
func Read(dir string) (Meta, error) {
	data, err := os.ReadFile(filepath.Join(dir, MetaName))
	if err != nil {
		return Meta{}, err
	}
	return Parse(data)
}

// Parse reads the content of a [MetaName].
func Parse(data []byte) (Meta, error) {
	var m Meta
	if err := json.Unmarshal(data, &m); err != nil {
		return Meta{}, fmt.Errorf("%s: not what is known of a kept answer: %w", MetaName, err)
	}
	if m.V != metaV {
		return Meta{}, fmt.Errorf("%s: written by another version (%d, this is %d)", MetaName, m.V, metaV)
	}
	return m, nil
}

// DirName is the name of the directory of a source's answers: readable, and another for another address.
func DirName(name string, a address.Address) string {
	readable := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		default:
			return '-'
		}
	}, name)
	sum := sha256.Sum256([]byte(name + "\x00" + a.Key()))
	return readable[:min(len(readable), 40)] + "-" + hex.EncodeToString(sum[:4])
}

// linkFile is the name of the file of a linked content. It says where the content is from, so that a reader
// needs nothing but the name; the secrets that an index may have put into a path are not in it.
func linkFile(u *url.URL, secrets []string) string {
	const longest = 180
	sum := sha256.Sum256([]byte(u.String()))
	query := "p"
	if u.RawQuery != "" {
		query = "q"
	}
	path := url.QueryEscape(address.Redact(u.EscapedPath(), secrets))
	if i := len(path) - longest; i > 0 { // its end tells more, but no half of an escape
		switch {
		case path[i-1] == '%':
			i += 2
		case i > 1 && path[i-2] == '%':
			i++
		}
		path = path[i:]
	}
	return linkPrefix + strings.Join([]string{u.Scheme, hex.EncodeToString(sum[:6]), query, path}, ".")
}

// Shown is the address that a file of the source at a came from, as it may be shown. Two files are never shown
// alike. It is empty for a file that is none of ours.
func Shown(a address.Address, file string) string {
	if file == answerName {
		return a.String()
	}
	rest, ok := strings.CutPrefix(file, linkPrefix)
	parts := strings.SplitN(rest, ".", 4)
	if !ok || len(parts) != 4 {
		return ""
	}
	path, err := url.QueryUnescape(parts[3])
	if err != nil {
		path = parts[3]
	}
	shown := parts[0] + "://" + a.HostPort() + path
	if parts[2] == "q" || !strings.HasPrefix(path, "/") {
		shown += "?…" + parts[1]
	}
	return shown
}

// IsContent reports whether a file in the directory of a source is a content.
func IsContent(file string) bool { return file == answerName || strings.HasPrefix(file, linkPrefix) }

// write replaces a file of the directory. Its modification time is when its content came, by the poller's
// clock: content is never taken for newer than that.
func write(dir, name string, content []byte, at time.Time) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	t, err := renameio.NewPendingFile(filepath.Join(dir, name), renameio.WithTempDir(dir), renameio.WithPermissions(fileMode), renameio.IgnoreUmask())
	if err != nil {
		return err
	}
	defer t.Cleanup() //nolint:errcheck // nothing is left of it after a rename
	if _, err := t.Write(content); err != nil {
		return err
	}
	if err := os.Chtimes(t.Name(), at, at); err != nil {
		return err
	}
	return t.CloseAtomicallyReplace()
}

func writeMeta(dir string, m *Meta, at time.Time) error {
	text, err := json.Marshal(m, json.Deterministic(true), jsontext.Multiline(true))
	if err != nil {
		return err
	}
	return write(dir, MetaName, append(text, '\n'), at)
}

// holds reports whether the file holds what k says.
func (k *Kept) holds(path string) bool {
	if k.Sum == "" {
		return false
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != k.Size {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && sumOf(data) == k.Sum
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Copy copies the answers of a source to another directory, for a process that may not write where they are.
func Copy(from, to string) error {
	entries, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || e.Name() != MetaName && !IsContent(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := write(to, e.Name(), data, info.ModTime()); err != nil {
			return err
		}
	}
	return nil
}

// IsLinked reports whether a file in the directory of a source is a content that the answer links to.
func IsLinked(file string) bool { return strings.HasPrefix(file, linkPrefix) }
