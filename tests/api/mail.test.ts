// Letters: a real mail server on the other side, a real queue in between.
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../server/platform/clock.ts';
import { createJobs } from '../../server/platform/jobs.ts';
import { createMail, type Letter } from '../../server/platform/mail.ts';
import { copyDatabase } from '../support/database.ts';
import { mailSettings, openMailbox, type Mailbox } from '../support/mailbox.ts';
import { getMail, postMailTrial } from '../../shared/mail.ts';
import { getHealth } from '../../shared/health.ts';
import { makeCast, PASSWORD } from '../support/cast.ts';
import { makeWorld, settableClock, type World } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const reader = { name: 'Sinta Wartawan', address: 'sinta@radar.example' };
const letterTo = (id: string, more: Partial<Letter> = {}): Letter => ({
  to: reader,
  subject: `Uji ${id}`,
  text: 'Yth. Sinta,\n\nBuka https://portal.uji.example/pers?a=1&b=2 untuk <membaca>.',
  ...more,
});

async function office(options: { mail?: boolean } = {}): Promise<{ world: World; box: Mailbox; ask: (...ids: string[]) => Promise<void> }> {
  const box = await openMailbox();
  endings.push(box.close);
  const world = await makeWorld({ origin: 'https://portal.uji.example', ...(options.mail !== false && { mail: box.settings }) });
  endings.push(world.close);
  world.app.mail.kind('uji', async (id) => letterTo(id));
  return { world, box, ask: async (...ids) => world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'uji', ids)) };
}
const rows = async (world: World) => world.sql<{ ref: string; state: string; problem: string | null; attempts: number }[]>`
  select ref, state, problem, attempts from mail.letter order by ref, at`;

test('a letter arrives once, in plain text and as a page, and says that a machine wrote it', async () => {
  const { world, box, ask } = await office();
  await ask('a');
  await world.app.jobs.runDue();
  await world.app.jobs.runDue();
  expect(box.arrived).toHaveLength(1);
  const [letter] = box.arrived;
  expect(letter).toMatchObject({ subject: 'Uji a', envelope: { from: 'pers@uji.example', to: ['sinta@radar.example'] } });
  expect(letter!.from?.text).toBe('"Pers Kota Uji" <pers@uji.example>');
  expect(letter!.headers.get('auto-submitted')).toBe('auto-generated');
  expect(letter!.text).toContain('Buka https://portal.uji.example/pers?a=1&b=2 untuk <membaca>.');
  expect(letter!.html).toContain('<a href="https://portal.uji.example/pers?a=1&amp;b=2">');
  expect(letter!.html).toContain('&lt;membaca&gt;');
  expect(await rows(world)).toEqual([{ ref: 'a', state: 'terkirim', problem: null, attempts: 1 }]);
});

test('no letter leaves when the deciding transaction is undone', async () => {
  const { world, box } = await office();
  await world.app.sql
    .begin(async (tx) => {
      await world.app.mail.send(tx, 'uji', ['a']);
      throw new Error('berubah pikiran');
    })
    .catch(() => {});
  await world.app.jobs.runDue();
  expect(box.arrived).toEqual([]);
});

test('a server that is busy is asked again later, for the same letter', async () => {
  const { world, box, ask } = await office();
  box.answers({ status: 451, to: 'reader' }, { status: 452, to: 'letter' });
  await ask('a');
  await world.app.jobs.runDue();
  expect(await rows(world)).toEqual([{ ref: 'a', state: 'antre', problem: 'ditunda', attempts: 1 }]);
  world.clock.advance(29_000);
  await world.app.jobs.runDue();
  expect(box.asked()).toBe(1);
  world.clock.advance(1_000);
  await world.app.jobs.runDue();
  world.clock.advance(60_000);
  await world.app.jobs.runDue();
  expect(box.arrived).toHaveLength(1);
  const [{ id }] = await world.sql<[{ id: string }]>`select id from mail.letter`;
  expect(box.arrived[0]!.messageId).toBe(`<${id}@uji.example>`);
  expect(await rows(world)).toMatchObject([{ state: 'terkirim', problem: null, attempts: 3 }]);
});

test('a reader whom the server does not know is not asked for again, and the others get theirs', async () => {
  const { world, box, ask } = await office();
  box.answers({ status: 550, to: 'reader' });
  await ask('a', 'b');
  await world.app.jobs.runDue();
  world.clock.advance(3_600_000);
  await world.app.jobs.runDue();
  expect((await rows(world)).map(({ state, problem }) => [state, problem]).toSorted()).toEqual([
    ['gagal', 'ditolak'],
    ['terkirim', null],
  ]);
  expect(box.asked()).toBe(2);
});

test('what the server said is kept nowhere: it may name a reader', async () => {
  const { world, box, ask } = await office();
  box.answers({ status: 550, to: 'reader' });
  await ask('a');
  await world.app.jobs.runDue();
  const [row] = await world.sql`select row_to_json(l)::text as text from mail.letter l`;
  expect(row!['text']).not.toMatch(/rahasia|sinta|radar|Uji a/);
});

