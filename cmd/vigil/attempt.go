package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/dutylog"
	"vigil/internal/order"
	"vigil/internal/ownfeed"
)

// attempt is one try of a command that writes. All tries of one command have one id, and are written once.
type attempt struct{ name, given string }

// flag adds the flag by which an attempt is repeated.
func (a *attempt) flag(cmd *cobra.Command, name string) {
	a.name = name
	cmd.Flags().StringVar(&a.given, name, "", "`ID` of an attempt that failed or was not confirmed, as it was printed: it is written once")
}

// id is that of the attempt.
func (a *attempt) id() string {
	if a.given == "" {
		a.given = action.NewID()
	}
	return a.given
}

// of is the attempt at a command in these words.
func (a *attempt) of(words ...string) app.Attempt { return app.Attempt{ID: a.id(), Words: words} }

// failed adds to an error how the same can be tried again without writing it twice, where it can.
func (a *attempt) failed(err error) error {
	is := func(of ...error) bool {
		return slices.ContainsFunc(of, func(e error) bool { return errors.Is(err, e) })
	}
	wrong := new(order.Error)
	switch {
	case errors.As(err, &wrong) && wrong.Mistake:
		return usageError{err}
	case is(dutylog.ErrTaken):
		return fmt.Errorf("%w; what is there was recorded, and this was not: write it without --%s", err, a.name)
	case is(dutylog.ErrNotRecorded, dutylog.ErrNotConfirmed, ownfeed.ErrNotRecorded, ownfeed.ErrNotConfirmed):
		return fmt.Errorf("%w; to try again without writing it twice: --%s %s", err, a.name, a.id())
	}
	return opened(err)
}
