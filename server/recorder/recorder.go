package main

import (
	"context"
	"errors"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
)

const (
	tickEvery = 200 * time.Millisecond
	syncEvery = 2 * time.Second
	// The library tries to resume at 0, 0.3 and 1.2 seconds; then a new connection is quicker.
	resumeWithin = 4 * time.Second
	joinWithin   = 10 * time.Second
	emptyFor     = 10 * time.Second
	tokenAgain   = 10 * time.Second
)

var backoff = []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second}

// Recorder is the recording while this process makes it. One goroutine (run) decides; the others bring it what happens.
type Recorder struct {
	config      Config
	folder      *Folder
	journal     *Journal
	commands    chan Command
	controllers chan int
	happened    chan happening
	broken      chan error

	mu     sync.Mutex
	state  string
	tracks map[string]*Track
	// Which connection counts; what an abandoned one still says does not.
	turn int
	room *lksdk.Room

	ready     bool
	attempts  int
	retryAt   time.Time
	joining   bool
	shaky     time.Time
	lostAt    time.Time
	askedAt   time.Time
	hands     int
	orphaned  time.Time
	emptySeen time.Time
	beatAt    time.Time
	syncAt    time.Time
	syncing   chan struct{}
}

type happening struct {
	turn int
	kind string
	room *lksdk.Room
	err  error
}

func newRecorder(config Config, folder *Folder) *Recorder {
	r := &Recorder{
		config: config, folder: folder, commands: make(chan Command, 16), controllers: make(chan int, 16),
		happened: make(chan happening, 256), broken: make(chan error, 1), tracks: map[string]*Track{}, hands: 1, syncing: make(chan struct{}, 1),
	}
	r.journal = openJournal(folder.index, r.diskFailed)
	return r
}

// diskFailed: the first failure to write ends the recording, with what there is.
func (r *Recorder) diskFailed(err error) {
	select {
	case r.broken <- err:
	default:
	}
}

func (r *Recorder) run(stop <-chan os.Signal) {
	r.begin()
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		reason, detail := "", ""
		select {
		case <-stop:
			reason = "stopped"
		case err := <-r.broken:
			reason, detail = "disk", plain(err)
		case n := <-r.controllers:
			r.hands += n
			r.orphaned = time.Time{}
			if r.hands == 0 {
				r.orphaned = time.Now()
				r.journal.note("orphaned", nil)
			}
		case c := <-r.commands:
			reason = r.obeys(c)
		case h := <-r.happened:
			reason = r.hears(h)
		case now := <-ticker.C:
			reason, detail = r.ticks(now)
		}
		if reason != "" {
			r.end(reason, detail)
			return
		}
	}
}

func (r *Recorder) begin() {
	for _, left := range r.folder.left {
		r.journal.note("part_left", fields{"part": left.number, "file": left.name, "bytes": left.bytes})
	}
	r.journal.note("session_opened", fields{"session": r.folder.session, "pid": os.Getpid(), "version": 1})
	if r.folder.lastSeen > 0 {
		r.lostAt = time.UnixMicro(int64(r.folder.lastSeen * 1000))
	}
	r.setState("connecting", "")
	r.join()
}

func (r *Recorder) obeys(c Command) string {
	if c.Stop {
		return "stopped"
	}
	if c.Mark != "" {
		r.journal.note("mark", fields{"mark": c.Mark})
	}
	if c.Token != "" {
		r.config.Token = c.Token
		if r.room == nil || !r.shaky.IsZero() {
			r.abandon()
			r.attempts = 0
			r.join()
		}
	}
	return ""
}

