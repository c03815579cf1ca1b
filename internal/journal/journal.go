// Package journal is a durable, append-only log in a directory: framing, chain,
// durability and recovery. It knows nothing of desks; what the payloads mean is the
// business of its users.
//
// # On disk
//
// A log is a directory of segments, text files named by the first sequence number in
// them. The first line is a header, every further line a record:
//
//	vigil-journal format=1 reader=1 first=000000000001 prev=0000…0000 crc=5a0c2b17
//	000000000001 0000027 c1d5a3f0 9f2c…77ab {"kind":"read","n":1}
//	sequence     length  CRC-32C  SHA-256   payload
//
// The fourth column is the SHA-256 of the line before, newline included, and a header
// carries that of the last line of the segment before, so one chain runs through all
// files and can be checked with sed and sha256sum. A payload is one line without NUL,
// in practice JSON, so that less and grep work on the files.
//
// # Guarantees
//
//   - A record that was acknowledged as durable survives a crash of the process, of
//     the machine and of the power, as far as the disk tells the truth about fsync.
//   - Only what was appended is ever delivered, in order, without holes. Damage ends
//     reading with a [DamageError] that names file, line and byte; it is never skipped.
//   - A torn last record, the trace of a crash, is moved to a side file by [Open] and
//     reported; nothing is thrown away.
//   - fsync is never retried: the kernel may have dropped the pages whose write failed and
//     then report success. After such an error the log is read-only until it is
//     opened again, which verifies it.
//   - A full disk is no such failure: the batch is taken back whole, the caller is told
//     [ErrNotRecorded], and the log goes on when there is space again.
//
// A log that was cut off exactly between two records is a valid, shorter log. Who must
// notice that keeps its [Head] elsewhere. Damage is also what a power loss leaves that wrote
// the end of a batch and not its start; that is refused rather than guessed at.
//
// # Who may do what
//
// One [Log] may write to a directory at a time, and the caller sees to that with a lock of its
// own. Any number of [Reader] may read meanwhile, without a lock. A Log is safe for
// concurrent use; its methods block for as long as the disk does. There are no
// goroutines here.
//
// The package is written by hand because the write-ahead logs at hand (tidwall/wal, etcd's)
// do not chain their records by a cryptographic hash, and what they write cannot be
// checked without the program that wrote it.
package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// SyncPolicy says when records are made durable.
type SyncPolicy int

const (
	// SyncManual means that Append writes, Sync makes durable. For logs that can be late by a
	// stated time.
	SyncManual SyncPolicy = iota
	// SyncAlways means that Append returns only when the records are on the disk.
	SyncAlways
)

// DefaultSegmentSize is the size in bytes after which a new segment begins.
const DefaultSegmentSize = 64 << 20

// Options of [Open]. The zero value is usable.
type Options struct {
	Sync        SyncPolicy
	SegmentSize int64 // bytes after which a new segment begins; 0 is DefaultSegmentSize
	Verify      bool  // read the whole log when opening, not only its last segment
	FS          FS    // nil is OS
}

// Head is the end of a log: what the next record will be chained to.
type Head struct {
	Seq  uint64 // of the last record; 0 in an empty log
	Hash Hash   // of the last line
}

// Log is a log open for appending.
type Log struct {
	fs   FS
	dir  string
	opts Options

	mu      sync.Mutex
	seg     segment
	file    File
	size    int64 // of the segment
	next    uint64
	hash    Hash
	durable uint64 // last sequence that the disk confirmed
	buf     []byte
	failed  error // why the log is read-only
}

// Open opens the log in dir for appending, making both if needed, and repairs what a crash
// left at its end. The caller must hold a lock against other writers.
//
// It verifies the last segment, or all with [Options.Verify]; [Reader] verifies whatever
// it reads. Damage is a [DamageError], a newer format [ErrNewerFormat]: then the log
// cannot be added to, and reading still works as far as it goes.
func Open(dir string, opts Options) (*Log, Recovery, error) {
	if opts.SegmentSize <= 0 {
		opts.SegmentSize = DefaultSegmentSize
	}
	if opts.FS == nil {
		opts.FS = OS
	}
	l := &Log{fs: opts.FS, dir: dir, opts: opts}
	rec, err := l.open()
	if err != nil {
		return nil, rec, errors.Join(fmt.Errorf("open log %s: %w", dir, err), l.closeFile())
	}
	return l, rec, nil
}

