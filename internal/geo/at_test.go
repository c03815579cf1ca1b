package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// where are places at borders, on islands and where borders are disputed, as latitude and longitude from
// maps other than the data. An empty country is none.
var where = []struct {
	place    string
	lat, lon float64
	want     string
}{
	// Towns that a border divides.
	{"Goma", -1.679, 29.222, "COD"},
	{"Gisenyi", -1.700, 29.262, "RWA"},
	{"Bukavu", -2.508, 28.861, "COD"},
	{"Cyangugu", -2.484, 28.907, "RWA"},
	{"Kinshasa, Gombe", -4.304, 15.303, "COD"},
	{"Brazzaville, centre", -4.267, 15.284, "COG"},
	{"Uvira", -3.395, 29.138, "COD"},
	{"Bujumbura", -3.381, 29.361, "BDI"},
	{"N'Djamena", 12.113, 15.049, "TCD"},
	{"Kousséri", 12.078, 15.030, "CMR"},
	{"Bangui", 4.361, 18.555, "CAF"},
	{"Bangui of many records", 4.3667, 18.5833, "CAF"},
	{"Zongo", 4.343, 18.595, "COD"},
	{"Libenge", 3.651, 18.634, "COD"},
	{"Lomé", 6.137, 1.212, "TGO"},
	{"Aflao", 6.120, 1.193, "GHA"},
	{"Mandera", 3.937, 41.867, "KEN"},
	{"Beled Hawo", 3.929, 41.878, "SOM"},
	{"Adré", 13.467, 22.201, "TCD"},
	{"El Geneina", 13.453, 22.447, "SDN"},
	{"Niagara Falls, Ontario", 43.090, -79.090, "CAN"},
	{"Niagara Falls, New York", 43.095, -79.037, "USA"},
	{"El Paso", 31.759, -106.487, "USA"},
	{"Ciudad Juárez", 31.720, -106.460, "MEX"},
	{"Dajabón", 19.549, -71.708, "DOM"},
	{"Ouanaminthe", 19.550, -71.727, "HTI"},
	{"Torkham, west", 34.128, 71.080, "AFG"},
	{"Landi Kotal", 34.100, 71.144, "PAK"},
	{"Chaman", 30.921, 66.452, "PAK"},
	{"Spin Boldak", 31.006, 66.400, "AFG"},
	{"Cox's Bazar", 21.427, 92.005, "BGD"},
	{"Maungdaw", 20.817, 92.367, "MMR"},
	{"Narva", 59.377, 28.190, "EST"},
	{"Ivangorod", 59.374, 28.218, "RUS"},
	{"Gorizia", 45.941, 13.622, "ITA"},
	{"Nova Gorica", 45.956, 13.648, "SVN"},
	{"Panmunjom, south", 37.947, 126.680, "KOR"},
	{"Kaesong", 37.971, 126.554, "PRK"},
	// Enclaves and small states.
	{"Vatican, the basilica", 41.9022, 12.4534, "VAT"},
	{"Rome", 41.894, 12.483, "ITA"},
	{"San Marino", 43.936, 12.447, "SMR"},
	{"Monaco", 43.738, 7.424, "MCO"},
	{"Vaduz", 47.141, 9.521, "LIE"},
	{"Maseru", -29.315, 27.486, "LSO"},
	{"Ladybrand", -29.193, 27.457, "ZAF"},
	{"Mbabane", -26.316, 31.134, "SWZ"},
	{"Cabinda", -5.560, 12.190, "AGO"},
	{"Kaliningrad", 54.707, 20.507, "RUS"},
	{"Nakhchivan", 39.209, 45.412, "AZE"},
	{"Oecusse", -9.204, 124.356, "TLS"},
	{"Llivia", 42.464, 1.981, "ESP"},
	{"Baarle-Hertog", 51.4415, 4.9330, "BEL"},
	{"Büsingen", 47.697, 8.690, "DEU"},
	{"Ceuta", 35.889, -5.316, "ESP"},
	{"Musandam, Khasab", 26.180, 56.248, "OMN"},
	{"Banjul", 13.454, -16.579, "GMB"},
	// Islands and territories.
	{"Moroni", -11.704, 43.240, "COM"},
	{"Mamoudzou", -12.781, 45.228, "MYT"},
	{"Saint-Denis", -20.879, 55.448, "REU"},
	{"Jamestown", -15.925, -5.718, "SHN"},
	{"Georgetown, Ascension", -7.928, -14.412, "SHN"},
	{"Stanley", -51.695, -57.851, "FLK"},
	{"San Juan", 18.466, -66.106, "PRI"},
	{"Philipsburg", 18.026, -63.046, "SXM"},
	{"Marigot", 18.067, -63.083, "MAF"},
	{"Lampedusa", 35.502, 12.609, "ITA"},
	{"Hong Kong", 22.320, 114.170, "HKG"},
	{"Longyearbyen", 78.223, 15.627, "SJM"},
	{"South Pole", -90, 0, "ATA"},
	// About the antimeridian.
	{"Suva", -18.142, 178.442, "FJI"},
	{"Taveuni, east of 180°", -16.85, -179.96, "FJI"},
	{"Taveuni, west of 180°", -16.85, 179.97, "FJI"},
	{"Anadyr", 64.733, 177.500, "RUS"},
	{"Uelen", 66.159, -169.809, "RUS"},
	{"Chukotka on the line", 67, 180, "RUS"},
	{"Chukotka on the line, from the east", 67, -180, "RUS"},
	{"Wales, Alaska", 65.609, -168.087, "USA"},
	{"Attu", 52.92, 172.90, "USA"},
	{"Apia", -13.834, -171.765, "WSM"},
	{"Pago Pago", -14.278, -170.703, "ASM"},
	{"Funafuti", -8.521, 179.196, "TUV"},
	{"Kiritimati", 1.87, -157.43, "KIR"},
	{"Chatham Islands", -43.95, -176.55, "NZL"},
	// Where the table speaks, or might be thought to.
	{"Pristina", 42.663, 21.165, "XKX"},
	{"Mitrovica, north", 42.897, 20.866, "XKX"},
	{"Belgrade", 44.817, 20.457, "SRB"},
	{"Ramallah", 31.903, 35.204, "PSE"},
	{"Gaza", 31.501, 34.467, "PSE"},
	{"Rafah, Gaza", 31.289, 34.245, "PSE"},
	{"Sderot", 31.525, 34.597, "ISR"},
	{"Jerusalem, Knesset", 31.777, 35.205, "ISR"},
	{"Jerusalem, Sheikh Jarrah", 31.793, 35.231, "PSE"},
	{"Jerusalem, Old City", 31.777, 35.234, "PSE"},
	{"Issawiya", 31.799, 35.248, "PSE"},
	{"Majdal Shams", 33.269, 35.770, "SYR"},
	{"Quneitra", 33.126, 35.824, "SYR"},
	{"Kiryat Shmona", 33.208, 35.572, "ISR"},
	{"Tiberias", 32.795, 35.531, "ISR"},
	{"Ein Gev", 32.782, 35.640, "ISR"},
	{"Simferopol", 44.952, 34.102, "UKR"},
	{"Sevastopol", 44.605, 33.522, "UKR"},
	{"Taman", 45.213, 36.716, "RUS"},
	{"Donetsk", 48.003, 37.805, "UKR"},
	{"Laayoune", 27.154, -13.203, "ESH"},
	{"Dakhla", 23.685, -15.958, "ESH"},
	{"Tifariti", 26.158, -10.567, "ESH"},
	{"Tarfaya", 27.939, -12.926, "MAR"},
	{"Tindouf", 27.671, -8.147, "DZA"},
	{"Nouadhibou", 20.933, -17.034, "MRT"},
	{"Abyei", 9.594, 28.434, ""},
	{"Kadugli", 11.011, 29.718, "SDN"},
	{"Kyrenia", 35.336, 33.319, "CYP"},
	{"Akrotiri", 34.59, 32.98, "CYP"},
	{"Hargeisa", 9.560, 44.065, "SOM"},
	{"Sukhumi", 43.002, 41.023, "GEO"},
	{"Tiraspol", 46.840, 29.643, "MDA"},
	{"Stepanakert", 39.815, 46.752, "AZE"},
	{"Taipei", 25.038, 121.564, "TWN"},
	{"Bir Tawil", 21.87, 33.74, ""},
	// The high seas.
	{"0° 0°", 0, 0, ""},
	{"North Pole", 90, 0, ""},
	{"South Pacific", -48.9, -123.4, ""},
	{"Atlantic", 30, -45, ""},
	{"Indian Ocean", -25, 80, ""},
}

