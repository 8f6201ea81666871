// `npm run faults`: scripted visitors write down the truth, faults happen to the real media server and its webhooks, and the
// sheet is compared with the truth. One table, one line of JSON.
import { setTimeout as stay } from 'node:timers/promises';
import { getSheet } from '../../shared/attendance.ts';
import { postTicket } from '../../shared/meetings.ts';
import { median, report, round, table } from '../bench/figures.ts';
import { startTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { opensLink } from '../support/meeting.ts';
import { realMeeting, type RealMeeting } from '../support/real-meeting.ts';
import { endVisitors, enterRoom, type Visitor } from '../support/visitor.ts';
import { openWebhookProxy, type WebhookProxy } from './webhook-proxy.ts';

type Truth = { name: string; from: number; to: number };
type Setting = RealMeeting & { proxy: WebhookProxy };
type Fault = { name: string; happens(setting: Setting, inside: () => Promise<Visitor[]>): Promise<void> };
type Result = { fault: string; visits: number; lost: number; invented: number; errors: number[] };

/** What a visitor does anyway, in milliseconds. */
const STAY = [4_000, 7_000, 10_000, 12_000];
/** Two polls, after which what no webhook told is known. */
const SETTLE_MS = 12_000;

const faults: Fault[] = [
  { name: 'nothing', happens: async () => {} },
  { name: 'webhooks tripled', happens: async ({ proxy }) => void (proxy.trouble = 'tripled') },
  { name: 'every third webhook lost', happens: async ({ proxy }) => void (proxy.trouble = 'dropped') },
  {
    name: 'receiver 503 for 20 s',
    async happens({ proxy }) {
      proxy.trouble = 'away';
      await stay(20_000);
      proxy.trouble = 'none';
    },
  },
  {
    name: 'media server killed',
    async happens({ media }, inside) {
      await inside();
      process.kill(media.pid() ?? 0, 'SIGKILL');
      await eventually('the media server is back', () => media.state() === 'ready', 30_000);
    },
  },
];

async function visit(setting: Setting, name: string, ms: number, truths: Truth[], entered: (visitor: Visitor) => void): Promise<void> {
  const link = setting.invitations.find((i) => i.name === name)?.link ?? '';
  const { token } = await opensLink(setting.world, link).call(postTicket, { params: setting.id, body: {} });
  const visitor = await enterRoom(setting.door, token);
  const from = Date.now();
  entered(visitor);
  // Thrown out by a fault is out at that moment.
  await Promise.race([stay(ms), visitor.disconnected]);
  truths.push({ name, from, to: Date.now() });
  await visitor.leave().catch(() => {});
}

async function suffer(fault: Fault): Promise<Result> {
  let proxy: WebhookProxy | undefined;
  const base = await realMeeting({
    guests: STAY.map((_, n) => ({ name: `Tamu ${n + 1}`, institution: 'Uji' })),
    webhookUrl: async (receiver) => (proxy = await openWebhookProxy(receiver)).url,
  });
  if (!proxy) throw new Error('no webhook proxy');
  const setting: Setting = { ...base, proxy };
  try {
    const truths: Truth[] = [];
    const visitors: Visitor[] = [];
    const arrived = (): Promise<Visitor[]> => eventually('all are inside', () => visitors.length === STAY.length && visitors);
    const visits = STAY.map((ms, n) => visit(setting, `Tamu ${n + 1}`, ms, truths, (visitor) => visitors.push(visitor)));
    await Promise.all([fault.happens(setting, arrived), ...visits]);
    await stay(SETTLE_MS);
    const { rows } = await setting.chair.call(getSheet, { params: setting.id });
    const seen = truths.map((truth) => ({ truth, row: rows.find((r) => r.name === truth.name) }));
    const errors = seen.flatMap(({ truth, row }) =>
      row?.firstIn && row.lastOut ? [Math.abs(Date.parse(row.firstIn) - truth.from) / 1000, Math.abs(Date.parse(row.lastOut) - truth.to) / 1000] : [],
    );
    const intervals = rows.reduce((sum, row) => sum + row.intervals.length, 0);
    return {
      fault: fault.name,
      visits: truths.length,
      lost: seen.filter(({ row }) => !row?.firstIn || !row.lastOut).length,
      invented: Math.max(0, intervals - truths.length),
      errors,
    };
  } finally {
    await setting.close();
    proxy.close();
  }
}

const stopDatabase = await startTestDatabase();
try {
  const results: Result[] = [];
  for (const fault of faults) results.push(await suffer(fault));
  const cell = (n: number): string => String(round(n));
  table([
    ['fault', 'visits', 'lost', 'invented', 'median error s', 'largest error s'],
    ...results.map((r) => [r.fault, cell(r.visits), cell(r.lost), cell(r.invented), cell(median(r.errors)), cell(Math.max(...r.errors))]),
  ]);
  const all = results.flatMap((r) => r.errors);
  const sum = (of: (r: Result) => number): number => results.reduce((total, r) => total + of(r), 0);
  report({
    bench: 'faults',
    figures: {
      visits: sum((r) => r.visits),
      lost: sum((r) => r.lost),
      invented: sum((r) => r.invented),
      medianErrorSeconds: round(median(all)),
      largestErrorSeconds: round(Math.max(...all)),
    },
    aims: { lost: { max: 0 }, invented: { max: 0 }, medianErrorSeconds: { max: 2 }, largestErrorSeconds: { max: 10 } },
  });
} finally {
  await endVisitors();
  await stopDatabase();
}