// Append adds the payloads as consecutive records in one write and gives the sequence of
// the first. With [SyncAlways] they are durable when it returns, otherwise after the
// next [Log.Sync]. The payloads are not kept. On an error see [ErrNotRecorded] and
// [ErrNotConfirmed].
func (l *Log) Append(payloads ...[]byte) (first uint64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.ready(payloads); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	if l.size >= l.opts.SegmentSize && l.next > l.seg.first {
		if err := l.rotate(); err != nil {
			return 0, fmt.Errorf("%w: begin a new segment: %w", ErrNotRecorded, err)
		}
	}
	l.buf = l.buf[:0]
	next, hash := l.next, l.hash
	for _, p := range payloads {
		l.buf, hash = appendRecord(l.buf, next, hash, p)
		next++
	}
	if err := l.write(l.buf); err != nil {
		return 0, err
	}
	first = l.next
	l.next, l.hash = next, hash
	if l.opts.Sync == SyncAlways {
		if err := l.sync(); err != nil {
			return first, err
		}
	}
	return first, nil
}

// ready says why the payloads cannot be appended.
func (l *Log) ready(payloads [][]byte) error {
	if l.failed != nil {
		return l.failed
	}
	for i, p := range payloads {
		if err := checkPayload(p); err != nil {
			return fmt.Errorf("%w: payload %d: %w", ErrPayload, i+1, err)
		}
	}
	if l.next+uint64(len(payloads)) > maxSeq+1 {
		return fmt.Errorf("the log is full: sequence numbers end at %d", uint64(maxSeq))
	}
	return nil
}

// write adds bytes to the segment, or nothing at all where that is possible.
func (l *Log) write(b []byte) error {
	_, err := l.file.Write(b)
	if err == nil {
		l.size += int64(len(b))
		return nil
	}
	cut := l.file.Truncate(l.size)
	if cut == nil && outOfSpace(err) {
		return fmt.Errorf("%w: %w; free space and try again", ErrNotRecorded, err)
	}
	return fmt.Errorf("%w: %w", ErrNotConfirmed, l.fail(errors.Join(err, cut)))
}

// Sync makes everything appended so far durable. After an error nothing since the last
// success is confirmed, and the log is read-only.
func (l *Log) Sync() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return l.failed
	}
	return l.sync()
}

func (l *Log) sync() error {
	if err := l.confirm(); err != nil {
		return fmt.Errorf("%w: records %d to %d: %w", ErrNotConfirmed, l.durable+1, l.next-1, err)
	}
	return nil
}

// confirm is the one fsync of a record's life.
func (l *Log) confirm() error {
	if l.durable == l.next-1 {
		return nil
	}
	if err := l.file.Sync(); err != nil {
		return l.fail(err)
	}
	l.durable = l.next - 1
	return nil
}

// fail makes the log read-only.
func (l *Log) fail(cause error) error {
	l.failed = fmt.Errorf("%s: %w: %w", l.seg.path, ErrReadOnly, cause)
	return l.failed
}

// rotate ends the segment and begins the next one. The old one is durable before the new one
// exists, so only the last segment can ever have a torn end.
func (l *Log) rotate() error {
	if err := l.confirm(); err != nil {
		return err
	}
	old := l.file
	if err := l.create(segment{l.next, filepath.Join(l.dir, segmentName(l.next))}, l.hash); err != nil {
		return err
	}
	_ = old.Close() // its content is durable; an error here tells nothing about it
	return nil
}

// create begins a segment. If there is no space the log stays as it was.
func (l *Log) create(seg segment, prev Hash) error {
	f, err := l.fs.OpenFile(seg.path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, fileMode)
	if errors.Is(err, fs.ErrExist) {
		return l.fail(err) // left by an earlier failure, or by another writer: opening it again finds out
	}
	if err != nil {
		return err
	}
	line, hash := appendHeader(nil, header{format: FormatVersion, reader: FormatVersion, first: seg.first, prev: prev})
	if _, err := f.Write(line); err != nil {
		// A header without an end is repaired by Open, should it not go away now.
		err = errors.Join(err, f.Close(), l.fs.Remove(seg.path))
		if !outOfSpace(err) {
			return l.fail(err)
		}
		return err
	}
	if err := errors.Join(f.Sync(), l.fs.SyncDir(l.dir)); err != nil {
		return l.fail(errors.Join(err, f.Close()))
	}
	l.seg, l.file, l.size = seg, f, int64(len(line))
	l.next, l.hash = seg.first, hash
	return nil
}

// Head is the end of the log, durable or not.
func (l *Log) Head() Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Head{l.next - 1, l.hash}
}

// Durable is the sequence of the last record that the disk has confirmed.
func (l *Log) Durable() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.durable
}

// Err is nil, or why the log is read-only.
func (l *Log) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failed
}

// Close makes durable what is not yet, and releases the file. The log cannot be used
// afterwards; closing it again does nothing.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if errors.Is(l.failed, ErrClosed) {
		return nil
	}
	var err error
	if l.failed == nil {
		err = l.sync()
	}
	l.failed = fmt.Errorf("%s: %w", l.dir, ErrClosed)
	return errors.Join(err, l.closeFile())
}

func (l *Log) closeFile() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
