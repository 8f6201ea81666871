package main

import (
	"time"

	"github.com/pion/rtp"
)

// Reorder gives packets in the order of their numbers. A hole is waited for, since what is asked for again comes late;
// after `patience` it is lost. Without a hole nothing waits.
type Reorder struct {
	patience time.Duration
	started  bool
	next     uint16
	held     map[uint16]delivery
	since    time.Time
}

// What comes after a jump this wide belongs to another count of numbers.
const widestHole = 3000

func newReorder(patience time.Duration) *Reorder {
	return &Reorder{patience: patience, held: map[uint16]delivery{}}
}

// delivery is a packet and when it came, or how many were lost before the next one.
type delivery struct {
	packet *rtp.Packet
	seen   time.Time
	lost   int
}

func (r *Reorder) push(p *rtp.Packet, now time.Time) []delivery {
	if !r.started {
		r.started, r.next = true, p.SequenceNumber
	}
	ahead := int(int16(p.SequenceNumber - r.next))
	if ahead < -widestHole || ahead > widestHole {
		out := r.flush()
		r.next = p.SequenceNumber + 1
		return append(out, delivery{packet: p, seen: now})
	}
	if ahead < 0 {
		return nil // Twice, or too late: its place was given up.
	}
	if ahead > 0 && len(r.held) == 0 {
		r.since = now
	}
	r.held[p.SequenceNumber] = delivery{packet: p, seen: now}
	out := r.contiguous(nil)
	if len(out) > 0 {
		r.since = now
	}
	return append(out, r.tick(now)...)
}

func (r *Reorder) contiguous(out []delivery) []delivery {
	for d, ok := r.held[r.next]; ok; d, ok = r.held[r.next] {
		delete(r.held, r.next)
		out = append(out, d)
		r.next++
	}
	return out
}

// tick gives up a hole that has been waited for long enough.
func (r *Reorder) tick(now time.Time) []delivery {
	if len(r.held) == 0 || now.Sub(r.since) < r.patience {
		return nil
	}
	r.since = now
	return r.skip(nil)
}

func (r *Reorder) flush() (out []delivery) {
	for len(r.held) > 0 {
		out = r.skip(out)
	}
	return out
}

func (r *Reorder) skip(out []delivery) []delivery {
	lost := 0
	for r.held[r.next].packet == nil {
		r.next++
		lost++
	}
	if lost > 0 {
		out = append(out, delivery{lost: lost})
	}
	return r.contiguous(out)
}
