package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	indexName   = "index.jsonl"
	stateName   = "recorder.json"
	lockName    = "recorder.lock"
	controlName = "control.sock"
)

var (
	errBusy   = errors.New("another recorder holds this folder")
	safeName  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	partsName = regexp.MustCompile(`^[A-Za-z0-9_-]+-(\d{4,})-[A-Za-z0-9_-]+\.(webm|mkv)$`)
)

// Folder is one recording: parts, the index, and who is writing it.
type Folder struct {
	path    string
	prefix  string
	lock    *os.File
	index   *os.File
	session int
	// What an earlier process left open, and when it was last heard of.
	left     []leftPart
	lastSeen float64
	mu       sync.Mutex
	parts    int
}

type leftPart struct {
	number int
	name   string
	bytes  int64
}

// openFolder takes the folder for this process alone, and reads what earlier ones left in it.
func openFolder(path, prefix string) (*Folder, error) {
	if !safeName.MatchString(prefix) {
		return nil, fmt.Errorf("prefix must be letters, digits, - and _")
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, lockName), os.O_CREATE|os.O_RDWR|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return nil, errBusy
	}
	f := &Folder{path: path, prefix: prefix, lock: lock}
	if err := f.recover(); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return f, nil
}

type indexLine struct {
	Type    string  `json:"type"`
	At      float64 `json:"at"`
	Session int     `json:"session"`
	Part    int     `json:"part"`
	File    string  `json:"file"`
}

// recover reads the index, cuts a line that was not written whole, and finds the numbers to go on with.
func (f *Folder) recover() error {
	index, err := os.OpenFile(filepath.Join(f.path, indexName), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	f.index = index
	open := map[int]string{}
	whole := int64(0)
	reader := bufio.NewReader(index)
	for {
		text, err := reader.ReadBytes('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return err
			}
			break
		}
		whole += int64(len(text))
		var l indexLine
		if json.Unmarshal(bytes.TrimSpace(text), &l) != nil {
			continue // Torn by a power failure: the lines after it still count.
		}
		f.session = max(f.session, l.Session)
		f.parts = max(f.parts, l.Part)
		f.lastSeen = max(f.lastSeen, l.At)
		switch l.Type {
		case "part_opened":
			open[l.Part] = l.File
		case "part_closed", "part_left":
			delete(open, l.Part)
		}
	}
	if err := index.Truncate(whole); err != nil {
		return err
	}
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		match := partsName.FindStringSubmatch(entry.Name())
		if match == nil {
			continue
		}
		number, _ := strconv.Atoi(match[1])
		f.parts = max(f.parts, number)
		info, err := entry.Info()
		if err != nil {
			continue
		}
		if f.session > 0 {
			f.lastSeen = max(f.lastSeen, millis(info.ModTime()))
		}
		if open[number] == entry.Name() {
			f.left = append(f.left, leftPart{number, entry.Name(), info.Size()})
		}
	}
	f.session++
	return nil
}

// newPart makes a file that has never been there. Its name tells the order and the track, and nothing of a person.
func (f *Folder) newPart(track, codec string) (*Part, error) {
	if !safeName.MatchString(track) {
		return nil, fmt.Errorf("track id with odd characters")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		f.parts++
		name := fmt.Sprintf("%s-%04d-%s.%s", f.prefix, f.parts, track, extensionOf(codec))
		file, err := os.OpenFile(filepath.Join(f.path, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY|syscall.O_CLOEXEC, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return &Part{number: f.parts, name: name, file: file}, nil
	}
}

// writeState says who records here and how it stands; whole at every moment.
func (f *Folder) writeState(state, reason string) error {
	text, err := json.Marshal(fields{"pid": os.Getpid(), "session": f.session, "state": state, "reason": reason, "at": millis(time.Now())})
	if err != nil {
		return err
	}
	half := filepath.Join(f.path, stateName+".new")
	if err := os.WriteFile(half, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(half, filepath.Join(f.path, stateName))
}

func (f *Folder) freeBytes() (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(f.path, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil
}
