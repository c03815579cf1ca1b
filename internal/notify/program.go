package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/notify/channel"
)

// leave is how long a program that was ended may hold on to its output.
const leave = time.Second

// passed are the variables of the environment that a program gets: none that could hold a secret of vigil's. What it needs beside
// them it reads itself.
var passed = [...]string{"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"}

// run sends by a program: the text is the first line of its standard input, the JSON the second. It runs in the desk's directory,
// without a shell, and is killed with its children when the time is up.
func run(ctx context.Context, c *channel.Channel, m *Message, o *Options, stderr io.Writer) error {
	path, err := Program(c.Command[0], o.Dir, o.Lookup)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, c.Command[1:]...)
	cmd.Dir = o.Dir
	cmd.Env = []string{"VIGIL_CHANNEL=" + c.Name}
	for _, name := range passed {
		if v, ok := o.Lookup(name); ok {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	cmd.Stdin = bytes.NewReader(append([]byte(m.Text+"\n"), append(m.JSON, '\n')...))
	cmd.Stderr = stderr
	cmd.WaitDelay = leave
	together(cmd)
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return withinWords("the program did not end", c)
	case ctx.Err() != nil:
		return errStopped
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return fmt.Errorf("the program ended with exit code %d", exit.ExitCode())
	case errors.As(err, &exit):
		return errors.New("the program was killed by a signal")
	case errors.Is(err, exec.ErrWaitDelay):
		return nil // it ended well, and left a child behind that holds its output
	default:
		return errStart(err)
	}
}

// errStart says why a program does not start; its arguments are not shown.
func errStart(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errors.New("the program may not be run: chmod +x it")
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("the program, or the interpreter that it names, is not there")
	default:
		return errors.New("the program cannot be started")
	}
}

// Program is the path of a program: a name alone is looked for in PATH, a path begins at the desk.
func Program(name, dir string, lookup func(string) (string, bool)) (string, error) {
	if strings.ContainsRune(name, filepath.Separator) || strings.Contains(name, "/") {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		path, err := filepath.Abs(name)
		if err != nil {
			return "", errStart(err)
		}
		if _, err := exec.LookPath(path); err != nil {
			return "", errStart(err)
		}
		return path, nil
	}
	list, _ := lookup("PATH")
	for _, place := range filepath.SplitList(list) {
		if !filepath.IsAbs(place) {
			continue // what lies in the directory of the moment is not meant
		}
		if path, err := exec.LookPath(filepath.Join(place, name)); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no program of that name is in PATH: write its path, absolute or from the desk")
}
