package app

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"vigil/internal/duty"
)

// bootID is the kernel's name for this start of the machine.
const bootID = "/proc/sys/kernel/random/boot_id"

// steady is the time since the machine was started, suspension included. Of the kernel's id of that start only a short hash
// leaves the machine: enough to tell two starts apart.
func steady() duty.Mono {
	id, err := os.ReadFile(bootID)
	if err != nil {
		return duty.Mono{}
	}
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return duty.Mono{}
	}
	sum := sha256.Sum256([]byte("vigil boot " + strings.TrimSpace(string(id))))
	return duty.Mono{Boot: hex.EncodeToString(sum[:4]), Since: time.Duration(t.Nano())}
}

// terminalName is that of the terminal of this process, such as pts/3; empty if it has none.
func terminalName() string {
	for _, fd := range [...]string{"0", "2", "1"} {
		path, err := os.Readlink("/proc/self/fd/" + fd)
		if err != nil {
			continue
		}
		name := strings.TrimPrefix(path, "/dev/")
		if strings.HasPrefix(name, "pts/") || strings.HasPrefix(name, "tty") || name == "console" {
			return name
		}
	}
	return ""
}
