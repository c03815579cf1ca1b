package source

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// asNobody runs do without the right to read what others forbid.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		do()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	must(t, syscall.Setfsuid(65534))
	defer func() { must(t, syscall.Setfsuid(0)) }()
	do()
}

func TestPermissionDenied(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	for dir := r.desk; dir != os.TempDir() && len(dir) > 1; dir = filepath.Dir(dir) {
		must(t, os.Chmod(dir, 0o755))
	}
	r.write("feeds/a.csv", "v1")
	must(t, os.Chmod(r.path("feeds/a.csv"), 0))
	asNobody(t, func() {
		r.want(r.tick(), "failed feeds/a.csv g0 permission", "caught up")
		r.want(r.hint())
	})
	attempts := 0
	asNobody(t, func() {
		for range 24 {
			attempts += len(r.tick())
		}
	})
	if attempts < 4 || attempts > 7 {
		t.Errorf("%d attempts in two minutes", attempts)
	}
	must(t, os.Chmod(r.path("feeds/a.csv"), 0o644))
	asNobody(t, func() { r.want(r.hint(), "snapshot feeds/a.csv g1 v1") }) // the change is noticed before the pause ends

	must(t, os.Chmod(r.path("feeds"), 0o700))
	asNobody(t, func() { r.want(r.tick(), "failed feeds g0 permission") })
	must(t, os.Chmod(r.path("feeds"), 0o755))
	asNobody(t, func() { r.want(r.tick(), "reachable feeds g0", "same feeds/a.csv g1") })
}
