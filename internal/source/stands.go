package source

import (
	"errors"
	"io/fs"
	"os"
)

// Stands reports whether the file at path still begins with what had been read of it when the
// position was taken. It is for a caller that reads from the beginning again rather than resuming: a
// file that does not stand was replaced or truncated while nobody watched, and lines may be lost. Only a
// regular file is opened; a missing file does not stand.
func (pos Position) Stands(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close() //nolint:errcheck // it is only read
	_, ok, err := pos.restore(f)
	return ok, err
}
