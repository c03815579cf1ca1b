package ground

import (
	"vigil/internal/country"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// LevelLog is the changes of a country's official levels that the desk has seen, gathered from picture to
// picture: the log of changes is long and only grows, so it is read once. The zero value has read nothing.
type LevelLog struct {
	ahead   bool // it is of a picture that was made ahead, which has a log of its own
	seq     int
	changes []level.Change // oldest first
}

// Changes brings the log up to v and lists the changes of c, newest first, that were seen by the times of the
// picture. One log is of one country.
func (l *LevelLog) Changes(v picture.View, c country.Code) []level.Change {
	if v.LastChange() < l.seq || v.Ahead() != l.ahead {
		*l = LevelLog{ahead: v.Ahead()}
	}
	for ch := range v.OtherChanges(l.seq) {
		if ch.Kind == picture.LevelChanged && ch.Level.Country == c {
			l.changes = append(l.changes, ch.Level)
		}
	}
	l.seq = v.LastChange()
	var list []level.Change
	for i := len(l.changes) - 1; i >= 0; i-- {
		if ch := l.changes[i]; !ch.Seen.After(v.Known()) && !ch.Seen.After(v.Valid()) {
			list = append(list, ch)
		}
	}
	return list
}
