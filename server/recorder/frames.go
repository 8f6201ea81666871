package main

import (
	"encoding/binary"
	"strings"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
)

// Frame is what one block of a part holds, still encoded.
type Frame struct {
	stamp         uint32
	key           bool
	width, height int
	// What a player needs before the first frame; H.264 only.
	private []byte
	data    []byte
}

// Assembler puts the packets of one frame together. nil: not whole yet, or nothing to keep.
type Assembler interface {
	push(p *rtp.Packet) *Frame
	// broken throws away a frame that lacks a packet.
	broken()
}

// assemblerFor knows the codecs that the portal's media server lets in.
func assemblerFor(mime string) (Assembler, string) {
	switch strings.ToLower(mime) {
	case "audio/opus":
		return opusFrames{}, "opus"
	case "video/vp8":
		return newPictures(func() rtp.Depacketizer { return &codecs.VP8Packet{} }, finishVP8), "vp8"
	case "video/h264":
		return newPictures(func() rtp.Depacketizer { return &codecs.H264Packet{IsAVC: true} }, finishH264), "h264"
	}
	return nil, ""
}

type opusFrames struct{}

func (opusFrames) push(p *rtp.Packet) *Frame {
	if len(p.Payload) == 0 {
		return nil
	}
	return &Frame{stamp: p.Timestamp, key: true, data: p.Payload}
}
func (opusFrames) broken() {}

type pictures struct {
	fresh        func() rtp.Depacketizer
	depacketizer rtp.Depacketizer
	finish       func(data []byte, f *Frame) bool
	data         []byte
	stamp        uint32
	open         bool
	// Packets up to the next marker or the next time belong to a frame that is not whole.
	skip bool
}

func newPictures(fresh func() rtp.Depacketizer, finish func([]byte, *Frame) bool) *pictures {
	return &pictures{fresh: fresh, depacketizer: fresh(), finish: finish}
}

func (v *pictures) push(p *rtp.Packet) *Frame {
	if len(p.Payload) == 0 {
		return nil // Padding for measuring the way.
	}
	if v.open && p.Timestamp != v.stamp {
		v.open, v.skip = false, false
	}
	if !v.open {
		v.open, v.stamp, v.data = true, p.Timestamp, nil
		// The packet before may be the one that was lost: a frame starts where the codec says so.
		if !v.depacketizer.IsPartitionHead(p.Payload) {
			v.skip = true
		}
	}
	if !v.skip {
		piece, err := v.depacketizer.Unmarshal(p.Payload)
		if err != nil {
			v.skip = true
		}
		v.data = append(v.data, piece...)
	}
	if !p.Marker {
		return nil
	}
	v.open = false
	data, skip := v.data, v.skip
	v.data, v.skip = nil, false
	if skip || len(data) == 0 {
		return nil
	}
	f := &Frame{stamp: p.Timestamp}
	if !v.finish(data, f) {
		return nil
	}
	return f
}

func (v *pictures) broken() {
	v.data, v.skip = nil, v.open
	// It may hold the first half of a unit.
	v.depacketizer = v.fresh()
}

// finishVP8: RFC 6386, 9.1. The size stands in key frames.
func finishVP8(data []byte, f *Frame) bool {
	f.data, f.key = data, data[0]&1 == 0
	if !f.key {
		return true
	}
	if len(data) < 10 || data[3] != 0x9d || data[4] != 0x01 || data[5] != 0x2a {
		return false
	}
	f.width = int(binary.LittleEndian.Uint16(data[6:]) & 0x3fff)
	f.height = int(binary.LittleEndian.Uint16(data[8:]) & 0x3fff)
	return true
}

const (
	nalIDR = 5
	nalSPS = 7
	nalPPS = 8
	nalAUD = 9
)

// finishH264: Matroska wants units with their lengths, and the parameter sets of the key frame before everything else.
func finishH264(data []byte, f *Frame) bool {
	var sps, pps []byte
	kept := make([]byte, 0, len(data))
	for rest := data; len(rest) >= 4; {
		size := int(binary.BigEndian.Uint32(rest))
		if size <= 0 || size > len(rest)-4 {
			return false
		}
		unit := rest[4 : 4+size]
		switch unit[0] & 0x1f {
		case nalSPS:
			sps = unit
		case nalPPS:
			pps = unit
		case nalIDR:
			f.key = true
		}
		if unit[0]&0x1f != nalAUD {
			kept = append(kept, rest[:4+size]...)
		}
		rest = rest[4+size:]
	}
	f.data = kept
	if f.key && len(sps) >= 4 && pps != nil {
		f.width, f.height = sizeOfSPS(sps)
		f.private = avcConfiguration(sps, pps)
	}
	return len(kept) > 0
}

// avcConfiguration: ISO/IEC 14496-15, 5.3.3.1, with lengths of four bytes.
func avcConfiguration(sps, pps []byte) []byte {
	out := []byte{1, sps[1], sps[2], sps[3], 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(sps)))
	out = append(out, sps...)
	out = append(out, 1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(pps)))
	return append(out, pps...)
}
