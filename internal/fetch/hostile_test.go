package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.Bytes()
}

func deflated(s string, bare bool) []byte {
	var b bytes.Buffer
	var z io.WriteCloser = zlib.NewWriter(&b)
	if bare {
		z, _ = flate.NewWriter(&b, flate.BestSpeed)
	}
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.Bytes()
}

// raw answers with bytes as they are, on the connection itself.
func raw(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = buf.WriteString(s)
		_ = buf.Flush()
		_ = c.Close()
	}
}

func encoded(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		_, _ = w.Write(body)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "feed "+canary, code) }
}

func to(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, location, http.StatusFound) }
}

// Whatever a server does, the good answer from before stays, and the failure says what happened and no more.
func TestServersThatMisbehave(t *testing.T) {
	other := httptest.NewServer(text("feed of another server"))
	defer other.Close()
	big := strings.Repeat("feed ", MaxBody/5+1)
	bomb := gzipped(strings.Repeat("feed\n", 64<<20/5))
	tests := []struct {
		name string
		do   http.HandlerFunc
		why  string
	}{
		{"500", status(500), "answered 500 Internal Server Error"},
		{"502 again and again", status(502), "answered 502"},
		{"503", status(503), "answered 503"},
		{"404", status(404), "answered 404 Not Found: correct the url"},
		{"401", status(401), "look at the source's header"},
		{"204", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, "answered 204 No Content"},
		{"206", status(206), "answered 206"},
		{"a status nobody knows", status(799), "answered 799"},
		{"304 of nothing asked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, "without having been asked"},
		{"HTML with 200", text("\xef\xbb\xbf\n<!-- x -->\n<!DOCTYPE html><title>Log in</title>"), "a web page (HTML)"},
		{"HTML that says it is XML", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/xml")
			_, _ = w.Write([]byte("<HTML><body>feed"))
		}, "a web page (HTML)"},
		{"no feed", text("something " + canary), "cannot be used: line 1: it is no feed"},
		{"empty", text(""), "the answer is empty"},
		{"too large, and says so", text(big), "more than 8 MiB"},
		{"too large, in pieces", func(w http.ResponseWriter, _ *http.Request) {
			for range 10 {
				_, _ = io.WriteString(w, big[:1<<20])
				w.(http.Flusher).Flush()
			}
		}, "more than 8 MiB"},
		{"a length that lies by a gigabyte", raw("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nfeed"), "more than 8 MiB"},
		{"gzip bomb", encoded("gzip", bomb), "more than 8 MiB"},
		{"deflate bomb", encoded("deflate", deflated(strings.Repeat("feed\n", 4<<20), false)), "more than 8 MiB"},
		{"bare deflate bomb", encoded("deflate", deflated(strings.Repeat("feed\n", 4<<20), true)), "more than 8 MiB"},
		{"gzip members without end", encoded("gzip", bytes.Repeat(gzipped(""), MaxBody/len(gzipped(""))+2)), "more than 8 MiB"},
		{"gzip cut off", encoded("gzip", gzipped("feed 1, which is longer")[:20]), "damaged or ends too soon"},
		{"gzip that begins only", encoded("gzip", gzipped("feed 1")[:5]), "damaged or ends too soon"},
		{"gzip that is none", encoded("gzip", []byte("feed 1, as it is")), "and is not, or is damaged"},
		{"gzip with a wrong sum", encoded("gzip", func() []byte { z := gzipped("feed 1"); z[len(z)-6] ^= 1; return z }()), "and is not, or is damaged"},
		{"gzip and more", encoded("gzip", append(gzipped("feed 1"), "feed 2, behind"...)), "and is not, or is damaged"},
		{"deflate and more", encoded("deflate", append(deflated("feed 1", false), "feed 2"...)), "goes on behind the end"},
		{"an encoding not asked for", encoded("br", []byte("feed")), "was not asked for"},
		{"two encodings", encoded("gzip, gzip", gzipped("feed")), "was not asked for"},
		{"shorter than it said", raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfeed"), "broke before the answer was whole"},
		{"pieces cut off", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfeed\r\n"), "broke before the answer was whole"},
		{"a length that is none", raw("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nfeed"), "no HTTP that can be read"},
		{"two lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nfeed"), "no HTTP that can be read"},
		{"no HTTP", raw("feed " + canary + "\r\n\r\n"), "no HTTP that can be read"},
		{"nothing at all", raw(""), "broke before the answer was whole"},
		{"a header without end", raw("HTTP/1.1 200 OK\r\nX-" + canary + ": " + strings.Repeat("x", 128<<10)), "headers of the answer are longer than 64 KiB"},
		{"headers without end", raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", 64<<10)), "headers of the answer are longer than 64 KiB"},
		{"a redirect to another server", to(other.URL + "/feed?key=" + canary), "redirects to another one, 127.0.0.1:"},
		{"a redirect to a name", to("https://example.org/?key=" + canary), "redirects to another one, example.org,"},
		{"a redirect to a file", to("file:///etc/passwd"), "of the kind file:"},
		{"a redirect with a password", to("http://me:" + canary + "@example.org/"), "with a name or password"},
		{"a redirect in a circle", to("/feed?key=" + canary), "redirects more than 3 times"},
		{"a redirect to nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }, "answered 302 Found without saying where"},
		{"a redirect that is no address", to("http://[::1/" + canary), "no HTTP that can be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, text("feed 1"))
			good := b.poll()
			b.serve(tt.do)
			b.w.client.RetryWaitMin, b.w.client.RetryWaitMax = time.Millisecond, time.Millisecond
			m := b.poll()
			if !strings.Contains(m.Failure, tt.why) {
				t.Errorf("failure %q, want %q", m.Failure, tt.why)
			}
			if strings.Contains(m.Failure, canary) {
				t.Errorf("the failure shows what the server said: %q", m.Failure)
			}
			if b.kept() != "feed 1" || !m.Fetched.Equal(good.Fetched) || !m.Succeeded.Equal(good.Succeeded) || m.Failures != 1 {
				t.Errorf("the good answer is not kept as it was: %q %+v", b.kept(), m)
			}
			b.serve(text("feed 2"))
			if m := b.poll(); m.Failure != "" || m.Failures != 0 || b.kept() != "feed 2" {
				t.Errorf("it does not recover: %+v", m)
			}
		})
	}
}

func TestAnswersThatAreGood(t *testing.T) {
	for name, do := range map[string]http.HandlerFunc{
		"gzip":             encoded("gzip", gzipped("feed 2")),
		"x-gzip":           encoded("X-GZip", gzipped("feed 2")),
		"two gzip members": encoded("gzip", append(gzipped("feed"), gzipped(" 2")...)),
		"deflate":          encoded("deflate", deflated("feed 2", false)),
		"bare deflate":     encoded("deflate", deflated("feed 2", true)),
		"identity":         encoded("identity", []byte("feed 2")),
		"without a length": raw("HTTP/1.0 200 OK\r\n\r\nfeed 2"),
		"in pieces":        raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfeed\r\n2\r\n 2\r\n0\r\n\r\n"),
		"a wrong type": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("feed 2"))
		},
		"exactly the limit":  nil,
		"three redirects":    func(w http.ResponseWriter, r *http.Request) { hop(w, r, 3) },
		"one bad connection": nil,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, text("feed 1"))
			want := "feed 2"
			switch name {
			case "exactly the limit":
				want = "feed" + strings.Repeat(" ", MaxBody-4)
				do = text(want)
			case "one bad connection":
				var tries atomic.Int64
				do = func(w http.ResponseWriter, r *http.Request) {
					if tries.Add(1) < 3 {
						raw("")(w, r)
						return
					}
					text(want)(w, r)
				}
				b.w.client.RetryWaitMin, b.w.client.RetryWaitMax = time.Millisecond, time.Millisecond
			}
			b.serve(do)
			if m := b.poll(); m.Failure != "" || b.kept() != want {
				t.Errorf("%+v, kept %.20q", m, b.kept())
			}
			for _, r := range b.seen() {
				if r.Referer() != "" {
					t.Errorf("a redirect tells where it came from: %s", r.Referer())
				}
			}
		})
	}
}

