package widget

import (
	"errors"
	"slices"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/misspelt"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
)

// Field is one labelled line of a [Form].
type Field struct {
	Key   string // names it to the screen
	Label string
	// Blank stands in the field while nothing is in it, and says what that means, such as "unknown".
	Blank string
	// Rows is how many lines a long text may take; 0 is one.
	Rows int
	// Words are the candidates for completing what is typed, the best first; nil for none. It is asked often, with the
	// text before the cursor, and with nothing for all of them.
	Words func(typed string) []string
	// Strict says that only one of the candidates will do, or what Read takes, or nothing.
	Strict bool
	// Read says how a text that is not empty is understood, or what is wrong with it and what to write. Nil takes everything.
	Read func(text string) (as string, err error)
}

// field is a field with what is in it.
type field struct {
	Field
	prompt Prompt
	given  string // what it held when the form began, or was last filled with
	from   string // where that came from, in a few words
	own    bool   // a person typed in it
	left   bool   // the person was here and went on: what is wrong with it may be said
	fault  string // what the desk said of it at the last save
	pick   int    // the candidate that was put in by going through them, from 1
	stem   string // what was typed before that
	begun  string // the part of it before the cursor, for which the candidates are
}

// Form is labelled fields, one to a line, of which one has the keys. Its bindings are those of [keys.Form]. A person may type
// into a field, take what it was filled with as it is, or type over that: the first character replaces it.
//
// What can be completed shows its candidates under it. The key of the first puts it in; leaving a strict field completes what
// only one candidate begins with. What is wrong is said under its field once the person has gone on.
type Form struct {
	fields []*field
	focus  int
	offset int // the first line shown
}

// NewForm makes a form. The first field has the keys.
func NewForm(fields ...Field) *Form {
	f := &Form{}
	for _, d := range fields {
		f.fields = append(f.fields, &field{Field: d})
	}
	return f
}

// Done is what a key did to a form.
type Done uint8

// What keys do. Nothing is all that the person sees and the screen need not know of, such as a cursor that moved.
const (
	Nothing Done = iota
	Edited       // the text of the field that has the keys changed
	Moved        // another field has the keys; the text of the one left may have been completed
	Saved        // it is to be saved: every field can be read
	Leave        // the person wants to leave: ask if [Form.Typed]
)

// Key does what a binding asks for.
func (f *Form) Key(id keys.ID) Done {
	d := f.at()
	switch id {
	case keys.Accept:
		if f.focus == len(f.fields)-1 {
			return f.save()
		}
		return f.move(1)
	case keys.Save:
		return f.save()
	case keys.NextField:
		return f.move(1)
	case keys.PreviousField:
		return f.move(-1)
	case keys.Cancel, keys.Interrupt:
		return Leave
	case keys.Newer:
		return f.through(1)
	case keys.Older:
		return f.through(-1)
	case keys.CursorOn:
		if d.prompt.cursor == len(d.prompt.text) {
			return f.take()
		}
	}
	before := d.prompt.Value()
	if erases(id) && d.whole() {
		d.prompt.Clear()
	} else if !d.prompt.Edit(id) {
		return Nothing
	}
	if d.prompt.Value() == before {
		return Nothing
	}
	d.touch()
	return Edited
}

func erases(id keys.ID) bool {
	return id == keys.EraseBack || id == keys.EraseOn || id == keys.EraseWord || id == keys.EraseLine
}

// Type puts text in: a character, or what was pasted.
func (f *Form) Type(text string) Done {
	d := f.at()
	if d.whole() {
		d.prompt.Clear()
	}
	d.prompt.Insert(text)
	d.touch()
	return Edited
}

// whole reports whether the field still holds what it was filled with, so that typing replaces it.
func (d *field) whole() bool { return !d.own && d.prompt.Value() != "" }

func (d *field) touch() { d.own, d.left, d.fault, d.pick = true, false, "", 0 }

func (f *Form) at() *field { return f.fields[f.focus] }

func (f *Form) find(key string) *field {
	for _, d := range f.fields {
		if d.Key == key {
			return d
		}
	}
	panic("form: there is no field " + key)
}

// Focus is the key of the field that has the keys.
func (f *Form) Focus() string { return f.at().Key }

// Value is what stands in a field, without blanks at its ends.
func (f *Form) Value(key string) string { return strings.TrimSpace(f.find(key).prompt.Value()) }

// Own reports whether a person typed in a field.
func (f *Form) Own(key string) bool { return f.find(key).own }

// Fill puts a value into a field that nobody typed in, with where it comes from in a few words. What a person typed stays.
func (f *Form) Fill(key, value, from string) {
	d := f.find(key)
	if d.own {
		return
	}
	d.prompt.Clear()
	d.prompt.Set(value)
	d.given, d.from, d.fault = d.prompt.Value(), from, ""
}

// Fault says under a field what the desk found wrong with it, and goes there.
func (f *Form) Fault(key, message string) {
	for i, d := range f.fields {
		if d.Key == key {
			f.focus, d.fault = i, message
		}
	}
}

// Typed reports whether anything would be lost by leaving.
func (f *Form) Typed() bool {
	return slices.ContainsFunc(f.fields, func(d *field) bool { return d.own && d.prompt.Value() != d.given })
}

// move goes to the field before or after. At the ends it goes round.
func (f *Form) move(by int) Done {
	d := f.at()
	d.complete()
	d.left = true
	f.focus = (f.focus + by + len(f.fields)) % len(f.fields)
	d = f.at()
	d.prompt.Edit(keys.LineEnd)
	d.pick = 0
	return Moved
}