func TestAt(t *testing.T) {
	for _, tt := range where {
		if got, ok := At(incident.Point{Lat: tt.lat, Lon: tt.lon}); got.Alpha3() != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %t; want %q", tt.place, got, ok, tt.want)
		}
	}
}

// Every country gives itself back at its capital, and at a place of its own where it has none.
func TestAtCapitals(t *testing.T) {
	without := map[country.Code]incident.Point{
		country.ATA: {Lat: -77.85, Lon: 166.67}, country.ATF: {Lat: -49.35, Lon: 70.22}, country.BVT: {Lat: -54.42, Lon: 3.35},
		country.HMD: {Lat: -53.1, Lon: 73.51}, country.TKL: {Lat: -9.38, Lon: -171.22}, country.UMI: {Lat: 19.28, Lon: 166.65},
	}
	for _, c := range country.All() {
		_, lat, lon, ok := c.Capital()
		p := incident.Point{Lat: lat, Lon: lon}
		if !ok {
			p, ok = without[c]
		}
		if got, _ := At(p); !ok || got != c {
			t.Errorf("%s: %v is in %q", c, p, got)
		}
		if Outside(p, []country.Code{c}, 0) {
			t.Errorf("%s: %v is outside", c, p)
		}
	}
}

func TestUndetermined(t *testing.T) {
	if got := Undetermined(incident.Point{Lat: 9.594, Lon: 28.434}); len(got) != 2 || got[0] != country.SDN || got[1] != country.SSD {
		t.Errorf("Abyei: %v", got)
	}
	for _, p := range []incident.Point{{Lat: 11, Lon: 29.7}, {Lat: 0, Lon: 0}, {Lat: math.NaN(), Lon: 5}} {
		if got := Undetermined(p); got != nil {
			t.Errorf("%v: %v", p, got)
		}
	}
}

// anywhere is a position or what a broken record makes of one.
var anywhere = rapid.Custom(func(t *rapid.T) incident.Point {
	number := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 90, -90, 180, -180}))
	return incident.Point{Lat: number.Draw(t, "lat"), Lon: number.Draw(t, "lon")}
})

func TestAtTakesAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anywhere.Draw(t, "point")
		c, ok := At(p)
		if ok != c.Known() || ok && !p.Valid() {
			t.Fatalf("%v: %v, %t", p, c, ok)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	b.ReportAllocs()
	At(incident.Point{})
	b.Run("places of the test", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			w := &where[i%len(where)]
			At(incident.Point{Lat: w.lat, Lon: w.lon})
		}
	})
	b.Run("first use", func(b *testing.B) {
		for b.Loop() {
			newIndex(unpack(bordersData, 1))
		}
		b.ReportMetric(float64(len(bordersData)), "bytes")
	})
}
