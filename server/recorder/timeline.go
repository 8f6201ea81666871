package main

import (
	"math"
	"time"
)

// Timeline turns the 32 bits of RTP time of one track into a count that does not wrap, and that count into wall time.
type Timeline struct {
	rate     float64
	started  bool
	last     int64
	lastSeen time.Time
	// Wall time of count 0 in milliseconds: from the sender's reports, and until there is one from the earliest arrival.
	reported, arrived   float64
	hasReport, hasFirst bool
}

func newTimeline(rate uint32) *Timeline { return &Timeline{rate: float64(rate)} }

// A clock that goes this far from the time that passed is another clock.
const clockJump = 3.0

// count answers the unwrapped time, and whether the sender's clock jumped. Which wrap it is, the time that passed decides:
// a camera may be off for longer than the 13 hours in which 90 kHz go round.
func (t *Timeline) count(stamp uint32, seen time.Time) (at int64, jumped bool) {
	if !t.started {
		t.started, t.last, t.lastSeen = true, int64(stamp), seen
		t.heard(t.last, seen)
		return t.last, false
	}
	at = t.near(stamp, seen)
	passed := seen.Sub(t.lastSeen).Seconds()
	jumped = math.Abs(float64(at-t.last)/t.rate-passed) > clockJump
	if jumped {
		// The old clock says nothing about the new one.
		t.hasReport, t.hasFirst = false, false
	}
	if at > t.last || jumped {
		t.last, t.lastSeen = at, seen
	}
	t.heard(at, seen)
	return at, jumped
}

func (t *Timeline) near(stamp uint32, seen time.Time) int64 {
	expected := t.last + int64(seen.Sub(t.lastSeen).Seconds()*t.rate)
	const round = int64(1) << 32
	at := expected - expected%round + int64(stamp)
	for at-expected > round/2 {
		at -= round
	}
	for expected-at > round/2 {
		at += round
	}
	return at
}

// heard: nothing arrives before it was sent, so the earliest arrival is nearest to the truth.
func (t *Timeline) heard(at int64, seen time.Time) {
	zero := millis(seen) - float64(at)/t.rate*1000
	if !t.hasFirst || zero < t.arrived {
		t.hasFirst, t.arrived = true, zero
	}
}

// report takes a sender report: this RTP time was this wall time on the media server's clock, which is one for all tracks.
func (t *Timeline) report(stamp uint32, ntp uint64, seen time.Time) (at int64, wall float64, ok bool) {
	if !t.started {
		return 0, 0, false
	}
	at = t.near(stamp, seen)
	wall = ntpMillis(ntp)
	if math.Abs(float64(at-t.last)/t.rate) > 600 || math.Abs(wall-millis(seen)) > 3_600_000 {
		return 0, 0, false // Of the clock before a jump, or of a server whose clock is wrong: arrival is better.
	}
	t.reported, t.hasReport = wall-float64(at)/t.rate*1000, true
	return at, wall, true
}

// wall answers milliseconds of the epoch, and where they come from.
func (t *Timeline) wall(at int64) (float64, string) {
	if t.hasReport {
		return t.reported + float64(at)/t.rate*1000, "report"
	}
	return t.arrived + float64(at)/t.rate*1000, "arrival"
}

// ntpMillis: seconds since 1900 in the upper half, fractions in the lower.
func ntpMillis(ntp uint64) float64 {
	const since1900 = 2_208_988_800
	return (float64(ntp>>32)-since1900)*1000 + float64(ntp&0xffffffff)/float64(1<<32)*1000
}
