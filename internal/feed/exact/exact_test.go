package exact

import (
	"errors"
	"strings"
	"testing"

	"vigil/internal/feed"
)

const whole = `{"data": [
  {"id": "1", "n": 2.50, "empty": null, "list": ["a", 3, true], "é": {"deep": "  x "}},
  {"id": 7, "id": 8}
]}
`

func TestRead(t *testing.T) {
	d, _, err := Read(feed.NewContext("a.json"), []byte("\xEF\xBB\xBF"+whole))
	if err != nil {
		t.Fatal(err)
	}
	items := d.Root.Get("data").Items()
	if len(items) != 2 {
		t.Fatal(len(items))
	}
	first := &items[0]
	for _, tt := range []struct{ got, want string }{
		{first.Get("id").Text(), "1"},
		{first.Get("n").Text(), "2.50"},
		{first.Get("empty").Text(), ""},
		{first.Get("list").Text(), ""},
		{strings.Join(first.Get("list").Texts(), ","), "a,3"},
		{first.Get("é", "deep").Text(), "x"},
		{first.Get("é", "Deep").Text(), ""},
		{first.Get("no", "such").Text(), ""},
		{first.Twice(), ""},
		{items[1].Twice(), "id"},
		{d.Root.Twice(), "id"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
	if n, ok := first.Get("n").Number(); n != 2.5 || !ok {
		t.Error(n, ok)
	}
	if _, ok := first.Get("empty").Number(); ok {
		t.Error("null is a number")
	}
	if !first.Has("id", "empty") || first.Has("id", "nothing") {
		t.Error("Has")
	}
	for _, tt := range []struct {
		v            *Value
		line, column int
	}{
		{first, 2, 3},
		{first.Get("é", "deep"), 2, 79},
		{&items[1], 3, 3},
		{first.Get("id"), 2, 10}, // backwards
	} {
		if line, column := d.Place(tt.v); line != tt.line || column != tt.column {
			t.Errorf("at %d:%d, want %d:%d", line, column, tt.line, tt.column)
		}
	}
}

func TestNotWhole(t *testing.T) {
	for name, body := range map[string]string{
		"":          "a.json:1:1: not whole JSON: it ends in the middle; wait",
		"<html>":    "a.json:1:1: not JSON: invalid character '<'",
		"{} {}":     "a.json:1:",
		"[1,\n2,,]": "a.json:2:3",
		strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1): "more than 32 deep",
		strings.Repeat("[", 100_000):                                      "more than 32 deep",
	} {
		_, _, err := Read(feed.NewContext("a.json"), []byte(name))
		if !errors.Is(err, feed.ErrHalf) {
			t.Errorf("%.40q: %v", name, err)
			continue
		}
		if got := feed.AsProblem(feed.NewContext("a.json"), err).String(); !strings.Contains(got, body) {
			t.Errorf("%.40q: %s", name, got)
		}
	}
	trimmed := strings.TrimSpace(whole)
	for cut := range trimmed {
		if _, _, err := Read(feed.NewContext("a.json"), []byte(trimmed[:cut])); !errors.Is(err, feed.ErrHalf) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

func TestGlance(t *testing.T) {
	for cut := range whole {
		v := Glance([]byte(whole[:cut]))
		if got, want := v.Is('{'), cut > 0; got != want {
			t.Fatalf("cut at %d: %t", cut, got)
		}
		if got, want := v.Has("data"), cut > 9; got != want {
			t.Errorf("cut at %d: %t", cut, got)
		}
	}
	if items := Glance([]byte(whole[:30])).Get("data").Items(); len(items) != 1 || items[0].Get("id").Text() != "1" {
		t.Error(items)
	}
}

// FuzzRead holds for every input: no panic, and each value begins where it says.
func FuzzRead(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`[[],{},"",0,-1e9,null,true]`))
	f.Add([]byte(`{"a":{"a":1,"a":2}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		Glance(body)
		d, _, err := Read(feed.NewContext("fuzz"), body)
		if err != nil {
			if !errors.Is(err, feed.ErrHalf) {
				t.Error(err)
			}
			return
		}
		check(t, d, &d.Root)
	})
}

func check(t *testing.T, d *Document, v *Value) {
	if at := d.body[v.offset]; v.kind != '0' && at != byte(v.kind) {
		t.Errorf("a %c begins at %d, where %c stands", v.kind, v.offset, at)
	}
	if line, column := d.Place(v); line < 1 || column < 1 {
		t.Error(line, column)
	}
	for n := range v.values {
		check(t, d, &v.values[n])
	}
}