test('a mail server that is away is waited for: one letter asks, then all of them leave, each once', async () => {
  const { world, box, ask } = await office();
  await box.close();
  await ask('a', 'b', 'c');
  await world.app.jobs.runDue();
  expect((await rows(world)).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 1]);
  world.clock.advance(11 * 60_000);
  expect(await world.app.mail.failing()).toBe(true);
  const back = await openMailbox({ port: box.port });
  endings.push(back.close);
  await world.app.jobs.runDue();
  expect(back.arrived.map(({ subject }) => subject).toSorted()).toEqual(['Uji a', 'Uji b', 'Uji c']);
  expect(await world.app.mail.failing()).toBe(false);
});

test('a server that takes the connection and then says nothing costs seconds, and the letter is tried again', { timeout: 30_000 }, async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  endings.push(() => silent.close());
  const world = await makeWorld({ mail: mailSettings((silent.address() as { port: number }).port) });
  endings.push(world.close);
  world.app.mail.kind('uji', async (id) => letterTo(id));
  await world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'uji', ['a']));
  await world.app.jobs.runDue();
  expect(await rows(world)).toMatchObject([{ state: 'antre', problem: 'koneksi' }]);
});

test('a server on another machine that offers no TLS gets neither letter nor name', async () => {
  const box = await openMailbox();
  endings.push(box.close);
  const world = await makeWorld({ mail: { ...box.settings, requireTls: true } });
  endings.push(world.close);
  world.app.mail.kind('uji', async (id) => letterTo(id));
  await world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'uji', ['a']));
  await world.app.jobs.runDue();
  expect(box.asked()).toBe(0);
  expect(await rows(world)).toMatchObject([{ state: 'antre', problem: 'tls' }]);
});

test('two portal processes send every letter once', async () => {
  const box = await openMailbox();
  endings.push(box.close);
  const { sql, drop } = await copyDatabase();
  endings.push(drop);
  const log = { warn: () => {}, error: () => {} } as never;
  const portals = [0, 1].map(() => {
    const jobs = createJobs({ sql, clock: systemClock, log });
    endings.push(jobs.stop);
    const mail = createMail({ sql, clock: systemClock, log, jobs, settings: box.settings, origin: 'https://portal.uji.example' });
    mail.kind('uji', async (id) => letterTo(id));
    jobs.start();
    return mail;
  });
  const ids = Array.from({ length: 30 }, (_, n) => String(n));
  await sql.begin(async (tx) => {
    for (const id of ids) await portals[0]!.send(tx, 'uji', [id]);
  });
  await box.waitFor(30);
  expect(new Set(box.arrived.map(({ subject }) => subject)).size).toBe(30);
  expect(box.arrived).toHaveLength(30);
});

test('a process that died with a letter in its hands loses it to nobody: another one takes it a minute later', async () => {
  const { world, box, ask } = await office();
  await ask('a');
  await world.sql`update mail.letter set claimed_until = ${new Date(world.clock.now().getTime() + 60_000)}`;
  await world.app.jobs.runDue();
  expect(box.arrived).toEqual([]);
  world.clock.advance(60_000);
  await world.app.mail.tend();
  await world.app.jobs.runDue();
  expect(box.arrived).toHaveLength(1);
});

test('asked for as one of its kind, a letter goes once; one that failed gets another chance', async () => {
  const { world, box } = await office();
  const ask = async () => world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'uji', ['a'], { once: true }));
  box.answers({ status: 550, to: 'reader' });
  await ask();
  await world.app.jobs.runDue();
  for (let n = 0; n < 3; n += 1) {
    await ask();
    await world.app.jobs.runDue();
  }
  expect(box.arrived).toHaveLength(1);
});

test('a name with a line break adds no header and no reader', async () => {
  const { world, box } = await office();
  world.app.mail.kind('jahat', async () => ({
    to: { name: 'Sinta\r\nBcc: semua@radar.example', address: 'sinta@radar.example' },
    subject: 'Halo\r\nBcc: semua@radar.example\r\n\r\nisi lain',
    text: 'Isi.',
  }));
  world.app.mail.kind('dua', async () => ({ to: { name: 'Dua', address: 'a@radar.example, b@radar.example' }, subject: 'Dua', text: 'Isi.' }));
  await world.app.sql.begin(async (tx) => {
    await world.app.mail.send(tx, 'jahat', ['a']);
    await world.app.mail.send(tx, 'dua', ['b']);
  });
  await world.app.jobs.runDue();
  expect(box.arrived).toHaveLength(1);
  const [letter] = box.arrived;
  expect(letter!.headers.has('bcc')).toBe(false);
  expect(letter!.envelope.to).toEqual(['sinta@radar.example']);
  expect(letter!.subject).toBe('Halo Bcc: semua@radar.example isi lain');
  expect(letter!.text?.trim()).toBe('Isi.');
  expect(await rows(world)).toMatchObject([{ state: 'terkirim' }, { ref: 'b', state: 'gagal', problem: 'alamat' }]);
});

