// What happens, once: as a synced line of index.jsonl, and then as a fact to whoever listens. What was told is on the disk.
package main

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"time"
)

type fields map[string]any

type line struct {
	text    []byte
	durable bool
}

// Journal never makes media wait: lines are queued, and one goroutine writes and tells them in their order.
type Journal struct {
	mu      sync.Mutex
	queue   []line
	closed  bool
	wake    chan struct{}
	done    chan struct{}
	file    *os.File
	failed  func(error)
	outputs map[*output]struct{}
}

func openJournal(file *os.File, failed func(error)) *Journal {
	j := &Journal{wake: make(chan struct{}, 1), done: make(chan struct{}), file: file, failed: failed, outputs: map[*output]struct{}{}}
	go j.run()
	return j
}

// millis is wall time as the index counts it: milliseconds of the epoch, with fractions.
func millis(t time.Time) float64 { return float64(t.UnixMicro()) / 1000 }

// note keeps a line in the index and tells it.
func (j *Journal) note(kind string, f fields) { j.add(kind, f, true) }

// tell says a line that the index does not keep.
func (j *Journal) tell(kind string, f fields) { j.add(kind, f, false) }

func (j *Journal) add(kind string, f fields, durable bool) {
	text := encode(kind, f)
	j.mu.Lock()
	if !j.closed {
		j.queue = append(j.queue, line{text, durable})
	}
	j.mu.Unlock()
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

func encode(kind string, f fields) []byte {
	all := fields{"type": kind, "at": millis(time.Now())}
	for name, value := range f {
		all[name] = value
	}
	text, err := json.Marshal(all)
	if err != nil {
		text = []byte(`{"type":"notice","code":"unreadable"}`)
	}
	return append(text, '\n')
}

func (j *Journal) run() {
	defer close(j.done)
	for range j.wake {
		j.mu.Lock()
		queue, closed := j.queue, j.closed
		j.queue = nil
		j.mu.Unlock()
		j.write(queue)
		if closed {
			return
		}
	}
}

func (j *Journal) write(queue []line) {
	var kept []byte
	for _, l := range queue {
		if l.durable {
			kept = append(kept, l.text...)
		}
	}
	if len(kept) > 0 {
		_, err := j.file.Write(kept)
		if err == nil {
			err = j.file.Sync()
		}
		if err != nil {
			j.failed(err)
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for out := range j.outputs {
		for _, l := range queue {
			out.push(l.text)
		}
	}
}

// close writes what is queued, and waits a moment for listeners to take it.
func (j *Journal) close() {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	select {
	case j.wake <- struct{}{}:
	default:
	}
	<-j.done
	j.mu.Lock()
	outputs := j.outputs
	j.outputs = map[*output]struct{}{}
	j.mu.Unlock()
	for out := range outputs {
		out.finish(time.Second)
	}
	_ = j.file.Close()
}

// listen adds a listener; it hears `first` before anything else.
func (j *Journal) listen(w io.Writer, first []byte) *output {
	out := &output{lines: make(chan []byte, 4096), gone: make(chan struct{})}
	if first != nil {
		out.push(first)
	}
	go out.run(w)
	j.mu.Lock()
	j.outputs[out] = struct{}{}
	j.mu.Unlock()
	return out
}

func (j *Journal) leave(out *output) {
	j.mu.Lock()
	delete(j.outputs, out)
	j.mu.Unlock()
}

// output is one listener. A slow one loses lines and is told how many; the recording goes on.
type output struct {
	lines  chan []byte
	gone   chan struct{}
	missed int
}

func (o *output) push(text []byte) {
	if o.missed > 0 {
		select {
		case o.lines <- encode("missed", fields{"lines": o.missed}):
			o.missed = 0
		default:
		}
	}
	select {
	case o.lines <- text:
	default:
		o.missed++
	}
}

func (o *output) run(w io.Writer) {
	defer close(o.gone)
	broken := false
	for text := range o.lines {
		if broken {
			continue
		}
		if _, err := w.Write(text); err != nil {
			broken = true
		}
	}
}

func (o *output) finish(within time.Duration) {
	close(o.lines)
	select {
	case <-o.gone:
	case <-time.After(within):
	}
}
