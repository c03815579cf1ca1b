package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"

	failure "vigil/internal/fault" // this package has a fault of its own
)

// into has write write to a file, which is there whole or not at all, or to standard output. It ends as soon as ctx does,
// also while write waits for what it reads, and says what became of the file.
func (p *program) into(ctx context.Context, file string, write func(io.Writer) error) error {
	if file == "" {
		err := until(ctx, func() error { return write(p.stdout) })
		if errors.Is(err, context.Canceled) {
			return errors.New("stopped before the end: what was written is not whole; run it again, or with -o FILE, which is whole or not there")
		}
		return err
	}
	if err := writable(file); err != nil {
		return err
	}
	const onlyOwner = 0o600 // what is written may be for fewer eyes than the directory
	f, err := renameio.NewPendingFile(file, renameio.WithPermissions(os.FileMode(onlyOwner)))
	if err != nil {
		return unwritten(file, err)
	}
	defer func() { _ = f.Cleanup() }() // does nothing once it is replaced
	if err := until(ctx, func() error { return write(f) }); err != nil {
		if errors.Is(err, context.Canceled) {
			return fmt.Errorf("stopped before the end: %s is as it was before; run it again", file)
		}
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return unwritten(file, err)
	}
	return nil
}

// writable reports what stands against writing a file, in words for whoever named it.
func writable(file string) error {
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		what := "no regular file"
		if info.IsDir() {
			what = "a folder"
		}
		return usagef("-o %s: that is %s: name the file that is to be written", file, what)
	}
	dir := filepath.Dir(file)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("-o %s: the folder %s does not exist: make it (mkdir -p %[2]s), or name another", file, dir)
	case err == nil && !info.IsDir():
		return usagef("-o %s: %s is no folder: name a file in one", file, dir)
	}
	return nil
}

// unwritten says of a file that it could not be written. The error names another, which is only for the time of writing.
func unwritten(file string, err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		err = at.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s cannot be written: %w: mend that, or name a file elsewhere with -o", file, err)
}

// until does something until it is done or ctx is. What goes on after that is left to the end of the process.
func until(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() {
		done <- func() (err error) {
			defer failure.Into(&err)
			return do()
		}()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
