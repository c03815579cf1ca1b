// Command gen writes zz_table.go of package country. It reads, and never fetches:
//
//   - cldr-core-48.2.0.tgz and cldr-localenames-full-48.2.0.tgz, the Unicode Common Locale
//     Data Repository as npm has it (licence Unicode-3.0): codes, containment of regions,
//     and names. A file with another digest than the one pinned here is refused.
//   - tzdata.zi and zone.tab of the tz database (public domain), for the time zones.
//   - m49.txt, aliases.txt, codes.txt and capitals.txt beside this file, which are kept by hand.
//
// To run it again, in internal/country:
//
//	npm pack --pack-destination $DIR cldr-core@48.2.0 cldr-localenames-full@48.2.0
//	CLDR=$DIR go generate
//
// For another version of CLDR, change the names and digests in cldr.go; the tests of
// package country say what of the table no longer holds. It fails on a name that two
// countries have, and writes nothing unless everything was read.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

var (
	//go:embed m49.txt
	m49Text string
	//go:embed aliases.txt
	aliasText string
	//go:embed codes.txt
	codeText string
	//go:embed capitals.txt
	capitalText string
)

func main() {
	npm := flag.String("npm", "", "`directory` of the packages that npm pack wrote")
	tz := flag.String("tz", "/usr/share/zoneinfo", "`directory` of zone.tab and tzdata.zi")
	out := flag.String("out", "zz_table.go", "`file` to write")
	flag.Parse()
	if err := run(*npm, *tz, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(npm, tz, out string) error {
	cldr, err := readCLDR(npm)
	if err != nil {
		return err
	}
	zones, err := readZones(filepath.Join(tz, "zone.tab"), filepath.Join(tz, "tzdata.zi"))
	if err != nil {
		return err
	}
	hand, err := readHand()
	if err != nil {
		return err
	}
	t, err := build(cldr, zones, hand)
	if err != nil {
		return err
	}
	source, err := t.source()
	if err != nil {
		return err
	}
	return os.WriteFile(out, source, 0o644)
}
