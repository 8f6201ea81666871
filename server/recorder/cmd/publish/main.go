// Publishers for measuring the recorder: frames that were encoded before, sent again and again. It encodes nothing, so that
// the machine is the recorder's. One line of JSON on standard input; ends with its input.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/ivfreader"
	"github.com/pion/webrtc/v4/pkg/media/oggreader"
)

type order struct {
	URL    string   `json:"url"`
	Tokens []string `json:"tokens"`
	// Files: VP8 in IVF, Opus in Ogg.
	Picture string `json:"picture"`
	Sound   string `json:"sound"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
}

func main() {
	log.SetOutput(io.Discard)
	lksdk.SetLogger(logger.GetDiscardLogger())
	lines := bufio.NewReader(os.Stdin)
	text, err := lines.ReadBytes('\n')
	check(err)
	var o order
	check(json.Unmarshal(text, &o))
	pictures, err := readPictures(o.Picture)
	check(err)
	sounds, err := readSounds(o.Sound)
	check(err)
	rooms := []*lksdk.Room{}
	for n, token := range o.Tokens {
		room, err := lksdk.ConnectToRoomWithToken(o.URL, token, &lksdk.RoomCallback{}, lksdk.WithDisableRegionDiscovery())
		check(err)
		rooms = append(rooms, room)
		check(publish(room, webrtc.MimeTypeVP8, 90000, pictures, &lksdk.TrackPublicationOptions{
			Source: livekit.TrackSource_CAMERA, VideoWidth: o.Width, VideoHeight: o.Height}, n))
		check(publish(room, webrtc.MimeTypeOpus, 48000, sounds, &lksdk.TrackPublicationOptions{Source: livekit.TrackSource_MICROPHONE, DisableDTX: true}, n))
	}
	fmt.Println(`{"published":true}`)
	_, _ = lines.ReadBytes('\n')
	for _, room := range rooms {
		room.Disconnect()
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func publish(room *lksdk.Room, mime string, rate uint32, samples []media.Sample, options *lksdk.TrackPublicationOptions, n int) error {
	track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: mime, ClockRate: rate, Channels: map[bool]uint16{true: 2}[rate == 48000]})
	if err != nil {
		return err
	}
	if _, err := room.LocalParticipant.PublishTrack(track, options); err != nil {
		return err
	}
	// Publishers do not send at the same moment, as people do not.
	go send(track, samples, time.Duration(n)*7*time.Millisecond)
	return nil
}

func send(track *lksdk.LocalTrack, samples []media.Sample, later time.Duration) {
	due := time.Now().Add(later)
	for n := 0; ; n++ {
		sample := samples[n%len(samples)]
		time.Sleep(time.Until(due))
		if err := track.WriteSample(sample, nil); err != nil {
			return
		}
		due = due.Add(sample.Duration)
	}
}

func readPictures(path string) ([]media.Sample, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader, header, err := ivfreader.NewWith(file)
	if err != nil {
		return nil, err
	}
	length := time.Duration(float64(header.TimebaseNumerator) / float64(header.TimebaseDenominator) * float64(time.Second))
	var all []media.Sample
	for {
		data, _, err := reader.ParseNextFrame()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, media.Sample{Data: data, Duration: length})
	}
}

// readSounds: one packet of 20 ms on each page (`-page_duration 20000`).
func readSounds(path string) ([]media.Sample, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader, _, err := oggreader.NewWith(file)
	if err != nil {
		return nil, err
	}
	var all []media.Sample
	for {
		data, _, err := reader.ParseNextPage()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) >= 8 && string(data[:8]) == "OpusTags" {
			continue
		}
		all = append(all, media.Sample{Data: data, Duration: 20 * time.Millisecond})
	}
}
