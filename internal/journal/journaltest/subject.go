package journaltest

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"vigil/internal/journal"
)

// Subject is what is proved: the journal, or what stands on it.
type Subject struct {
	Root string // the directory of the disk in which it is
	// Open opens it for writing. With batches off one record is written at a time and each is durable at once.
	Open func(fsys journal.FS, dice *rand.Rand) (Writer, error)
	// Read gives what was appended, oldest first, as far as it can be read.
	Read func(fsys journal.FS) ([]string, error)
	// Retries means that what failed is appended again as it is until that succeeds, and is there once.
	Retries bool
	// Single means that records are written one at a time and that each is durable when Append returns.
	Single bool
}

// Writer is a subject open for writing.
type Writer interface {
	// Append adds payloads; durable says whether they and all before them are on the disk when it returns.
	Append(payloads ...string) (durable bool, err error)
	Sync() error
	Broken() bool // nothing can be appended until it is opened again
	// Drop signs off the first n payloads of those that are there, and removes them as far as whole segments hold them.
	Drop(n int) error
	Close() error
}

// truth is what must be there.
type truth struct {
	payloads []string // that were appended and not refused
	durable  int      // of those, how many are acknowledged
	dropped  int      // of those, how many may be gone because they were signed off
	made     int      // ever, for their names
	lost     int      // acknowledged and not there
}

// next makes a payload that no other is like.
func (m *truth) next(dice *rand.Rand) string {
	m.made++
	size := dice.IntN(60)
	if dice.IntN(4) == 0 {
		size = dice.IntN(3 * sectorSize)
	}
	return fmt.Sprintf("%d %s", m.made, strings.Repeat(string(rune('a'+m.made%26)), size))
}

// settle compares what is there with what must be; what is there is what holds from then on.
func (m *truth) settle(got []string) error {
	if len(got) == 0 {
		if m.durable > m.dropped {
			m.lost += m.durable - m.dropped
			return fmt.Errorf("%d payloads were acknowledged, none is left", m.durable)
		}
		m.payloads, m.durable, m.dropped = nil, 0, 0
		return nil
	}
	from := slices.Index(m.payloads, got[0])
	left := from + len(got)
	switch {
	case from < 0:
		return fmt.Errorf("delivered %.20q, which was never recorded", got[0])
	case from > m.dropped:
		m.lost += from - m.dropped
		return fmt.Errorf("%d payloads are gone from the start, %d were signed off", from, m.dropped)
	case left < m.durable:
		m.lost += m.durable - left
		return fmt.Errorf("%d payloads were acknowledged, those up to %d are left", m.durable, left)
	case left > len(m.payloads) || !slices.Equal(got, m.payloads[from:left]):
		return fmt.Errorf("delivered %.40q\nrecorded  %.40q", got, m.payloads[from:])
	}
	m.payloads, m.dropped = slices.Clone(got), m.dropped-from
	m.durable = len(m.payloads)
	return nil
}

// player plays a shift on a disk that fails.
type player struct {
	Subject
	truth
	t    testing.TB
	disk *Disk
	dice *rand.Rand
	w    Writer
	// again is what a process that was killed may have appended and did not hear of; with Retries the next one appends it again.
	again []string

	acknowledged, unsure, refused int
}

func (p *player) off() bool { p.disk.mu.Lock(); defer p.disk.mu.Unlock(); return p.disk.off }

// open opens the subject and takes what it holds as what must stay, for opening makes that durable.
func (p *player) open() bool {
	var err error
	if p.w, err = p.Open(p.disk, p.dice); err != nil {
		p.w = nil
		if errors.Is(err, journal.ErrDamaged) {
			p.t.Fatalf("refused what could be read before: %v", err)
		}
		return false
	}
	return p.Retries || p.compare() // with Retries nothing is opened before the first payload
}