// join begins a connection of its own. Whatever an earlier one still brings is not heard.
func (r *Recorder) join() {
	r.mu.Lock()
	r.turn++
	turn := r.turn
	r.mu.Unlock()
	r.joining, r.shaky = true, time.Time{}
	token := r.config.Token
	go func() {
		until, cancel := context.WithTimeout(context.Background(), joinWithin)
		defer cancel()
		room := lksdk.NewRoom(r.callbacks(turn))
		err := room.JoinWithContextAndToken(until, r.config.URL, token, lksdk.WithAutoSubscribe(true), lksdk.WithDisableRegionDiscovery())
		r.happened <- happening{turn: turn, kind: "joined", room: room, err: err}
	}()
}

func (r *Recorder) callbacks(turn int) *lksdk.RoomCallback {
	say := func(kind string) func() { return func() { r.happened <- happening{turn: turn, kind: kind} } }
	return &lksdk.RoomCallback{
		OnReconnecting: say("reconnecting"),
		OnReconnected:  say("reconnected"),
		OnDisconnected: say("disconnected"),
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackSubscribed: func(media *webrtc.TrackRemote, p *lksdk.RemoteTrackPublication, rp *lksdk.RemoteParticipant) {
				r.hearTrack(turn, media, p, rp)
			},
			OnTrackUnsubscribed: func(_ *webrtc.TrackRemote, p *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
				r.dropTrack(turn, p.SID(), "unpublished")
			},
			OnTrackSubscriptionFailed: func(sid string, _ *lksdk.RemoteParticipant) {
				r.journal.note("notice", fields{"code": "not_subscribed", "track": sid})
			},
			OnTrackMuted: func(p lksdk.TrackPublication, _ lksdk.Participant) { r.journal.note("muted", fields{"track": p.SID()}) },
			OnTrackUnmuted: func(p lksdk.TrackPublication, _ lksdk.Participant) {
				r.journal.note("unmuted", fields{"track": p.SID()})
			},
		},
	}
}

func (r *Recorder) hears(h happening) string {
	if h.turn != r.turn {
		if h.room != nil && h.err == nil {
			go h.room.Disconnect()
		}
		return ""
	}
	switch h.kind {
	case "joined":
		r.joining = false
		if h.err != nil {
			r.notJoined(h.err)
			return ""
		}
		r.room = h.room
		r.connected()
	case "reconnecting":
		if r.room != nil && r.shaky.IsZero() {
			r.shaky = time.Now()
			r.connectionLost()
		}
	case "reconnected":
		if !r.shaky.IsZero() {
			r.shaky = time.Time{}
			r.connected()
		}
	case "disconnected":
		if r.room == nil {
			return ""
		}
		if reason := final(r.room.DisconnectReason()); reason != "" {
			return reason
		}
		r.connectionLost()
		r.abandon()
		r.attempts, r.retryAt = 0, time.Now().Add(backoff[0])
	}
	return ""
}

// final: reasons after which coming back would be wrong.
func final(reason livekit.DisconnectReason) string {
	switch reason {
	case livekit.DisconnectReason_ROOM_DELETED, livekit.DisconnectReason_ROOM_CLOSED:
		return "room_closed"
	case livekit.DisconnectReason_PARTICIPANT_REMOVED:
		return "removed"
	case livekit.DisconnectReason_DUPLICATE_IDENTITY:
		return "replaced"
	}
	return ""
}

func (r *Recorder) connected() {
	now := time.Now()
	r.attempts, r.askedAt = 0, time.Time{}
	r.setState("recording", "")
	r.journal.note("connected", fields{"session": r.folder.session})
	if !r.lostAt.IsZero() {
		r.journal.note("gap", fields{"from": millis(r.lostAt), "to": millis(now)})
		r.lostAt = time.Time{}
	}
	if !r.ready {
		r.ready = true
		r.journal.tell("ready", fields{"session": r.folder.session, "pid": os.Getpid()})
	}
}

