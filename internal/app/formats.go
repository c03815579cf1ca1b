package app

import (
	"slices"

	"vigil/internal/feed/formats"
	"vigil/internal/health"
)

// FormatReport is a format and what a source of it promises, unless vigil.toml says otherwise.
type FormatReport struct {
	Name, Sign, Authority string
	Expect, Lag, Reach    string // as written in vigil.toml; Reach is empty for what does not forget
	Memory                string // accumulates, complete or forgets
	Covers                []string
	Lines                 bool // read line by line while it grows, not whole
}

// FolderReport is a folder of the desk of which the files are known by the ends of their names, and not by their content.
type FolderReport struct {
	Name, Holds string
	Files       []string // how their names end
}

var folders = []FolderReport{
	{specLevels, "official security levels: a country a YAML file, or an area a row of CSV", []string{".yaml", ".yml", ".csv"}},
	{specPresence, "staff: rosters and headcounts in CSV, of any system, by their headings", []string{".csv"}},
	{specProfiles, "whom to tell, and what to do first: a country a file", []string{".yaml", ".yml"}},
	{specCalendar, "what is expected: iCalendar, or YAML", []string{".ics", ".yaml", ".yml"}},
}

// endings are how the names of the files of a folder end.
func endings(folder string) []string {
	for i := range folders {
		if folders[i].Name == folder {
			return folders[i].Files
		}
	}
	return nil
}

// Folders lists the folders that hold something else than feeds.
func Folders() []FolderReport { return slices.Clone(folders) }

// Formats lists the formats in the order in which a content is tried.
func Formats() []FormatReport {
	var list []FormatReport
	for _, f := range formats.All() {
		p := &f.Profile
		r := FormatReport{
			Name: f.Name, Sign: f.Sign, Authority: f.Authority, Expect: health.Period(p.Expect), Lag: health.Period(p.Lag),
			Memory: p.Memory.String(), Covers: p.Covers.Words(), Lines: f.Lines(),
		}
		if p.Reach > 0 {
			r.Reach = health.Period(p.Reach)
		}
		list = append(list, r)
	}
	return list
}
