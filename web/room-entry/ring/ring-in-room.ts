// A call that comes while somebody is in a room, or before one: the office's ringing screen, with the way from this meeting into that one.
// The one thing both pages draw, and it is plain DOM; loaded after the media code, for those who are signed in.
import { openRing } from '../../calls/ring/open-ring.ts';
import type { LiveSocket } from '../../platform/live-socket.ts';

type Given = {
  live: LiveSocket;
  /** The meeting of this page. */
  meetingId: string;
  /** In it, or about to be. */
  inside: () => boolean;
  enter: () => void;
  leave: () => void;
};
/** So that leaving is told to the media server before the page is gone. */
const FAREWELL_MS = 150;

export function ringInRoom({ live, meetingId, inside, enter, leave }: Given): () => void {
  return openRing({
    live,
    here: {
      meetingId: () => (inside() ? meetingId : null),
      list: null,
      enter(id) {
        if (id === meetingId) {
          enter();
          return true;
        }
        const leaving = inside();
        if (leaving) leave();
        window.setTimeout(() => location.assign(`/r/${id}?langsung`), leaving ? FAREWELL_MS : 0);
        return false;
      },
    },
  });
}
