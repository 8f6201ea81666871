package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
)

// Config is the first line of standard input. The token comes nowhere else, so that no list of processes shows it.
type Config struct {
	URL              string `json:"url"`
	Token            string `json:"token"`
	Folder           string `json:"folder"`
	Prefix           string `json:"prefix"`
	LeastFreeBytes   uint64 `json:"leastFreeBytes"`
	OrphanSeconds    int    `json:"orphanSeconds"`
	ReconnectSeconds int    `json:"reconnectSeconds"`
}

// Command is every line after it.
type Command struct {
	Stop  bool   `json:"stop"`
	Mark  string `json:"mark"`
	Token string `json:"token"`
}

const longestLine = 64 * 1024

func isClosed(err error) bool { return errors.Is(err, fs.ErrClosed) }

func newLines(from io.Reader) *bufio.Scanner {
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 4096), longestLine)
	return lines
}

func readConfig(lines *bufio.Scanner) (Config, error) {
	c := Config{Prefix: "part", OrphanSeconds: 120, ReconnectSeconds: 300}
	if !lines.Scan() {
		return c, errors.New("no configuration on standard input")
	}
	if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
		return c, errors.New("the configuration is not JSON") // Its text may hold the token.
	}
	if c.URL == "" || c.Token == "" || c.Folder == "" {
		return c, errors.New("url, token and folder are needed")
	}
	return c, nil
}

// obey passes commands on until the other side is gone.
func (r *Recorder) obey(lines *bufio.Scanner) {
	for lines.Scan() {
		var c Command
		if json.Unmarshal(lines.Bytes(), &c) != nil {
			r.journal.tell("notice", fields{"code": "command"})
			continue
		}
		r.commands <- c
	}
	r.controllers <- -1
}

// serve lets a later portal adopt this recorder: the same lines over a socket that only its own user can open.
func (r *Recorder) serve() (net.Listener, error) {
	// The folder is the working directory: its whole path may be too long for a socket's address.
	if err := os.Remove(controlName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", controlName)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(controlName, 0o600); err != nil {
		return nil, err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			r.controllers <- 1
			go func() {
				defer connection.Close()
				out := r.journal.listen(connection, r.stateLine())
				r.obey(newLines(connection))
				r.journal.leave(out)
			}()
		}
	}()
	return listener, nil
}

func (r *Recorder) stateLine() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	sids := make([]string, 0, len(r.tracks))
	for sid := range r.tracks {
		sids = append(sids, sid)
	}
	return encode("state", fields{"pid": os.Getpid(), "session": r.folder.session, "state": r.state, "tracks": sids})
}

func enter(folder string) (string, error) {
	whole, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	return whole, os.Chdir(whole)
}
