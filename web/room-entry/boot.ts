// First thing in the room's page: ask the portal at once, while the rest of the code is still on its way.
import '../ui/hall.css';
import { caller } from '../platform/call.ts';
import { startLanguage } from '../platform/language.ts';
import type { CheckPlace } from './check/check-page.ts';
import { loadCheck, loadLobby } from './code.ts';
import { openEntrance } from './entrance.ts';
import { readPlace } from './place.ts';
import { join } from './portal.ts';

startLanguage();
const place = readPlace(location);
caller.link = place.link;
const root = document.getElementById('root');
if (root && place.check) void loadCheck().then(async ({ openCheck }) => openCheck(root, await checked()));
else if (root && place.code !== null) {
  const { code } = place;
  void loadLobby().then(({ openByCode }) => openByCode(root, code));
} else if (root) openEntrance(root, place, join(place.meetingId));
// Another link opened in this tab is another visit.
window.addEventListener('hashchange', () => location.reload());

/** Which meeting the check is for: the one of the address, or of the link. */
async function checked(): Promise<CheckPlace> {
  const { link } = place;
  const back = link === null ? (place.meetingId === null ? null : `/r/${place.meetingId}`) : `/r#${link}`;
  if (place.meetingId !== null || link === null) return { link, meetingId: place.meetingId, back };
  const found = await join(null).catch(() => null);
  return { link, meetingId: found?.meeting.id ?? null, back };
}
