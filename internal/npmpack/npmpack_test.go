package npmpack

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	var archive bytes.Buffer
	zip := gzip.NewWriter(&archive)
	w := tar.NewWriter(zip)
	for name, body := range map[string]string{"package/data/a.json": "{}", "package/README.md": "no"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(body))}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(body))
	}
	w.Close()
	zip.Close()
	path := filepath.Join(t.TempDir(), "a.tgz")
	if err := os.WriteFile(path, archive.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(archive.Bytes())
	files := make(map[string][]byte)
	if err := Read(path, hex.EncodeToString(sum[:]), files); err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || string(files["data/a.json"]) != "{}" {
		t.Errorf("read %q", files)
	}
	if err := Read(path, "another", files); err == nil {
		t.Error("an archive with another digest was read")
	}
}
