// The recap of a region as CSV over HTTP: 5,000 people of 40 agencies and a month, half of the working days at home by surat tugas, beside a
// plain COPY of as many rows. What was published is written as rows: publishing itself is not what is measured.
import { postSession } from '../../shared/people.ts';
import { getRegionJadwalCsv } from '../../shared/rota-recap.ts';
import type { buildApp } from '../../server/app.ts';
import { portalItself } from '../../server/people/index.ts';
import { fingerprintOf } from '../../server/platform/canonical.ts';
import type { copyDatabase } from '../support/database.ts';
import { portalClient } from '../support/portal-client.ts';
import { median, round } from './figures.ts';

type World = { app: Awaited<ReturnType<typeof buildApp>>; database: Awaited<ReturnType<typeof copyDatabase>>; url: string };
type Asked = { month: string; people: number; rounds: number };
const AGENCIES = 40;

export async function exportOf(world: World, { month, people, rounds }: Asked): Promise<Record<'exportSeconds' | 'exportFloorSeconds' | 'exportMB', number>> {
  const { database, url } = world;
  const days = daysOf(month);
  for (let n = 1; n <= AGENCIES; n += 1) await publishedBy(world, { n, size: Math.ceil(people / AGENCIES), days });
  const cookie = await bkd(world);
  await database.owner`
    create temporary table as_many as
    select lpad(n::text, 18, '0') nip, d tanggal, 'WFO' kode, 'Bekerja di kantor' keterangan, 'Surat Tugas 800/001-ST/UKUR/XII/2026' dasar
    from generate_series(1, ${people}) n, unnest(${days.map(({ date }) => date)}::text[]) d`;
  await database.owner`analyze`;
  const seconds = { ours: [] as number[], floor: [] as number[] };
  let bytes = 0;
  for (let n = 0; n < rounds; n += 1) {
    let begun = performance.now();
    const reply = await fetch(`${url}${getRegionJadwalCsv.path}?${new URLSearchParams({ month, purpose: 'Ukur' }).toString()}`, { headers: { cookie } });
    const file = Buffer.from(await reply.arrayBuffer());
    seconds.ours.push((performance.now() - begun) / 1000);
    bytes = file.byteLength;
    const rows = file.toString('latin1').split('\r\n').length - 2;
    if (!reply.ok || rows !== people * days.length) throw new Error(`the export answered ${reply.status} and ${rows} rows`);
    begun = performance.now();
    await copied(database.owner);
    seconds.floor.push((performance.now() - begun) / 1000);
  }
  return { exportSeconds: round(median(seconds.ours), 3), exportFloorSeconds: round(median(seconds.floor), 3), exportMB: round(bytes / 1e6, 1) };
}

async function copied(owner: World['database']['owner']): Promise<void> {
  const stream = await owner`copy as_many to stdout with csv header`.readable();
  for await (const chunk of stream) void chunk;
  // As in server/platform/ledger-copy.ts: at the end nobody else wakes the socket.
  // oxlint-disable-next-line no-underscore-dangle -- node's own name
  stream._read(0);
}

type Day = { date: string; weekday: number; kind: 'kerja' | 'akhir_pekan'; name: null };
function daysOf(month: string): Day[] {
  const [year = 0, monthNo = 0] = month.split('-').map(Number);
  return Array.from({ length: new Date(Date.UTC(year, monthNo, 0)).getUTCDate() }, (_, day) => {
    const at = new Date(Date.UTC(year, monthNo - 1, day + 1));
    const weekday = at.getUTCDay() || 7;
    return { date: at.toISOString().slice(0, 10), weekday, kind: weekday < 6 ? 'kerja' : 'akhir_pekan', name: null };
  });
}

/** One agency: its month as it was frozen, and the letter for its days at home. */
async function publishedBy({ app, database: { owner } }: World, { n, size, days }: { n: number; size: number; days: Day[] }): Promise<void> {
  const month = days[0]?.date.slice(0, 7) ?? '';
  const name = `Dinas Ukur ${n}`;
  const opd = await app.people.addOpd({ parentId: null, name, abbreviation: `UKUR${n}`, aliases: [], kind: 'opd', zone: 'Asia/Jakarta' });
  const staff = Array.from({ length: size }, (_, k) => ({
    id: crypto.randomUUID(),
    name: `Pegawai ${n}.${k}`,
    nip: `19800101200501${String(n * 1000 + k)
      .padStart(5, '0')
      .slice(-4)}`,
    position: 'Pengelola Data',
    unitId: opd.id,
    unitName: name,
  }));
  const plan = `SE 800/1/2026 · Jadwal ${month}`;
  const cellOf = (k: number, day: number) => {
    const code = days[day]?.kind !== 'kerja' ? 'LIBUR' : (k + day) % 2 === 0 ? 'WFH' : (k + day) % 25 === 1 ? 'PIKET' : 'WFO';
    return { code, shift: null, basis: code === 'LIBUR' ? 'Akhir pekan' : plan };
  };
  const cells = Object.fromEntries(staff.map(({ id }, k) => [id, days.map((_, day) => cellOf(k, day))]));
  const content = { opdId: opd.id, opdName: name, month, zone: opd.zone, days, shifts: [], people: staff, cells, rules: [], overrides: [] };
  const at = new Date('2026-11-20T02:00:00Z');
  const by = crypto.randomUUID();
  const [row] = await owner<{ id: string }[]>`
    insert into rota.plan (opd_id, month, state, version, revision, opened_by, opened_at) values (${opd.id}, ${month}, 'terbit', 3, 0, ${by}, ${at}) returning id`;
  const planId = row?.id ?? '';
  await owner`
    insert into rota.publication (plan_id, revision, content, sha256, by_id, by_name, at)
    values (${planId}, 0, ${owner.json(content)}, ${fingerprintOf(content)}, ${by}, 'Kepala', ${at})`;
  const number = `800/001-ST/UKUR${n}/XII/2026`;
  const lines = staff.flatMap(({ id }) =>
    (cells[id] ?? []).flatMap(({ code, shift }, day) =>
      code === 'WFH' || code === 'PIKET' ? [{ personId: id, date: days[day]?.date ?? '', code, shift, number }] : [],
    ),
  );
  const letter = { kind: 'tugas', month, lines, said: [] };
  await owner.begin(async (tx) => {
    const taken = await app.letters.takeNumber(tx, { opdId: opd.id, series: 'tugas', classification: '800', day: '2026-11-20', subject: 'Ukur', byId: by });
    await tx`
      insert into assignments.letter (plan_id, opd_id, revision, kind, number_id, number, code, content, fingerprint, issued_at, issued_by)
      values (${planId}, ${opd.id}, 0, 'tugas', ${taken.id}, ${number}, ${`0000-0000-0000-${String(n).padStart(4, '0')}`}, ${tx.json(letter)},
        ${fingerprintOf(letter)}, ${at}, ${by})`;
  });
}

async function bkd({ app, url }: World): Promise<string> {
  const login = { login: 'bkd@ukur.example', password: 'sandi-ukur-jadwal' };
  const { id } = await app.people.addPerson(portalItself, { name: 'Petugas Ukur', nip: null, email: login.login, phone: null, opdId: null });
  await app.people.grantRoles(portalItself, id, [{ role: 'bkd', opdId: null }]);
  await app.people.givePassword([id], login.password);
  const client = portalClient(url);
  await client.call(postSession, { body: login });
  return client.cookie();
}
