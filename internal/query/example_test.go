package query_test

import (
	"fmt"

	"vigil/internal/query"
)

func ExampleParse() {
	q, err := query.Parse(`severity >= severe`, query.Vocabulary{})
	fmt.Println(q, err)
	q, err = query.Parse(`(ambush OR "road block") NOT staff:International severity>=Severe since:7d`, query.Vocabulary{})
	fmt.Println(q, err)
	_, err = query.Parse(`ambush severty>=severe`, query.Vocabulary{})
	fmt.Println(err)
	// Output:
	//  column 10: there is no field right before this: write killed>0 without spaces, or put the text in quotes
	// (ambush OR "road block") -staff:international severity>=severe since:7d <nil>
	// column 8: unknown field "severty": did you mean severity? Otherwise, to search for the text itself, put it in quotes
}
