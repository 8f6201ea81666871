// The recorder of one room: it enters as a hidden listener, keeps every track as it comes, and decodes nothing.
// docs/decisions/0057-recording-by-tracks.md has the protocol and the files.
package main

import (
	"errors"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

const exitRefused = 2

func main() {
	// Packets are short-lived: collecting them early costs little and keeps the process small next to a meeting.
	debug.SetGCPercent(50)
	// Libraries print addresses with tokens in them.
	log.SetOutput(io.Discard)
	lksdk.SetLogger(logger.GetDiscardLogger())
	// Whoever started it may die: neither the terminal's end nor a broken pipe ends a recording.
	signal.Ignore(syscall.SIGPIPE, syscall.SIGHUP)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)

	lines := newLines(os.Stdin)
	config, err := readConfig(lines)
	if err != nil {
		refuse("config", err)
	}
	folder, err := openFolder(config.Folder, config.Prefix)
	if errors.Is(err, errBusy) {
		refuse("busy", err)
	}
	if err != nil {
		refuse("folder", err)
	}
	if folder.path, err = enter(folder.path); err != nil {
		refuse("folder", err)
	}
	recorder := newRecorder(config, folder)
	listener, err := recorder.serve()
	if err != nil {
		refuse("folder", err)
	}
	recorder.journal.listen(os.Stdout, nil)
	go recorder.obey(lines)
	recorder.run(stop)
	_ = listener.Close()
}

func refuse(reason string, err error) {
	_, _ = os.Stdout.Write(encode("ended", fields{"reason": reason, "detail": err.Error()}))
	os.Exit(exitRefused)
}