// save completes what can be, and goes to the first field that cannot be read.
func (f *Form) save() Done {
	f.at().complete()
	wrong := -1
	for i, d := range f.fields {
		d.left = true
		if d.wrong(nil) != "" && wrong < 0 {
			wrong = i
		}
	}
	if wrong < 0 {
		return Saved
	}
	f.focus = wrong
	f.at().prompt.Edit(keys.LineEnd)
	return Moved
}

// wrong is what is wrong with a field, in words of a language.
func (d *field) wrong(in *lang.Language) string {
	if d.fault != "" {
		return d.fault
	}
	_, err := d.read()
	if err != nil {
		return worded(in, err)
	}
	return ""
}

// worded is an error in words of a language, if it has such.
func worded(in *lang.Language, err error) string {
	if e := (*unlisted)(nil); errors.As(err, &e) {
		return e.said(in)
	}
	return err.Error()
}

// read understands what stands in a field; nothing is never wrong.
func (d *field) read() (as string, err error) {
	text := strings.TrimSpace(d.prompt.Value())
	switch {
	case text == "":
		return "", nil
	case d.Read != nil:
		if as, err = d.Read(text); err == nil {
			return as, nil
		}
	}
	if d.Strict && d.Words != nil && !slices.Contains(d.Words(""), text) {
		return "", &unlisted{text, d.near(text), d.Words("")}
	}
	return "", err
}

// near are the words that may be meant by what was typed: those that begin so, else the one that it is nearly.
func (d *field) near(text string) []string {
	if words := d.Words(text); len(words) > 0 {
		return words
	}
	const most = 2 // letters that are others
	first := string([]rune(text)[:1])
	best, at := "", most+1
	for _, w := range slices.Concat(d.Words(first), d.Words("")) {
		if n := misspelt.Distance(strings.ToLower(text), strings.ToLower(w)); n < at && n < len([]rune(w))/2 {
			best, at = w, n
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}

// unlisted is a word that is none of the candidates.
type unlisted struct {
	text  string
	near  []string
	words []string // that are offered where nothing is typed
}

func (e *unlisted) Error() string { return e.said(nil) }

func (e *unlisted) said(in *lang.Language) string {
	if len(e.near) == 0 {
		return in.Sayf("%s is none of the words: empty the field to see them", e.text)
	}
	return in.Sayf("which one? %s", strings.Join(e.near, ", "))
}

// candidates are what may be put in for what is typed, but for what stands there already.
func (d *field) candidates() []string {
	if d.Words == nil {
		return nil
	}
	list := d.Words(d.beginning())
	if len(list) == 1 && list[0] == d.prompt.Value() {
		return nil
	}
	return list
}

// beginning is what candidates begin with: what stands before the cursor, and while they are gone through, what stood there.
func (d *field) beginning() string {
	switch {
	case d.pick > 0:
		return d.begun
	case d.whole():
		return ""
	}
	return string(d.prompt.text[:d.prompt.cursor])
}

// take puts the first candidate in.
func (f *Form) take() Done {
	d := f.at()
	list := d.candidates()
	if len(list) == 0 || d.prompt.Value() == "" {
		return Nothing
	}
	d.put(list[0])
	return Edited
}

// through puts the candidate in that comes after or before the one that stands there, and what was typed after the last.
func (f *Form) through(by int) Done {
	d := f.at()
	list := d.candidates()
	if len(list) == 0 {
		return Nothing
	}
	begun := d.beginning()
	if d.pick == 0 {
		d.stem = d.prompt.Value()
		if d.whole() {
			d.stem = ""
		}
	}
	pick, stem := (d.pick+by+len(list)+1)%(len(list)+1), d.stem
	if pick == 0 {
		d.put(stem)
	} else {
		d.put(list[pick-1])
	}
	d.pick, d.stem, d.begun = pick, stem, begun
	return Edited
}

func (d *field) put(text string) {
	d.prompt.Set(text)
	d.touch()
}

// complete puts in what a strict field can only mean: the one candidate, or the one that is the same but for its case.
func (d *field) complete() {
	text := strings.TrimSpace(d.prompt.Value())
	if !d.Strict || d.Words == nil || text == "" {
		return
	}
	list := d.Words(text)
	for _, c := range list {
		if strings.EqualFold(c, text) {
			list = []string{c}
			break
		}
	}
	if len(list) == 1 && list[0] != d.prompt.Value() {
		d.put(list[0])
	}
}

// Begins keeps the words that a text may stand for: those that begin with it, then those with a part that does; case does not
// count, and neither do accents nor which of a blank, a hyphen and an underscore stands between parts. Nothing stands for all.
func Begins(words []string, typed string) []string {
	typed = parts(strings.TrimSpace(typed))
	var first, later []string
	for _, w := range words {
		switch p := parts(w); {
		case strings.HasPrefix(p, typed):
			first = append(first, w)
		case strings.Contains(p, " "+typed):
			later = append(later, w)
		}
	}
	return append(first, later...)
}

func parts(s string) string {
	if !printableASCII(s) {
		if latin := safetext.Clean(s).ASCII(); !strings.Contains(latin, "?") {
			s = latin
		}
	}
	return strings.NewReplacer("_", " ", "-", " ", "/", " ").Replace(strings.ToLower(s))
}
