package term

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestLinesAreSentAsFastAsTheyAreTaken: what somebody asks meanwhile leaves out the rest, and an alarm waits for one line alone.
func TestLinesAreSentAsFastAsTheyAreTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		l := NewLines(f, 60)
		began := time.Now()
		if _, err := io.WriteString(l, strings.Repeat(strings.Repeat("x", 59)+"\n", 40)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("Write waits %s for the terminal", took)
		}
		time.Sleep(4500 * time.Millisecond)
		synctest.Wait()
		if n := strings.Count(f.received(), "\n"); n != 5 {
			t.Errorf("in 4.5 s 60 B/s take %d lines, want 5", n)
		}
		io.WriteString(l.Urgent(), "ALARM\n")
		io.WriteString(l, "news\n")
		time.Sleep(time.Second)
		synctest.Wait()
		if got := f.received(); got != "ALARM\n"+strings.Repeat("x", 59)+"\n" {
			t.Errorf("an alarm came with %q", got)
		}
		io.WriteString(l.Urgent(), "ALARM 2\n")
		if n := l.LeaveOut(); n != 35 {
			t.Errorf("%d lines are left out, want 35", n)
		}
		io.WriteString(l, "answer\n")
		if l.Idle() {
			t.Error("all is said to be sent")
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := f.received(); got != "ALARM 2\nanswer\n" {
			t.Errorf("then came %q", got)
		}
		if !l.Idle() || l.LeaveOut() != 0 {
			t.Error("something is said to be waiting")
		}
		if err := l.Close(time.Second); err != nil {
			t.Error(err)
		}
		if _, err := io.WriteString(l, "late\n"); !errors.Is(err, ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestLinesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		l := NewLines(f, 10)
		io.WriteString(l, strings.Repeat("ten bytes\n", 100))
		began := time.Now()
		if err := l.Close(3 * time.Second); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("Close took %s", took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("terminal gone")
		f := newFar()
		f.err = gone
		l := NewLines(f, 10)
		io.WriteString(l, "x\n")
		time.Sleep(time.Second)
		synctest.Wait()
		if _, err := io.WriteString(l, "y\n"); !errors.Is(err, gone) {
			t.Errorf("Write returned %v", err)
		}
		if err := l.Close(time.Second); !errors.Is(err, gone) {
			t.Errorf("Close returned %v", err)
		}
	})
}

func TestLateAnswersAreNotTyped(t *testing.T) {
	for line, want := range map[string]string{"board": "board", answer + "board": "board", "bo" + answer + answer + "ard": "board", answer: ""} {
		if got := WithoutAnswers(line); got != want {
			t.Errorf("%q is read as %q, want %q", line, got, want)
		}
	}
}
