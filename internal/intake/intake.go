// Package intake is the desk's memory of what arrived, from where and when: typed entries
// on a [journal]. It is why a restart, a feed that forgets, a rotated file and "as
// known at K" are no special cases.
//
// # The directory
//
// Everything is in one directory, 0700, its files 0600:
//
//	000000000001.log …   the entries, see package journal
//	desk.json            who this desk is, and whether it is an exercise; made once
//	pseudonym.key        makes pseudonyms of people; made once
//	state.json           the collector's sign of life and what else it knows
//	lock                 held by the collector
//
// Names of people never go into entries, only pseudonyms.
//
// # Who may do what
//
// One process at a time is the collector: it holds the lock and a [Log]. Every other one
// reads with [Replay], [Follow], [Reader], [ReadState] and [ReadIdentity], which take no
// lock and write nothing. When [State.Silent] says that the collector is gone, a follower
// may call [Open] and become the collector; if the old one hangs and still holds the lock,
// [ErrLocked] names its process.
//
// # Guarantees
//
//   - What [Log.Add] returned without an error is in the log; it is sure to survive a power
//     loss once [Receipt.Durable] or [Log.Durable] has reached it, [Options.MaxDelay]
//     later if the caller calls [Log.Flush] when [Log.Due] says so.
//   - Nothing is ever said to be recorded that is not. An Add that failed matches
//     [ErrNotRecorded] or [ErrNotConfirmed]; the display says so and goes on, and Add may
//     be called again: after a full disk it works when there is space.
//   - Entries of newer versions are delivered and counted, not dropped.
//
// Seq is the journal's own sequence. Entries of another desk therefore belong in a
// directory of their own. There are no goroutines here; a Log is safe for concurrent use,
// and its methods block for as long as the disk does.
package intake

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/journal"
)

const (
	fileMode = 0o600
)

// Errors of recording. They are those of the journal, so that callers need not know it.
var (
	ErrNotRecorded  = journal.ErrNotRecorded
	ErrNotConfirmed = journal.ErrNotConfirmed
	ErrReadOnly     = journal.ErrReadOnly
	ErrDamaged      = journal.ErrDamaged
	ErrNewerFormat  = journal.ErrNewerFormat

	// ErrNotWritable: the state directory cannot be written, or its disk is full. The desk
	// opens all the same and says that nothing is recorded.
	ErrNotWritable = errors.New("the state directory cannot be written")
)

// Defaults of [Options].
const (
	DefaultMaxDelay   = 200 * time.Millisecond
	DefaultMaxPending = 1000
)

// Options of [Open]. The zero value is usable.
type Options struct {
	Exercise    bool             // the desk's flag
	Version     string           // of the program, for state.json
	MaxDelay    time.Duration    // longest time that an entry waits for the disk; 0 is DefaultMaxDelay, negative none at all
	MaxPending  int              // most entries that wait for the disk; 0 is DefaultMaxPending
	SegmentSize int64            // bytes; 0 is the journal's default
	Now         func() time.Time // nil is time.Now
	FS          journal.FS       // of the entries; nil is the machine's
}

