package action_test

import (
	"testing"

	"vigil/internal/action"
)

func TestIDsAreTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := action.NewID()
		if len(id) < 22 || seen[id] { // 128 bits need 22 characters of base 64
			t.Fatalf("%q is short, or was given before", id)
		}
		seen[id] = true
	}
}

func TestVerbs(t *testing.T) {
	if got := (action.Refresh{}).Verb(); got != "refresh" {
		t.Errorf("%q", got)
	}
}
