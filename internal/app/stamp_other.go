//go:build !linux

package app

import "vigil/internal/duty"

// steady is unknown: there is no clock with a name for its start that all these systems share.
func steady() duty.Mono { return duty.Mono{} }

// terminalName is unknown: there is no way to ask for it that all these systems share.
func terminalName() string { return "terminal unknown" }
