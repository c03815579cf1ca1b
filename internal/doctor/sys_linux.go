package doctor

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// systemOf is the file system that dir lies on, by the kernel's list of mounts.
func systemOf(dir string) system {
	s := system{kind: "a file system of unknown type"}
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err == nil {
		s.known, s.free = true, st.Bavail*uint64(st.Bsize)
		s.readOnly = st.Flags&unix.ST_RDONLY != 0
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return s
	}
	if real, err = filepath.Abs(real); err != nil {
		return s
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return s
	}
	if kind := mountOf(string(mounts), real); kind != "" {
		s.kind = kind
	}
	return s
}

// mountOf is the type of the file system of a path in a list as in proc(5), /proc/PID/mountinfo: the mount with the longest
// path to it, of several at one place the last.
func mountOf(mounts, path string) string {
	best, kind := -1, ""
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		fields, types := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(types) < 1 {
			continue
		}
		at := unescape(fields[4])
		if path == at || at == "/" || strings.HasPrefix(path, at+"/") {
			if len(at) >= best {
				best, kind = len(at), types[0]
			}
		}
	}
	return kind
}

// unescape undoes the octal escapes of the list: blank, tab, newline and backslash.
func unescape(s string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(s)
}

// watchLimits are how many directories and how many programs a user may have watched; 0 if that is not told.
func watchLimits() (watches, instances int) {
	return number("/proc/sys/fs/inotify/max_user_watches"), number("/proc/sys/fs/inotify/max_user_instances")
}

func number(file string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return 0
	}
	return n
}

// memoryLimit is what the control group of the process may use, in bytes, and 0 if there is no limit.
func memoryLimit() uint64 {
	for _, file := range memoryFiles() {
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(string(data)), 10, 64)
		if err == nil && n < 1<<60 { // version 1 says "no limit" by a huge number, version 2 by a word
			return n
		}
	}
	return 0
}

// memoryFiles are where the limit may stand, for both versions of control groups.
func memoryFiles() []string {
	files := []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return files
	}
	for line := range strings.Lines(string(data)) {
		if _, group, ok := strings.Cut(strings.TrimSpace(line), "0::"); ok {
			files = append([]string{filepath.Join("/sys/fs/cgroup", group, "memory.max")}, files...)
		}
	}
	return files
}
