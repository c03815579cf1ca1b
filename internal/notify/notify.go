// Package notify sends alarms out of the desk, by the channels of vigil.toml: to a service (by its shoutrrr URL) or to a program.
// One process of the desk does it, the collector.
//
// # Guarantees
//
//   - Nothing here holds up whoever offers alarms: [Notifier.Offer] and [Notifier.Take] take a lock for a moment and return.
//   - An alarm goes out once for each channel and occurrence ([duty.Alarm.Occurrence]), also over a restart: what the duty log says
//     was sent is not sent again. It may go out twice only where the program ends between the sending and the entry, or where a
//     server took a message and did not say so in time.
//   - A try that fails is made again after a wait that doubles, with jitter. After [channel.Channel.Tries] tries that is an outcome
//     for the duty log, and for as long as the alarm rings it is tried on, every few minutes: a server that is down for an hour
//     does not lose a critical. What somebody has acknowledged meanwhile is tried no further than that.
//   - A higher severity goes first, does not wait for a lower one that hangs, and is never dropped. Of medium and low at most
//     [MaxWaiting] wait for a channel; what is dropped is counted, said, and an outcome.
//   - A channel that hangs holds up no other, and each try has a time cap.
//   - Whoever was sent an alarm that turns out not to be so (refuted, cancelled, withdrawn) is sent that, too, once by each channel and
//     within [duty.CorrectionsFor], whether somebody owns the alarm or has closed it or not.
//   - A secret (the URL of a service is one) comes from the environment or a file and is read anew for each try. No error holds
//     anything of it: what a library says is not passed on, what happened is said in words of ours.
//   - The message holds the words of the alarm, which have nothing in them that is restricted; of an alarm about an incident that was
//     restricted when it rang, or is by now, it says "Restricted incident" and no more.
//
// Delivered is not told: who was reached stands on the told-sheet.
package notify

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"vigil/internal/duty"
	"vigil/internal/fault"
	"vigil/internal/notify/channel"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// MaxWaiting is how many alarms of medium or low severity wait for one channel.
const MaxWaiting = 100

// Options say how alarms are sent.
type Options struct {
	Desk     safetext.Text // its name, at the end of each message
	Exercise bool          // each message begins with EXERCISE
	Dir      string        // the desk's directory, where relative paths begin and programs run
	Clock    func() time.Time
	Lookup   func(string) (string, bool) // of the environment
	// Fraction gives numbers from 0 to 1 for the jitter; nil is chance.
	Fraction func() float64

	transport http.RoundTripper // in place of the network, in tests
	deliver   deliverer         // in place of the channels themselves, in tests
}

// deliverer hands a message to a channel. Its error may be shown and recorded.
type deliverer func(ctx context.Context, c *channel.Channel, m *Message) error

// Notifier sends alarms out. Its methods are safe for concurrent use.
type Notifier struct {
	o    Options
	wake chan struct{} // capacity 1: there may be something to send
	news chan struct{} // capacity 1: there are outcomes to take
	slow sync.Map      // by the name of a channel: how many of its tries were given up and have not come back

	mu       sync.Mutex
	lines    []*line
	outcomes []*duty.Send
}

// New makes a notifier. It sends nothing before [Notifier.Run].
func New(channels []channel.Channel, o Options) *Notifier {
	if o.Fraction == nil {
		o.Fraction = rand.Float64
	}
	if o.Lookup == nil {
		o.Lookup = func(string) (string, bool) { return "", false }
	}
	n := &Notifier{o: o, wake: make(chan struct{}, 1), news: make(chan struct{}, 1)}
	if n.o.deliver == nil {
		n.o.deliver = n.send
	}
	n.Set(channels, o.Desk)
	return n
}

// Set changes the channels and the name of the desk, after vigil.toml has changed. A channel of the same name goes on where it was.
func (n *Notifier) Set(channels []channel.Channel, desk safetext.Text) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.o.Desk = desk
	before := map[string]*line{}
	for _, l := range n.lines {
		before[l.channel.Name] = l
	}
	n.lines = nil
	for _, c := range channels {
		l := before[c.Name]
		if l == nil {
			l = &line{jobs: map[string]*job{}}
		}
		l.channel = c
		n.lines = append(n.lines, l)
	}
	signal(n.wake)
}

// Offer says of which alarms something may be sent ([duty.Book.Outgoing]): those that ring and were not sent are sent, and
// what became untrue is corrected. It is called with each picture that is
// whole, and costs little where nothing changed. restricted reports whether an alarm is about what is restricted for those whom the
// channels reach; nil is none. The alarms must not be changed afterwards.
func (n *Notifier) Offer(alarms []*duty.Alarm, restricted func(*duty.Alarm) bool, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.lines {
		for _, s := range l.offer(alarms, restricted, now) {
			n.outcome(s)
		}
	}
	signal(n.wake)
}

// News receives when there are outcomes to [Notifier.Take].
func (n *Notifier) News() <-chan struct{} { return n.news }

// Take gives the outcomes that nobody has taken yet, the oldest first. Each of them belongs into the duty log.
func (n *Notifier) Take() []*duty.Send {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.outcomes
	n.outcomes = nil
	return list
}

// outcome keeps what became of an alarm, for whoever records it.
func (n *Notifier) outcome(s *duty.Send) {
	n.outcomes = append(n.outcomes, s)
	signal(n.news)
}

// Troubles says of each channel that does not do its work what is wrong with it, for the screens.
func (n *Notifier) Troubles() []saying.Saying {
	n.mu.Lock()
	defer n.mu.Unlock()
	var list []saying.Saying
	for _, l := range n.lines {
		list = append(list, l.troubles()...)
	}
	return list
}

// Run sends until ctx ends, and waits then for the tries that are under way, which end with it. Outcomes may be taken afterwards.
func (n *Notifier) Run(ctx context.Context) (err error) {
	defer fault.Into(&err)
	var tries sync.WaitGroup
	defer tries.Wait()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-n.wake:
		case <-timer.C:
		}
		if next := n.begin(ctx, &tries); next > 0 {
			timer.Reset(next)
		}
	}
}

// begin starts what is due, and returns after how long something else will be; 0 is not known.
func (n *Notifier) begin(ctx context.Context, tries *sync.WaitGroup) (next time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.o.Clock()
	for _, l := range n.lines {
		for j := l.due(now); j != nil; j = l.due(now) {
			c, m := l.channel, n.message(j, now)
			j.tries++
			j.sending = true
			l.busy++
			tries.Go(func() { n.ended(ctx, l, j, n.try(ctx, &c, m)) })
		}
		if at, some := l.next(); some {
			if wait := max(at.Sub(now), time.Millisecond); next == 0 || wait < next {
				next = wait
			}
		}
	}
	return next
}

// try is one try, with its time cap.
func (n *Notifier) try(ctx context.Context, c *channel.Channel, m *Message) (err error) {
	defer fault.Into(&err)
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	return n.o.deliver(ctx, c, m)
}

// ended notes what became of a try.
func (n *Notifier) ended(ctx context.Context, l *line, j *job, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	l.busy--
	j.sending = false
	if err == nil || ctx.Err() == nil { // what the end of the program cut off failed for no reason of its own
		if s := l.ended(j, err, n.o.Clock(), n.o.Fraction()); s != nil {
			n.outcome(s)
		}
	}
	signal(n.wake)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