func hop(w http.ResponseWriter, r *http.Request, most int) {
	n := len(strings.TrimPrefix(r.URL.Path, "/feed"))
	if n == most {
		text("feed 2")(w, r)
		return
	}
	http.Redirect(w, r, "/feed"+strings.Repeat("x", n+1)+"?key="+canary, http.StatusMovedPermanently)
}

// A server that is slow in any part of its answer is given up after the time that an answer may take.
func TestServersThatAreSlow(t *testing.T) {
	trickle := func(w http.ResponseWriter, r *http.Request, first string) {
		c, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = buf.WriteString(first)
		for {
			if _, err := buf.WriteString("x"); err != nil || buf.Flush() != nil {
				return
			}
			// The other side has gone, or there is something to read, which there never is.
			_ = c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
			if _, err := buf.ReadByte(); err != nil && !isTimeout(err) {
				return
			}
		}
	}
	for name, do := range map[string]http.HandlerFunc{
		"never answers":        func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"a body without end":   func(w http.ResponseWriter, r *http.Request) { trickle(w, r, "HTTP/1.1 200 OK\r\n\r\nfeed") },
		"a header without end": func(w http.ResponseWriter, r *http.Request) { trickle(w, r, "HTTP/1.1 200 OK\r\nX: ") },
		"stops in the middle": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("feed"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"keeps promising": func(w http.ResponseWriter, r *http.Request) {
			c, buf, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer c.Close()
			for {
				if _, err := buf.WriteString("HTTP/1.1 103 Early Hints\r\n\r\n"); err != nil || buf.Flush() != nil {
					return
				}
				_ = c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
				if _, err := buf.ReadByte(); err != nil && !isTimeout(err) {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, do)
			b.w = b.worker("/feed", func(_ *Source, o *Options) { o.timeout = 200 * time.Millisecond })
			m := b.poll()
			const slow, flood = "did not answer whole within 10 s", "headers of the answer are longer"
			if !strings.Contains(m.Failure, slow) && (name != "keeps promising" || !strings.Contains(m.Failure, flood)) {
				t.Errorf("failure %q, want %q", m.Failure, slow)
			}
			b.server.CloseClientConnections()
		})
	}
}

// Every connection is checked after its name was resolved.
func TestPrivateAddressesAreRefused(t *testing.T) {
	b := newBench(t, text("feed"))
	port := b.server.URL[strings.LastIndex(b.server.URL, ":"):]
	for _, host := range []string{"http://127.0.0.1", "http://localhost", "http://[::ffff:127.0.0.1]"} {
		b.w = b.workerAt(host+port+"/feed", func(s *Source, _ *Options) { s.AllowPrivate = false })
		m := b.poll()
		if !strings.Contains(m.Failure, "which is no public address") || !strings.Contains(m.Failure, "allow_private = true") || len(b.seen()) > 0 {
			t.Errorf("%s: %q, asked %d times", host, m.Failure, len(b.seen()))
		}
	}
}

// Through a proxy, the proxy is reached wherever it is, and an address that is not public still is not.
func TestProxy(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		_, _ = w.Write([]byte("feed by proxy"))
	}))
	defer proxy.Close()
	b := newBench(t, text("feed"))
	through := func(s *Source, o *Options) {
		s.AllowPrivate = false
		o.Lookup = func(name string) (string, bool) { return proxy.URL, name == "http_proxy" }
	}
	b.w = b.workerAt("http://feeds.example.org/feed", through)
	if m := b.poll(); m.Failure != "" || b.kept() != "feed by proxy" || fmt.Sprint(asked) != "[http://feeds.example.org/feed]" {
		t.Errorf("%+v, asked %v", m, asked)
	}
	b.w = b.workerAt("http://10.0.0.1/feed", through)
	if m := b.poll(); !strings.Contains(m.Failure, "10.0.0.1, which is no public address") || len(asked) != 1 {
		t.Errorf("%+v, asked %v", m, asked)
	}
	proxy.Close()
	b.w = b.workerAt("http://feeds.example.org/feed", through)
	if m := b.poll(); !strings.Contains(m.Failure, "refused") && !strings.Contains(m.Failure, "proxy") {
		t.Errorf("%+v", m)
	}
}

func TestCertificatesAreVerified(t *testing.T) {
	server := httptest.NewTLSServer(text("feed"))
	defer server.Close()
	server.Config.ErrorLog = quiet
	b := newBench(t, nil)
	b.w = b.workerAt(server.URL+"/feed", nil)
	if m := b.poll(); !strings.Contains(m.Failure, "signed by nobody that this machine trusts") {
		t.Errorf("%q", m.Failure)
	}
	// What speaks no TLS is said to.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = bufio.NewReader(c).ReadByte()
			_, _ = io.WriteString(c, "HTTP/1.0 400 Bad Request\r\n\r\n")
			_ = c.Close()
		}
	}()
	defer l.Close()
	b.w = b.workerAt("https://"+l.Addr().String()+"/feed", nil)
	if m := b.poll(); !strings.Contains(m.Failure, "does not speak TLS") && !strings.Contains(m.Failure, "no HTTP that can be read") {
		t.Errorf("%q", m.Failure)
	}
}
