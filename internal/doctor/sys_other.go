//go:build !linux

package doctor

// systemOf cannot tell here.
func systemOf(string) system { return system{kind: "a file system of unknown type"} }

// watchLimits are those of Linux.
func watchLimits() (watches, instances int) { return 0, 0 }

// memoryLimit is that of Linux.
func memoryLimit() uint64 { return 0 }
