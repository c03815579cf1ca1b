package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/net/http/httpproxy"

	"vigil/internal/fetch/address"
)

// The retries within one poll: a connection that broke, a server behind a proxy that is being restarted.
// What lasts longer waits for the next poll.
const (
	retries  = 2
	retryMin = 250 * time.Millisecond
	retryMax = 1500 * time.Millisecond
)

// refusal is an error of ours, in words that may be shown as they are. It is never tried again.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

func refuse(format string, args ...any) error { return &refusal{fmt.Sprintf(format, args...)} }

// newClient makes the client of one source.
func newClient(s *Source, o *Options) *retryablehttp.Client {
	c := retryablehttp.NewClient()
	c.Logger = nil // it would log addresses with their queries
	c.HTTPClient = &http.Client{Transport: o.transport, CheckRedirect: redirected}
	if o.transport == nil {
		c.HTTPClient.Transport = newTransport(s, o)
	}
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = retries, retryMin, retryMax
	c.CheckRetry = retry
	c.Backoff = func(least, most time.Duration, attempt int, _ *http.Response) time.Duration {
		d := min(least<<attempt, most)
		return d/2 + time.Duration(o.Fraction()*float64(d/2))
	}
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler // the usual one puts the address into the error
	return c
}

// newTransport makes the connections of one source.
func newTransport(s *Source, o *Options) *http.Transport {
	proxy := Proxy(o.Lookup)
	proxies := proxyHosts(o.Lookup)
	direct := &net.Dialer{Timeout: Timeout}
	checked := &net.Dialer{Timeout: Timeout}
	if !s.AllowPrivate {
		// After the name was resolved, for each address that is tried.
		checked.Control = func(_, at string, _ syscall.RawConn) error { return publicOnly(at, o.public) }
	}
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			via, err := proxy(r.URL)
			if err != nil {
				return nil, refuse("the proxy that the environment names is no address: correct HTTPS_PROXY or HTTP_PROXY")
			}
			if ip, err := netip.ParseAddr(r.URL.Hostname()); via != nil && err == nil && !s.AllowPrivate && !o.public(ip) {
				return nil, notPublic(ip.String())
			}
			return via, nil
		},
		DialContext: func(ctx context.Context, network, at string) (net.Conn, error) {
			if proxies[at] { // whoever set the environment trusts it, and it resolves the names
				return direct.DialContext(ctx, network, at)
			}
			return checked.DialContext(ctx, network, at)
		},
		DisableCompression:     true, // we decompress ourselves, under a cap
		MaxResponseHeaderBytes: maxHeaders,
		TLSHandshakeTimeout:    Timeout,
		// Nothing is held between two polls; and what a server says on a connection on which nothing was asked
		// would be printed on the terminal by the library.
		DisableKeepAlives: true,
	}
}

// publicOnly refuses an address, with its port, that is no public machine.
func publicOnly(at string, public func(netip.Addr) bool) error {
	ap, err := netip.ParseAddrPort(at)
	if err != nil || !public(ap.Addr()) {
		host, _, _ := net.SplitHostPort(at)
		return notPublic(host)
	}
	return nil
}

func notPublic(host string) error {
	return refuse("it leads to %s, which is no public address; if that is meant, write allow_private = true in its [[source]]", host)
}

// Proxy decides by the environment which proxy is asked, as most programs do.
func Proxy(lookup func(string) (string, bool)) func(*url.URL) (*url.URL, error) {
	c := httpproxy.Config{
		HTTPProxy: variable(lookup, "HTTP_PROXY"), HTTPSProxy: variable(lookup, "HTTPS_PROXY"), NoProxy: variable(lookup, "NO_PROXY"),
	}
	return c.ProxyFunc()
}

func variable(lookup func(string) (string, bool), name string) string {
	if v, ok := lookup(name); ok && v != "" {
		return v
	}
	v, _ := lookup(strings.ToLower(name))
	return v
}

// proxyHosts are the proxies that the environment names, as they are dialled.
func proxyHosts(lookup func(string) (string, bool)) map[string]bool {
	hosts := map[string]bool{}
	for _, name := range [...]string{"HTTP_PROXY", "HTTPS_PROXY"} {
		v := variable(lookup, name)
		if v == "" {
			continue
		}
		u, err := url.Parse(v)
		if err != nil || u.Host == "" {
			u, err = url.Parse("http://" + v)
		}
		if err != nil {
			continue
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
		}
		if port == "" {
			port = "80"
		}
		hosts[net.JoinHostPort(u.Hostname(), port)] = true
	}
	return hosts
}

// redirected allows few redirects, all of them on the same server.
func redirected(next *http.Request, via []*http.Request) error {
	next.Header.Del("Referer") // it would hold the query
	switch {
	case len(via) > MaxRedirects:
		return refuse("the server redirects more than %d times: write the address that it leads to", MaxRedirects)
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return refuse("the server redirects to an address of the kind %s:, which is not followed", next.URL.Scheme)
	case next.URL.User != nil:
		return refuse("the server redirects to an address with a name or password in it, which is not followed")
	case via[0].URL.Scheme == "https" && next.URL.Scheme != "https":
		return refuse("the server redirects from https to %s, which is not followed", next.URL.Scheme)
	case !address.SameServer(via[len(via)-1].URL, next.URL):
		return refuse("the server redirects to another one, %s, which is not followed: if it can be trusted, write its address in url", next.URL.Host)
	}
	return nil
}

// retry says whether a request is made again at once.
func retry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	switch {
	case err != nil:
		return ctx.Err() == nil && lostConnection(err), nil
	default:
		gateway := resp.StatusCode == http.StatusBadGateway || resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusGatewayTimeout
		return gateway && resp.Header.Get("Retry-After") == "", nil
	}
}
