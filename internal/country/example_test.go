package country_test

import (
	"fmt"

	"vigil/internal/country"
)

func ExampleParse() {
	for _, text := range []string{"DRC", "cote d’ivoire", "NA", "Korea"} {
		c, ok := country.Parse(text)
		fmt.Printf("%q %s %t\n", c, c.Name(), ok)
	}
	// Output:
	// "COD" Democratic Republic of the Congo true
	// "CIV" Côte d’Ivoire true
	// "NAM" Namibia true
	// ""  false
}

func ExampleParseList() {
	fmt.Println(country.ParseList("Mindanao, Philippines; Korea, Republic of"))
	// Output: [PHL KOR] [Mindanao]
}
