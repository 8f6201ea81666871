// The virus scanner: what it says of a file, at the real clamd where there is one and at the stand-in; and that no upload passes without its word.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getChat, postChat } from '../../shared/chat.ts';
import { postCorrectionFile } from '../../shared/corrections.ts';
import { putLetterLogo } from '../../shared/letters.ts';
import { postMaterial } from '../../shared/materials.ts';
import { postPolicy, putPolicyFile } from '../../shared/policies.ts';
import { postKitComplete } from '../../shared/press-kit.ts';
import { getSystem } from '../../shared/system.ts';
import { Refusal } from '../../server/platform/refusal.ts';
import { createScanner, parseScanner, type ScannerSettings } from '../../server/platform/scanner.ts';
import { refusalIn, signIn } from '../support/cast.ts';
import { EICAR, hasClamd, realClamd, standIn } from '../support/clamd.ts';
import { PNG } from '../support/correction.ts';
import { eventually } from '../support/eventually.ts';
import { plannedConference } from '../support/press.ts';
import { kitOf, pdf } from '../support/press-kit.ts';
import { PAPER, recordedMeeting } from '../support/room-record.ts';

const MIB = 1024 * 1024;
const { log } = Fastify({ logger: false });
const scannerAt = (settings: ScannerSettings | null, told: string[] = []) =>
  createScanner({ settings, log, meter: { scanned: (outcome) => void told.push(outcome) } });
async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const verdict = (judged: Promise<void>): Promise<string> =>
  judged.then(
    () => 'clean',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe.each([
  { kind: 'clamd', start: realClamd, here: hasClamd },
  { kind: 'the stand-in', start: standIn, here: true },
])('$kind', ({ start, here }) => {
  let running: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    if (!here) return;
    running = await start();
    await eventually('the scanner answers', async () => (await scannerAt(running.settings).state()) === 'ok');
  }, 60_000);
  afterAll(() => running?.stop());

  test.skipIf(!here)('tells a virus from a file, whole or in parts, at the start or the end', async () => {
    const told: string[] = [];
    const scanner = scannerAt(running.settings, told);
    const large = Buffer.alloc(3 * MIB, 7);
    const cases: [string, () => Promise<void>][] = [
      ['clean', () => scanner.judge('a.pdf', pdf())],
      ['clean', () => scanner.judge('b.bin', inParts(large, 700_000))],
      ['file.infected', () => scanner.judge('c.com', Buffer.from(EICAR))],
      ['file.infected', () => scanner.judge('d.bin', inParts(Buffer.concat([large, Buffer.from(EICAR)]), 700_000))],
    ];
    for (const [expected, judge] of cases) expect(await verdict(judge())).toBe(expected);
    expect(told).toEqual(['clean', 'clean', 'found', 'found']);
    const error = await scanner.judge('surat.pdf', Buffer.from(EICAR)).catch((found: unknown) => found);
    expect((error as Refusal).values).toMatchObject({ name: 'surat.pdf', found: expect.stringContaining('Uji.Eicar') as string });
  });

  test.skipIf(!here)('a file too long for it was not judged', { timeout: 60_000 }, async () => {
    expect(await verdict(scannerAt(running.settings).judge('e.bin', inParts(Buffer.alloc(9 * MIB), MIB)))).toBe('file.not_scanned');
  });
});

test('an address is a socket’s path or a host with its port, and nothing else', () => {
  expect(parseScanner('unix:/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' });
  expect(parseScanner('tcp://127.0.0.1:3310')).toEqual({ host: '127.0.0.1', port: 3310 });
  expect(parseScanner('tcp://[::1]:3310')).toEqual({ host: '::1', port: 3310 });
  for (const bad of ['', 'http://x:1', 'tcp://x', 'tcp://x:99999', 'unix:relatif', '/run/clamav/clamd.ctl']) expect(parseScanner(bad)).toBeNull();
});

test('without one files are taken as they are; one that is away takes none', async () => {
  expect([await verdict(scannerAt(null).judge('a', Buffer.from(EICAR))), await scannerAt(null).state()]).toEqual(['clean', 'off']);
  const gone = await standIn();
  await gone.stop();
  expect([await verdict(scannerAt(gone.settings).judge('a', PNG)), await scannerAt(gone.settings).state()]).toEqual(['file.not_scanned', 'down']);
});

