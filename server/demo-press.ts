// Two press conferences of the demonstration city: one of today, open for registration, to walk through from the desk to the public log; one
// of last week with everything it left. Today's is made by the modules' own verbs; last week by their stores, because verbs speak of now only.
import { randomUUID } from 'node:crypto';
import type { CallOf, Endpoint, ReplyOf } from '../shared/endpoint.ts';
import { getRegistration, postRegistration, postWalkIn, putAccreditation } from '../shared/press-desk.ts';
import { postKitComplete, postKitFile, postKitItem, putKitEmbargo, putKitPart, type ReleaseBlock } from '../shared/press-kit.ts';
import { postConference, postConferenceState, postCrew, type CrewRole } from '../shared/press.ts';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addPastConference, OUTLETS } from './demo-press-past.ts';
import { addDays, dayIn } from './people/days.ts';
import type { Caller, SignedIn } from './platform/serve.ts';
import { drawnPhoto } from './platform/photo.ts';

export type PressSetting = {
  opdId: string;
  operatorId: string;
  moderatorId: string;
  /** Posts of those who speak. */
  speakers: readonly string[];
};
type Perform = <E extends Endpoint>(endpoint: E, given: CallOf<E>) => Promise<ReplyOf<E>>;

const MINUTE = 60_000;

export async function fillPress(app: App, setting: PressSetting): Promise<void> {
  const { people, sql } = app;
  const person = (await people.persons(sql, [setting.operatorId])).get(setting.operatorId)!;
  const operator: SignedIn = {
    id: person.id,
    name: person.name,
    sessionId: '',
    roles: ['staf', 'operator_dkis'],
    opdId: person.opd?.id ?? null,
    managesOpds: [],
  };
  const perform = performer(app, operator);
  const past = await addPastConference(app, setting);
  await addPastKit(app, perform, past);
  await planToday(app, perform, setting);
}

/** Does what an address does, as this person (or anybody, from a browser of their own). */
function performer({ routes }: App, person: SignedIn | null): Perform {
  const device = randomUUID();
  return async (endpoint, given) => {
    const route = routes.find((one) => one.endpoint === endpoint)!;
    const { params = {}, body } = given as { params?: unknown; body?: unknown };
    const caller: Caller = { person, link: null, pass: null, device: () => device };
    const context = {
      params,
      query: {},
      body: endpoint.body?.parse(body),
      caller,
      person,
      language: 'id',
      keepPass: () => {},
      request: { ip: '127.0.0.1' },
      reply: {},
    };
    return (await route.handle(context as never)) as ReplyOf<typeof endpoint>;
  };
}

async function planToday(app: App, perform: Perform, { opdId, moderatorId, speakers, operatorId }: PressSetting): Promise<void> {
  const startsAt = nextHalfHour(app.clock.now());
  const { id, slug } = await perform(postConference, {
    body: {
      title: 'Penyaluran bantuan banjir tahap kedua',
      summary:
        'Pemerintah Kota Tirtamaya menjelaskan penyaluran bantuan tahap kedua bagi warga terdampak banjir di tiga kelurahan: jumlah penerima, jadwal posko, dan layanan kesehatan.\n\nTanya jawab dibuka setelah paparan; urutannya adil per media.',
      opdId,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 60 * MINUTE).toISOString(),
    },
  });
  const params = { id };
  const add = (role: CrewRole, who: CallOf<typeof postCrew>['body']['who']) => perform(postCrew, { params, body: { role, who } });
  for (const position of speakers) await add('narasumber', { kind: 'position', id: position });
  await add('moderator', { kind: 'person', id: moderatorId });
  await add('jbi', { kind: 'guest', name: 'Lintang Sekarjati', institution: 'Perkumpulan Juru Bahasa Isyarat Tirtamaya' });
  await add('operator', { kind: 'person', id: operatorId });
  await perform(postConferenceState, { params, body: { to: 'diumumkan' } });
  await perform(postConferenceState, { params, body: { to: 'registrasi' } });

  const [radar, radio, kabar] = OUTLETS;
  for (const { outlet, kind, name, email } of [radar, radio]) {
    const { registration } = await perform(postWalkIn, { params, body: { name, outlet, outletKind: kind, email } });
    if (outlet === radio.outlet)
      await perform(putAccreditation, { params: { id: registration.id }, body: { validUntil: addDays(dayIn(ZONE, app.clock.now()), 180) } });
  }
  const newcomer = performer(app, null);
  const { notice } = await newcomer(getRegistration, { params: { slug } });
  await newcomer(postRegistration, {
    params: { slug },
    body: {
      name: 'Bayu Samudrajati',
      outlet: kabar.outlet,
      outletKind: kabar.kind,
      email: 'bayu@kabarmuara.example',
      card: { kind: 'kartu_pers', number: 'KM-2026-0117' },
      platform: 'kabarmuara.example',
      question: {
        topic: 'Warga yang belum terdata',
        text: 'Bagaimana warga yang menumpang di rumah kerabat, dan tidak di posko, mendapat bantuan tahap kedua?',
      },
      notice: notice.version,
      key: randomUUID(),
    },
  });
  const releaseAt = new Date(startsAt.getTime() + 30 * MINUTE).toISOString();
  await perform(putKitEmbargo, { params, body: { embargoAt: releaseAt, announced: true } });
  await perform(postKitItem, { params, body: { kind: 'siaran', title: 'Bantuan tahap kedua menjangkau 1.214 keluarga', release: RELEASE_TODAY } });
}

