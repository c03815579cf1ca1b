// Package channel is what vigil.toml says of a way by which alarms leave the desk: one [[out]] block. It is pure, and holds no
// secret: only where one comes from.
package channel

import (
	"time"

	"vigil/internal/duty"
	"vigil/internal/fetch/address"
)

// Kind is how a channel sends.
type Kind string

// The kinds.
const (
	Webhook Kind = "webhook" // to a service, by its shoutrrr URL
	Exec    Kind = "exec"    // by a program, which gets the message on its standard input
)

// Kinds lists the kinds.
func Kinds() []string { return []string{string(Webhook), string(Exec)} }

// Channel is one way out.
type Channel struct {
	Name     string         // as the duty log and the screens call it
	Kind     Kind           //
	URL      address.Secret // of a webhook
	Command  []string       // of exec: the program and its arguments, without a shell
	Severity duty.Severity  // what is sent: alarms of this severity or above
	Tries    int            // after how many tries it counts as failed; see package notify for what happens then
	Retry    time.Duration  // before the second try; each wait is twice the one before, up to [MaxWait]
	Timeout  time.Duration  // the time that each try has
	Repeat   time.Duration  // an alarm that nobody owns is sent again after this; 0 is never

	Line int // of the block in vigil.toml
}

// The limits of what a channel may say.
const (
	MaxName    = 40 // bytes
	MaxTries   = 20
	MinRetry   = time.Second
	MaxWait    = 5 * time.Minute
	MinTimeout = time.Second
	MaxTimeout = 2 * time.Minute
	MinRepeat  = time.Minute
)

// Default is a channel of which only the kind and where it leads have been said.
func Default() Channel {
	return Channel{Severity: duty.High, Tries: 6, Retry: 5 * time.Second, Timeout: 15 * time.Second}
}

// Takes reports whether alarms of that severity are sent.
func (c *Channel) Takes(s duty.Severity) bool { return !c.Severity.Above(s) }

// Wait is how long to wait after so many failed tries, from 1: twice as long after each, at most [MaxWait]. fraction, from 0 to
// 1, is the jitter: half of the wait hangs on it, so that what failed together is not tried again together.
func (c *Channel) Wait(tries int, fraction float64) time.Duration {
	d := c.Retry
	for i := 1; i < tries && d < MaxWait; i++ {
		d *= 2
	}
	d = min(d, MaxWait)
	return d/2 + time.Duration(fraction*float64(d/2))
}
