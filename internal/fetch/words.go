package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// lostConnection reports whether an error may be gone a moment later.
func lostConnection(err error) bool {
	var ours *refusal
	var dns *net.DNSError
	switch {
	case errors.As(err, &ours):
		return false
	case errors.As(err, &dns):
		return dns.IsTemporary
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return true
	default:
		return false
	}
}

// failureWords says in words of ours why a request of a source failed.
func failureWords(err error) string { return FailureWords(err, Timeout) }

// FailureWords says in words of ours why a request that was given so much time failed. What the library says is only used where it can hold
// no address: its errors quote the address with the query.
func FailureWords(err error, within time.Duration) string {
	var ours *refusal
	var dns *net.DNSError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var op *net.OpError
	switch {
	case errors.As(err, &ours):
		return ours.why
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return fmt.Sprintf("the server did not answer whole within %d s", int(within.Seconds()))
	case errors.As(err, &dns) && dns.IsNotFound:
		return "the name " + dns.Name + " is not known: correct the url, or look at the network"
	case errors.As(err, &dns):
		return "the name " + dns.Name + " cannot be looked up: no network, or no name server"
	case errors.As(err, &authority):
		return "the server's certificate is signed by nobody that this machine trusts"
	case errors.As(err, &name):
		return "the server's certificate is for another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the server's certificate has expired or is not valid yet (or this machine's clock is wrong)"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "the server's certificate is not valid"
	case errors.As(err, &record):
		return "the server does not speak TLS there: is it http://?"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused: nothing listens there"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "the server cannot be reached: no network"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection broke before the answer was whole"
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "the proxy that the environment names cannot be reached"
	case isHeaderFlood(err):
		return fmt.Sprintf("the headers of the answer are longer than %d KiB", maxHeaders>>10)
	case errors.As(err, &op):
		return "the connection failed (" + op.Op + ")"
	default:
		return "the answer is no HTTP that can be read"
	}
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// isHeaderFlood knows the library's error for too many headers, which has no type.
func isHeaderFlood(err error) bool {
	var u *url.Error
	return errors.As(err, &u) && strings.Contains(u.Err.Error(), "server response headers exceeded")
}

// statusWords says what an answer that is neither content nor "not modified" means, and what to do.
func statusWords(status int) string {
	what := fmt.Sprintf("the server answered %d", status)
	if text := http.StatusText(status); text != "" {
		what += " " + text
	}
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return what + ": look at the source's header, and at what it is allowed to read"
	case status == http.StatusNotFound, status == http.StatusGone:
		return what + ": correct the url"
	case status == http.StatusTooManyRequests:
		return what + ": make every longer"
	case status == http.StatusProxyAuthRequired:
		return what + ": the proxy wants a name and a password in HTTPS_PROXY"
	case status >= 300 && status < 400:
		return what + " without saying where: correct the url"
	default:
		return what
	}
}
