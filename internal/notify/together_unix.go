//go:build unix

package notify

import (
	"os/exec"
	"syscall"
)

// together makes a program and what it starts one group, and has the whole group killed.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
