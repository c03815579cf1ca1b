package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// hand is what the files kept by hand say.
type hand struct {
	m49     map[string]string   // alpha-3 code or M49 region to name
	aliases map[string][]string // alpha-3 code to names
	codes   []extraCode

	capitals map[string]capital // by alpha-3 code
}

type capital struct {
	lat, lon float64
	name     string
}

// extraCode is a code beside those of ISO.
type extraCode struct{ scheme, code, alpha3 string }

func readHand() (*hand, error) {
	h := &hand{m49: make(map[string]string), aliases: make(map[string][]string), capitals: make(map[string]capital)}
	return h, errors.Join(
		eachLine("m49.txt", m49Text, func(line string) error {
			key, name, ok := strings.Cut(line, " ")
			if !ok || len(key) != 3 || h.m49[key] != "" {
				return errors.New("want a new alpha-3 code or region and its name")
			}
			h.m49[key] = name
			return nil
		}),
		eachLine("aliases.txt", aliasText, func(line string) error {
			key, names, ok := strings.Cut(line, " ")
			if !ok || len(key) != 3 || h.aliases[key] != nil {
				return errors.New("want a new alpha-3 code and names divided by semicolons")
			}
			for name := range strings.SplitSeq(names, ";") {
				h.aliases[key] = append(h.aliases[key], strings.TrimSpace(name))
			}
			return nil
		}),
		eachLine("codes.txt", codeText, func(line string) error {
			f := strings.Fields(line)
			if len(f) < 3 {
				return errors.New("want a scheme, a code and an alpha-3 code")
			}
			h.codes = append(h.codes, extraCode{f[0], f[1], f[2]})
			return nil
		}),
		eachLine("capitals.txt", capitalText, func(line string) error {
			f := strings.SplitN(line, " ", 4)
			if len(f) < 4 || h.capitals[f[0]].name != "" {
				return errors.New("want a new alpha-3 code, latitude, longitude and name")
			}
			lat, err1 := strconv.ParseFloat(f[1], 64)
			lon, err2 := strconv.ParseFloat(f[2], 64)
			h.capitals[f[0]] = capital{lat, lon, f[3]}
			return errors.Join(err1, err2)
		}))
}

// eachLine calls f with every line that is neither empty nor a comment.
func eachLine(file, text string, f func(line string) error) error {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return nil
}

// zoneTable is what the tz database says.
type zoneTable struct {
	version string
	zones   map[string][]string // by alpha-2 code, in the order of the file
}

func readZones(zoneTab, tzdata string) (*zoneTable, error) {
	t := &zoneTable{zones: make(map[string][]string)}
	text, err := os.ReadFile(zoneTab)
	if err != nil {
		return nil, err
	}
	err = eachLine(zoneTab, string(text), func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < 3 {
			return errors.New("want a country, coordinates and a zone, divided by tabs")
		}
		t.zones[f[0]] = append(t.zones[f[0]], f[2])
		return nil
	})
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(tzdata)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	version, ok := strings.CutPrefix(first, "# version ")
	if !ok {
		return nil, fmt.Errorf("%s:1: want the version of the tz database", tzdata)
	}
	t.version = version
	return t, nil
}
