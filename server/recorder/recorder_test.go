package main

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func after(d time.Duration) time.Time { return noon.Add(d) }

func numbers(all []delivery) (got []int) {
	for _, d := range all {
		if d.packet != nil {
			got = append(got, int(d.packet.SequenceNumber))
		} else {
			got = append(got, -d.lost)
		}
	}
	return got
}

func same(t *testing.T, got, want []int) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for n := range got {
		if got[n] != want[n] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func numbered(n uint16) *rtp.Packet {
	return &rtp.Packet{Header: rtp.Header{SequenceNumber: n}, Payload: []byte{1}}
}

func TestPacketsComeInOrderAcrossTheEndOfTheirNumbers(t *testing.T) {
	r := newReorder(time.Second)
	var got []int
	for _, n := range []uint16{65533, 65535, 65534, 1, 0, 1, 65534, 2} {
		got = append(got, numbers(r.push(numbered(n), noon))...)
	}
	same(t, got, []int{65533, 65534, 65535, 0, 1, 2})
}

func TestAHoleIsWaitedForAndThenLost(t *testing.T) {
	r := newReorder(time.Second)
	r.push(numbered(10), noon)
	same(t, numbers(r.push(numbered(13), after(10*time.Millisecond))), nil)
	same(t, numbers(r.tick(after(900*time.Millisecond))), nil)
	same(t, numbers(r.tick(after(1100*time.Millisecond))), []int{-2, 13})
	same(t, numbers(r.push(numbered(11), after(1200*time.Millisecond))), nil)
	r.push(numbered(15), after(1300*time.Millisecond))
	same(t, numbers(r.push(numbered(14), after(1400*time.Millisecond))), []int{14, 15})
	r.push(numbered(17), after(1500*time.Millisecond))
	same(t, numbers(r.flush()), []int{-1, 17})
}

func TestAnotherCountOfNumbersIsNotAHole(t *testing.T) {
	r := newReorder(time.Second)
	r.push(numbered(10), noon)
	same(t, numbers(r.push(numbered(30000), noon)), []int{30000})
	same(t, numbers(r.push(numbered(30001), noon)), []int{30001})
}

func TestTimeGoesOnWhenItsThirtyTwoBitsAreFull(t *testing.T) {
	l := newTimeline(90000)
	first, _ := l.count(math.MaxUint32-44999, noon)
	second, jumped := l.count(45000, after(time.Second))
	if second-first != 90000 || jumped {
		t.Fatalf("a second is %d ticks, jumped %v", second-first, jumped)
	}
	// An older frame does not go round the world.
	if back, _ := l.count(math.MaxUint32-4499, after(1010*time.Millisecond)); second-back != 49500 {
		t.Fatalf("back by %d", second-back)
	}
}

func TestACameraThatWasOffForTwoDaysIsOnTheSameClock(t *testing.T) {
	l := newTimeline(90000)
	first, _ := l.count(1000, noon)
	off := 48 * time.Hour
	ticks := int64(off.Seconds()) * 90000
	at, jumped := l.count(uint32(1000+ticks), after(off+20*time.Millisecond))
	if at-first != ticks || jumped {
		t.Fatalf("%d ticks instead of %d, jumped %v", at-first, ticks, jumped)
	}
}

func TestAnotherClockIsNoticed(t *testing.T) {
	l := newTimeline(48000)
	l.count(1000, noon)
	if _, jumped := l.count(900_000_000, after(20*time.Millisecond)); !jumped {
		t.Fatal("not noticed")
	}
}

func ntpOf(at time.Time) uint64 {
	seconds := uint64(at.Unix() + 2_208_988_800)
	return seconds<<32 | uint64(float64(at.Nanosecond())/1e9*float64(1<<32))
}

func TestReportsPutTwoTracksOnOneClock(t *testing.T) {
	sound, picture := newTimeline(48000), newTimeline(90000)
	// The picture arrives 80 ms later than the sound of the same moment.
	s, _ := sound.count(4_294_960_000, after(30*time.Millisecond))
	p, _ := picture.count(77, after(110*time.Millisecond))
	if wall, source := picture.wall(p); source != "arrival" || math.Abs(wall-millis(after(110*time.Millisecond))) > 0.01 {
		t.Fatal(wall, source)
	}
	// Reports a second later; the one of the sound has gone round.
	sound.report(uint32((4_294_960_000+48000)&math.MaxUint32), ntpOf(after(time.Second)), after(1100*time.Millisecond))
	picture.report(77+90000, ntpOf(after(time.Second)), after(1200*time.Millisecond))
	a, from := sound.wall(s)
	b, _ := picture.wall(p)
	if from != "report" || math.Abs(a-b) > 1 || math.Abs(a-millis(noon)) > 1 {
		t.Fatalf("%f ms apart, from %s", a-b, from)
	}
}

func TestAReportFromAnotherAgeIsNotBelieved(t *testing.T) {
	l := newTimeline(48000)
	l.count(1000, noon)
	if _, _, ok := l.report(1000, ntpOf(noon.Add(-5*time.Hour)), noon); ok {
		t.Fatal("believed")
	}
}

// A part on the disk and what was noted of it.
type desk struct {
	folder *Folder
	noted  []string
	lines  []fields
	keys   int
	err    error
}

func (d *desk) note(kind string, f fields) {
	d.noted = append(d.noted, kind)
	d.lines = append(d.lines, f)
}

func (d *desk) count(kind string) (n int) {
	for _, k := range d.noted {
		if k == kind {
			n++
		}
	}
	return n
}

func newDesk(t *testing.T, mime string, rate uint32) (*desk, *Track) {
	t.Helper()
	folder, err := openFolder(t.TempDir(), "rec")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{folder: folder}
	// openFolder's path is absolute here, so nothing depends on the working directory.
	track := newTrack("TR_abc", mime, rate)
	track.store, track.notes, track.failed = folder, d, func(err error) { d.err = err }
	track.askKey = func() { d.keys++ }
	return d, track
}

type readBack struct {
	Header  webm.EBMLHeader `ebml:"EBML"`
	Segment struct {
		Info struct {
			TimecodeScale uint64  `ebml:"TimecodeScale"`
			Duration      float64 `ebml:"Duration"`
		} `ebml:"Info"`
		Tracks  webm.Tracks    `ebml:"Tracks"`
		Cluster []webm.Cluster `ebml:"Cluster"`
	} `ebml:"Segment"`
}

func parsePart(t *testing.T, data []byte) (r readBack) {
	t.Helper()
	if err := ebml.Unmarshal(bytes.NewReader(data), &r, ebml.WithIgnoreUnknown(true)); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	return r
}

func (r readBack) times() (ms []int) {
	for _, c := range r.Segment.Cluster {
		for _, b := range c.SimpleBlock {
			ms = append(ms, int(c.Timecode)+int(b.Timecode))
		}
	}
	return ms
}

func parts(t *testing.T, d *desk) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(d.folder.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if partsName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func sendSound(track *Track, from, to int, skip map[int]bool) {
	for n := from; n < to; n++ {
		if skip[n] {
			continue
		}
		p := &rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(65000 + n), Timestamp: uint32(4_294_900_000 + n*960)}, Payload: []byte{0xfc, byte(n), byte(n >> 8)}}
		track.packet(p, after(time.Duration(n)*20*time.Millisecond))
	}
}

