package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"vigil/internal/duty"
	"vigil/internal/fetch"
	"vigil/internal/notify/channel"
)

// send hands a message to a channel.
func (n *Notifier) send(ctx context.Context, c *channel.Channel, m *Message) error {
	switch c.Kind {
	case channel.Webhook:
		return n.webhook(ctx, c, m)
	case channel.Exec:
		return run(ctx, c, m, &n.o, nil)
	}
	return fmt.Errorf("%q is no kind of channel", c.Kind)
}

// url is where a webhook leads, read anew each time: a key that was changed needs no restart.
func (n *Notifier) url(c *channel.Channel) (string, error) {
	return c.URL.Read(n.o.Lookup, func(path string) ([]byte, error) { return fetch.ReadSecret(n.o.Dir, path) })
}

// Test sends a message that says of itself that it is a test, once, and returns the text that was sent. What a program prints on
// its standard error goes to stderr, which may be nil.
func Test(ctx context.Context, c *channel.Channel, o Options, stderr io.Writer) (string, error) {
	now := o.Clock()
	a := &duty.Alarm{
		ID: "test", Raise: &duty.Raise{Rule: "test", Words: duty.Words("a test of channel " + c.Name + ", no alarm")},
		Severity: c.Severity, Raised: now, Came: now,
	}
	m := messageOf(a, form{Test: true}, &o, now)
	n := New(nil, o)
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	if c.Kind == channel.Exec {
		return m.Text, run(ctx, c, m, &n.o, stderr)
	}
	return m.Text, n.o.deliver(ctx, c, m)
}

// withinWords says that a try took too long.
func withinWords(what string, c *channel.Channel) error {
	return fmt.Errorf("%s within %s", what, c.Timeout.Round(time.Second))
}

// errStopped is the error of a try that ended with the program.
var errStopped = errors.New("vigil was ended meanwhile")
