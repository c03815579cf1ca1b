//go:build unix

package doctor

import "golang.org/x/sys/unix"

// fileLimit is how many files the process may have open; 0 if that is not told.
func fileLimit() uint64 {
	var l unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &l) != nil {
		return 0
	}
	return uint64(l.Cur) //nolint:unconvert // the type of the field differs between systems
}
