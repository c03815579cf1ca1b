package table

import (
	"fmt"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/grid"
	"vigil/internal/safetext"
)

// acledAnswer is the envelope of the API where it lists no event, so that no column says what it is.
type acledAnswer struct {
	is      bool
	refused bool
	status  string
	said    []string // by the server, of the refusal
}

// readACLEDAnswer looks at the beginning of a content. An envelope is known by its status and success, beside a count of 0 and
// empty data, or beside the error of a refusal. One with events is none: its columns speak.
func readACLEDAnswer(head []byte) (a acledAnswer) {
	head = head[:min(len(head), feed.HeadSize)]
	if !grid.JSON(head) {
		return a
	}
	root := exact.Glance(head)
	data := root.Get("data")
	if !root.Get("status").Is('0') || len(data.Items()) > 0 {
		return a
	}
	a.status = root.Get("status").Text()
	switch success := root.Get("success"); {
	case success.Is('t'):
		count, counted := root.Get("count").Number()
		a.is = counted && count == 0 && data.Is('[')
	case success.Is('f'):
		for _, name := range [...]string{"error", "errors", "messages", "message"} {
			a.said = append(a.said, saidIn(root.Get(name))...)
		}
		a.refused = len(a.said) > 0 || root.Has("error")
		a.is = a.refused
	}
	return a
}

// saidIn are the texts of an error: a text, an object with a message, or a list of either.
func saidIn(v *exact.Value) []string {
	if v.Is('{') {
		return v.Get("message").Texts()
	}
	said := v.Texts()
	for n := range v.Items() {
		if item := &v.Items()[n]; item.Is('{') {
			said = append(said, saidIn(item)...)
		}
	}
	return said
}

// refusal says what the server said, and what to do.
func (a acledAnswer) refusal(ctx *feed.Context) error {
	const longest = 200 // bytes; what to do stands behind it
	said := "without a reason"
	if len(a.said) > 0 {
		said = fmt.Sprintf("%q", safetext.CleanMax(strings.Join(a.said, "; "), longest).String())
	}
	return feed.Half(ctx.Reject(1, 0, "ACLED refused the request (status %s): %s; see to the account and what it may ask for, then fetch it again", a.status, said))
}

func recogniseACLED(head []byte) bool {
	return acled.recognise(head) || readACLEDAnswer(head).is
}

func decodeACLED(ctx *feed.Context, body []byte) (feed.Document, error) {
	if a := readACLEDAnswer(body); a.refused {
		return feed.Document{}, a.refusal(ctx)
	}
	return acled.decode(ctx, body)
}
