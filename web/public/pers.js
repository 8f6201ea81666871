// Keeps a page of the press current: asks again when the state changes, or the announced minute has come. Without it the page says the same.
const { slug, state } = document.currentScript.dataset;
const EVERY_MS = 20_000;
const at = document.querySelector('[data-published-from]')?.dataset.publishedFrom;

async function look() {
  if (document.visibilityState !== 'visible') return;
  const reply = await fetch(`/api/press/${slug}`, { cache: 'no-store' });
  if (!reply.ok) return;
  const now = await reply.json();
  if (now.state !== state || (at && now.serverTime >= at)) location.reload();
  else if (at) wait(Date.parse(at) - Date.parse(now.serverTime));
}

let timer;
/** At the minute itself, and not everybody in the same instant. */
function wait(ms) {
  clearTimeout(timer);
  if (ms < EVERY_MS * 2) timer = setTimeout(() => void look().catch(() => {}), ms + Math.random() * 900);
}

setInterval(() => void look().catch(() => {}), EVERY_MS);
if (at) void look().catch(() => {});
