package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// answer is what became of one request. Failure is empty if it was answered well.
type answer struct {
	failure    string
	status     int
	body       []byte // of a 200
	unchanged  bool   // a 304
	kind       string // content type
	etag       string
	modified   string
	retryAfter time.Time // the server asks not to be asked before; zero if it does not
}

// maxValidator is the longest validator that is kept, in bytes.
const maxValidator = 1024

// ask makes one request, conditional on known if that belongs to what is kept. It takes at most [Timeout].
func (w *worker) ask(ctx context.Context, to *url.URL, header http.Header, known Kept) answer {
	ctx, cancel := context.WithTimeout(ctx, w.o.timeout)
	defer cancel()
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return answer{failure: "the address cannot be asked: correct the url"}
	}
	req.Header = header.Clone()
	req.Header.Set("Accept-Encoding", "gzip, deflate")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.Modified != "" {
		req.Header.Set("If-Modified-Since", known.Modified)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		if resp != nil {
			_ = resp.Body.Close() // nothing of it is used
		}
		return answer{failure: failureWords(err)}
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	a := answer{
		status: resp.StatusCode, kind: clip(resp.Header.Get("Content-Type")),
		etag: clip(resp.Header.Get("ETag")), modified: clip(resp.Header.Get("Last-Modified")),
	}
	switch {
	case a.status == http.StatusOK:
		if a.body, err = readBody(resp); err != nil {
			a.failure, a.body = failureWords(err), nil
		}
	case a.status == http.StatusNotModified && (known.ETag != "" || known.Modified != ""):
		a.unchanged = true
	case a.status == http.StatusNotModified:
		a.failure = "the server answered 304 Not Modified without having been asked whether"
	default:
		a.failure = statusWords(a.status)
		if a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable {
			a.retryAfter = retryAfter(resp.Header.Get("Retry-After"), w.now())
		}
	}
	return a
}

// clip is the value of a header that is kept: none if it is too long or no plain text.
func clip(s string) string {
	if len(s) > maxValidator || strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
		return ""
	}
	return s
}

// retryAfter is the time that a Retry-After names, in seconds or as a date; zero if it names none that is to
// come.
func retryAfter(s string, now time.Time) time.Time {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}
	}
	at, err := http.ParseTime(s)
	if err != nil {
		n, err := strconv.ParseUint(s, 10, 31)
		if err != nil {
			return time.Time{}
		}
		at = now.Add(time.Duration(n) * time.Second)
	}
	if !at.After(now) {
		return time.Time{}
	}
	return at.UTC()
}