test('while mail is off letters are kept; set up within a day they leave, later they stay on the list', async () => {
  const { world, box, ask } = await office({ mail: false });
  await ask('lama');
  world.clock.advance(20 * 3_600_000);
  await ask('baru');
  await world.app.jobs.runDue();
  expect((await rows(world)).map(({ state }) => state)).toEqual(['tidak_disetel', 'tidak_disetel']);
  const clock = settableClock(world.clock.now());
  clock.advance(10 * 3_600_000);
  const log = { warn: () => {}, error: () => {} } as never;
  const jobs = createJobs({ sql: world.app.sql, clock, log });
  const mail = createMail({ sql: world.app.sql, clock, log, jobs, settings: box.settings, origin: 'https://portal.uji.example' });
  mail.kind('uji', async (id) => letterTo(id));
  await mail.tend();
  await jobs.runDue();
  expect(box.arrived.map(({ subject }) => subject)).toEqual(['Uji baru']);
  expect(await rows(world)).toMatchObject([
    { ref: 'baru', state: 'terkirim' },
    { ref: 'lama', state: 'tidak_disetel' },
  ]);
});

test('a letter that has nothing to say any more is not sent, and one that nobody could send for a day is given up', async () => {
  const { world, box, ask } = await office();
  world.app.mail.kind('usang', async () => null);
  await world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'usang', ['z']));
  await world.app.jobs.runDue();
  await box.close();
  await ask('a');
  await world.app.jobs.runDue();
  world.clock.advance(25 * 3_600_000);
  await world.app.mail.tend();
  expect(await rows(world)).toMatchObject([
    { ref: 'a', state: 'gagal', problem: 'koneksi' },
    { ref: 'z', state: 'tidak_perlu' },
  ]);
});

test('an event for the calendar goes with its letter', async () => {
  const { world, box } = await office();
  world.app.mail.kind('acara', async (id) =>
    letterTo(id, { ics: { method: 'PUBLISH', content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n' } }),
  );
  await world.app.sql.begin(async (tx) => world.app.mail.send(tx, 'acara', ['a']));
  await world.app.jobs.runDue();
  expect(box.arrived[0]!.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
});

test('an administrator sees that letters leave, by sending one to the own address; nobody else looks', async () => {
  const { world, box } = await office();
  const cast = await makeCast(world);
  const administrator = await world.signIn(cast.administrator.nip, PASSWORD);
  await world.sql`update people.person set email = 'admin@uji.example' where id = ${cast.administrator.id}`;
  expect(await administrator.call(getMail, {})).toMatchObject({
    from: { address: 'pers@uji.example' },
    waiting: 0,
    trial: null,
    ownAddress: 'admin@uji.example',
  });
  expect(await administrator.call(postMailTrial, {})).toMatchObject({ waiting: 1, trial: { state: 'antre' } });
  expect(await administrator.refusalOf(postMailTrial, {})).toBe('limit.reached');
  await world.app.jobs.runDue();
  expect(box.of('admin@uji.example').map(({ subject }) => subject)).toEqual(['Surel uji portal rapat']);
  expect(await administrator.call(getMail, {})).toMatchObject({ waiting: 0, sent: 1, trial: { state: 'terkirim' } });
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await staf.refusalOf(getMail, {})).toBe('role.missing');
  expect(await staf.refusalOf(postMailTrial, {})).toBe('role.missing');
});

test('an administrator without an address, and a portal without mail, are told what to do', async () => {
  const { world, ask } = await office({ mail: false });
  const cast = await makeCast(world);
  const administrator = await world.signIn(cast.administrator.nip, PASSWORD);
  await ask('a');
  expect(await administrator.call(getMail, {})).toMatchObject({ from: null, unset: 1, troubled: [{ kind: 'uji', state: 'tidak_disetel', dueAt: null }] });
  expect(await administrator.refusalOf(postMailTrial, {})).toBe('mail.off');
  const { world: other } = await office();
  const there = await makeCast(other);
  await other.sql`update people.person set email = null where id = ${there.administrator.id}`;
  expect(await (await other.signIn(there.administrator.nip, PASSWORD)).refusalOf(postMailTrial, {})).toBe('mail.no_address');
});

test('a mail server that has been away for ten minutes is an alarm', async () => {
  const { world, box, ask } = await office();
  await box.close();
  await ask('a');
  await world.app.jobs.runDue();
  const alarms = async () => (await world.visitor().call(getHealth, {})).alarms;
  expect(await alarms()).toEqual([]);
  world.clock.advance(11 * 60_000);
  expect(await alarms()).toEqual(['mail']);
});
