package dutylog_test

import (
	"testing"

	"github.com/gofrs/flock"
)

// hold takes a lock as another process would.
func hold(t *testing.T, path string) (release func()) {
	t.Helper()
	f := flock.New(path)
	if ok, err := f.TryLock(); !ok || err != nil {
		t.Fatalf("%t, %v", ok, err)
	}
	return func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
