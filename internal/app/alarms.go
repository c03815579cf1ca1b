package app

import (
	"context"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/picture"
)

// Rules are the alarm rules of a desk: those that ship, and what its vigil.toml makes of them.
func Rules(o Options) (rule.Set, error) {
	h, err := load(o, false, false)
	if err != nil {
		return nil, err
	}
	return rule.With(h.config.Alarms), nil
}

// Replay is what rules would have rung on a desk over a time that ends now. Each day of it is looked at where a rule asks about
// countries.
func Replay(ctx context.Context, o Options, rules func(rule.Set) (rule.Set, error), back time.Duration) (alarm.Replayed, error) {
	h, _, err := readOnce(ctx, o, false)
	if err != nil {
		return alarm.Replayed{}, err
	}
	asked, err := rules(rule.With(h.config.Alarms))
	if err != nil {
		return alarm.Replayed{}, err
	}
	now := h.clock()
	from := now.Add(-back)
	r := alarm.NewReplay(asked, from, now)
	r.Incidents(h.store.At(now, now, now).For(picture.DutyOfficer))
	if r.Countries() {
		const day = 24 * time.Hour
		for t := from.Truncate(day).Add(day); t.Before(now); t = t.Add(day) {
			if err := ctx.Err(); err != nil {
				return alarm.Replayed{}, err
			}
			r.Day(h.store.At(now, t, now).For(picture.DutyOfficer))
		}
	}
	return r.Result(), nil
}
