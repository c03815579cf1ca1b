//go:build unix

package source

import (
	"io/fs"
	"syscall"
)

// Opening with nonBlock returns at once even if a pipe was put in the place of the file
// that was looked at; noFollow refuses a link put there.
const (
	nonBlock = syscall.O_NONBLOCK
	noFollow = syscall.O_NOFOLLOW
)

// identify reads what [fs.FileInfo] does not show.
func identify(info fs.FileInfo) (id fileID, links uint64) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileID{}, 1
	}
	//nolint:unconvert // the types of the fields differ between systems
	return fileID{device: uint64(st.Dev), inode: uint64(st.Ino)}, uint64(st.Nlink)
}
