package doctor

import (
	"fmt"
	"time"

	"vigil/internal/source"
)

// What vigil needs at the least: it opens one file at a time for each source, and watches each directory of the desk once.
const (
	leastFiles     = 64
	leastWatches   = 64
	leastInstances = 4
	leastMemory    = 128 << 20
)

// Limited says what is found about the limits of the process.
func Limited() []Finding {
	watches, instances := watchLimits()
	return []Finding{openFiles(fileLimit()), watched(watches, instances), memory(memoryLimit())}
}

func openFiles(n uint64) Finding {
	const name = "open files"
	switch {
	case n == 0:
		return finding(Limits, name, "no limit is told", "as many as there are sources, and some")
	case n < leastFiles:
		return lesser(Limits, name, fmt.Sprintf("at most %d", n), fmt.Sprintf("sources that cannot be opened are FAILED, and say why; ulimit -n %d", 16*leastFiles))
	default:
		return finding(Limits, name, fmt.Sprintf("at most %d", n), "as many as there are sources, and some")
	}
}

func watched(watches, instances int) Finding {
	const name = "inotify"
	if watches == 0 {
		return finding(Limits, name, "no limit is told", fmt.Sprintf("what cannot be watched is looked at every %s", source.DefaultInterval))
	}
	found := fmt.Sprintf("at most %d directories and %d programs for each user", watches, instances)
	if watches < leastWatches || instances < leastInstances {
		return lesser(Limits, name, found, fmt.Sprintf("what cannot be watched is looked at every %s; sysctl fs.inotify.max_user_instances=128 fs.inotify.max_user_watches=65536", source.DefaultInterval))
	}
	return finding(Limits, name, found, "one for each directory of the desk, and one program for each console")
}

func memory(limit uint64) Finding {
	const name = "memory"
	switch {
	case limit == 0:
		return finding(Limits, name, "no limit of a control group", "incidents are held in some hundred bytes each, their words on the disk")
	case limit < leastMemory:
		return lesser(Limits, name, "at most "+bytes(limit), "the kernel may end vigil while it reads large feeds; give it 128 MiB or more")
	default:
		return finding(Limits, name, "at most "+bytes(limit), "incidents are held in some hundred bytes each, their words on the disk")
	}
}

// Times is what is known of the clock.
type Times struct {
	Now    time.Time
	Zone   *time.Location
	Built  time.Time // when this program was made; zero if it does not know
	Newest time.Time // the newest file that vigil has written, or zero
	Of     string    // what that file is
}

// behind is how far a clock may be behind what it wrote itself before that is said.
const behind = 2 * time.Minute

// Look says what is found about the clock.
func (t Times) Look() []Finding {
	const name = "clock"
	now := t.Now.UTC().Format("2006-01-02 15:04:05Z")
	all := []Finding{}
	switch {
	case t.Now.Before(t.Built):
		all = append(all, lesser(Clock, name, now+", which is before this vigil was made ("+t.Built.UTC().Format("2006-01-02 15:04Z")+")",
			"it is believed all the same: ages and windows are wrong. Set the clock"))
	case t.Newest.Sub(t.Now) > behind:
		all = append(all, lesser(Clock, name, now+", which is before "+t.Of+" of "+t.Newest.UTC().Format("2006-01-02 15:04:05Z"),
			"records keep the times that they came at, and the console says that the clock was set back. Set it right"))
	default:
		all = append(all, finding(Clock, name, now, "it is believed: ages, windows and alarms are by it"))
	}
	zone, offset := t.Now.In(t.Zone).Zone()
	found := fmt.Sprintf("%s, UTC%+03d:%02d", zone, offset/3600, offset/60%60)
	if offset < 0 {
		found = fmt.Sprintf("%s, UTC-%02d:%02d", zone, -offset/3600, -offset/60%60)
	}
	if offset == 0 {
		return append(all, finding(Clock, "zone", found, "times are UTC; a place has its own clock beside it"))
	}
	return append(all, finding(Clock, "zone", found, "times are UTC, with local ones beside where a place is meant"))
}