func TestSoundIsReadableAtEveryMoment(t *testing.T) {
	d, track := newDesk(t, "audio/opus", 48000)
	sendSound(track, 0, 500, nil)
	names := parts(t, d)
	if len(names) != 1 || names[0] != "rec-0001-TR_abc.webm" {
		t.Fatal(names)
	}
	// Nothing was closed: this is what a kill would leave, and a torn last block on top.
	data, err := os.ReadFile(filepath.Join(d.folder.path, names[0]))
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{0, 1, 2} {
		times := parsePart(t, data[:len(data)-cut]).times()
		if want := 500 - map[bool]int{true: 1}[cut > 0]; len(times) != want || times[len(times)-1] != (want-1)*20 {
			t.Fatalf("cut %d: %d blocks, the last at %d", cut, len(times), times[len(times)-1])
		}
	}
	track.close("stopped")
	data, _ = os.ReadFile(filepath.Join(d.folder.path, names[0]))
	if r := parsePart(t, data); r.Segment.Info.Duration != 10_000 || r.Segment.Tracks.TrackEntry[0].CodecID != "A_OPUS" {
		t.Fatal(r.Segment.Info.Duration, r.Segment.Tracks)
	}
	if d.err != nil {
		t.Fatal(d.err)
	}
}

func TestLostSoundLeavesItsPlaceEmpty(t *testing.T) {
	d, track := newDesk(t, "audio/opus", 48000)
	sendSound(track, 0, 200, map[int]bool{50: true, 51: true})
	track.close("stopped")
	data, _ := os.ReadFile(filepath.Join(d.folder.path, parts(t, d)[0]))
	times := parsePart(t, data).times()
	if len(times) != 198 || times[49] != 980 || times[50] != 1040 {
		t.Fatal(len(times), times[49:51])
	}
	if _, lost := track.figures(); lost != 2 || d.count("loss") != 1 {
		t.Fatal(lost, d.noted)
	}
}

