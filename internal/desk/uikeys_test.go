package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// console stands for the console: it knows quit and events, and a filter with "?" is wrong at it.
type console struct{}

func (console) Known(word string) bool { return word == "quit" || word == "events" }

func (c console) Line(line string) (int, error) {
	word, rest, _ := strings.Cut(line, " ")
	if !c.Known(word) {
		return 0, errors.New("no such command")
	}
	at, err := c.Filter(word, rest)
	return at + len(word) + 1, err
}

func (console) Screen(name string) error {
	if name != "events" {
		return errors.New("no such screen")
	}
	return nil
}

func (console) Filter(_, filter string) (int, error) {
	if i := strings.IndexByte(filter, '?'); i >= 0 {
		return i, errors.New("that cannot be asked")
	}
	return 0, nil
}

func TestConsoleKeys(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte(`
[keys]
acknowledge = ["a", "ctrl+a"]
show-watch = []
quit = "Q"
[keys.prompt]
complete = ["tab"]
[alias]
gao = "events place:Gao"
[[view]]
name = "night"
screen = "events"
filter = "severity>=severe"
`))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	var got []string
	for _, k := range cfg.UI.Keys {
		got = append(got, k.Scope+"/"+k.Action+"="+strings.Join(k.Keys, ","))
	}
	if want := []string{"/acknowledge=a,ctrl+a", "/show-watch=", "/quit=Q", "prompt/complete=tab"}; !slices.Equal(got, want) {
		t.Errorf("keys are %q, want %q", got, want)
	}
	if a := cfg.UI.Aliases; len(a) != 1 || a[0].Name != "gao" || a[0].Line != "events place:Gao" {
		t.Errorf("aliases are %+v", a)
	}
	if v := cfg.UI.Views; len(v) != 1 || v[0].Line() != "events" || v[0].Filter != "severity>=severe" {
		t.Errorf("views are %+v", v)
	}
}

func TestConsoleKeysThatAreWrong(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"keys = 1", "1:8: here stands a whole number, where keys should be"},
		{"[keys]\nquit = [1]", "2:9: here stands a whole number, where a key should be"},
		{"[keys.board]\nquit = \"a\"\n[keys]\nquit = \"q\"\n", ""},
		{"[alias]\nGao = \"events\"", `2:1: "Gao" cannot be typed as a command`},
		{"[alias]\ngao = 1", "2:7: here stands a whole number, where a command line should be"},
		{"[alias]\nquit = \"events\"", `2:1: "quit" is a command already`},
		{"[alias]\nloop = \"loop2\"\nloop2 = \"events\"", `2:9: an alias cannot name an alias: write what "loop2" stands for`},
		{"[alias]\ngao = \"evnts place:Gao\"", "2:8: no such command"},
		{"[alias]\ngao = \"events\"\nmopti = \"quit a?b\"", "3:16: that cannot be asked"},
		{"[[view]]\nname = \"a b\"\nscreen = \"events\"", `2:8: view "a b" cannot be typed`},
		{"[[view]]\nname = \"a\"", "1:3: this view lacks its name or its screen"},
		{"[[view]]\nname = \"a\"\nscreen = \"evnts\"", "3:11: no such screen"},
		{"[[view]]\nname = \"a\"\nscreen = \"events\"\nfilter = \"x?\"", "4:12: that cannot be asked"},
		{"[[view]]\nname = \"a\"\nscreen = \"events\"\nsort = \"x\"", `4:1: unknown key "sort"`},
		{"[[view]]\nname = \"a\"\nscreen = \"events\"\n[[view]]\nname = \"a\"\nscreen = \"events\"", `4:3: view "a" is in line 1 already`},
	} {
		cfg, problems := ParseConfig("vigil.toml", []byte(c.text))
		text := printed(append(problems, cfg.CheckLines(console{})...))
		if c.want == "" && text != "" || !strings.Contains(text, c.want) {
			t.Errorf("%q: %q, want %q", c.text, text, c.want)
		}
	}
}

func TestCheckKeysSaysWhere(t *testing.T) {
	cfg, _ := ParseConfig("vigil.toml", []byte("[keys]\nquit = [\"a\",\n  \"b\"]\n[keys.board]\nopen = []"))
	text := printed(cfg.CheckKeys([]WrongKey{{0, -1, "action"}, {0, 1, "key"}, {1, -2, "scope"}}))
	for _, want := range []string{"2:1: action", "3:3: key", "4:7: scope"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
}
