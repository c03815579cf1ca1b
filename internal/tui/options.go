package tui

import (
	"context"
	"time"

	"vigil/internal/action"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/watch"
)

// Options are everything that the console gets from whoever starts it. Only Views, Clock, Theme and
// Keys are needed.
type Options struct {
	// Views is the mailbox of pictures: of capacity one, and whoever fills it takes an older one out first, so
	// that the latest wins. It may be closed.
	Views <-chan picture.View
	// Clock tells the time; it is called from the UI goroutine and must not block.
	Clock func() time.Time
	Caps  term.Caps
	// Language is how the console is said; nil is English.
	Language *lang.Language
	// Output paces the frames; nil draws each at once.
	Output *term.Output
	// Measure tells what is known of the link to the terminal; nil is a link that bears everything.
	Measure func() term.Measure
	// Thrift is how sparingly is drawn at least, whatever the link bears.
	Thrift term.Thrift
	// Lines says that whoever starts the console has plain lines to go on with when [Model.Fell]: a link too slow for screens.
	Lines bool

	Theme *theme.Theme
	// ThemeTrouble is what is wrong with the theme that was asked for, in whose place Theme is drawn with; zero is nothing.
	ThemeTrouble safetext.Text
	// Themes brings themes whose file changed, and what is wrong with a file that was not used.
	Themes <-chan Theming
	// LoadTheme finds a theme by name for ":theme"; it is called outside of the UI goroutine.
	LoadTheme func(name string) (*theme.Theme, error)
	// ThemeNames complete ":theme".
	ThemeNames []string

	Keys *keys.Table
	// Wall opens the hands-free screen in place of the board; nil is the board.
	Wall *watch.Options
	// LocalTime shows local times beside UTC: that of Location in the header, that of a place with the place.
	LocalTime bool
	Location  *time.Location

	// Aliases and Named, the views, are those of vigil.toml, which [Check] has found right.
	Aliases []Alias
	Named   []View
	// Memory is what is remembered of the person, and Remember takes more of it; it is called outside of the UI goroutine. Nil
	// remembers nothing.
	Memory   Memory
	Remember func(Kept) error

	// Alert is how a new alarm rings on the terminal, beside what the screens show.
	Alert ring.Ways

	// Attend is told of each key, from the UI goroutine, and must not block; nil is nobody.
	Attend func()

	Actor action.Actor
	// Act hands a command to the desk; it is called outside of the UI goroutine. Nil is a console
	// that can only look.
	Act func(ctx context.Context, e action.Envelope) error
}

// Theming is a theme that was read again. Theme is nil when the file could not be used: the theme in
// force stays and Trouble says why, with file, line and column.
type Theming struct {
	Theme   *theme.Theme
	Trouble safetext.Text
}