// compare reads what is there without a fault on the way.
func (p *player) compare() bool {
	if p.off() {
		return false
	}
	fail, calls, cut := p.disk.Fail, p.disk.calls, p.disk.cut
	p.disk.Fail, p.disk.cut = nil, 0
	got, err := p.Read(p.disk)
	p.disk.Fail, p.disk.calls, p.disk.cut = fail, calls, cut
	if err == nil {
		err = p.settle(got)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return true
}

// step does one thing, and reports whether there is a next one.
func (p *player) step() bool {
	if p.w == nil || p.w.Broken() {
		p.shut()
		for tries := 0; !p.open(); tries++ {
			if p.off() {
				return false
			}
			if tries > 1 {
				p.disk.Fail = nil // somebody repaired the disk
			}
		}
	}
	switch n := p.dice.IntN(24); {
	case n == 0:
		p.shut()
	case n < 3:
		p.drop()
	case n < 6:
		if p.w.Sync() == nil {
			p.confirm()
		}
	default:
		p.append()
	}
	return !p.off()
}

func (p *player) shut() {
	if p.w == nil {
		return
	}
	broken := p.w.Broken()
	if p.w.Close() == nil && !broken && !p.off() {
		p.confirm()
	}
	p.w = nil
}

func (p *player) drop() {
	n := p.dice.IntN(max(0, p.durable-p.dropped) + 1)
	p.dropped += n // at most: whole segments go, and even where it fails it may have happened
	_ = p.w.Drop(n)
}

func (p *player) confirm() {
	p.acknowledged += len(p.payloads) - p.durable
	p.durable = len(p.payloads)
}

func (p *player) append() {
	batch := p.again
	if p.again = nil; batch == nil {
		batch = []string{p.next(p.dice)}
	}
	for !p.Single && p.dice.IntN(3) == 0 {
		batch = append(batch, p.next(p.dice))
	}
	for tries := 0; ; tries++ {
		durable, err := p.w.Append(batch...)
		recorded, confirmed := !errors.Is(err, journal.ErrNotRecorded), !errors.Is(err, journal.ErrNotConfirmed)
		switch {
		case err != nil && recorded == confirmed:
			p.t.Fatalf("not exactly one of not recorded and not confirmed: %v", err)
		case err == nil:
			p.payloads = append(p.payloads, batch...)
			if durable {
				p.confirm()
			}
			return
		case p.Retries && !p.off():
			if confirmed {
				p.refused += len(batch)
			} else {
				p.unsure += len(batch)
			}
			if tries > 2 {
				p.disk.Fail = nil
			}
			continue
		case !confirmed:
			p.payloads = append(p.payloads, batch...) // perhaps
			if p.Retries {
				p.again = batch
			}
			p.unsure += len(batch)
			return
		case p.Retries: // perhaps by an attempt before the power went
			p.payloads, p.again = append(p.payloads, batch...), batch
			return
		default:
			p.refused += len(batch)
			return
		}
	}
}

// killed ends the process and leaves the machine running.
func (p *player) killed() {
	p.w = nil
	p.disk.Revive()
	if p.Retries {
		p.payloads = p.payloads[:len(p.payloads)-len(p.again)]
	}
}

// crashed cuts the power and compares what is left. It reports whether the log is damaged, which only a batch may leave of
// which the end was written and not the start.
func (p *player) crashed(dice Dice) (damaged bool) {
	p.w, p.again = nil, nil
	p.disk.Crash(dice)
	got, err := p.Read(p.disk)
	damaged = errors.Is(err, journal.ErrDamaged)
	if err != nil && (p.Single || !damaged) {
		p.t.Error(err)
	}
	if wrong := p.settle(got); wrong != nil {
		p.t.Errorf("%v (reading ended with: %v)", wrong, err)
	}
	return damaged
}

// ProvePower cuts the power n times, each time at some operation of the disk, and reads what is left.
func ProvePower(t *testing.T, s Subject, n int) {
	dice := rand.New(rand.NewPCG(1, uint64(n)))
	var damaged, lost, acknowledged, unsure int
	fresh := func() *player {
		return &player{Subject: s, t: t, disk: NewDisk(s.Root), dice: dice}
	}
	p := fresh()
	kills := 0
	for range n {
		for {
			p.disk.CutAt(1+dice.IntN([...]int{8, 90}[dice.IntN(2)]), dice.IntN(2) == 0)
			for p.step() {
			}
			if dice.IntN(2) == 0 {
				break
			}
			kills++
			p.killed()
		}
		refused := p.crashed(dice)
		if refused {
			damaged++
		}
		lost += p.lost
		acknowledged, unsure = acknowledged+p.acknowledged, unsure+p.unsure
		p.acknowledged, p.unsure = 0, 0
		if refused || t.Failed() || len(p.payloads) > 60 || dice.IntN(8) == 0 {
			p = fresh()
		}
	}
	f := NewFigures("simulated power cuts, each at some operation of the disk: unsynced bytes, names and renames are lost in part")
	f.Row(n, "power cuts")
	f.Row(kills, "times in between the process was killed and the machine ran on")
	f.Row(acknowledged, "records acknowledged as durable")
	f.Row(lost, "of those lost")
	f.Row(unsure, "records of which the caller was told NOT CONFIRMED: a part of each was there, or it was not")
	if !s.Single {
		f.Row(damaged, "logs refused as damaged with all acknowledged records before the damage: sectors of a batch came in any order")
	}
	f.Print(t, t.Output())
}

// Faults of the file system.
var faults = []struct {
	words string
	err   error
	short int
	stays bool
}{
	{"EIO", syscall.EIO, 0, false},
	{"EIO of what happened all the same", syscall.EIO, Done, false},
	{"EIO from then on", syscall.EIO, 0, true},
	{"ENOSPC", syscall.ENOSPC, 0, false},
	{"ENOSPC from then on", syscall.ENOSPC, 0, true},
	{"a short write, then ENOSPC", syscall.ENOSPC, 40, false},
	{"a short write, then EIO", syscall.EIO, 40, false},
}

// ProveFaults plays shifts in which the Nth operation fails, for every N and each way to fail, then cuts the power.
func ProveFaults(t *testing.T, s Subject) {
	f := NewFigures("an error at every Nth call of the file system (open, read, write, fsync, rename, remove, directory sync …), then a power cut")
	var shifts, acknowledged, lost, unsure, refused, calls int
	hit := map[Op]int{}
	for round := range 2 {
		for _, fault := range faults {
			for nth := 1; ; nth += Times(41, 1) {
				p := &player{Subject: s, t: t, disk: NewDisk(s.Root), dice: rand.New(rand.NewPCG(uint64(round), 7))}
				if round%2 == 0 { // so that there is something to repair; otherwise everything is new
					p.disk.CutAt(20+p.dice.IntN(60), true)
					for p.step() {
					}
					p.crashed(p.dice)
				}
				n, struck := 0, false
				p.disk.Fail = func(op Op, _ string) (int, error) {
					if n++; n == nth || fault.stays && n > nth && n < nth+30 {
						hit[op]++
						struck = true
						return fault.short, fault.err
					}
					return 0, nil
				}
				for range 40 {
					p.step()
				}
				p.shut()
				p.disk.Fail = nil
				if p.crashed(rand.New(rand.NewPCG(uint64(nth), uint64(round)))); t.Failed() {
					t.Fatalf("%s at call %d of shift %d", fault.words, nth, round)
				}
				shifts++
				lost += p.lost
				acknowledged, unsure, refused = acknowledged+p.acknowledged, unsure+p.unsure, refused+p.refused
				calls = max(calls, n)
				if !struck {
					break
				}
			}
		}
	}
	f.Row(shifts, "shifts, each with a fault at another call")
	f.Row(calls, "calls in the longest of them")
	for _, op := range slices.Sorted(maps.Keys(hit)) {
		f.Row(hit[op], "faults of "+string(op))
	}
	f.Row(acknowledged, "records acknowledged as durable")
	f.Row(lost, "of those lost")
	after := ", none of which was there"
	if s.Retries {
		after = ", tried again with the same id and there once"
	}
	f.Row(refused, "refused as NOT RECORDED"+after)
	f.Row(unsure, "said to be NOT CONFIRMED")
	f.Print(t, t.Output())
}

// ProveDamage changes every bit, or a part of them, of what a subject wrote, and cuts it off at every byte.
func ProveDamage(t *testing.T, s Subject) {
	disk := NewDisk(s.Root)
	w, err := s.Open(disk, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	n := Times(20, 60)
	for i := range n {
		if _, err := w.Append(fmt.Sprintf("%d entry", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var changes, detected, cuts, shorter int
	for name, file := range disk.now {
		if file.dir {
			continue
		}
		content := file.data
		for at := 0; at < len(content); at += Times(17, 1) {
			for bit := range 8 {
				changes++
				content[at] ^= 1 << bit
				got, err := s.Read(disk)
				if len(got) >= n || !errors.Is(err, journal.ErrDamaged) {
					t.Errorf("%s: bit %d of byte %d: %v, %d entries", name, bit, at, err, len(got))
				} else {
					detected++
				}
				content[at] ^= 1 << bit
			}
		}
		for size := 0; size < len(content); size += Times(17, 1) {
			cuts++
			file.data = content[:size:size]
			if got, err := s.Read(disk); len(got) >= n {
				t.Errorf("%s: cut to %d bytes: %d entries", name, size, len(got))
			} else if err == nil {
				shorter++
			} else if !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("%s: cut to %d bytes: %v", name, size, err)
			}
		}
		file.data = content
	}
	f := NewFigures(fmt.Sprintf("every bit of a log of %d entries changed, one at a time, and the log cut off at every byte", n))
	f.Row(changes, "changes")
	f.Row(detected, "of them detected, with file, line and byte, and nothing delivered from there on")
	f.Row(cuts, "cuts")
	f.Row(cuts-shorter, "of them detected as damage")
	f.Row(shorter, "in the last file, where all before the cut is delivered: vigil log verify tells the rest, see the journal's proof")
	f.Print(t, t.Output())
}