test('no upload is anybody’s before the scanner has passed it: chat, materials, kit, correction, policy', { timeout: 120_000 }, async () => {
  const scanner = await standIn();
  const setting = await recordedMeeting({ scanner: scanner.settings });
  const { world, cast, chair, guest, uploads, id, kept } = setting;
  const ill = Buffer.concat([PAPER.bytes.subarray(0, 20), Buffer.from(EICAR), PAPER.bytes.subarray(20)]);
  const [bkd, admin, top] = [await signIn(world, cast.bkd), await signIn(world, cast.adminDinsos), await signIn(world, cast.administrator)];
  const conference = await plannedConference(world, cast);
  const kit = kitOf(conference, world.visitor());
  const data = await kit.add({ kind: 'data' });
  const rule = { kind: 'batas_hadir' as const, percent: 50, countedIn: 'opd' as const };
  const policy = { number: '1/2026', date: '2026-11-23', issuer: 'Wali Kota', title: 'Uji', from: '2026-12-01', until: null };
  const rules = [{ id: null, rule, scope: { units: [], functions: [] }, basis: 'angka 3' }];
  const { id: policyId } = await bkd.call(postPolicy, { body: { key: randomUUID(), opdId: null, policy: { ...policy, rules } } });
  const paper = (bytes: Uint8Array) => ({ ...PAPER, bytes });
  const logo = (bytes: Uint8Array) => admin.refusalOf(putLetterLogo, { params: { opd: cast.opds.dinsos.id }, body: new Uint8Array(bytes) });
  const kitFile = async (bytes: Uint8Array): Promise<string> => {
    const { upload, missing, partBytes } = await kit.announce(data, { name: 'data.pdf', type: 'application/pdf', bytes });
    for (const n of missing) await kit.part(upload, n, bytes.subarray(n * partBytes, (n + 1) * partBytes));
    return upload;
  };
  /** Each way in, with these bytes in a file of its type. */
  const ways = async (bytes: Uint8Array): Promise<Record<string, string | null>> => ({
    chat: await chair.refusalOf(postChat, { params: id, body: { text: '', key: randomUUID(), upload: await uploads(chair, paper(bytes)) } }),
    materials: await chair.refusalOf(postMaterial, { params: id, body: { upload: await uploads(chair, paper(bytes), 'materi'), title: 'Paparan' } }),
    kit: await conference.operator.refusalOf(postKitComplete, { params: { ...conference.params, upload: await kitFile(bytes) } }),
    correction: await chair.refusalOf(postCorrectionFile, { query: { name: 'bukti.pdf' }, body: bytes }),
    policy: await bkd.refusalOf(putPolicyFile, { params: { id: policyId }, query: { name: 'edaran.pdf' }, body: bytes }),
  });
  try {
    const before = await kept('file');
    expect(new Set(Object.values(await ways(ill)))).toEqual(new Set(['file.infected']));
    expect(await kept('file')).toBe(before);
    expect((await guest.call(getChat, { params: id })).messages).toEqual([]);
    const refused = await refusalIn(chair.call(postCorrectionFile, { query: { name: 'bukti.pdf' }, body: ill }));
    expect(refused.message).toContain('bukti.pdf');
    expect((await top.call(getSystem, {})).scanner).toBe('ok');
    const upload = await uploads(chair, PAPER);
    await scanner.stop();
    expect(new Set(Object.values(await ways(PAPER.bytes)))).toEqual(new Set(['file.not_scanned']));
    expect(await logo(Buffer.from('bukan gambar'))).toBe('letter.logo');
    const answer = await chair.send(postChat, { params: id, body: { text: '', key: randomUUID(), upload } });
    expect([answer.status, answer.headers['retry-after'], answer.text.includes('pemindai')]).toEqual([503, '5', true]);
    const system = await top.call(getSystem, {});
    expect([system.scanner, system.findings.find(({ what }) => what === 'scanner')?.weight]).toEqual(['down', 'alarm']);
  } finally {
    await world.close();
    await scanner.stop().catch(() => {});
  }
});
