package country

// Naming is the choice of names that a desk shows.
type Naming uint8

// The choices. M49 is the one of a desk that says nothing.
const (
	M49  Naming = iota // the short names of the United Nations: "Syrian Arab Republic"
	CLDR               // the customary ones: "Syria"
)

var namings = [...]string{"m49", "cldr"}

// Namings are the words for the choices, in their order. The slice is the caller's.
func Namings() []string { return append([]string(nil), namings[:]...) }

// String is the word for the choice.
func (n Naming) String() string { return namings[min(int(n), len(namings)-1)] }

// ParseNaming reads the word for a choice.
func ParseNaming(s string) (Naming, bool) {
	for i, word := range namings {
		if s == word {
			return Naming(i), true
		}
	}
	return M49, false
}

// Name is the English name of c in this choice, empty for Unknown.
func (n Naming) Name(c Code) string {
	if n == CLDR {
		return c.ShortName()
	}
	return c.Name()
}
