package intake

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

const (
	identityName = "desk.json"
	keyName      = "pseudonym.key"
	keySize      = 32
)

var (
	// ErrExerciseChanged means that the desk's exercise flag is not the one its intake was begun with.
	// Exercise and actual records must never meet in one intake.
	ErrExerciseChanged = errors.New("the exercise flag cannot change once the desk has an intake")
	// ErrIdentityLost means that there are entries, but the file that says whose they are is gone.
	ErrIdentityLost = errors.New("the identity of the desk is lost")
	// ErrKeyLost means that the key of the pseudonyms is gone or another one. Pseudonyms made before
	// and after do not match.
	ErrKeyLost = errors.New("the key of the pseudonyms is lost")
)

// Identity is what an intake was begun with. It never changes, but for the check of the key
// when that was lost.
type Identity struct {
	V        int       `json:"v"`
	Desk     string    `json:"desk"`      // random, made once
	Exercise bool      `json:"exercise"`  //
	Made     time.Time `json:"made"`      // UTC
	KeyCheck string    `json:"key_check"` // tells another key from the same one, and nothing else about it
}

// ReadIdentity reads the identity of the intake in dir. Without an intake the error is
// fs.ErrNotExist. It writes nothing.
func ReadIdentity(dir string) (Identity, error) {
	path := filepath.Join(dir, identityName)
	text, err := os.ReadFile(path)
	if err != nil {
		return Identity{}, err
	}
	var id Identity
	if err := json.Unmarshal(text, &id); err != nil {
		return Identity{}, fmt.Errorf("%s: %w; put the file back from a backup: %w", path, ErrIdentityLost, err)
	}
	if id.Desk == "" || id.V < 1 {
		return Identity{}, fmt.Errorf("%s: %w: it names no desk; put the file back from a backup", path, ErrIdentityLost)
	}
	return id, nil
}

// CheckExercise says whether the flag of the desk is still the one its intake in dir was
// begun with.
func (id Identity) CheckExercise(dir string, exercise bool) error {
	if id.Exercise == exercise {
		return nil
	}
	return fmt.Errorf("%w: the intake %s was begun with exercise = %t, the desk now says exercise = %t; "+
		"set it back, or use another state directory", ErrExerciseChanged, dir, id.Exercise, exercise)
}

// Pseudonyms makes pseudonyms of people. Safe for concurrent use.
type Pseudonyms struct{ key []byte }

// NewPseudonyms has a random key that is kept nowhere, for a desk that cannot be written:
// its pseudonyms match within one run of the program.
func NewPseudonyms() *Pseudonyms {
	key := make([]byte, keySize)
	rand.Read(key) // never fails, by its documentation
	return &Pseudonyms{key}
}

// ReadPseudonyms reads the key of the intake in dir. Without an intake the error is
// fs.ErrNotExist; with one, but without its key, [ErrKeyLost]. It writes nothing.
func ReadPseudonyms(dir string) (*Pseudonyms, error) {
	id, err := ReadIdentity(dir)
	if err != nil {
		return nil, err
	}
	p, err := readKey(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, keyLost(dir, "the file is missing")
	}
	if err == nil && p.check() != id.KeyCheck {
		return nil, keyLost(dir, "the file holds another key")
	}
	return p, err
}

// Pseudonym stands for a person wherever names do not belong: 16 characters of base32,
// the same for the same id and key, and of no use to find the id without the key.
func (p *Pseudonyms) Pseudonym(personID string) string {
	return p.mac("person:"+personID, 10)
}

func (p *Pseudonyms) check() string { return p.mac("check", 10) }

func (p *Pseudonyms) mac(text string, size int) string {
	h := hmac.New(sha256.New, p.key)
	h.Write([]byte(text))
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:size]))
}

func keyLost(dir, why string) error {
	return fmt.Errorf("%s: %w: %s; put it back from a backup, or pseudonyms made before cannot be "+
		"matched with those made from now on", filepath.Join(dir, keyName), ErrKeyLost, why)
}

func readKey(dir string) (*Pseudonyms, error) {
	path := filepath.Join(dir, keyName)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keySize {
		return nil, keyLost(dir, "the file does not hold a key") // and nothing of it goes into the message
	}
	return &Pseudonyms{key}, nil
}

func writeKey(dir string, p *Pseudonyms) error {
	return writeFile(dir, keyName, []byte(hex.EncodeToString(p.key)+"\n"))
}

// identify reads the identity and the key, or makes them for a new intake. lost is
// ErrKeyLost when there was a key and it is gone: recording must go on, so a new one is
// made, and the caller says so.
func identify(dir string, exercise bool, now time.Time) (id Identity, p *Pseudonyms, lost, err error) {
	id, err = ReadIdentity(dir)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return id, nil, nil, err
	}
	if fresh {
		if used, err := hasSegments(dir); err != nil {
			return id, nil, nil, err
		} else if used {
			return id, nil, nil, fmt.Errorf("%s: %w: the file is missing although there are entries; put it back from a "+
				"backup, or move the directory away to begin a new intake", filepath.Join(dir, identityName), ErrIdentityLost)
		}
		id = Identity{V: EnvelopeVersion, Desk: rand.Text(), Exercise: exercise, Made: now.UTC()}
	} else if err := id.CheckExercise(dir, exercise); err != nil {
		return id, nil, nil, err
	}
	p, err = readKey(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrKeyLost):
		if !fresh {
			lost = keyLost(dir, "the file is missing or holds no key; a new one was made")
		}
		p = NewPseudonyms()
		if err := keepOld(dir); err != nil {
			return id, nil, lost, err
		}
		if err := writeKey(dir, p); err != nil {
			return id, nil, lost, err
		}
	case err != nil:
		return id, nil, nil, err
	case !fresh && p.check() != id.KeyCheck:
		lost = keyLost(dir, "the file holds another key than before")
	}
	if !fresh && lost == nil {
		return id, p, nil, nil
	}
	id.KeyCheck = p.check()
	return id, p, lost, writeJSON(dir, identityName, id)
}

// keepOld moves an unusable key file aside: a person may still make sense of it.
func keepOld(dir string) error {
	path := filepath.Join(dir, keyName)
	err := os.Rename(path, path+".unusable")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// hasSegments says whether anything was ever recorded in dir.
func hasSegments(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return filepath.Ext(e.Name()) == ".log" }), err
}