/** Half an hour to an hour and a half from now, at a full or half hour. */
const nextHalfHour = (now: Date): Date => new Date(Math.ceil((now.getTime() + 60 * MINUTE) / (30 * MINUTE)) * 30 * MINUTE);

async function addPastKit(app: App, perform: Perform, { id, at }: { id: string; at: Date }): Promise<void> {
  const params = { id };
  await perform(postKitItem, {
    params,
    body: { kind: 'siaran', title: 'Banjir di tiga kelurahan: 640 warga di posko, layanan kesehatan 24 jam', release: RELEASE_PAST },
  });
  const add = async (body: CallOf<typeof postKitItem>['body']) => (await perform(postKitItem, { params, body })).items.find((one) => one.kind === body.kind)!;
  const data = await add({ kind: 'data', title: 'Pengungsi per kelurahan' });
  await upload(perform, { id, item: data.id }, { name: 'pengungsi-per-kelurahan.csv', type: 'text/csv', bytes: Buffer.from(EVACUEES) });
  const bytes = await drawnPhoto(POSKO);
  if (bytes) {
    const photo = await add({ kind: 'foto', ...PHOTO });
    await upload(perform, { id, item: photo.id }, { name: 'posko-gor-tirtamaya.jpg', type: 'image/jpeg', bytes });
  }
  await perform(putKitEmbargo, { params, body: { embargoAt: at.toISOString(), announced: true } });
  await app.sql`update press.kit_item set made_at = ${at}, ready_at = ${at} where conference_id = ${id}`;
}

async function upload(
  perform: Perform,
  params: { id: string; item: string },
  { name, type, bytes }: { name: string; type: string; bytes: Buffer },
): Promise<void> {
  const { upload: uploadId } = await perform(postKitFile, { params, body: { name, type, size: bytes.length } });
  await perform(putKitPart, { params: { id: params.id, upload: uploadId, part: 0 }, body: new Uint8Array(bytes) });
  await perform(postKitComplete, { params: { id: params.id, upload: uploadId } });
}

const PHOTO = {
  title: 'Posko GOR Tirtamaya',
  caption: 'Ilustrasi: tenda posko di halaman GOR Tirtamaya saat hujan.',
  credit: 'DKIS Kota Tirtamaya',
  licence: 'CC BY 4.0',
};
/** Drawn, so that nobody is on it. */
const POSKO = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1066" viewBox="0 0 1600 1066">
      <rect width="1600" height="1066" fill="#7f929b"/><rect y="640" width="1600" height="426" fill="#4d6a62"/>
      <path d="M180 700 470 380 760 700Z" fill="#e7dcc3"/><path d="M470 380 470 700" stroke="#b59f72" stroke-width="8"/><path d="M390 700 470 540 550 700Z" fill="#6b5b3b"/>
      <path d="M860 720 1120 440 1380 720Z" fill="#d9cba8"/><path d="M1050 720 1120 580 1190 720Z" fill="#6b5b3b"/>
      <rect y="820" width="1600" height="246" fill="#5b7f8c"/><path d="M0 860h1600M0 920h1600M0 980h1600" stroke="#7ea3ad" stroke-width="6" stroke-dasharray="120 60"/>
      <path d="M100 40l-40 160M420 90l-40 160M760 30l-40 160M1080 110l-40 160M1400 50l-40 160M1540 210l-40 160" stroke="#c6d2d6" stroke-width="6"/></svg>`;

const EVACUEES = 'kelurahan,posko,keluarga,jiwa\nTelagabiru,GOR Tirtamaya,98,371\nMuarasari,SDN 2 Muarasari,41,153\nPasirputih,Balai Warga,33,116\n';

const run = (text: string, bold = false) => ({ text, bold, italic: false, link: null });
const block = (kind: ReleaseBlock['kind'], text: string): ReleaseBlock => ({ kind, runs: [run(text)] });
const RELEASE_PAST: ReleaseBlock[] = [
  {
    kind: 'paragraph',
    runs: [run('Tirtamaya.', true), run(' Sebanyak 640 warga dari tiga kelurahan mengungsi di tiga posko sejak Minggu malam. Semua posko buka 24 jam.')],
  },
  block('heading', 'Layanan di posko'),
  block('bullet', 'Pemeriksaan kesehatan dan obat, setiap hari pukul 07.00–21.00 WIB.'),
  block('bullet', 'Dapur umum untuk 700 orang.'),
  block('bullet', 'Juru bahasa isyarat mendampingi pendataan setiap pagi.'),
  block('quote', 'Tidak ada keluarga yang pulang sebelum rumahnya diperiksa.'),
  block('paragraph', 'Warga dapat menanyakan keluarganya di posko mana pun; datanya satu.'),
];
const RELEASE_TODAY: ReleaseBlock[] = [
  {
    kind: 'paragraph',
    runs: [
      run('Tirtamaya.', true),
      run(' Bantuan tahap kedua disalurkan mulai besok kepada 1.214 keluarga di tiga kelurahan, sesuai data yang ditandatangani lurah.'),
    ],
  },
  block('ordered', 'Kelurahan Telagabiru: 612 keluarga.'),
  block('ordered', 'Kelurahan Muarasari: 355 keluarga.'),
  block('ordered', 'Kelurahan Pasirputih: 247 keluarga.'),
];
