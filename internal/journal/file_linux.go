package journal

import "golang.org/x/sys/unix"

// Uncache asks the kernel to drop the pages of the file.
func (f osFile) Uncache() error {
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
