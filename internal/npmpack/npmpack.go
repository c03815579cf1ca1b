// Package npmpack reads the archives that npm pack writes, for the generators of tables: only
// they import it. A file with another digest than the pinned one is refused, so that a table
// can be made again exactly.
package npmpack

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Read adds the JSON files of the archive at path to files, by their path in the package.
// The digest is the archive's SHA-512 in hexadecimal.
func Read(path, digest string, files map[string][]byte) error {
	archive, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if sum := sha512.Sum512(archive); hex.EncodeToString(sum[:]) != digest {
		return fmt.Errorf("%s: not the file whose digest is pinned in the generator; fetch it again", path)
	}
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if !strings.HasSuffix(h.Name, ".json") {
			continue
		}
		if files[strings.TrimPrefix(h.Name, "package/")], err = io.ReadAll(r); err != nil {
			return fmt.Errorf("%s: %s: %w", path, h.Name, err)
		}
	}
}
