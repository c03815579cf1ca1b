//go:build !linux

package journal

// Uncache does nothing: there is no way to ask for it that all these systems share.
func (osFile) Uncache() error { return nil }
