package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
)

func TestOutside(t *testing.T) {
	tests := []struct {
		name      string
		lat, lon  float64
		countries string
		accuracy  float64
		want      bool
	}{
		{"inside", 12.64, -8, "MLI", 0, false},
		{"far outside", 12.64, -8, "SOM", 0, true},
		{"inside the second", 12.64, -8, "SOM;MLI", 0, false},
		{"outside both", 12.64, -8, "SOM;NER", 0, true},
		{"latitude twice", 36.1175, 36.1175, "SYR", 0, false}, // 6 km into Türkiye
		{"0° 0°", 0, 0, "MLI", 0, true},
		{"0° 0° and no country", 0, 0, "", 0, false},
		{"Gisenyi of a record of the DRC", -1.700, 29.262, "COD", 0, false},
		{"Kigali of a record of the DRC", -1.944, 30.062, "COD", 0, true},
		{"Kigali, to 60 km", -1.944, 30.062, "COD", 100, false},
		{"accuracy that is none", -1.944, 30.062, "COD", math.NaN(), true},
		{"the sea that the borders give Italy, of a record of Libya", 34.887, 12.456, "LBY", 0, false},
		{"Bangui", 4.361, 18.555, "CAF", 0, false},
		{"Zongo of a record of the Central African Republic", 4.343, 18.595, "CAF", 0, false},
		{"off the coast of Somalia", 4, 50.5, "SOM", 0, false},
		{"the middle of the Indian Ocean", -10, 70, "SOM", 0, true},
		{"off Fiji, across the antimeridian", -17, -177.5, "FJI", 0, false},
		{"Chukotka", 66, -172, "RUS", 0, false},
		{"Chukotka of a record of the USA", 67, 178, "USA", 0, true},
		{"South Pole", -90, 0, "ATA", 0, false},
		{"South Pole of a record of Chile", -90, 0, "CHL", 0, true},
		{"North Pole of a record of Canada", 90, 0, "CAN", 0, true},
		{"Fort-de-France of a record of France", 14.6, -61.07, "FRA", 0, false},
		{"San Juan of a record of the USA", 18.466, -66.106, "USA", 0, false},
		{"Paris of a record of Martinique", 48.85, 2.35, "MTQ", 0, true},
		{"Crimea, either", 44.95, 34.1, "RUS", 0, false},
		{"Crimea", 44.95, 34.1, "UKR", 0, false},
		{"Crimea of a record of Türkiye", 44.95, 34.1, "TUR", 0, true},
		{"Kosovo of a record of Serbia", 42.66, 21.165, "SRB", 0, false},
		{"Belgrade of a record of Kosovo", 44.817, 20.457, "XKX", 0, true},
		{"Laayoune, either", 27.154, -13.203, "MAR", 0, false},
		{"Laayoune", 27.154, -13.203, "ESH", 0, false},
		{"Laayoune of a record of Algeria", 27.154, -13.203, "DZA", 0, true},
		{"Tan-Tan, 85 km north of the line", 28.438, -11.103, "ESH", 0, true},
		{"15 km north of the line", 27.80, -12.9, "ESH", 0, false},
		{"the Wadi Halfa salient", 22.2, 31.45, "SDN", 0, false},
		{"Abyei, either", 9.594, 28.434, "SDN", 0, false},
		{"Abyei", 9.594, 28.434, "SSD", 0, false},
		{"Abyei of a record of Chad", 9.594, 28.434, "TCD", 0, true},
		{"Juba of a record of Sudan", 4.85, 31.6, "SDN", 0, true},
		{"Srinagar of a record of Pakistan", 34.08, 74.8, "PAK", 0, false},
		{"Mumbai of a record of Pakistan", 19.08, 72.88, "PAK", 0, true},
		{"Tel Aviv of a record of Palestine", 32.08, 34.78, "PSE", 0, false}, // 19 km from the West Bank
		{"Safed of a record of Palestine", 32.965, 35.496, "PSE", 0, true},
		{"not a position", math.NaN(), 5, "MLI", 0, false},
		{"not on the earth", 95, 5, "MLI", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			countries, rest := country.ParseList(tt.countries)
			if len(rest) > 0 {
				t.Fatal(rest)
			}
			if got := Outside(incident.Point{Lat: tt.lat, Lon: tt.lon}, countries, tt.accuracy); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
	if Outside(incident.Point{Lat: 5, Lon: 5}, []country.Code{country.Unknown}, 0) {
		t.Error("a country that is not known was taken for one the position is not in")
	}
}

// What At answers is never outside, and a tolerance only ever takes flags away.
func TestOutsideAgreesWithAt(t *testing.T) {
	all := country.All()
	rapid.Check(t, func(t *rapid.T) {
		p := anywhere.Draw(t, "point")
		if c, ok := At(p); ok && Outside(p, []country.Code{c}, 0) {
			t.Fatalf("%v is in %s, and outside", p, c)
		}
		stated := []country.Code{rapid.SampledFrom(all).Draw(t, "stated")}
		if !Outside(p, stated, 0) && Outside(p, stated, rapid.Float64Range(0, 21000).Draw(t, "accuracy")) {
			t.Fatalf("%v and %v: flagged only with a tolerance", p, stated)
		}
		if Outside(p, stated, 20100) {
			t.Fatalf("%v and %v: flagged though it may be anywhere", p, stated)
		}
	})
}

// Every country has borders: without, none of its records could be flagged.
func TestEveryCountryHasAPlace(t *testing.T) {
	has := make(map[country.Code]bool)
	for _, p := range places {
		has[p.code] = true
	}
	for _, c := range country.All() {
		if !has[c] {
			t.Errorf("%s %s has none", c, c.Name())
		}
	}
}

func BenchmarkOutside(b *testing.B) {
	mali := []country.Code{country.MLI}
	for name, p := range map[string]incident.Point{"inside": {Lat: 12.64, Lon: -8}, "on land": {Lat: 9.5, Lon: 44}, "at sea": {Lat: 0, Lon: 0}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Outside(p, mali, 0)
			}
		})
	}
}
