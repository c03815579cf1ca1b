package desk

import (
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/fetch/address"
	"vigil/internal/notify/channel"
	"vigil/internal/safetext"
)

// Heartbeat says where the console shows others that it is alive. The zero value is nowhere.
type Heartbeat struct {
	File  string         // written, relative to the desk or absolute
	URL   address.Secret // called
	Every time.Duration

	Line int // of the table in vigil.toml
}

// The limits of how often the heart beats.
const (
	minBeat     = 5 * time.Second
	maxBeat     = time.Hour
	defaultBeat = 30 * time.Second
)

var outKeys = []key[channel.Channel]{
	{"name", func(r *reader, n *node, c *channel.Channel) { c.Name = r.outName(n) }},
	{"kind", func(r *reader, n *node, c *channel.Channel) {
		if word := r.plainText(n).String(); n.kind == textNode && r.oneOf(n.at, "kind", word, channel.Kinds()) {
			c.Kind = channel.Kind(word)
		}
	}},
	{"url", func(r *reader, n *node, c *channel.Channel) { c.URL = r.secret(n) }},
	{"command", func(r *reader, n *node, c *channel.Channel) { c.Command = r.commandLine(n) }},
	{"severity", func(r *reader, n *node, c *channel.Channel) {
		var known []string
		for _, s := range duty.Severities() {
			known = append(known, string(s))
		}
		if word := r.plainText(n).String(); n.kind == textNode && r.oneOf(n.at, "severity", word, known) {
			c.Severity = duty.Severity(word)
		}
	}},
	{"tries", func(r *reader, n *node, c *channel.Channel) {
		if v, ok := r.integer(n, 1, channel.MaxTries); ok {
			c.Tries = v
		}
	}},
	{"retry", func(r *reader, n *node, c *channel.Channel) {
		r.between(n, channel.MinRetry, channel.MaxWait, &c.Retry)
	}},
	{"timeout", func(r *reader, n *node, c *channel.Channel) {
		r.between(n, channel.MinTimeout, channel.MaxTimeout, &c.Timeout)
	}},
	{"repeat", func(r *reader, n *node, c *channel.Channel) { r.between(n, channel.MinRepeat, day, &c.Repeat) }},
}

var heartbeatKeys = []key[Heartbeat]{
	{"file", func(r *reader, n *node, h *Heartbeat) { h.File = r.ownFile(n) }},
	{"url", func(r *reader, n *node, h *Heartbeat) { h.URL = r.secret(n) }},
	{"every", func(r *reader, n *node, h *Heartbeat) { r.between(n, minBeat, maxBeat, &h.Every) }},
}

// between reads a length of time between the limits.
func (r *reader) between(n *node, least, most time.Duration, to *time.Duration) {
	d, ok := r.duration(n, least)
	if ok && d > most {
		r.errorf(n.at, "%s is too long: write at most %s", quote(n.text), FormatDuration(most))
		return
	}
	if ok {
		*to = d
	}
}

// secret reads where a secret comes from. What stands there is never shown.
func (r *reader) secret(n *node) address.Secret {
	if !r.is(n, textNode) {
		return address.Secret{}
	}
	s, err := address.ParseSecret(n.text)
	if err != nil {
		r.errorf(n.at, "%v", err)
		return address.Secret{}
	}
	if top := dataDir(s.File); top != "" {
		r.errorf(n.at, "what lies in %s/ is read as data: put the secret elsewhere, such as secrets/%s", top, safetext.Clean(filepath.Base(s.File)))
		return address.Secret{}
	}
	return s
}

// dataDir is the directory of the desk, of those that are read or written as data, in which a path lies; empty for none.
func dataDir(path string) string {
	top, _, _ := strings.Cut(filepath.ToSlash(filepath.Clean(path)), "/")
	switch top {
	case FeedsDir, LevelsDir, PresenceDir, CalendarDir, ProfilesDir, IntakeDir, DutyLogDir:
		return top
	}
	return ""
}

// ownFile reads the path of a file that vigil writes.
func (r *reader) ownFile(n *node) string {
	p := r.path(n)
	top := dataDir(p)
	if top != "" || filepath.Clean(p) == ConfigName {
		r.errorf(n.at, "vigil writes this file, and %s is not for that: write another path", quote(p))
		return ""
	}
	return p
}

