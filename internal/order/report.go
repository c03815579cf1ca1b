package order

import (
	"strings"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// degrees is how far something may be said to be established; that it did not happen is refute's to say.
var degrees = []string{incident.Unconfirmed.String(), incident.Probable.String(), incident.Confirmed.String()}

func (l *line) verify() (action.Command, error) {
	name, err := l.incident()
	if err != nil {
		return nil, err
	}
	word := l.word()
	to := incident.ParseVerification(word)
	if word == "" || to.Unlisted() || to.Value == incident.Refuted {
		return nil, mistake(saying.Errorf("%q is not how far something is established: that is %s", safetext.CleanMax(word, 40).String(), strings.Join(degrees, ", ")))
	}
	return action.Verify(name, to.Value, l.rest()), nil
}

func (l *line) refute() (action.Command, error) {
	name, err := l.incident()
	if err != nil {
		return nil, err
	}
	why, err := duty.ParseRefutation(l.word())
	if err != nil {
		return nil, mistake(err)
	}
	return action.Refute(name, why, l.rest()), nil
}

// degree lists how far something may be established as the third word.
func (l *line) degree(n int) []string {
	if n != 2 {
		return nil
	}
	return degrees
}

// refutation lists why something may be refuted as the third word.
func (l *line) refutation(n int) []string {
	if n != 2 {
		return nil
	}
	var words []string
	for _, r := range duty.Refutations() {
		words = append(words, string(r))
	}
	return words
}
