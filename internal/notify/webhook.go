package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	neturl "net/url"
	"sync"
	"sync/atomic"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"vigil/internal/fault"
	"vigil/internal/fetch"
	"vigil/internal/fetch/address"
	"vigil/internal/notify/channel"
)

// The limits of a webhook.
const (
	maxAnswer = 64 << 10 // bytes of an answer that a library may read
	maxSlow   = 3        // tries that were given up and have not come back
)

// webhook sends by a shoutrrr URL. The library's own words are never passed on: they quote the URL.
func (n *Notifier) webhook(ctx context.Context, c *channel.Channel, m *Message) error {
	url, err := n.url(c)
	if err != nil {
		return err
	}
	exchange := &exchange{ctx: ctx, client: n.client()}
	service, err := locate(url, exchange)
	if err != nil {
		return err
	}
	slow := n.slowOf(c.Name)
	if slow.Load() >= maxSlow {
		return fmt.Errorf("%d earlier tries hang in the service and have not come back", maxSlow)
	}
	// Some services (mail, MQTT) take no context and no client: they are left behind when the time is up.
	ended := make(chan error, 1)
	slow.Add(1)
	go func() {
		defer slow.Add(-1)
		ended <- sendBy(service, m.Text)
	}()
	select {
	case err = <-ended:
	case <-ctx.Done():
		return n.late(ctx, c)
	}
	if err != nil && ctx.Err() != nil {
		return n.late(ctx, c)
	}
	_, asks := service.(types.HTTPClientSetter)
	return exchange.judge(err, asks, c)
}

func (n *Notifier) late(ctx context.Context, c *channel.Channel) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return withinWords("the service did not answer", c)
	}
	return errStopped
}

func (n *Notifier) slowOf(name string) *atomic.Int32 {
	v, _ := n.slow.LoadOrStore(name, new(atomic.Int32))
	return v.(*atomic.Int32)
}

// unsent are services of the library that send nothing anywhere.
var unsent = map[string]bool{"logger": true}

// locate makes the service of a URL, without sending anything.
func locate(url string, client types.HTTPClient) (service types.Service, err error) {
	defer func() {
		if recover() != nil { // its value may hold the URL
			service, err = nil, errURL
		}
	}()
	r, err := router.NewWithOptions(nil, types.SenderOptions{HTTPClient: client})
	if err != nil {
		return nil, errURL
	}
	service, err = r.Locate(url)
	switch {
	case errors.Is(err, router.ErrUnknownService):
		return nil, errors.New("its URL names no service that is known: it begins with the name of one of shoutrrr's, such as ntfy://, smtp:// or generic://")
	case err != nil:
		return nil, errURL
	case unsent[service.GetID()]:
		return nil, errors.New("its URL names a service that sends nothing")
	}
	return service, nil
}

var errURL = errors.New("its URL is none that its service takes: look up how shoutrrr writes it (the URL is not shown here, it is a secret)")

// sendBy sends, and turns a panic of the library into an error.
func sendBy(service types.Service, text string) (err error) {
	defer fault.Into(&err)
	return service.Send(text, &types.Params{})
}

// client is for one try: nothing is held between two of them.
func (n *Notifier) client() *http.Client {
	c := &http.Client{Transport: n.o.transport, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if len(via) > fetch.MaxRedirects || !address.SameServer(via[len(via)-1].URL, next.URL) {
			return http.ErrUseLastResponse // it would take the key to another server
		}
		next.Header.Del("Referer")
		return nil
	}}
	if c.Transport == nil {
		proxy := fetch.Proxy(n.o.Lookup)
		c.Transport = &http.Transport{
			Proxy:             func(r *http.Request) (*neturl.URL, error) { return proxy(r.URL) },
			DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSHandshakeTimeout: channel.MaxTimeout,
		}
	}
	return c
}

// exchange is the client that a service gets. It holds the service to the try's time, and notes what came of it, so that errors can
// be told in words that hold no URL.
type exchange struct {
	ctx    context.Context // of the try: the library has no way to pass it
	client *http.Client

	mu     sync.Mutex
	asked  bool
	status int // of the last answer; 0 for none
	err    error
}

// Do makes a request of the service.
func (e *exchange) Do(r *http.Request) (*http.Response, error) {
	a, err := e.client.Do(r.WithContext(e.ctx))
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked, e.status, e.err = true, 0, err
	if err != nil {
		return nil, err
	}
	e.status = a.StatusCode
	a.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(a.Body, maxAnswer), a.Body}
	return a, nil
}

// judge is the error of a try: that of the library, in words of ours. A service that asks over HTTP and has not asked has sent
// nothing, whatever it says; nor has one that was refused.
func (e *exchange) judge(err error, asks bool, c *channel.Channel) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var protocol *textproto.Error
	switch {
	case e.err != nil:
		return errors.New(fetch.FailureWords(e.err, c.Timeout))
	case e.status >= http.StatusMultipleChoices:
		return fmt.Errorf("the service answered %d %s", e.status, http.StatusText(e.status))
	case asks && !e.asked:
		return errors.New("the service sent nothing: look at its URL")
	case err == nil:
		return nil
	case e.asked:
		return fmt.Errorf("the service refused the message (it answered %d)", e.status)
	case errors.As(err, &protocol):
		return fmt.Errorf("the mail server answered %d", protocol.Code)
	default:
		return errors.New(connectionWords(err, c))
	}
}

// connectionWords says why a service failed that does not speak HTTP. What is no failure of the connection has no type by which
// it could be told apart.
func connectionWords(err error, c *channel.Channel) string {
	var network net.Error
	if errors.As(err, &network) {
		return fetch.FailureWords(err, c.Timeout)
	}
	return "the service failed: look at its URL, and whether it can be reached"
}
