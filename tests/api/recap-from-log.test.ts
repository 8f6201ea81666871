// The recap of a month from the log alone: what was downloaded on the day is made again, byte by byte, from rows that are only added. Once
// from what was published and the letters; once from the day codes, which nothing but their own rows tells of.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getAssignments, postAssignment, type AssignmentKind } from '../../shared/assignments.ts';
import { postPolicy } from '../../shared/policies.ts';
import * as wire from '../../shared/rota.ts';
import { getJadwalCsv, getJadwalRecap } from '../../shared/rota-recap.ts';
import { portalItself } from '../../server/people/index.ts';
import { fingerprintOf } from '../../server/platform/canonical.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { castWorld, signIn, type Cast } from '../support/cast.ts';
import type { Client, World } from '../support/world.ts';

let world: World;
let cast: Cast;
let [admin, head]: Client[] = [];
const MONTH = '2026-12';
const DAYS = Array.from({ length: 31 }, (_, n) => `${MONTH}-${String(n + 1).padStart(2, '0')}`);
const dinsos = () => ({ id: cast.opds.dinsos.id });

beforeAll(async () => {
  ({ world, cast } = await castWorld());
  [admin, head] = [await signIn(world, cast.adminDinsos), await signIn(world, cast.kepala)];
});
afterAll(() => world.close());

const view = async (): Promise<wire.PlanView> => (await admin!.call(wire.getRota, { params: dinsos(), query: { month: MONTH } })).view!;
/** Each act has an instant of its own. */
const later = (): void => world.clock.advance(60_000);
async function steps(client: Client, act: wire.PlanAct): Promise<void> {
  later();
  const { plan } = await view();
  await client.call(wire.postRotaStep, { params: { id: plan.id }, body: { act, version: plan.version } });
}
async function issues(kind: AssignmentKind): Promise<void> {
  later();
  const { revision } = await admin!.call(getAssignments, { params: dinsos(), query: { month: MONTH } });
  await admin!.call(postAssignment, { params: dinsos(), body: { month: MONTH, kind, revision: revision ?? 0 } });
}
const download = async (revision?: number): Promise<string> =>
  Buffer.from(
    await (
      await admin!.call(getJadwalCsv, { params: dinsos(), query: { month: MONTH, purpose: 'Uji', ...(revision !== undefined && { revision }) } })
    ).arrayBuffer(),
  ).toString();

/** Three days at home in a week that allows two: the head lets it stand. */
async function published(): Promise<void> {
  const policy = {
    number: '800/12/2026',
    date: '2026-11-20',
    issuer: 'Kepala Dinas Sosial',
    title: 'Hari kerja dari rumah',
    from: '2026-12-01',
    rules: [{ rule: { kind: 'wfh_mingguan' as const, days: 2 }, scope: { units: [dinsos().id] }, basis: 'angka 2' }],
  };
  await admin!.call(postPolicy, { body: { key: randomUUID(), opdId: dinsos().id, policy } });
  await admin!.call(wire.postRota, { params: dinsos(), body: { month: MONTH } });
  const at = (personId: string, day: number, code: 'WFH' | 'PIKET') => ({ personId, date: DAYS[day - 1]!, code });
  const cells = [
    ...[2, 3, 4].map((day) => at(cast.staf.id, day, 'WFH')),
    at(cast.staf.id, 8, 'PIKET'),
    at(cast.kabid.id, 8, 'WFH'),
    at(cast.stafKantor.id, 10, 'WFH'),
  ];
  let { plan } = await view();
  await admin!.call(wire.putRotaCells, { params: { id: plan.id }, body: { version: plan.version, cells } });
  ({ plan } = await view());
  await admin!.call(wire.postRotaFill, { params: { id: plan.id }, body: { version: plan.version, how: { kind: 'isi', code: 'WFO' } } });
  const { violations } = await view();
  expect(violations).toHaveLength(1);
  await head!.call(wire.putRotaOverride, { params: { id: plan.id }, body: { key: violations[0]!.violation.key, reason: 'Kantor dipindah' } });
  await steps(admin!, 'ajukan');
  await steps(head!, 'terbitkan');
}
async function swapped(): Promise<void> {
  later();
  const [sari, budi] = [await signIn(world, cast.staf), await signIn(world, cast.kabid)];
  const { id } = await sari.call(wire.postRotaSwap, { body: { date: DAYS[7]!, otherId: cast.kabid.id, otherDate: DAYS[7]! } });
  await budi.call(wire.postRotaSwapStep, { params: { id }, body: { act: 'sepakat' } });
  later();
  await head!.call(wire.postRotaSwapStep, { params: { id }, body: { act: 'sahkan' } });
}
async function onLeave(): Promise<void> {
  later();
  const body = { personId: cast.stafKantor.id, code: 'CUTI' as const, from: DAYS[9]!, until: DAYS[10]!, basis: 'Surat Izin Cuti 851/7, "tahunan"' };
  await admin!.call(wire.postAbsence, { params: dinsos(), body });
}
async function corrected(): Promise<void> {
  later();
  const { plan } = await view();
  const body = { personId: cast.staf.id, date: DAYS[2]!, code: 'WFO' as const, reason: 'Rapat di kantor' };
  await admin!.call(wire.postRotaCorrection, { params: { id: plan.id }, body });
}

