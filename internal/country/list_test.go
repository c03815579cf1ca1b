package country_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/country"
)

func TestParseList(t *testing.T) {
	type codes = []country.Code
	for _, tt := range []struct {
		text string
		want codes
		rest []string
	}{
		{"Mali", codes{country.MLI}, nil},
		{"Philippines, China, Japan, Korea, Republic of", codes{country.PHL, country.CHN, country.JPN, country.KOR}, nil},
		{"Iran, Islamic Republic of, Iraq", codes{country.IRN, country.IRQ}, nil},
		{"Congo, Democratic Republic of the; Congo", codes{country.COD, country.COG}, nil},
		{"Bosnia & Herzegovina, Bulgaria", codes{country.BIH, country.BGR}, nil},
		{"Trinidad and Tobago, Guinea-Bissau", codes{country.TTO, country.GNB}, nil},
		{"Guinea; Bissau", codes{country.GIN}, []string{"Bissau"}},
		{"ML; NE|BF\nNA", codes{country.MLI, country.NER, country.BFA, country.NAM}, nil},
		{"Mali, MLI, 466, Niger", codes{country.MLI, country.NER}, nil},
		{"Sudan/South Sudan", codes{country.SDN, country.SSD}, nil},
		{"Burma/Myanmar", codes{country.MMR}, nil},
		{"Israel and Lebanon", codes{country.ISR, country.LBN}, nil},
		{"Israel, the West Bank, and Gaza", codes{country.ISR, country.PSE}, nil},
		{"Mainland China, Hong Kong & Macau", codes{country.CHN, country.HKG, country.MAC}, nil},
		{"Iran-Iraq Border Region", codes{country.IRN, country.IRQ}, nil},
		{"Chad–Sudan", codes{country.TCD, country.SDN}, nil},
		{"Mindanao, Philippines", codes{country.PHL}, []string{"Mindanao"}},
		{"New Britain Region, P.N.G.", codes{country.PNG}, []string{"New Britain Region"}},
		{"Niger-Delta", nil, []string{"Niger-Delta"}},
		{"Western Indian-Antarctic Ridge", nil, []string{"Western Indian-Antarctic Ridge"}},
		{"Mixed/Unknown", nil, []string{"Mixed/Unknown"}},
		{"Mali, n/a", codes{country.MLI}, []string{"n/a"}},
		{"Mali/Gao", nil, []string{"Mali/Gao"}},
		{" , ;; , ", nil, nil},
		{"", nil, nil},
	} {
		got, rest := country.ParseList(tt.text)
		if !slices.Equal(got, tt.want) || !slices.Equal(rest, tt.rest) {
			t.Errorf("%q: %v and %q, want %v and %q", tt.text, got, rest, tt.want, tt.rest)
		}
	}
}

// Countries written one after the other, by whatever names, are read back.
func TestParseListReadsEveryCountry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfNDistinct(rapid.SampledFrom(country.All()), 1, 8, rapid.ID[country.Code]).Draw(t, "codes")
		text := ""
		for i, c := range want {
			if i > 0 {
				text += rapid.SampledFrom([]string{"; ", "|", "\n", " ;"}).Draw(t, "separator")
			}
			text += rapid.SampledFrom([]string{c.Alpha3(), c.Alpha2(), c.Name(), c.ShortName()}).Draw(t, "name")
		}
		if got, rest := country.ParseList(text); !slices.Equal(got, want) || len(rest) != 0 {
			t.Fatalf("%q: %v and %q, want %v", text, got, rest, want)
		}
	})
}

func TestIsNone(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " \t": true, "-": true, "--": true, "?": true, "…": true,
		"[unknown]": true, "Unknown": true, "UNK": true, "N/A": true, "n/a": true, "N.A.": true, "#N/A": true,
		"NaN": true, "null": true, "Global": true, "World": true, "International Waters": true,
		"Mixed/Unknown": true, "Unspecified": true,
		"NA": false, "na": false, " NA ": false, "Namibia": false, "Mali": false,
		"Atlantis": false, "Kashmir": false, "\xff": false, "\ufffd": false,
	} {
		if got := country.IsNone(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
