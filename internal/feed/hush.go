package feed

import (
	"strings"

	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// hushed stands for what is wrong with a value of a restricted record.
const hushed = "something is wrong with it; what stands there is not shown: restricted"

// unlisted is said of a mark that is none of ours, which is what restricts the record.
const unlisted = "handling: it is none of the words for it, and counts as strictly confidential; what stands there is not shown"

// Hush takes what they quote out of the problems of a record that is restricted, as far as it was read, or whose source is: a problem is shown
// to everybody, and its place says where to look. It is done once however often it is asked for.
func (c *Context) Hush(i *incident.Incident, list []problem.Problem) {
	if len(list) == 0 || !i.Restricted() && c.Handling.Value < incident.Restricted {
		return
	}
	for n := range list {
		p := &list[n]
		field, rest, found := strings.Cut(p.Message.String(), ": ")
		switch {
		case strings.Contains(p.Message.String(), "strictly confidential"):
			p.Message = safetext.Const(unlisted)
		case !found && !strings.ContainsAny(field, "\"“") || rest == hushed:
		case found && isField(field):
			p.Message = safetext.Clean(field + ": " + hushed)
		default:
			p.Message = safetext.Const("the record: " + hushed)
		}
	}
}

// isField reports whether the beginning of a message names a field or a column, and quotes nothing.
func isField(s string) bool {
	const longest = 40
	return len(s) <= longest && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_.[]0123456789") == ""
}