func picture8(key bool, width, height int) []byte {
	if !key {
		return []byte{0x10, 0x01, 0, 0, 1, 2, 3, 4}
	}
	return []byte{0x10, 0x00, 0, 0, 0x9d, 0x01, 0x2a, byte(width), byte(width >> 8), byte(height), byte(height >> 8), 9, 9}
}

func sendPicture(track *Track, n int, payload []byte) {
	p := &rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(n), Timestamp: uint32(n * 3000), Marker: true}, Payload: payload}
	track.packet(p, after(time.Duration(n)*time.Second/30))
}

func TestANewSizeIsANewPartAndAPartBeginsWithAKeyFrame(t *testing.T) {
	d, track := newDesk(t, "video/vp8", 90000)
	sendPicture(track, 1, picture8(false, 0, 0))
	track.tick(after(time.Second / 20))
	if d.keys != 1 || len(parts(t, d)) != 0 {
		t.Fatal("asked", d.keys, parts(t, d))
	}
	sendPicture(track, 2, picture8(true, 1280, 720))
	sendPicture(track, 3, picture8(false, 0, 0))
	sendPicture(track, 4, picture8(true, 640, 360))
	sendPicture(track, 5, picture8(true, 640, 360))
	track.close("stopped")
	names := parts(t, d)
	if strings.Join(names, " ") != "rec-0001-TR_abc.webm rec-0002-TR_abc.webm" {
		t.Fatal(names)
	}
	for n, width := range []uint64{1280, 640} {
		data, _ := os.ReadFile(filepath.Join(d.folder.path, names[n]))
		r := parsePart(t, data)
		if r.Segment.Tracks.TrackEntry[0].Video.PixelWidth != width || !r.Segment.Cluster[0].SimpleBlock[0].Keyframe {
			t.Fatal(n, r.Segment.Tracks)
		}
	}
}

func TestAfterALossPicturesWaitForAKeyFrame(t *testing.T) {
	d, track := newDesk(t, "video/vp8", 90000)
	sendPicture(track, 1, picture8(true, 1280, 720))
	sendPicture(track, 3, picture8(false, 0, 0))
	track.tick(after(1300 * time.Millisecond))
	sendPicture(track, 45, picture8(false, 0, 0)) // 4 to 44 are another hole
	track.tick(after(2600 * time.Millisecond))
	sendPicture(track, 80, picture8(true, 1280, 720))
	track.close("stopped")
	data, _ := os.ReadFile(filepath.Join(d.folder.path, parts(t, d)[0]))
	times := parsePart(t, data).times()
	if len(times) != 2 || times[1] != 2633 || d.keys == 0 {
		t.Fatal(times, d.keys, d.noted)
	}
}

func TestReportsAreNotedForThePart(t *testing.T) {
	d, track := newDesk(t, "video/vp8", 90000)
	sendPicture(track, 1, picture8(true, 1280, 720))
	track.report(&rtcp.SenderReport{RTPTime: 3000 + 90000, NTPTime: ntpOf(after(time.Second))}, after(1010*time.Millisecond))
	track.report(&rtcp.SenderReport{RTPTime: 3000 + 180000, NTPTime: ntpOf(after(2 * time.Second))}, after(2010*time.Millisecond))
	if d.count("clock") != 1 {
		t.Fatal(d.noted)
	}
	last := d.lines[len(d.lines)-1]
	if last["ms"] != 1000.0 || math.Abs(last["wall"].(float64)-millis(after(time.Second))) > 0.01 {
		t.Fatal(last)
	}
}

