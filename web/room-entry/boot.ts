// First thing in the room's page: ask the portal at once, while the rest of the code is still on its way.
import '../ui/hall.css';
import { caller } from '../platform/call.ts';
import { startLanguage } from '../platform/language.ts';
import { loadLobby } from './code.ts';
import { openEntrance } from './entrance.ts';
import { readPlace } from './place.ts';
import { join } from './portal.ts';

startLanguage();
const place = readPlace(location);
caller.link = place.link;
const root = document.getElementById('root');
if (root && place.code !== null) {
  const { code } = place;
  void loadLobby().then(({ openByCode }) => openByCode(root, code));
} else if (root) openEntrance(root, place, join(place.meetingId));
// Another link opened in this tab is another visit.
window.addEventListener('hashchange', () => location.reload());
