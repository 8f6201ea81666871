package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
)

// Part is one Matroska file with one track of one size. Every frame is written as it comes, in clusters without a length:
// whatever ends the process, the file can be read up to the last whole frame.
type Part struct {
	number      int
	name        string
	file        *os.File
	width       int
	height      int
	base        int64
	rate        float64
	frames      int
	bytes       int64
	lastMs      int64
	step        int64
	clusterMs   int64
	durationPos int64
	buffer      bytes.Buffer
}

const (
	clusterLength = 1000 // ms
	sound         = 2
	picture       = 1
)

type partHeader struct {
	EBML    webm.EBMLHeader `ebml:"EBML"`
	Segment partSegment     `ebml:"Segment,size=unknown"`
}

type partSegment struct {
	Info struct {
		TimecodeScale uint64 `ebml:"TimecodeScale"`
		MuxingApp     string `ebml:"MuxingApp"`
		WritingApp    string `ebml:"WritingApp"`
		// Becomes the duration at a clean end; both are 11 bytes.
		Void []byte `ebml:"Void"`
	} `ebml:"Info"`
	Tracks struct {
		TrackEntry []webm.TrackEntry `ebml:"TrackEntry"`
	} `ebml:"Tracks"`
}

type cluster struct {
	Cluster struct {
		Timecode uint64 `ebml:"Timecode"`
	} `ebml:"Cluster,size=unknown"`
}

type block struct {
	Block ebml.Block `ebml:"SimpleBlock"`
}

func extensionOf(codec string) string {
	if codec == "h264" {
		return "mkv"
	}
	return "webm"
}

func trackEntry(codec string, f *Frame) webm.TrackEntry {
	entry := webm.TrackEntry{TrackNumber: 1, TrackUID: 1}
	switch codec {
	case "opus":
		entry.CodecID, entry.TrackType = "A_OPUS", sound
		// RFC 7845, 5.1: two channels, nothing to leave out at the beginning.
		entry.CodecPrivate = append([]byte("OpusHead\x01\x02\x00\x00"), 0x80, 0xbb, 0, 0, 0, 0, 0)
		entry.SeekPreRoll = 80_000_000
		entry.Audio = &webm.Audio{SamplingFrequency: 48000, Channels: 2}
	case "vp8":
		entry.CodecID, entry.TrackType = "V_VP8", picture
	case "h264":
		entry.CodecID, entry.TrackType, entry.CodecPrivate = "V_MPEG4/ISO/AVC", picture, f.private
	}
	if entry.TrackType == picture {
		entry.Video = &webm.Video{PixelWidth: uint64(f.width), PixelHeight: uint64(f.height)}
	}
	return entry
}

// begin writes what stands before the first frame.
func (p *Part) begin(codec string, f *Frame) error {
	var h partHeader
	h.EBML = webm.EBMLHeader{EBMLVersion: 1, EBMLReadVersion: 1, EBMLMaxIDLength: 4, EBMLMaxSizeLength: 8, DocType: "webm", DocTypeVersion: 4, DocTypeReadVersion: 2}
	if codec == "h264" {
		h.EBML.DocType = "matroska"
	}
	h.Segment.Info.TimecodeScale = 1_000_000
	h.Segment.Info.MuxingApp, h.Segment.Info.WritingApp = "portal-rapat", "portal-rapat"
	h.Segment.Info.Void = make([]byte, 9)
	h.Segment.Tracks.TrackEntry = []webm.TrackEntry{trackEntry(codec, f)}
	if err := ebml.Marshal(&h, &p.buffer); err != nil {
		return err
	}
	p.durationPos = int64(bytes.Index(p.buffer.Bytes(), append([]byte{0xec, 0x89}, make([]byte, 9)...)))
	return p.flush()
}

// write keeps one frame. `at` is the unwrapped RTP time; frames come in order.
func (p *Part) write(at int64, f *Frame) error {
	ms := p.position(at)
	if ms < p.lastMs {
		ms = p.lastMs
	}
	if p.frames == 0 || ms-p.clusterMs >= clusterLength || (f.key && f.width > 0) {
		p.clusterMs = ms
		c := cluster{}
		c.Cluster.Timecode = uint64(ms)
		if err := ebml.Marshal(&c, &p.buffer); err != nil {
			return err
		}
	}
	b := block{ebml.Block{TrackNumber: 1, Timecode: int16(ms - p.clusterMs), Keyframe: f.key, Data: [][]byte{f.data}}}
	if err := ebml.Marshal(&b, &p.buffer); err != nil {
		return err
	}
	if p.frames > 0 && ms > p.lastMs {
		p.step = min(ms-p.lastMs, 200)
	}
	p.lastMs = ms
	p.frames++
	return p.flush()
}

// position answers where in the part a time lies, in whole milliseconds as Matroska counts them.
func (p *Part) position(at int64) int64 {
	return int64(math.Round(float64(at-p.base) / p.rate * 1000))
}

// flush hands everything to the system in one call: a frame is there whole or not at all.
func (p *Part) flush() error {
	n, err := p.file.Write(p.buffer.Bytes())
	p.bytes += int64(n)
	p.buffer.Reset()
	return err
}

// durationMs: up to the end of the last frame, which lasts as long as the one before it.
func (p *Part) durationMs() int64 {
	if p.frames == 0 {
		return 0
	}
	return p.lastMs + p.step
}

// end adds the duration. What was written counts even when this fails.
func (p *Part) end() error {
	var failed error
	if p.durationPos > 0 {
		element := binary.BigEndian.AppendUint64([]byte{0x44, 0x89, 0x88}, math.Float64bits(float64(p.durationMs())))
		_, failed = p.file.WriteAt(element, p.durationPos)
	}
	if err := p.file.Sync(); failed == nil {
		failed = err
	}
	if err := p.file.Close(); failed == nil {
		failed = err
	}
	return failed
}
