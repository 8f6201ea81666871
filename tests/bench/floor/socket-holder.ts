// Many browsers in one process, each holding one socket: what they hear is counted, and when, by the machine's own steady clock.
import { WebSocket } from 'ws';
import { backOff } from '../../../shared/back-off.ts';

export type ToHolder =
  | { say: 'open'; url: string; origin: string; cookies: (string | null)[]; together: number }
  /** Starts counting messages of this type anew. */
  | { say: 'listen'; type: string }
  /** Answers when this many were heard. */
  | { say: 'await'; count: number }
  /** From now on a socket that is lost is opened again by the rule of the real client. */
  | { say: 'hold on' }
  | { say: 'close' };
export type FromHolder =
  | { said: 'holding' }
  | { said: 'back'; at: number }
  | { said: 'opened' }
  | { said: 'heard'; at: number[] }
  | { said: 'lost'; code: number }
  | { said: 'closed' };

const answer = (message: FromHolder): void => void process.send?.(message);
/** Milliseconds, the same in every process of this machine. */
const steady = (): number => Number(process.hrtime.bigint()) / 1e6;

let sockets: WebSocket[] = [];
let listened = '';
let heard: number[] = [];
let wanted = Infinity;
let closing = false;
let holdsOn = false;

function note(data: Buffer): void {
  const at = steady();
  if (listened === '' || !data.includes(listened)) return;
  heard.push(at);
  tellWhenAll();
}

function tellWhenAll(): void {
  if (heard.length < wanted) return;
  answer({ said: 'heard', at: heard });
  wanted = Infinity;
}

async function open(url: string, origin: string, cookie: string | null): Promise<void> {
  const socket = new WebSocket(url, { headers: { origin, ...(cookie !== null && { cookie }) }, perMessageDeflate: false });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    // The portal says `ready` first; the floor says nothing.
    socket.once(cookie === null ? 'open' : 'message', () => resolve());
    socket.once('error', reject);
  });
  socket.on('message', note);
  socket.on('close', (code) => {
    if (closing) return;
    answer({ said: 'lost', code });
    if (holdsOn) again(url, origin, cookie, 0);
  });
}

/** The real client's rule: its tries begin anew once it has heard `ready`. */
function again(url: string, origin: string, cookie: string | null, tries: number): void {
  setTimeout(
    () => {
      open(url, origin, cookie).then(
        () => answer({ said: 'back', at: steady() }),
        () => again(url, origin, cookie, tries + 1),
      );
    },
    backOff(tries, Math.random()),
  );
}

async function openAll({ url, origin, cookies, together }: Extract<ToHolder, { say: 'open' }>): Promise<void> {
  const waiting = [...cookies];
  const next = async (): Promise<void> => {
    for (let cookie = waiting.pop(); cookie !== undefined; cookie = waiting.pop()) await open(url, origin, cookie);
  };
  await Promise.all(Array.from({ length: together }, next));
  answer({ said: 'opened' });
}

async function closeAll(): Promise<void> {
  closing = true;
  await Promise.all(sockets.map(async (socket) => new Promise((resolve) => (socket.once('close', resolve), socket.close()))));
  sockets = [];
  closing = false;
  answer({ said: 'closed' });
}

process.on('message', (message: ToHolder) => {
  if (message.say === 'open') void openAll(message);
  if (message.say === 'close') void closeAll();
  if (message.say === 'hold on') {
    holdsOn = true;
    answer({ said: 'holding' });
  }
  if (message.say === 'listen') [listened, heard, wanted] = [`"${message.type}"`, [], Infinity];
  if (message.say === 'await') {
    wanted = message.count;
    tellWhenAll();
  }
});
process.on('disconnect', () => process.exit());