const WORDS: Record<string, string> = {
  WFO: 'Bekerja di kantor',
  WFH: 'Bekerja dari rumah',
  PIKET: 'Piket',
  DL: 'Dinas luar',
  CUTI: 'Cuti',
  SAKIT: 'Sakit',
  LIBUR: 'Libur',
};
type Line = { nip: string; date: string; code: string; more: string | null; basis: string };
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const fileOf = (lines: Line[]): string =>
  `\ufeffnip,tanggal,kode,keterangan,dasar\r\n${lines
    .map(
      ({ nip, date, code, more, basis }) => `${[`'${nip}`, date, code, quoted([WORDS[code], more].filter(Boolean).join(', ')), quoted(basis)].join(',')}\r\n`,
    )
    .join('')}`;

type Frozen = {
  people: { id: string; nip: string }[];
  days: { date: string; kind: string; name: string | null }[];
  cells: Record<string, ({ code: string; shift: string | null; basis: string } | null)[]>;
};
type LetterRow = { revision: number; content: { lines: { personId: string; date: string; code: string; number: string }[] } };

test('the published recap of a month is reproduced from the log alone: a let-stand rule, a swap, leave, a lock and a corrected day, revision by revision', async () => {
  const kept: string[] = [];
  await published();
  await issues('tugas');
  kept.push(await download());
  await swapped();
  await issues('perubahan');
  kept.push(await download());
  await onLeave();
  kept.push(await download());
  await steps(head!, 'kunci');
  await corrected();
  await issues('perubahan');
  kept.push(await download());
  expect(new Set(kept).size).toBe(4);
  expect((await admin!.call(getJadwalRecap, { params: dinsos(), query: { month: MONTH } })).recap).toMatchObject({ revision: 3, plan: { state: 'dikunci' } });

  // What everybody else goes by has moved on: names, numbers, offices, circulars.
  await world.app.people.changePerson(portalItself, cast.staf.id, {
    name: 'Sari Berganti',
    nip: cast.staf.nip,
    email: cast.staf.email,
    phone: null,
    opdId: cast.opds.dinkes.id,
  });
  for (const [revision, file] of kept.entries()) expect(await download(revision)).toBe(file);

  const { plan } = await view();
  const log = await world.sql<{ revision: number; content: Frozen; sha256: string; at: Date }[]>`
    select revision, content, sha256, at from rota.publication where plan_id = ${plan.id} order by revision`;
  const letters = await world.sql<LetterRow[]>`select revision, content from assignments.letter where plan_id = ${plan.id} order by seq`;
  expect([log.length, letters.length]).toEqual([4, 3]);
  for (const { revision, content, sha256 } of log) {
    expect(fingerprintOf(content)).toBe(sha256);
    const held = letters.filter((letter) => letter.revision <= revision).at(-1)!.content.lines;
    const numberOf = new Map(held.map((line) => [`${line.personId} ${line.date} ${line.code}`, `Surat Tugas ${line.number}`]));
    const lines = content.people.flatMap(({ id, nip }) =>
      content.days.flatMap(({ date, kind, name }, day): Line[] => {
        const cell = content.cells[id]?.[day];
        if (!cell) return [];
        return [
          {
            nip,
            date,
            code: cell.code,
            more: kind === 'kerja' ? null : (name ?? 'akhir pekan'),
            basis: numberOf.get(`${id} ${date} ${cell.code}`) ?? cell.basis,
          },
        ];
      }),
    );
    expect(fileOf(lines)).toBe(kept[revision]);
  }

  // And from the day codes, as they stood when the next revision came: the days off of this month are its weekends.
  const codes = await world.sql<{ personId: string; date: string; code: string; basis: string; at: Date }[]>`
    select person_id as "personId", to_char(date, 'YYYY-MM-DD') as date, code, basis, set_at as at from roster.day_code
    where date between ${DAYS[0]!} and ${DAYS.at(-1)!} order by id`;
  for (const [n, { content }] of log.entries()) {
    const until = log[n + 1]?.at ?? world.clock.now();
    const newest = new Map(codes.filter(({ at }) => n === log.length - 1 || at < until).map((row) => [`${row.personId} ${row.date}`, row]));
    const lines = content.people.flatMap(({ id, nip }) =>
      DAYS.flatMap((date): Line[] => {
        const row = newest.get(`${id} ${date}`);
        return row ? [{ nip, date, code: row.code, more: row.code === 'LIBUR' ? 'akhir pekan' : null, basis: row.basis }] : [];
      }),
    );
    expect(fileOf(lines)).toBe(kept[n]);
  }
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
});
