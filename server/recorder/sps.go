package main

// sizeOfSPS reads the picture's size out of a sequence parameter set: ITU-T H.264, 7.3.2.1.1. 0, 0 when it cannot be read.
func sizeOfSPS(unit []byte) (width, height int) {
	b := bits{data: withoutEmulation(unit)}
	b.skip(8)
	profile := b.read(8)
	b.skip(16)
	b.golomb()
	chroma := 1
	if hasChroma[profile] {
		chroma = b.golomb()
		if chroma == 3 {
			b.skip(1)
		}
		b.golomb()
		b.golomb()
		b.skip(1)
		if b.read(1) == 1 {
			lists := 8
			if chroma == 3 {
				lists = 12
			}
			for n := range lists {
				if b.read(1) == 1 {
					b.skipScaling(n < 6)
				}
			}
		}
	}
	b.golomb()
	switch b.golomb() {
	case 0:
		b.golomb()
	case 1:
		b.skip(1)
		b.golomb()
		b.golomb()
		for range b.golomb() {
			if b.failed {
				return 0, 0
			}
			b.golomb()
		}
	}
	b.golomb()
	b.skip(1)
	across, down := b.golomb()+1, b.golomb()+1
	frames := b.read(1)
	if frames == 0 {
		b.skip(1)
	}
	b.skip(1)
	width, height = across*16, (2-frames)*down*16
	if b.read(1) == 1 {
		unitX, unitY := 1, 2-frames
		if chroma == 1 || chroma == 2 {
			unitX = 2
		}
		if chroma == 1 {
			unitY *= 2
		}
		left, right, top, bottom := b.golomb(), b.golomb(), b.golomb(), b.golomb()
		width -= unitX * (left + right)
		height -= unitY * (top + bottom)
	}
	if b.failed || width <= 0 || height <= 0 || width > 16384 || height > 16384 {
		return 0, 0
	}
	return width, height
}

var hasChroma = map[int]bool{100: true, 110: true, 122: true, 244: true, 44: true, 83: true, 86: true, 118: true, 128: true, 138: true, 139: true, 134: true}

func withoutEmulation(unit []byte) []byte {
	out := make([]byte, 0, len(unit))
	zeros := 0
	for _, b := range unit {
		if zeros >= 2 && b == 3 {
			zeros = 0
			continue
		}
		if b == 0 {
			zeros++
		} else {
			zeros = 0
		}
		out = append(out, b)
	}
	return out
}

type bits struct {
	data   []byte
	at     int
	failed bool
}

func (b *bits) read(n int) (value int) {
	for range n {
		if b.at/8 >= len(b.data) {
			b.failed = true
			return 0
		}
		value = value<<1 | int(b.data[b.at/8]>>(7-b.at%8))&1
		b.at++
	}
	return value
}

func (b *bits) skip(n int) { b.read(n) }

func (b *bits) golomb() int {
	zeros := 0
	for b.read(1) == 0 {
		zeros++
		if b.failed || zeros > 24 {
			b.failed = true
			return 0
		}
	}
	return 1<<zeros - 1 + b.read(zeros)
}

func (b *bits) skipScaling(small bool) {
	size := 64
	if small {
		size = 16
	}
	last, next := 8, 8
	for range size {
		if next != 0 {
			value := b.golomb()
			delta := (value + 1) / 2
			if value%2 == 0 {
				delta = -delta
			}
			next = (last + delta + 256) % 256
		}
		if next != 0 {
			last = next
		}
	}
}
