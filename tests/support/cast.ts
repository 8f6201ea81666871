// The people tests speak of: a small municipality with named persons, made through the verbs of `people`; and a browser for each.
import type { BodyOf, CallOf, Endpoint, ReplyOf } from '../../shared/endpoint.ts';
import { postSession, type Level } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { RefusalBody, RefusalCode } from '../../shared/refusals.ts';
import type { App } from '../../server/app.ts';
import { dayIn } from '../../server/people/days.ts';
import { portalItself } from '../../server/people/index.ts';

export type CastWorld = { app: Pick<App, 'fastify' | 'people' | 'roster' | 'sql' | 'clock'> };
export type Actor = { id: string; name: string; nip: string; email: string; positionId: string | null };
export type Cast = Awaited<ReturnType<typeof makeCast>>;

export const PASSWORD = 'sandi-uji-pemeran';
const HOST = 'portal.example';

/** A number that fits the rule, of nobody: 1 January 1980 + n. */
export const nipOf = (n: number): string => `198001${String(1 + (n % 28)).padStart(2, '0')}2005011${String(700 + n).padStart(3, '0')}`;

export async function makeCast({ app }: CastWorld) {
  const { people, roster, sql, clock } = app;
  let count = 0;
  const today = dayIn('Asia/Jakarta', clock.now());
  await people.setRegion(sql, 'Pemerintah Kota Uji');

  const opd = (name: string, abbreviation: string, aliases: string[] = []) => people.addOpd({ parentId: null, name, abbreviation, aliases, kind: 'opd', zone: 'Asia/Jakarta' });
  const dinsos = await opd('Dinas Sosial', 'Dinsos', ['Dinas Sosial Kota']);
  const dinkes = await opd('Dinas Kesehatan', 'Dinkes');
  const bkpsdm = await opd('Badan Kepegawaian', 'BKPSDM', ['BKD']);
  const dkis = await opd('Dinas Komunikasi', 'DKIS');
  const rehsos = await people.addOpd({ parentId: dinsos.id, name: 'Bidang Rehabilitasi Sosial', abbreviation: 'Rehsos', aliases: [], kind: 'bidang', zone: 'Asia/Jakarta' });

  async function actor(name: string, unitId: string, post?: { title: string; level: Level }): Promise<Actor> {
    const nip = nipOf((count += 1));
    const email = `${name.split(' ')[0]!.toLowerCase()}@uji.example`;
    const { id } = await people.addPerson(portalItself, { name, nip, email, phone: null, opdId: unitId });
    if (!post) return { id, name, nip, email, positionId: null };
    const position = await people.addPosition(portalItself, { opdId: unitId, ...post });
    await people.appoint(portalItself, position.id, { personId: id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 821.2/001/2020' });
    return { id, name, nip, email, positionId: position.id };
  }

  const cast = {
    opds: { dinsos, dinkes, bkpsdm, dkis, rehsos },
    /** Head of Dinas Sosial. */
    kepala: await actor('Hartini Kepaladinas', dinsos.id, { title: 'Kepala Dinas Sosial', level: 'kepala_opd' }),
    kabid: await actor('Budi Kabidrehsos', rehsos.id, { title: 'Kepala Bidang Rehabilitasi Sosial', level: 'kabid' }),
    /** Staff of Dinas Sosial whose day is WFH. */
    staf: await actor('Sari Dirumah', rehsos.id, { title: 'Pengelola Data', level: 'staf' }),
    /** Staff of Dinas Sosial at the office. */
    stafKantor: await actor('Joko Dikantor', dinsos.id, { title: 'Pengadministrasi Umum', level: 'staf' }),
    adminDinsos: await actor('Rina Adminopd', dinsos.id, { title: 'Pengelola Kepegawaian', level: 'staf' }),
    kepalaDinkes: await actor('Wahyu Kepaladinkes', dinkes.id, { title: 'Kepala Dinas Kesehatan', level: 'kepala_opd' }),
    stafDinkes: await actor('Tuti Stafdinkes', dinkes.id, { title: 'Perawat', level: 'fungsional' }),
    bkd: await actor('Bambang Petugasbkd', bkpsdm.id, { title: 'Analis SDM Aparatur', level: 'fungsional' }),
    operator: await actor('Dian Operator', dkis.id, { title: 'Pranata Humas', level: 'fungsional' }),
    administrator: await actor('Agus Administrator', dkis.id, { title: 'Pranata Komputer', level: 'fungsional' }),
  };
  const { opds: _, ...persons } = cast;
  await people.givePassword(Object.values(persons).map((p) => p.id), PASSWORD);
  await people.grantRoles(portalItself, cast.administrator.id, [{ role: 'administrator', opdId: null }]);
  await people.grantRoles(portalItself, cast.adminDinsos.id, [{ role: 'admin_opd', opdId: dinsos.id }]);
  await people.grantRoles(portalItself, cast.bkd.id, [{ role: 'bkd', opdId: null }]);
  await people.grantRoles(portalItself, cast.operator.id, [{ role: 'operator_dkis', opdId: null }]);
  const code = (person: Actor, day: DayCode) => ({ personId: person.id, code: day });
  await roster.setCodes(sql, null, dinsos.id, { date: today, basis: 'SE 800/1/2026', codes: [code(cast.kepala, 'WFO'), code(cast.kabid, 'WFO'), code(cast.staf, 'WFH'), code(cast.stafKantor, 'WFO')] });
  return { ...cast, today };
}

type Answer = { status: number; text: string; headers: Record<string, unknown> };
export type TestBrowser = ReturnType<typeof openBrowser>;

/** A browser with a cookie jar of its own, on the portal's own pages. */
export function openBrowser({ app }: { app: Pick<App, 'fastify'> }, userAgent = 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile') {
  const jar = new Map<string, string>();

  async function send(method: Endpoint['method'], path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const reply = await app.fastify.inject({
      method, url: path,
      headers: { host: HOST, origin: `http://${HOST}`, 'user-agent': userAgent, ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': type }), ...headers },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const { name, value, maxAge } of reply.cookies) {
      if (value === '' || maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: reply.statusCode, text: reply.payload, headers: reply.headers };
  }

  function call<const E extends Endpoint>(endpoint: E, input: CallOf<E>, headers?: Record<string, string>): Promise<Answer> {
    const { params = {}, query, body } = input as { params?: Record<string, string>; query?: Record<string, string>; body?: BodyOf<E> };
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    return send(endpoint.method, query ? `${path}?${new URLSearchParams(query).toString()}` : path, body, headers);
  }

  /** The reply; a refusal fails the test with its code. */
  async function ok<const E extends Endpoint>(endpoint: E, input: CallOf<E>): Promise<ReplyOf<E>> {
    const answer = await call(endpoint, input);
    if (answer.status >= 300) throw new Error(`${endpoint.method} ${endpoint.path}: ${answer.status} ${answer.text}`);
    return (answer.text === '' ? undefined : JSON.parse(answer.text)) as ReplyOf<E>;
  }

  /** The whole refusal; an acceptance fails the test. */
  async function refused<const E extends Endpoint>(endpoint: E, input: CallOf<E>): Promise<RefusalBody['error'] & { status: number }> {
    const answer = await call(endpoint, input);
    if (answer.status < 400) throw new Error(`${endpoint.method} ${endpoint.path} was accepted: ${answer.text}`);
    return { ...(JSON.parse(answer.text) as RefusalBody).error, status: answer.status };
  }
  const refusal = async <const E extends Endpoint>(endpoint: E, input: CallOf<E>): Promise<RefusalCode> => (await refused(endpoint, input)).code;

  return { jar, send, call, ok, refused, refusal };
}

/** A browser of this person, signed in. */
export async function signIn(world: { app: Pick<App, 'fastify'> }, person: Pick<Actor, 'nip'>, userAgent?: string): Promise<TestBrowser> {
  const browser = openBrowser(world, userAgent);
  await browser.ok(postSession, { body: { login: person.nip, password: PASSWORD } });
  return browser;
}
