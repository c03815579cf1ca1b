package fetch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vigil/internal/fetch/address"
)

func secretPath(base, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

func statSecret(base, path string) (fs.FileInfo, error) {
	info, err := os.Stat(secretPath(base, path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return nil, errors.New("permission denied")
	case err != nil:
		return nil, errors.New("it cannot be looked at")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	}
	return info, nil
}

// maxSecretFile is the largest file of a secret, in bytes.
const maxSecretFile = 64 << 10

// ReadSecret reads the file of a secret; a relative path begins at base. Only a regular file of a sensible
// size is read, and the error never shows what is in it.
func ReadSecret(base, path string) ([]byte, error) {
	info, err := statSecret(base, path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxSecretFile {
		return nil, errors.New("it is too large: write the value into it, alone")
	}
	data, err := os.ReadFile(secretPath(base, path))
	if errors.Is(err, fs.ErrPermission) {
		return nil, errors.New("permission denied")
	}
	return data, err
}

// CheckSecrets says what is wrong with where the secrets of a source are to come from, without reading them:
// variables that are not set, files that are not there or that others may read.
func CheckSecrets(s *Source, lookup func(string) (string, bool), base string) []string {
	var list []string
	unset := func(name string) {
		if v, ok := lookup(name); !ok || v == "" {
			list = append(list, unsetVariable(name))
		}
	}
	for _, name := range s.URL.Variables() {
		unset(name)
	}
	for _, h := range s.Header {
		list = append(list, checkHeader(h, unset, base)...)
	}
	return list
}

func checkHeader(h address.Header, unset func(string), base string) []string {
	switch {
	case h.Env != "":
		unset(h.Env)
	case h.File != "":
		if why := checkSecretFile(base, h.File); why != "" {
			return []string{"header " + h.Name + ": " + why}
		}
	}
	return nil
}

// CheckSecret says what is wrong with where a secret is to come from, without reading it; empty if nothing is.
func CheckSecret(s address.Secret, lookup func(string) (string, bool), base string) string {
	switch {
	case s.File != "":
		return checkSecretFile(base, s.File)
	case s.Env != "":
		if v, ok := lookup(s.Env); !ok || v == "" {
			return unsetVariable(s.Env)
		}
	}
	return ""
}

func unsetVariable(name string) string {
	return fmt.Sprintf("the environment variable %s is not set: set it where vigil is started", name)
}

func checkSecretFile(base, path string) string {
	info, err := statSecret(base, path)
	switch {
	case err != nil:
		return fmt.Sprintf("file:%s: %v", path, err)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Sprintf("file:%s may be read by others: chmod 600 it", path)
	}
	return ""
}
