// What LiveKit itself calls. Browsers reach LiveKit only through the door (`/rtc`, a WebSocket; see server/rooms/door.ts).
import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const postLiveKitWebhook = endpoint('POST', '/api/livekit/webhook', {
  who: 'anyone',
  summary: 'For the media server only: its signed events. 200 after commit; 503 when the portal cannot store, so that LiveKit tries again.',
  bodyType: 'application/webhook+json',
  body: z.string(),
  /** `stored`: a new fact; false for a repetition and for what is nobody's presence. */
  reply: z.object({ stored: z.boolean() }),
  refusals: ['session.required'],
});
