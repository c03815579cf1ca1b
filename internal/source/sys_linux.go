package source

import (
	"io/fs"
	"syscall"

	"golang.org/x/sys/unix"
)

// changeTime is the inode's change time in nanoseconds: it moves on every write and, unlike the
// modification time, nobody can set it back.
func changeTime(info fs.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ctim.Nano()
	}
	return 0
}

// File systems whose changes by other machines the kernel does not notify of.
var networkTypes = map[uint32]string{
	unix.NFS_SUPER_MAGIC:  "NFS",
	unix.SMB_SUPER_MAGIC:  "SMB",
	unix.SMB2_SUPER_MAGIC: "SMB",
	unix.CIFS_SUPER_MAGIC: "CIFS",
	unix.V9FS_MAGIC:       "9P",
	unix.CEPH_SUPER_MAGIC: "Ceph",
	unix.AFS_SUPER_MAGIC:  "AFS",
	unix.CODA_SUPER_MAGIC: "Coda",
	unix.FUSE_SUPER_MAGIC: "FUSE",
}

// NetworkFS names the network file system that dir lies on, such as NFS, whose changes the kernel does not tell of; it is empty for others.
func NetworkFS(dir string) string {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return ""
	}
	return networkTypes[uint32(st.Type)] //nolint:gosec // magic numbers have 32 bits; the field's width differs by platform
}
