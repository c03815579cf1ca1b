package term

import (
	"io"
	"os"
	"sync"

	tea "charm.land/bubbletea/v2"
)

type (
	// SuspendingMsg says that the terminal is about to be given to the shell. From the next View to [tea.ResumeMsg] the model draws nothing that
	// ages: the frame that stands when the program goes on is the first that is drawn.
	SuspendingMsg struct{}
	// NoShellMsg answers [tea.SuspendMsg] where nobody would take the terminal or have the program go on: a program that is all that its
	// terminal was opened for, and systems where a shell stops nothing.
	NoShellMsg struct{}
	// leftMsg says that nothing is on its way to the terminal or from it any more: it can be given back, and the process stop if it has not been
	// stopped by something else.
	leftMsg struct{ stops bool }
	// continuedMsg says that the process goes on after something else than the program itself has stopped it.
	continuedMsg struct{}
)

// job is the program's place in the job control of the shell.
type job struct {
	out      *Output
	fd       uintptr
	send     func(tea.Msg)
	parting  func() string
	giveBack func() error

	mu        sync.Mutex
	away      bool          // the terminal is not the program's: its loop waits, and takes no message
	early     bool          // a SIGCONT came while it was away and had not stopped yet
	continued chan struct{} // closed when the process goes on; nil while it has not stopped itself
}

// Job lets a shell stop the program that draws through o, and has it go on as if nothing had been: on tea.Suspend and on SIGTSTP the terminal is
// given back as it was, with what parting says on it, and then the process group stops; on SIGCONT, also after a SIGSTOP that gave nothing back,
// the terminal at fd is taken anew and everything is drawn. The model gets [SuspendingMsg], then [tea.ResumeMsg], or [NoShellMsg].
//
// Bubble Tea's own way of stopping waits for a SIGCONT that never comes where there is no shell (the system throws the signal away), and lets
// the answers that frames wait for be typed into the shell. And a Go program that has ever listened for SIGTSTP is not stopped by one any more, so it
// is SIGSTOP by which the group stops.
//
// GiveBack undoes [PrepareTTY]. If fd is no terminal, nothing is done. Call Job before Program.Run, and stop after it has returned.
func (o *Output) Job(fd uintptr, giveBack func() error, send func(tea.Msg), parting func() string) (stop func()) {
	j := &job{out: o, fd: fd, giveBack: giveBack, send: send, parting: parting}
	stop = j.listen()
	if stop == nil {
		return func() {}
	}
	o.job = j
	return stop
}

// suspend begins to give the terminal to the shell.
func (o *Output) suspend() tea.Msg {
	switch {
	case o.job == nil || !hasShell():
		return NoShellMsg{}
	case o.isLeaving(): // for good, or for the shell already
		return nil
	}
	return o.leaveFor(true)
}

// goesOn takes the terminal back from whoever has stopped the process: a shell has set it up for itself, and written on it. It must be called in
// the program's loop, as its filter is, because Bubble Tea remembers there how the terminal was.
func (o *Output) goesOn() tea.Msg {
	if o.isLeaving() || o.job.foreground() != nil {
		return nil
	}
	o.Resume()
	return o.leaveFor(false)
}

// leaveFor gives what is on its way to the terminal a moment; the program hears by leftMsg when it has passed.
func (o *Output) leaveFor(stops bool) tea.Msg {
	left := o.Leave()
	go func() {
		<-left
		o.job.send(leftMsg{stops})
	}()
	return SuspendingMsg{}
}

// took notes that the process goes on, and reports whether the program's loop, which waits for that, needs not be told.
func (j *job) took() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.continued != nil {
		close(j.continued)
		j.continued = nil
		return true
	}
	j.early = j.away
	return j.away
}

// goes notes that the program's loop gives the terminal away until back is called.
func (j *job) goes() (back func()) {
	set := func(away bool) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.away, j.early, j.continued = away, false, nil
	}
	set(true)
	return func() { set(false) }
}

// isAway reports whether the program's loop has given the terminal away.
func (j *job) isAway() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.away
}

// stop stops the process group until a SIGCONT; one that came a moment too early counts.
func (j *job) stop() {
	continued := make(chan struct{})
	j.mu.Lock()
	early := j.early
	j.continued = continued
	j.mu.Unlock()
	if !early && stopGroup() == nil {
		<-continued
	}
}

// away is what Bubble Tea runs between giving the terminal back and taking it again.
type away struct {
	*job
	stops bool // the process itself; otherwise it has been stopped before
}

// SetStdin is for programs of others, as are SetStdout and SetStderr.
func (*away) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (*away) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (*away) SetStderr(io.Writer) {}

// Run stops the process group until a SIGCONT.
func (a *away) Run() error {
	defer a.out.rejoin()
	defer a.goes()()
	if !a.stops {
		a.out.settle()
		return nil
	}
	if said := a.parting(); said != "" {
		_, _ = a.out.Write([]byte(said + "\r\n"))
	}
	a.out.settle()
	if err := a.giveBack(); err != nil {
		return err
	}
	a.stop()
	_, err := PrepareTTY(a.fd) // in the background this stops the process again, until it is in the foreground
	return err
}

// msg has Bubble Tea give the terminal back and take it again.
func (a *away) msg() tea.Msg {
	return tea.Exec(a, func(err error) tea.Msg {
		if err != nil { // the terminal is not there any more
			return tea.QuitMsg{}
		}
		return tea.ResumeMsg{}
	})()
}

// hear takes a signal. It waits for nothing: the program's loop may be waiting for the next one.
func (j *job) hear(s os.Signal) {
	switch {
	case isStop(s):
		if !j.isAway() { // what is stopped, or about to be, is not stopped once more when it goes on
			go j.send(tea.SuspendMsg{})
		}
	case !j.took():
		go j.send(continuedMsg{})
	}
}
