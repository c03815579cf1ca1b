package app

import (
	"os"
	"strings"
	"testing"

	"vigil/internal/duty"
)

func TestStampSaysWhereAndWhen(t *testing.T) {
	s := newStamp("1.2.3")
	var first, second duty.Entry
	s.on(&first)
	s.on(&second)
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if from := first.From.String(); !strings.HasPrefix(from, host+", vigil 1.2.3, ") || from != second.From.String() {
		t.Errorf("from %q and %q", from, second.From)
	}
	if first.Mono.Boot == "" || first.Mono.Boot != second.Mono.Boot || second.Mono.Since < first.Mono.Since || first.Mono.Since <= 0 {
		t.Errorf("%+v, then %+v", first.Mono, second.Mono)
	}
	id, err := os.ReadFile(bootID)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(id), first.Mono.Boot) {
		t.Errorf("the machine's own id left it: %s", first.Mono.Boot)
	}
}
