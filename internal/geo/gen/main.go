// Command gen writes what package geo embeds. It reads, and never fetches, the archives of two
// npm packages; a file with another digest than the one pinned here is refused:
//
//   - @rapideditor/country-coder 5.6.1 (licence ISC): in which country a position is, as
//     zz_places.go and borders.bin.
//   - world-atlas 2.0.2 (licence ISC, from Natural Earth 4.1, public domain): the outlines for
//     the map, as outlines.bin.
//
// To run it again, in internal/geo:
//
//	npm pack --pack-destination $DIR @rapideditor/country-coder@5.6.1 world-atlas@2.0.2
//	NPM=$DIR go generate
//
// For another version change the names and digests below; the tests of package geo say which
// places have another answer. It writes nothing unless everything was read.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"vigil/internal/npmpack"
)

const bordersVersion = "5.6.1"

// The archives read, with their SHA-512.
const (
	bordersArchive = "rapideditor-country-coder-5.6.1.tgz"
	bordersDigest  = "ff7c42a51232846bf494ac64dbaa8d26005653a527bc4e9298ebc4d86584d422aeea9c5c515ba410283a5d524b7e67ac616c8a1e66a3d595ed34ea73de52645a"
	atlasArchive   = "world-atlas-2.0.2.tgz"
	atlasDigest    = "2177d5d2ac25297a5c933d458705d5c0a46388884e9d6b6d3ac926e42b7132c8e013f317018447589aa05cea4cf0891c3c1a179f24d4e651477186b90a11b42d"
)

func main() {
	npm := flag.String("npm", "", "`directory` of the packages that npm pack wrote")
	out := flag.String("out", ".", "`directory` to write to")
	flag.Parse()
	if err := run(*npm, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(npm, out string) error {
	files := make(map[string][]byte)
	if err := npmpack.Read(filepath.Join(npm, bordersArchive), bordersDigest, files); err != nil {
		return err
	}
	if err := npmpack.Read(filepath.Join(npm, atlasArchive), atlasDigest, files); err != nil {
		return err
	}
	b, err := readBorders(files["src/data/borders.json"])
	if err != nil {
		return err
	}
	source, err := b.source()
	if err != nil {
		return err
	}
	const atlas = "countries-10m.json"
	t, err := readTopology(atlas, files[atlas])
	if err != nil {
		return err
	}
	t.simplify(tolerance)
	o, err := makeOutlines(b, t)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		"zz_places.go": source,
		"borders.bin":  b.encode(),
		"outlines.bin": o.encode(),
	} {
		if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