func TestH264GoesIntoMatroskaWithItsParameterSets(t *testing.T) {
	// 1280×720, High, as an encoder writes it.
	sps := []byte{0x67, 0x64, 0x00, 0x1f, 0xac, 0xd9, 0x40, 0x50, 0x05, 0xbb, 0x01, 0x10, 0x00, 0x00, 0x03, 0x00, 0x10, 0x00, 0x00, 0x03, 0x03, 0xc0, 0xf1, 0x83, 0x19, 0x60}
	if w, h := sizeOfSPS(sps); w != 1280 || h != 720 {
		t.Fatal(w, h)
	}
	if w, h := sizeOfSPS(sps[:6]); w != 0 || h != 0 {
		t.Fatal("a torn one is not believed", w, h)
	}
	pps := []byte{0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0}
	stap := append([]byte{24, 0, byte(len(sps))}, sps...)
	stap = append(append(stap, 0, byte(len(pps))), pps...)
	d, track := newDesk(t, "video/h264", 90000)
	track.packet(&rtp.Packet{Header: rtp.Header{SequenceNumber: 1, Timestamp: 1}, Payload: stap}, noon)
	track.packet(&rtp.Packet{Header: rtp.Header{SequenceNumber: 2, Timestamp: 1, Marker: true}, Payload: []byte{0x65, 1, 2, 3}}, noon)
	track.packet(&rtp.Packet{Header: rtp.Header{SequenceNumber: 3, Timestamp: 3001, Marker: true}, Payload: []byte{0x41, 1, 2, 3}}, after(33*time.Millisecond))
	track.close("stopped")
	names := parts(t, d)
	if len(names) != 1 || names[0] != "rec-0001-TR_abc.mkv" {
		t.Fatal(names, d.noted)
	}
	data, _ := os.ReadFile(filepath.Join(d.folder.path, names[0]))
	r := parsePart(t, data)
	entry := r.Segment.Tracks.TrackEntry[0]
	if entry.CodecID != "V_MPEG4/ISO/AVC" || entry.Video.PixelWidth != 1280 || !bytes.Contains(entry.CodecPrivate, pps) || len(r.times()) != 2 {
		t.Fatal(entry, r.times())
	}
}

func TestAFolderIsHeldByOneAndGoneOnWithByTheNext(t *testing.T) {
	path := t.TempDir()
	first, err := openFolder(path, "rec")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openFolder(path, "rec"); !errors.Is(err, errBusy) {
		t.Fatal(err)
	}
	part, err := first.newPart("TR_one", "opus")
	if err != nil {
		t.Fatal(err)
	}
	journal := openJournal(first.index, func(error) {})
	journal.note("session_opened", fields{"session": first.session})
	journal.note("part_opened", fields{"part": part.number, "file": part.name})
	journal.close()
	// Killed here: a line half written, and a file that no line tells of.
	index, _ := os.OpenFile(filepath.Join(path, indexName), os.O_APPEND|os.O_WRONLY, 0)
	_, _ = index.WriteString(`{"type":"part_op`)
	_ = index.Close()
	_ = os.WriteFile(filepath.Join(path, "rec-0007-TR_two.webm"), nil, 0o600)
	_ = first.lock.Close()

	second, err := openFolder(path, "rec")
	if err != nil {
		t.Fatal(err)
	}
	if second.session != 2 || len(second.left) != 1 || second.left[0].number != 1 || second.lastSeen == 0 {
		t.Fatal(second.session, second.left, second.lastSeen)
	}
	again, err := second.newPart("TR_one", "opus")
	if err != nil || again.name != "rec-0008-TR_one.webm" {
		t.Fatal(again.name, err)
	}
	text, _ := os.ReadFile(filepath.Join(path, indexName))
	if !bytes.HasSuffix(text, []byte("}\n")) {
		t.Fatalf("a torn line is left: %s", text)
	}
}

func TestNamesOfFilesTakeNothingOdd(t *testing.T) {
	if _, err := openFolder(t.TempDir(), "../out"); err == nil {
		t.Fatal("prefix")
	}
	folder, err := openFolder(t.TempDir(), "rec")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := folder.newPart("../TR_x", "opus"); err == nil {
		t.Fatal("track")
	}
}

type slow struct{ freed chan struct{} }

func (s slow) Write(text []byte) (int, error) {
	<-s.freed
	return len(text), nil
}

func TestAListenerWhoDoesNotReadHoldsNothingUp(t *testing.T) {
	file, _ := os.Create(filepath.Join(t.TempDir(), indexName))
	journal := openJournal(file, func(err error) { t.Error(err) })
	s := slow{make(chan struct{})}
	journal.listen(s, nil)
	for range 10_000 {
		journal.note("mark", fields{"mark": "x"})
	}
	close(s.freed)
	journal.close()
	text, _ := os.ReadFile(file.Name())
	if n := bytes.Count(text, []byte("\n")); n != 10_000 {
		t.Fatal(n)
	}
}
