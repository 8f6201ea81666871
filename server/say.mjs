// What the terminal hears: one line per step, with its seconds. A terminal sees the line grow; a log file gets a line now and then.
const started = Date.now();
const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1).replace('.', ',')} dtk`;
let open = false;

export function line(text) {
  if (open) process.stdout.write('\n');
  open = false;
  console.log(text);
}

/** Runs `work` under a label. `work` is handed `note(text)`: where it stands. Quick steps leave a short line. */
export async function step(label, work) {
  const from = Date.now();
  const { isTTY } = process.stdout;
  let where = '';
  let told = Date.now();
  const show = () => {
    const text = `• ${label}${where ? ` (${where})` : ''} … ${seconds(from)}`;
    if (isTTY) {
      open = true;
      process.stdout.write(`\r\x1b[K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
    } else if (Date.now() - told >= 5000 || told === from) {
      told = Date.now();
      console.log(text);
    }
  };
  const timer = setInterval(show, isTTY ? 250 : 1000);
  try {
    const result = await work((text) => {
      where = text;
    });
    finish('✓', `${label} · ${seconds(from)}`, isTTY);
    return result;
  } catch (error) {
    finish('✗', `${label} · gagal sesudah ${seconds(from)}`, isTTY);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function finish(mark, text, isTTY) {
  if (isTTY && open) process.stdout.write('\r\x1b[K');
  open = false;
  console.log(`${mark} ${text}`);
}

export const sinceStart = () => seconds(started);
