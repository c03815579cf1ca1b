// Package answer reads what the server of an interface says beside records: that it refuses, and that what it sent
// is one page of more. Every format in JSON may be met within such an envelope.
//
// # Guarantees
//
//   - A refusal is known by its own members alone, and never where the answer lists a record: what a server warns of
//     beside its records costs none of them.
//   - Nothing is counted that the server does not count: without a total and without a next page an answer is taken
//     as whole.
package answer

import (
	"errors"
	"fmt"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/safetext"
)

// Refusal is the answer of a server that refuses what it was asked for.
type Refusal struct {
	Status string   // as the answer has it; empty where it has none
	Said   []string // in the server's words, raw
}

// errorNames are the members in which a refusal says what it is; of the others each may stand in any answer.
var (
	errorNames   = [...]string{"error", "errors", "fault"}
	messageNames = [...]string{"message", "messages", "msg", "detail", "details", "title", "description", "reason", "error_description"}
	statusNames  = [...]string{"status", "code", "statusCode", "status_code"}
)

// Refused reports whether a root is a refusal: an object without any record that has an error, says that it did not
// succeed, or holds nothing but a message with its status.
func Refused(root *exact.Value) (r Refusal, is bool) {
	if !root.Is('{') || holdsRecord(root) {
		return r, false
	}
	for _, name := range statusNames {
		if r.Status == "" {
			r.Status = root.Get(name).Text()
		}
	}
	for _, name := range errorNames {
		if v := root.Get(name); v.Is('"') || v.Is('{') || v.Is('t') || len(v.Items()) > 0 {
			is = true
			r.Said = append(r.Said, SaidIn(v)...)
		}
	}
	is = is || root.Get("success").Is('f') || root.Get("ok").Is('f') || onlyMessage(root)
	if is && len(r.Said) == 0 {
		for _, name := range messageNames {
			r.Said = append(r.Said, SaidIn(root.Get(name))...)
		}
	}
	return r, is
}

// holdsRecord reports whether an object holds a list with an object or a list in it, other than that of its errors.
func holdsRecord(root *exact.Value) bool {
	for n, name := range root.Names() {
		if isOne(name, errorNames[:]) || isOne(name, messageNames[:]) {
			continue
		}
		items := root.Member(n).Items()
		if len(items) > 0 && (items[0].Is('{') || items[0].Is('[')) {
			return true
		}
	}
	return false
}

// onlyMessage reports whether an object is a message, as gateways write it, and nothing else.
func onlyMessage(root *exact.Value) bool {
	said := false
	for n, name := range root.Names() {
		switch v := root.Member(n); {
		case isOne(name, []string{"message", "messages", "msg", "detail", "reason"}):
			said = said || len(SaidIn(v)) > 0
		case isOne(name, statusNames[:]), isOne(name, messageNames[:]), isOne(name, []string{"type", "path", "timestamp", "instance", "documentation_url", "requestId", "request_id"}):
		default:
			return false
		}
	}
	return said
}

func isOne(name string, of []string) bool {
	for _, s := range of {
		if strings.EqualFold(name, s) {
			return true
		}
	}
	return false
}

// SaidIn are the texts of an error: a text, an object with a message, or a list of either.
func SaidIn(v *exact.Value) []string {
	if v.Is('{') {
		var said []string
		for _, name := range messageNames {
			said = append(said, v.Get(name).Texts()...)
		}
		if len(said) == 0 {
			said = v.Get("code").Texts()
		}
		return said
	}
	said := v.Texts()
	for n := range v.Items() {
		if item := &v.Items()[n]; item.Is('{') {
			said = append(said, SaidIn(item)...)
		}
	}
	return said
}

// Error is the refusal as the error of a content of which nothing may be used: what the server said, and what to do.
func (r Refusal) Error(ctx *feed.Context, who string) error {
	const longest = 200 // bytes; what to do stands behind it
	said, status := "without a reason", ""
	if len(r.Said) > 0 {
		said = fmt.Sprintf("%q", safetext.CleanMax(strings.Join(r.Said, "; "), longest).String())
	}
	if r.Status != "" {
		status = " (status " + safetext.CleanMax(r.Status, 32).String() + ")"
	}
	return refused{feed.Half(ctx.Reject(1, 0, "%s refused the request%s: %s; see to the account and what it may ask for, then fetch it again", who, status, said))}
}

// refused is the error of a refusal.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

// IsRefusal reports whether an error is that of a refusal.
func IsRefusal(err error) bool {
	var r refused
	return errors.As(err, &r)
}

// refusalSize is the largest content that is looked at for a refusal, in bytes.
const refusalSize = 64 << 10

// Check is an error if a content is a refusal.
func Check(ctx *feed.Context, body []byte) error {
	if len(body) > refusalSize || !isObject(body) {
		return nil
	}
	if r, is := Refused(exact.Glance(body)); is {
		return r.Error(ctx, "the server")
	}
	return nil
}
