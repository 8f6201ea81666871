package main

import (
	"math"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

const (
	soundPatience   = 500 * time.Millisecond
	picturePatience = time.Second
	// A sender that answers no request for a key frame: a damaged picture is better than none.
	keyPatience  = 2 * time.Second
	keyAskEvery  = time.Second
	clockEvery   = 10 * time.Second
	clockMoved   = 5.0 // ms
	smallestSide = 16
)

// Store is where a track's parts go.
type Store interface {
	newPart(track, codec string) (*Part, error)
}

// Notes is where what happens is kept.
type Notes interface {
	note(kind string, f fields)
}

// Track is one published track while this process hears it.
type Track struct {
	sid     string
	codec   string
	picture bool
	store   Store
	notes   Notes
	// Asks the sender for a key frame.
	askKey func()
	failed func(error)

	mu        sync.Mutex
	frames    Assembler
	reorder   *Reorder
	times     *Timeline
	part      *Part
	closed    bool
	rate      uint32
	lost      int
	bytes     int64
	damaged   time.Time // Since when frames wait for a key frame; zero: they do not.
	asked     time.Time
	clockAt   time.Time
	clockZero float64
	seen      time.Time
}

func newTrack(sid, mime string, rate uint32) *Track {
	frames, codec := assemblerFor(mime)
	if frames == nil {
		return nil
	}
	patience := soundPatience
	if codec != "opus" {
		patience = picturePatience
	}
	return &Track{sid: sid, codec: codec, picture: codec != "opus", frames: frames, rate: rate, reorder: newReorder(patience), times: newTimeline(rate)}
}

// packet takes one as it came. It must not be used again by the caller.
func (t *Track) packet(p *rtp.Packet, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	if t.seen.IsZero() {
		t.notes.note("first_packet", fields{"track": t.sid})
	}
	t.seen = now
	t.deliver(t.reorder.push(p, now), now)
}

// tick gives up holes, and asks again for a key frame that did not come.
func (t *Track) tick(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.deliver(t.reorder.tick(now), now)
	waits := !t.damaged.IsZero() || (t.part == nil && !t.seen.IsZero())
	if t.picture && waits && now.Sub(t.seen) < time.Second && now.Sub(t.asked) >= keyAskEvery {
		t.ask(now)
	}
}

func (t *Track) ask(now time.Time) {
	t.asked = now
	t.notes.note("pli", fields{"track": t.sid})
	t.askKey()
}

func (t *Track) deliver(all []delivery, now time.Time) {
	for _, d := range all {
		if d.lost > 0 {
			t.lostPackets(d.lost, now)
			continue
		}
		if f := t.frames.push(d.packet); f != nil {
			t.frame(f, d.seen)
		}
	}
}

func (t *Track) lostPackets(n int, now time.Time) {
	t.lost += n
	t.frames.broken()
	f := fields{"track": t.sid, "lost": n}
	if t.part != nil {
		f["part"], f["ms"] = t.part.number, t.part.lastMs
	}
	t.notes.note("loss", f)
	if t.picture && t.part != nil && t.damaged.IsZero() {
		t.damaged = now
		if now.Sub(t.asked) >= keyAskEvery {
			t.ask(now)
		}
	}
}

func (t *Track) frame(f *Frame, seen time.Time) {
	at, jumped := t.times.count(f.stamp, seen)
	switch {
	case !t.picture:
		if jumped {
			t.endPart("clock")
		}
	case f.key:
		t.damaged = time.Time{}
		if t.part != nil && (jumped || (f.width > 0 && (f.width != t.part.width || f.height != t.part.height))) {
			t.endPart(map[bool]string{true: "clock", false: "size"}[jumped])
		}
	default:
		if jumped {
			t.endPart("clock")
		}
		if t.part == nil {
			return // A part begins with a key frame; tick asks for it.
		}
		if !t.damaged.IsZero() && seen.Sub(t.damaged) < keyPatience {
			return
		}
		t.damaged = time.Time{}
	}
	if t.part == nil && !t.beginPart(f, at) {
		return
	}
	if err := t.part.write(at, f); err != nil {
		t.failed(err)
		return
	}
	t.bytes += int64(len(f.data))
}

func (t *Track) beginPart(f *Frame, at int64) bool {
	if t.picture && (f.width < smallestSide || f.height < smallestSide || (t.codec == "h264" && f.private == nil)) {
		return false
	}
	part, err := t.store.newPart(t.sid, t.codec)
	if err != nil {
		t.failed(err)
		return false
	}
	part.width, part.height, part.base, part.rate = f.width, f.height, at, float64(t.rate)
	if err := part.begin(t.codec, f); err != nil {
		t.failed(err)
		return false
	}
	t.part = part
	wall, source := t.times.wall(at)
	t.notes.note("part_opened", fields{
		"part": part.number, "file": part.name, "track": t.sid, "codec": t.codec, "width": f.width, "height": f.height,
		"rtp": at, "rate": t.rate, "wall": wall, "clock": source,
	})
	t.clockAt = time.Time{}
	if source == "report" {
		t.clockLine(at, wall, time.Now())
	}
	return true
}

func (t *Track) endPart(reason string) {
	if t.part == nil {
		return
	}
	p := t.part
	t.part = nil
	wall, source := t.times.wall(p.base)
	err := p.end()
	t.notes.note("part_closed", fields{
		"part": p.number, "track": t.sid, "frames": p.frames, "bytes": p.bytes, "ms": p.durationMs(), "reason": reason,
		// The best that was known in the end.
		"wall": wall, "clock": source,
	})
	if err != nil {
		t.failed(err)
	}
}

// report takes what the sender says of its clock. Every ten seconds, or when it moved by more than the eye or ear forgives.
func (t *Track) report(r *rtcp.SenderReport, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, wall, ok := t.times.report(r.RTPTime, r.NTPTime, now)
	if !ok || t.closed || t.part == nil {
		return
	}
	moved := math.Abs(wall-float64(at)/float64(t.rate)*1000-t.clockZero) > clockMoved
	if moved || now.Sub(t.clockAt) >= clockEvery {
		t.clockLine(at, wall, now)
	}
}

// clockLine: at `ms` in the part the wall showed `wall`.
func (t *Track) clockLine(at int64, wall float64, now time.Time) {
	t.clockAt, t.clockZero = now, wall-float64(at)/float64(t.rate)*1000
	ms := float64(at-t.part.base) / float64(t.rate) * 1000
	t.notes.note("clock", fields{"part": t.part.number, "track": t.sid, "rtp": at, "ms": math.Round(ms*1000) / 1000, "wall": wall})
}

// close writes what waited and ends the part. Twice is as good as once.
func (t *Track) close(reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.deliver(t.reorder.flush(), time.Now())
	t.closed = true
	t.endPart(reason)
	t.notes.note("track_closed", fields{"track": t.sid, "lost": t.lost, "bytes": t.bytes, "reason": reason})
}

func (t *Track) figures() (bytes int64, lost int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes, t.lost
}

func (t *Track) lastPacket() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen
}

// sync: what was written survives a power failure too.
func (t *Track) sync() error {
	t.mu.Lock()
	part := t.part
	t.mu.Unlock()
	if part == nil {
		return nil
	}
	if err := part.file.Sync(); err != nil && !isClosed(err) {
		return err
	}
	return nil
}
