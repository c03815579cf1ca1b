package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"vigil/internal/npmpack"
)

const cldrVersion = "48.2.0"

// packages are the archives read, with their SHA-512.
var packages = map[string]string{
	"cldr-core-48.2.0.tgz":             "cdf98ba2d867712c1fbf68e57afa12ae0236546807f120c61d7b2dea3504a2d1c0f27abd2207a0f63cdd24316d06ca3da6026e1bcf432b5e93ceb9990dda3606",
	"cldr-localenames-full-48.2.0.tgz": "e28d296980f3d145e17e10a101516499597608fd184d212a13a5ab0b47cd69f6920b9bb90c05e98711f7499d548dccdaae292bf034e82997e2a24e84a962dd35",
}

// languages of the United Nations, English first: Code.ShortName relies on it.
var languages = []string{"en", "ar", "es", "fr", "ru", "zh"}

// cldr is what of the repository is used, by alpha-2 code where not said otherwise.
type cldr struct {
	codes    map[string]codeMapping
	contains map[string][]string            // region to regions and countries
	aliases  map[string]string              // code no longer used to its reason
	names    map[string]map[string]string   // language to code to name
	variants map[string]map[string][]string // language to code to its other names
}

type codeMapping struct {
	Numeric string `json:"_numeric"`
	Alpha3  string `json:"_alpha3"`
	FIPS    string `json:"_fips10"`
}

func readCLDR(dir string) (*cldr, error) {
	if dir == "" {
		return nil, errors.New("-npm: no directory of packages given; the comment of this package says how to get them")
	}
	files := make(map[string][]byte)
	for name, digest := range packages {
		if err := npmpack.Read(filepath.Join(dir, name), digest, files); err != nil {
			return nil, err
		}
	}
	c := &cldr{
		contains: make(map[string][]string),
		aliases:  make(map[string]string),
		names:    make(map[string]map[string]string),
		variants: make(map[string]map[string][]string),
	}
	return c, errors.Join(c.readSupplemental(files), c.readNames(files))
}

func (c *cldr) readSupplemental(files map[string][]byte) error {
	var mappings struct {
		Supplemental struct {
			CodeMappings map[string]codeMapping `json:"codeMappings"`
		} `json:"supplemental"`
	}
	var containment struct {
		Supplemental struct {
			TerritoryContainment map[string]struct {
				Contains []string `json:"_contains"`
				Grouping string   `json:"_grouping"`
			} `json:"territoryContainment"`
		} `json:"supplemental"`
	}
	var aliases struct {
		Supplemental struct {
			Metadata struct {
				Alias struct {
					TerritoryAlias map[string]struct {
						Reason string `json:"_reason"`
					} `json:"territoryAlias"`
				} `json:"alias"`
			} `json:"metadata"`
		} `json:"supplemental"`
	}
	err := errors.Join(
		unmarshal(files, "supplemental/codeMappings.json", &mappings),
		unmarshal(files, "supplemental/territoryContainment.json", &containment),
		unmarshal(files, "supplemental/aliases.json", &aliases))
	if err != nil {
		return err
	}
	c.codes = mappings.Supplemental.CodeMappings
	for region, in := range containment.Supplemental.TerritoryContainment {
		// Groupings lie across the tree of M49, and so do keys such as 001-status-grouping.
		if in.Grouping == "" && !strings.Contains(region, "-") {
			c.contains[region] = in.Contains
		}
	}
	for code, alias := range aliases.Supplemental.Metadata.Alias.TerritoryAlias {
		c.aliases[code] = alias.Reason
	}
	return nil
}

func (c *cldr) readNames(files map[string][]byte) error {
	for _, lang := range languages {
		var doc struct {
			Main map[string]struct {
				LocaleDisplayNames struct {
					Territories map[string]string `json:"territories"`
				} `json:"localeDisplayNames"`
			} `json:"main"`
		}
		if err := unmarshal(files, "main/"+lang+"/territories.json", &doc); err != nil {
			return err
		}
		c.names[lang] = make(map[string]string)
		c.variants[lang] = make(map[string][]string)
		for key, name := range doc.Main[lang].LocaleDisplayNames.Territories {
			code, _, alternative := strings.Cut(key, "-alt-")
			if alternative {
				c.variants[lang][code] = append(c.variants[lang][code], name)
			} else {
				c.names[lang][code] = name
			}
		}
	}
	return nil
}

func unmarshal(files map[string][]byte, path string, v any) error {
	data, ok := files[path]
	if !ok {
		return fmt.Errorf("%s: not in the packages; has CLDR moved it?", path)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
