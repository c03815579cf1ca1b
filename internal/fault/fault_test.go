package fault

import (
	"errors"
	"strings"
	"testing"
)

func stumble(err error) (out error) {
	defer Into(&out)
	var none []string
	if err == nil {
		_ = none[len("a name")]
	}
	panic(err)
}

func TestAPanicBecomesAnErrorWithoutItsValue(t *testing.T) {
	secret := errors.New("Ansongo team, room 4")
	for name, cause := range map[string]error{"of the runtime": nil, "of our own": secret} {
		t.Run(name, func(t *testing.T) {
			err := stumble(cause)
			var f *Error
			if !errors.As(err, &f) || len(f.Frames) == 0 {
				t.Fatalf("got %v, want a fault with its place", err)
			}
			if !strings.Contains(f.Frames[0], "fault.stumble fault_test.go:") {
				t.Errorf("the innermost place is %q, not the function that panicked", f.Frames[0])
			}
			if all := err.Error() + strings.Join(f.Frames, "\n"); strings.Contains(all, "Ansongo") {
				t.Errorf("the value of the panic is told: %s", all)
			}
		})
	}
}

func TestWhatWentWrongBeforeThePanicIsKept(t *testing.T) {
	before := errors.New("before")
	err := func() (err error) {
		defer Into(&err)
		err = before
		panic("after")
	}()
	var f *Error
	if !errors.Is(err, before) || !errors.As(err, &f) {
		t.Errorf("got %v, want both", err)
	}
}

func TestNoPanicIsNoError(t *testing.T) {
	if err := func() (err error) { defer Into(&err); return nil }(); err != nil {
		t.Errorf("got %v", err)
	}
}
