package term

import (
	"bytes"
	"errors"
	"time"
)

// AskLimit is how long [Ask] waits for each answer.
const AskLimit = 3 * time.Second

// ErrSilent is what [Ask] returns for a terminal that does not answer.
var ErrSilent = errors.New("the terminal does not answer")

// Link is the way to the terminal and back.
type Link struct {
	RoundTrip time.Duration
	Rate      float64 // bytes per second; 0 where it is too high to be measured
}

// Thrift is how sparingly a console with a screen of so many cells would draw on the link.
func (l Link) Thrift(cells int) Thrift {
	return thrift(whole(Measure{RoundTrip: l.RoundTrip, Rate: l.Rate}, cells))
}

// How the link is measured: so many requests alone, then one behind so many bytes that show nothing.
const (
	askTimes   = 3
	askPadding = 1024
)

// nothing is a sequence that changes nothing: attributes off, where they are off.
const nothing = "\x1b[m"

// asker is a terminal that can be asked: it writes, and reads what came within a short while, if anything.
type asker interface {
	Write(p []byte) (int, error)
	readSome(p []byte) (int, error)
}

// ask measures the link.
func ask(t asker, now func() time.Time) (Link, error) {
	var l link
	padding := make([]byte, 0, askPadding)
	for len(padding)+len(nothing) <= askPadding {
		padding = append(padding, nothing...)
	}
	for i := range askTimes + 1 {
		sent := []byte(request)
		if i == askTimes {
			sent = append(padding, request...)
		}
		l.asked(now(), len(sent))
		if _, err := t.Write(sent); err != nil {
			return Link{}, err
		}
		if err := answered(t, now); err != nil {
			if i == askTimes && errors.Is(err, ErrSilent) { // it answers, and so many bytes take longer than the limit
				return Link{l.roundTrip(), float64(len(sent)) / AskLimit.Seconds()}, nil
			}
			return Link{}, err
		}
		l.answered(now())
	}
	return Link{l.roundTrip(), l.rate}, nil
}

// answered waits for one answer.
func answered(t asker, now func() time.Time) error {
	var got []byte
	buf := make([]byte, 64)
	for limit := now().Add(AskLimit); now().Before(limit); {
		n, err := t.readSome(buf)
		if err != nil {
			return err
		}
		got = append(got, buf[:n]...)
		if bytes.Contains(got, []byte(answer)) {
			return nil
		}
	}
	return ErrSilent
}
