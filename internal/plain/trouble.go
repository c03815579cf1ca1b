package plain

import (
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// trouble is what is wrong with the desk, such as a duty log that could be read in part only, a line each: what follows is then not whole.
func trouble(v picture.View, l Layout) (lines []string) {
	for _, t := range inEnglish(v.Desk().Trouble) {
		lines = append(lines, "! "+l.text(t))
	}
	return lines
}

// inEnglish are texts as lines that programs and files have them.
func inEnglish(list []saying.Saying) (texts []safetext.Text) {
	for i := range list {
		texts = append(texts, safetext.Clean(list[i].String()))
	}
	return texts
}

// texts are texts for programs; never nil.
func texts(list []safetext.Text) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, t.String())
	}
	return out
}