func (o Options) withDefaults() Options {
	if o.MaxDelay == 0 {
		o.MaxDelay = DefaultMaxDelay
	}
	if o.MaxPending <= 0 {
		o.MaxPending = DefaultMaxPending
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FS == nil {
		o.FS = journal.OS
	}
	return o
}

// Recovery says what Open found and repaired. What is in it was also recorded as entries of
// kind [KindRepair] and [KindKey].
type Recovery struct {
	journal.Recovery
	Fresh   bool  // the intake was made just now
	KeyLost error // nil, or ErrKeyLost with the reason: a new key is in use
}

// Log is the intake, open for the collector.
type Log struct {
	dir        string
	opts       Options
	identity   Identity
	pseudonyms *Pseudonyms
	lock       *lock
	log        *journal.Log

	mu      sync.Mutex
	oldest  time.Time // when the oldest entry that waits for the disk was added
	counts  Counts
	scratch []byte
}

// Counts is what became of the entries given to Add since Open.
type Counts struct {
	Recorded     int // written; for how many of them the disk confirmed see Durable
	NotRecorded  int // refused or failed: not in the log
	NotConfirmed int // written, and the disk failed to confirm: may or may not be there
}

// Receipt says where entries are.
type Receipt struct {
	First, Last uint64 // their sequence
	Durable     uint64 // everything up to here is on the disk
}

// Open makes this process the collector of the intake in dir, making it if needed.
//
// Errors to tell apart: [ErrLocked], another process is the collector; [ErrNotWritable];
// [ErrExerciseChanged]; [ErrIdentityLost]; [ErrDamaged] and [ErrNewerFormat], reading
// still works. With any of them nothing is recorded, and the desk opens all the same.
func Open(dir string, opts Options) (*Log, Recovery, error) {
	opts = opts.withDefaults()
	l := &Log{dir: dir, opts: opts}
	rec, err := l.open()
	if err != nil {
		err = errors.Join(err, l.release())
		if notWritable(err) {
			err = fmt.Errorf("%w: %w", ErrNotWritable, err)
		}
		return nil, rec, fmt.Errorf("open intake: %w", err)
	}
	return l, rec, nil
}

func (l *Log) open() (rec Recovery, err error) {
	if err := journal.MakeDir(journal.OS, l.dir); err != nil {
		return rec, err
	}
	if l.lock, err = takeLock(l.dir); err != nil {
		return rec, err
	}
	l.identity, l.pseudonyms, rec.KeyLost, err = identify(l.dir, l.opts.Exercise, l.opts.Now())
	if err != nil {
		return rec, err
	}
	l.log, rec.Recovery, err = journal.Open(l.dir, journal.Options{SegmentSize: l.opts.SegmentSize, FS: l.opts.FS})
	if err != nil {
		return rec, err
	}
	rec.Fresh = rec.Last == 0
	return rec, l.recordRecovery(rec)
}

// recordRecovery makes what was repaired part of the memory.
func (l *Log) recordRecovery(rec Recovery) error {
	var entries []Entry
	for _, torn := range rec.Torn {
		payload, err := json.Marshal(map[string]any{"file": torn.File, "offset": torn.Offset, "bytes": torn.Bytes, "moved_to": torn.SideFile},
			json.Deterministic(true))
		if err != nil {
			return err
		}
		entries = append(entries, Entry{Kind: KindRepair, Source: "vigil", Payload: payload})
	}
	if rec.KeyLost != nil {
		entries = append(entries, Entry{Kind: KindKey, Source: "vigil", Payload: []byte(`{"lost":true}`)})
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := l.Add(entries...); err != nil {
		return err
	}
	return l.Flush()
}

// notWritable tells errors that are about the place from those about the content.
func notWritable(err error) bool {
	for _, cause := range []error{fs.ErrPermission, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT, syscall.ENOTDIR} {
		if errors.Is(err, cause) {
			return true
		}
	}
	return false
}

// Add records the entries, all or none, in one write. They are durable at once if
// MaxPending is reached or MaxDelay over, and otherwise after the next Add or Flush for
// which that is so. Entries and their payloads are not kept. An error about one entry
// ([ErrEntry]) says which and means that none was recorded.
func (l *Log) Add(entries ...Entry) (Receipt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(entries) == 0 {
		head := l.log.Head().Seq
		return Receipt{First: head + 1, Last: head, Durable: l.log.Durable()}, nil
	}
	now := l.opts.Now()
	lines, err := l.encode(entries, now)
	if err != nil {
		l.counts.NotRecorded += len(entries)
		return Receipt{}, fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	before := l.log.Durable()
	first, err := l.log.Append(lines...)
	if err != nil {
		l.count(err, len(entries), before)
		return Receipt{}, err
	}
	l.counts.Recorded += len(entries)
	last := first + uint64(len(entries)) - 1
	if l.oldest.IsZero() {
		l.oldest = now
	}
	if last-l.log.Durable() >= uint64(l.opts.MaxPending) || !now.Before(l.oldest.Add(l.opts.MaxDelay)) {
		if err := l.flush(); err != nil {
			return Receipt{First: first, Last: last, Durable: l.log.Durable()}, err
		}
	}
	return Receipt{First: first, Last: last, Durable: l.log.Durable()}, nil
}

// count books entries that failed in Append, and those before them whose confirmation
// can no longer come.
func (l *Log) count(err error, n int, durable uint64) {
	if errors.Is(err, ErrNotConfirmed) {
		l.counts.NotConfirmed += n
	} else {
		l.counts.NotRecorded += n
	}
	if l.log.Err() != nil {
		l.unconfirm(durable)
	}
}

// unconfirm books what was written after sequence durable as not confirmed, once.
func (l *Log) unconfirm(durable uint64) {
	if l.oldest.IsZero() {
		return
	}
	waiting := int(l.log.Head().Seq - durable)
	l.counts.Recorded -= waiting
	l.counts.NotConfirmed += waiting
	l.oldest = time.Time{}
}

// encode makes one line of each entry.
func (l *Log) encode(entries []Entry, now time.Time) ([][]byte, error) {
	lines := make([][]byte, len(entries))
	seq := l.log.Head().Seq
	buf := l.scratch[:0]
	for i := range entries {
		e := entries[i]
		e.V, e.Desk, e.Seq = EnvelopeVersion, l.identity.Desk, seq+1+uint64(i)
		if e.ID == "" {
			e.ID = newID()
		}
		if e.Received.IsZero() {
			e.Received = now
		}
		err := e.check()
		start := len(buf)
		if err == nil {
			buf, err = appendEntry(buf, &e)
		}
		if n := len(buf) - start; err == nil && n > journal.MaxPayload {
			err = fmt.Errorf("%w: it has %d bytes, the most is %d", ErrEntry, n, journal.MaxPayload)
		}
		if err != nil {
			return nil, fmt.Errorf("entry %d of %d, %s of %s: %w", i+1, len(entries), e.Kind, e.Source, err)
		}
		lines[i] = buf[start:len(buf):len(buf)]
	}
	l.scratch = buf
	return lines, nil
}

// newID is unique without asking anyone.
func newID() string { return strings.ToLower(rand.Text()) }

// Due says when Flush is to be called at the latest, and whether anything waits at all.
func (l *Log) Due() (time.Time, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.oldest.Add(l.opts.MaxDelay), !l.oldest.IsZero()
}

// Flush makes everything durable that was added. After an error it is not confirmed, and
// the log is read-only until it is opened again.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flush()
}

func (l *Log) flush() error {
	before := l.log.Durable()
	if err := l.log.Sync(); err != nil {
		l.unconfirm(before)
		return err
	}
	l.oldest = time.Time{}
	return nil
}

// Durable is the sequence of the last entry that the disk has confirmed.
func (l *Log) Durable() uint64 { return l.log.Durable() }

// Err is nil, or why nothing can be recorded until the intake is opened again.
func (l *Log) Err() error { return l.log.Err() }

// Counts is what became of the entries so far.
func (l *Log) Counts() Counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.counts
}

// Identity is who this desk is.
func (l *Log) Identity() Identity { return l.identity }

// Pseudonyms makes pseudonyms with the key of this intake.
func (l *Log) Pseudonyms() *Pseudonyms { return l.pseudonyms }

// Pseudonym stands for a person, see [Pseudonyms.Pseudonym].
func (l *Log) Pseudonym(personID string) string { return l.pseudonyms.Pseudonym(personID) }

// Drop removes whole segments of entries up to sequence through, in the name of by; see
// [journal.Log.Drop].
func (l *Log) Drop(through uint64, by string) (journal.SignOff, error) {
	return l.log.Drop(through, by, l.opts.Now())
}

// Close makes durable what waits, and stops being the collector.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.release()
}

func (l *Log) release() error {
	var err error
	if l.log != nil {
		err = l.log.Close()
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.release())
		l.lock = nil
	}
	return err
}