func (r *Recorder) connectionLost() {
	if !r.lostAt.IsZero() {
		return
	}
	// What was heard last was before the connection was known to be lost.
	r.lostAt = time.Now()
	heard := time.Time{}
	for _, t := range r.all() {
		if seen := t.lastPacket(); seen.After(heard) {
			heard = seen
		}
	}
	if !heard.IsZero() && heard.Before(r.lostAt) {
		r.lostAt = heard
	}
	r.setState("reconnecting", "")
	r.journal.note("lost", fields{"since": millis(r.lostAt)})
}

func (r *Recorder) notJoined(err error) {
	now := time.Now()
	if r.lostAt.IsZero() && r.ready {
		r.lostAt = now
	}
	if r.askedAt.IsZero() || now.Sub(r.askedAt) >= tokenAgain {
		r.askedAt = now
		// The error's text names the address with the token in it.
		r.journal.tell("needs_token", fields{"refused": !errors.Is(err, context.DeadlineExceeded)})
	}
	r.retryAt = now.Add(backoff[min(r.attempts, len(backoff)-1)])
	r.attempts++
}

// abandon leaves a connection behind; its tracks end where they are.
func (r *Recorder) abandon() {
	r.mu.Lock()
	r.turn++
	room := r.room
	r.room = nil
	r.mu.Unlock()
	r.joining, r.shaky = false, time.Time{}
	r.closeTracks("connection")
	if room != nil {
		go room.Disconnect()
	}
}

func (r *Recorder) ticks(now time.Time) (reason, detail string) {
	for _, t := range r.all() {
		t.tick(now)
	}
	if !r.shaky.IsZero() && now.Sub(r.shaky) > resumeWithin {
		r.abandon()
		r.join()
	}
	if r.room == nil && !r.joining && now.After(r.retryAt) {
		r.join()
	}
	if r.room == nil || !r.shaky.IsZero() {
		since := r.lostAt
		if since.IsZero() || !r.ready {
			since = began
		}
		if now.Sub(since) > time.Duration(r.config.ReconnectSeconds)*time.Second {
			return "lost", ""
		}
	}
	if reason := r.alone(now); reason != "" {
		return reason, ""
	}
	if now.Sub(r.beatAt) >= time.Second {
		r.beatAt = now
		free, err := r.folder.freeBytes()
		if err != nil || free < r.config.LeastFreeBytes {
			return "disk", "free"
		}
		r.heartbeat(free)
	}
	if now.Sub(r.syncAt) >= syncEvery {
		r.syncAt = now
		r.syncParts()
	}
	return "", ""
}

var began = time.Now()

// alone: without a portal it goes on until nobody is left to record, or the time for a new portal to come has passed.
func (r *Recorder) alone(now time.Time) string {
	if r.orphaned.IsZero() {
		r.emptySeen = time.Time{}
		return ""
	}
	if now.Sub(r.orphaned) > time.Duration(r.config.OrphanSeconds)*time.Second {
		return "orphaned"
	}
	if r.room == nil || len(r.room.GetRemoteParticipants()) > 0 {
		r.emptySeen = time.Time{}
		return ""
	}
	if r.emptySeen.IsZero() {
		r.emptySeen = now
	}
	if now.Sub(r.emptySeen) > emptyFor {
		return "empty"
	}
	return ""
}

func (r *Recorder) heartbeat(free uint64) {
	bytes, lost, open := int64(0), 0, 0
	for _, t := range r.all() {
		b, l := t.figures()
		bytes, lost, open = bytes+b, lost+l, open+1
	}
	r.journal.tell("heartbeat", fields{"state": r.state, "tracks": open, "bytes": bytes, "lost": lost, "free": free})
}

// syncParts never has two rounds at once: a slow disk makes fewer of them.
func (r *Recorder) syncParts() {
	select {
	case r.syncing <- struct{}{}:
	default:
		return
	}
	tracks := r.all()
	go func() {
		defer func() { <-r.syncing }()
		for _, t := range tracks {
			if err := t.sync(); err != nil {
				r.diskFailed(err)
			}
		}
	}()
}

