package table

import (
	"vigil/internal/feed"
	"vigil/internal/feed/answer"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/grid"
)

// acledAnswer is the envelope of the API where it lists no event, so that no column says what it is.
type acledAnswer struct {
	is      bool
	refused bool
	refusal answer.Refusal
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
	switch success := root.Get("success"); {
	case success.Is('t'):
		count, counted := root.Get("count").Number()
		a.is = counted && count == 0 && data.Is('[')
	case success.Is('f'):
		a.refusal, a.refused = answer.Refused(root)
		a.refused = a.refused && (len(a.refusal.Said) > 0 || root.Has("error"))
		a.is = a.refused
	}
	return a
}

func recogniseACLED(head []byte) bool {
	return acled.recognise(head) || readACLEDAnswer(head).is
}

func decodeACLED(ctx *feed.Context, body []byte) (feed.Document, error) {
	if a := readACLEDAnswer(body); a.refused {
		return feed.Document{}, a.refusal.Error(ctx, "ACLED")
	}
	return acled.decode(ctx, body)
}