func (r *reader) outName(n *node) string {
	name := r.plainText(n).String()
	switch {
	case n.kind != textNode:
	case name == "":
		r.errorf(n.at, "the name of a channel is empty: it stands in the duty log")
	case len(name) > channel.MaxName:
		r.errorf(n.at, "the name has %d bytes: write at most %d", len(name), channel.MaxName)
	}
	return name
}

// commandLine reads a program and its arguments. There is no shell.
func (r *reader) commandLine(n *node) []string {
	var list []string
	for _, item := range r.items(n) {
		switch {
		case !r.is(item, textNode):
		case strings.ContainsRune(item.text, 0), item.text == "" && len(list) == 0:
			r.errorf(item.at, "this is empty or holds a NUL: write the program, and each argument as a text of its own")
		default:
			list = append(list, item.text)
		}
	}
	return list
}

// outs reads the [[out]] blocks.
func (r *reader) outs(n *node) []channel.Channel {
	if n.kind == tableNode {
		r.errorf(n.at, "a channel is written [[out]], with two brackets, because there can be several")
		return nil
	}
	var list []channel.Channel
	seen := map[string]int{}
	for _, block := range r.items(n) {
		c := channel.Default()
		c.Line = block.at.line
		before := len(r.problems)
		readTable(r, block, outKeys, &c)
		if !r.failed(before) {
			r.wholeOut(block, &c)
			r.once(seen, strings.ToLower(c.Name), c.Line, "channel %q is in line %d already: give one of the two another name", safetext.Clean(c.Name))
		}
		if !r.failed(before) {
			list = append(list, c)
		}
	}
	return list
}

// wholeOut reports what a block lacks, or says for another kind.
func (r *reader) wholeOut(block *node, c *channel.Channel) {
	lacks, not := "", ""
	switch {
	case c.Name == "":
		r.errorf(block.at, `this channel has no name: write name = "lead", by which the duty log calls it`)
		return
	case c.Kind == "":
		r.errorf(block.at, `channel %s has no kind: write kind = "webhook" or kind = "exec"`, quote(c.Name))
		return
	case c.Kind == channel.Webhook:
		not = "command"
		if c.URL.IsZero() {
			lacks = `url = "env:NAME" or url = "file:secrets/lead"`
		}
	case c.Kind == channel.Exec:
		not = "url"
		if len(c.Command) == 0 {
			lacks = `command = ["program", "argument"]`
		}
	}
	if lacks != "" {
		r.errorf(block.at, "channel %s does not say where it leads: write %s", quote(c.Name), lacks)
	}
	if n := block.child(not); n != nil {
		r.errorf(n.at, "%s is not for a channel of kind %s: leave it out", not, c.Kind)
	}
}

// heartbeat reads [heartbeat].
func (r *reader) heartbeat(n *node) Heartbeat {
	h := Heartbeat{Every: defaultBeat, Line: n.at.line}
	before := len(r.problems)
	readTable(r, n, heartbeatKeys, &h)
	if !r.failed(before) && h.File == "" && h.URL.IsZero() {
		r.errorf(n.at, `the heartbeat goes nowhere: write file = "…" or url = "env:NAME", or leave [heartbeat] out`)
	}
	if r.failed(before) {
		return Heartbeat{}
	}
	return h
}

// The ways by which a new alarm makes itself known on the terminal.
var alertWords = []string{"bell", "osc9", "osc777", "osc99"}

// alert reads how an alarm makes itself known on the terminal; an empty list is silence.
func (r *reader) alert(n *node) []string {
	list := make([]string, 0, len(alertWords))
	for _, item := range r.items(n) {
		if word := r.plainText(item).String(); item.kind == textNode && r.oneOf(item.at, "alert", word, alertWords) {
			list = append(list, word)
		}
	}
	if len(list) == 0 && n.kind == listNode && len(n.list) == 0 {
		r.warnf(n.at, `no sound and no notification: an alarm shows on the screen alone; "bell" is the default`)
	}
	return list
}
