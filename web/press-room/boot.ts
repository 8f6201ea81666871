// First thing in the press room's page: ask the portal at once, while the rest of the code is still on its way.
import '../ui/hall.css';
import './hall.css';
import { caller } from '../platform/call.ts';
import { startLanguage } from '../platform/language.ts';
import { openEntrance } from './entrance.ts';
import { readPlace } from './place.ts';
import { join } from './portal.ts';

startLanguage();
const place = readPlace(location);
caller.link = place.link;
const root = document.getElementById('root');
if (root) openEntrance(root, place, join(place.slug));
// Another link opened in this tab is another visit.
window.addEventListener('hashchange', () => location.reload());
