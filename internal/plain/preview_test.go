package plain

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/theme"
	"vigil/internal/tui/widget"
)

// TestSamples: each role has words, which fit their column and need nothing but ASCII where that is wanted.
func TestSamples(t *testing.T) {
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		t.Fatal(err)
	}
	for _, ascii := range []bool{false, true} {
		p := th.Palette(colorprofile.ANSI, ascii)
		for _, r := range theme.Roles() {
			text := sample(p, r)
			if w := widget.Width(text); w == 0 || w > sampleCells {
				t.Errorf("%s is shown as %q, of %d cells", r, text, w)
			}
			for _, c := range text {
				if ascii && c > '~' {
					t.Errorf("%s is shown as %q", r, text)
				}
			}
			if len(r.String()) >= nameCells {
				t.Errorf("%s does not fit its column", r)
			}
		}
	}
}

// TestPreviewFits: at every width, no line is wider, and every role is there once.
func TestPreviewFits(t *testing.T) {
	th, err := theme.LoadShipped(theme.Night)
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{40, 79, 80, 132, 300} {
		var b strings.Builder
		if err := PreviewText(&b, []ThemePreview{{Entry: ThemeEntry{Name: "night"}, Theme: th, Profile: colorprofile.NoTTY}}, Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if w := widget.Width(strings.TrimSuffix(line, "\n")); w > width {
				t.Errorf("%d cells at %d: %s", w, width, line)
			}
		}
		if n := strings.Count(b.String(), "severity.critical"); n != 1 {
			t.Errorf("at %d a role is there %d times", width, n)
		}
	}
}