func (r *Recorder) setState(state, reason string) {
	r.mu.Lock()
	r.state = state
	r.mu.Unlock()
	if err := r.folder.writeState(state, reason); err != nil {
		r.diskFailed(err)
	}
}

func (r *Recorder) all() []*Track {
	r.mu.Lock()
	defer r.mu.Unlock()
	tracks := make([]*Track, 0, len(r.tracks))
	for _, t := range r.tracks {
		tracks = append(tracks, t)
	}
	return tracks
}

// hearTrack begins to read a track. Called by the library.
func (r *Recorder) hearTrack(turn int, media *webrtc.TrackRemote, p *lksdk.RemoteTrackPublication, rp *lksdk.RemoteParticipant) {
	codec := media.Codec()
	t := newTrack(p.SID(), codec.MimeType, codec.ClockRate)
	if t == nil {
		r.journal.note("notice", fields{"code": "codec", "track": p.SID(), "codec": codec.MimeType})
		return
	}
	t.store, t.notes, t.failed = r.folder, r.journal, r.diskFailed
	t.askKey = func() { rp.WritePLI(media.SSRC()) }
	r.mu.Lock()
	if turn != r.turn {
		r.mu.Unlock()
		return
	}
	before := r.tracks[t.sid]
	r.tracks[t.sid] = t
	r.mu.Unlock()
	if before != nil {
		before.close("again")
	}
	f := fields{
		"track": t.sid, "participant": rp.SID(), "identity": rp.Identity(), "kind": string(p.Kind()),
		"source": p.Source().String(), "codec": t.codec, "muted": p.IsMuted(),
	}
	if info := p.TrackInfo(); info != nil {
		f["width"], f["height"] = info.GetWidth(), info.GetHeight()
	}
	r.journal.note("track_opened", f)
	p.OnRTCP(func(packet rtcp.Packet) {
		if report, ok := packet.(*rtcp.SenderReport); ok && webrtc.SSRC(report.SSRC) == media.SSRC() {
			t.report(report, time.Now())
		}
	})
	go func() {
		for {
			packet, _, err := media.ReadRTP()
			if err != nil {
				r.dropThis(t)
				return
			}
			t.packet(packet, time.Now())
		}
	}()
}

func (r *Recorder) dropTrack(turn int, sid, reason string) {
	r.mu.Lock()
	t := r.tracks[sid]
	if turn != r.turn {
		t = nil
	}
	if t != nil {
		delete(r.tracks, sid)
	}
	r.mu.Unlock()
	if t != nil {
		t.close(reason)
	}
}

// dropThis: nothing comes any more, though nobody said that it was unpublished.
func (r *Recorder) dropThis(t *Track) {
	r.mu.Lock()
	if r.tracks[t.sid] == t {
		delete(r.tracks, t.sid)
	}
	r.mu.Unlock()
	t.close("ended")
}

func (r *Recorder) closeTracks(reason string) {
	r.mu.Lock()
	tracks := r.tracks
	r.tracks = map[string]*Track{}
	r.mu.Unlock()
	for _, t := range tracks {
		t.close(reason)
	}
}

func (r *Recorder) end(reason, detail string) {
	r.mu.Lock()
	r.turn++
	room := r.room
	r.mu.Unlock()
	r.closeTracks(reason)
	r.journal.note("session_closed", fields{"session": r.folder.session, "reason": reason, "detail": detail})
	r.setState("ended", reason)
	left := make(chan struct{})
	go func() {
		if room != nil {
			room.Disconnect()
		}
		close(left)
	}()
	select {
	case <-left:
	case <-time.After(2 * time.Second):
	}
	r.journal.tell("ended", fields{"reason": reason, "detail": detail})
	r.journal.close()
	_ = os.Remove(controlName)
}

// plain names what went wrong with a disk without the path.
func plain(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		if number == syscall.ENOSPC || number == syscall.EDQUOT {
			return "full"
		}
		return number.Error()
	}
	return "write"
}
