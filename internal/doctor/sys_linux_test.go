package doctor

import "testing"

func TestMountOf(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:40 / /srv rw - nfs4 server:/srv rw
31 30 0:41 / /srv/a\040b rw master:1 shared:2 - fuse.sshfs host: rw
32 22 0:42 / /tmp rw - ext4 /dev/x rw
33 22 0:43 / /tmp rw - tmpfs tmpfs rw
nonsense
`
	for path, want := range map[string]string{
		"/": "ext4", "/home/desk": "ext4", "/srv": "nfs4", "/srv/desk": "nfs4", "/srvx": "ext4", "/srv/a b/c": "fuse.sshfs", "/tmp/x": "tmpfs",
	} {
		if got := mountOf(mounts, path); got != want {
			t.Errorf("%s is on %q, want %q", path, got, want)
		}
	}
	if got := mountOf("", "/"); got != "" {
		t.Errorf("without a list it is %q", got)
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		f    Finding
		well bool
	}{
		{openFiles(0), true},
		{openFiles(32), false},
		{openFiles(1024), true},
		{watched(0, 0), true},
		{watched(8192, 1), false},
		{watched(8192, 128), true},
		{memory(0), true},
		{memory(64 << 20), false},
		{memory(1 << 30), true},
	} {
		if (tt.f.State == Well) != tt.well {
			t.Errorf("%s: %s is %s", tt.f.Name, tt.f.Found, tt.f.State)
		}
	}
	if got := bytes(1536); got != "1.5 KiB" {
		t.Errorf("1536 bytes are %s", got)
	}
}
