// A demonstration municipality, made through the verbs of the modules: what a first visitor needs to try everything.
import { DayCode } from '../shared/roster.ts';
import type { App } from './app.ts';
import { emailOf, nipOf, OFFICES, PASSWORD, personOf, REGION, ZONE, type Office } from './demo-city.ts';
import { addPastCall, type CallSetting } from './demo-call.ts';
import { fillHistory } from './demo-history.ts';
import { fillLetters } from './demo-letters.ts';
import { fillMachine } from './demo-machine.ts';
import { fillPlans } from './demo-plans.ts';
import { fillPolicies } from './demo-policies.ts';
import { fillPress } from './demo-press.ts';
import { fillAssignments, fillRecap } from './demo-recap.ts';
import { fillRosters } from './demo-roster.ts';
import { portalItself } from './people/index.ts';
import { addDays, dayIn } from './people/days.ts';

type Made = { positions: Map<string, string>; people: Map<string, string>; opds: Map<string, string> };

const SINCE = '2025-01-02';
const MEETING_AT = '14:00';

/** Answers the accounts worth trying; everybody else has the same password. */
export async function fillDemo(app: App): Promise<{ accounts: { login: string; password: string; role: string }[] }> {
  const today = dayIn(ZONE, app.clock.now());
  const made: Made = { positions: new Map(), people: new Map(), opds: new Map() };
  await app.people.setRegion(app.sql, REGION);
  let first = 0;
  for (const office of OFFICES) {
    const opd = await app.people.addOpd({
      parentId: null,
      name: office.name,
      abbreviation: office.abbreviation,
      aliases: office.aliases,
      kind: 'opd',
      zone: ZONE,
    });
    made.opds.set(office.abbreviation, opd.id);
  }
  await Promise.all(
    OFFICES.map((office) => {
      const start = first;
      first += office.seats.length;
      return fillOffice(app, office, start, made);
    }),
  );
  await app.people.givePassword([...made.people.values()], PASSWORD);
  // The rule is shown, and nobody who looks around is stopped by it.
  for (const role of ['administrator', 'kepala_opd', 'bkd'] as const) await app.people.setFactorRule(null, role, { required: true, graceDays: 365 });
  await appointActing(app, made, today);
  await grantRoles(app, made);
  await setDayCodes(app, made, today);
  await planMeeting(app, made, today);
  await fillPlans(app, plansOf(made));
  await fillLetters(app, lettersOf(made));
  await fillPolicies(app, policiesOf(made));
  await addPastCall(app, callOf(made, today));
  await fillHistory(app, historyOf(made));
  await fillRecap(app, recapOf(made));
  await fillRosters(app, rostersOf(made));
  await fillMachine(app, { opdId: made.opds.get('Dinsos')!, adminId: made.people.get(ADMIN_OPD)! });
  await fillAssignments(app, recapOf(made), rostersOf(made).social.swaps);
  await fillPress(app, pressOf(made));
  return { accounts: ACCOUNTS.map(([name, role]) => ({ login: emailOf(name), password: PASSWORD, role })) };
}

async function fillOffice({ people }: App, office: Office, start: number, made: Made): Promise<void> {
  const opdId = made.opds.get(office.abbreviation)!;
  const units = new Map<string | null, string>([[null, opdId]]);
  for (const { name, abbreviation, under } of office.units) {
    const unit = await people.addOpd({ parentId: units.get(under)!, name, abbreviation, aliases: [], kind: under === null ? 'bidang' : 'seksi', zone: ZONE });
    units.set(name, unit.id);
  }
  for (const [i, seat] of office.seats.entries()) {
    const unitId = units.get(seat.unit)!;
    const position = await people.addPosition(portalItself, { opdId: unitId, title: seat.title, level: seat.level });
    // Titles of staff recur from office to office.
    made.positions.set(`${office.abbreviation} ${seat.level}${made.positions.has(`${office.abbreviation} ${seat.level}`) ? ' 2' : ''}`, position.id);
    if (seat.holder === null) continue;
    const { name, sex } = personOf(seat.holder);
    const person = await people.addPerson(portalItself, { name, nip: nipOf(start + i, sex), email: emailOf(name), phone: null, opdId: unitId });
    made.people.set(name, person.id);
    await people.appoint(portalItself, position.id, { personId: person.id, kind: 'definitif', from: SINCE, until: null, basis: 'SK Wali Kota 821.2/014/2025' });
  }
}

const ACTING = {
  plt: { holder: 'Yudhanta Gerimis', position: 'Disdik kepala_opd' },
  plh: { holder: 'Ratnasih Muararaya', position: 'Dinkes kepala_opd', instead: 'Qomarudin Airterjun' },
};

async function appointActing({ people }: App, made: Made, today: string): Promise<void> {
  const appoint = (kind: 'plt' | 'plh', from: string, until: string, basis: string) =>
    people.appoint(portalItself, made.positions.get(ACTING[kind].position)!, { personId: made.people.get(ACTING[kind].holder)!, kind, from, until, basis });
  await appoint('plt', addDays(today, -20), addDays(today, 60), `Surat Perintah 821.3/207/${today.slice(0, 4)}`);
  await appoint('plh', addDays(today, -1), addDays(today, 4), `Surat Perintah 821.3/219/${today.slice(0, 4)}`);
}

const CHAIR = 'Indrayani Mataair';
const OPERATOR = 'Tirtana Kilatsenja';
/** Of today’s press conference. */
const MODERATOR = 'Kirana Sungaibiru';
const BKD = 'Byantara Lembahdalam';
const ADMINISTRATOR = 'Raditya Gelombangelok';
const ADMIN_OPD = 'Jatmiko Embungraya';
const AT_HOME = 'Nugraha Danaubening';
/** In the office of the chair, so that “piket sekarang” rings somebody. */
const ON_DUTY = 'Pramudya Tetesembun';
const ACCOUNTS: readonly (readonly [name: string, role: string])[] = [
  [CHAIR, 'Kepala Dinas Sosial'],
  [MODERATOR, 'Kepala Bidang Perlindungan Sosial, moderator konferensi pers hari ini'],
  [AT_HOME, 'Staf Dinas Sosial, hari ini WFH'],
  [ACTING.plh.holder, 'Plh. Kepala Dinas Kesehatan'],
  [ADMIN_OPD, 'Admin OPD Dinas Sosial'],
  [OPERATOR, 'Operator DKIS'],
  [BKD, 'BKD'],
  [ADMINISTRATOR, 'Administrator'],
];

/** Dinas Sosial with its admin's export and an objection; Disdukcapil without. */
function historyOf({ people, opds }: Made) {
  const id = (name: string): string => people.get(name)!;
  return [
    { turn: 0, opdId: opds.get('Dinsos')!, headId: id(CHAIR), adminId: id(ADMIN_OPD), objectorId: id(AT_HOME) },
    { turn: 2, opdId: opds.get('Disdukcapil')!, headId: id('Febrina Pasirputih'), adminId: null, objectorId: null },
  ];
}

function rostersOf({ people, opds }: Made) {
  const who = (name: string) => ({ id: people.get(name)!, name });
  const swaps: [ReturnType<typeof who>, ReturnType<typeof who>] = [who(AT_HOME), who('Melati Rintikhujan')];
  return {
    social: { opdId: opds.get('Dinsos')!, head: who(CHAIR), admin: who(ADMIN_OPD), swaps },
    health: { opdId: opds.get('Dinkes')!, head: who(ACTING.plh.holder) },
  };
}

const recapOf = ({ people, opds }: Made) => ({
  opdId: opds.get('Dinsos')!,
  admin: { id: people.get(ADMIN_OPD)!, name: ADMIN_OPD },
  head: { id: people.get(CHAIR)!, name: CHAIR },
});

function policiesOf({ people, opds }: Made) {
  const who = (name: string) => ({ id: people.get(name)!, name });
  return { keeper: who(BKD), admin: who(ADMIN_OPD), opdId: opds.get('Dinsos')!, exemptId: opds.get('Dinkes')!, alertId: opds.get('Satpol PP')! };
}

/** Monday mornings at Dinas Sosial, from the week after next on. */
function plansOf({ positions, people, opds }: Made) {
  const invited = ['Dinsos sekretaris', 'Dinsos kabid', 'Dinsos kabid 2'].map((key) => positions.get(key)!);
  return { opdId: opds.get('Dinsos')!, chair: { id: people.get(CHAIR)!, name: CHAIR }, positions: invited };
}

/** Yesterday evening: one in the field, one who did not answer and whose Plh came. */
function callOf({ positions, people, opds }: Made, today: string): CallSetting {
  const id = (name: string): string => people.get(name)!;
  const post = (key: string, holder: string) => ({ positionId: positions.get(key)!, holderId: id(holder) });
  const why = `Plh. a.n. Kepala Dinas Kesehatan (Surat Perintah 821.3/219/${today.slice(0, 4)})`;
  return {
    opdId: opds.get('Dinsos')!,
    headId: id(CHAIR),
    mandateId: id(ADMIN_OPD),
    posts: [
      post('Dinsos sekretaris', ADMIN_OPD),
      post('Dinsos kabid', 'Kirana Sungaibiru'),
      post('Dinsos kabid 2', 'Lesmana Kolamjati'),
      post('Dinsos kasi', 'Melati Rintikhujan'),
      {
        ...post('Dinkes kepala_opd', ACTING.plh.instead),
        standIn: { personId: id(ACTING.plh.holder), as: 'plh', label: 'Plh. Kepala Dinas Kesehatan', why },
      },
    ],
    declinedId: id('Lesmana Kolamjati'),
    silentId: id(ACTING.plh.instead),
  };
}

const lettersOf = ({ people, opds }: Made) => ({
  opdId: opds.get('Dinsos')!,
  asker: { id: people.get(CHAIR)!, name: CHAIR },
  dkisId: opds.get('DKIS')!,
  operator: { id: people.get(OPERATOR)!, name: OPERATOR },
});

/** Spoken by two heads (one by a Plh), led by somebody whose account is printed. */
const pressOf = ({ positions, people, opds }: Made) => ({
  opdId: opds.get('Dinsos')!,
  operatorId: people.get(OPERATOR)!,
  moderatorId: people.get(MODERATOR)!,
  speakers: ['Dinsos kepala_opd', 'Dinkes kepala_opd'].map((key) => positions.get(key)!),
});

async function grantRoles({ people }: App, { people: ids, opds }: Made): Promise<void> {
  await people.grantRoles(portalItself, ids.get(ADMINISTRATOR)!, [{ role: 'administrator', opdId: null }]);
  await people.grantRoles(portalItself, ids.get(ADMIN_OPD)!, [{ role: 'admin_opd', opdId: opds.get('Dinsos')! }]);
  await people.grantRoles(portalItself, ids.get(OPERATOR)!, [{ role: 'operator_dkis', opdId: null }]);
  await people.grantRoles(portalItself, ids.get(BKD)!, [{ role: 'bkd', opdId: null }]);
}

/** Half at home, heads at the office, the head whom a Plh stands in for away on duty. */
async function setDayCodes({ sql, people, roster }: App, made: Made, today: string): Promise<void> {
  const year = today.slice(0, 4);
  const basis: Record<DayCode, string> = {
    WFO: `SE 800/417/BKPSDM/${year}`,
    WFH: `SE 800/417/BKPSDM/${year}`,
    PIKET: `SE 800/417/BKPSDM/${year}`,
    LIBUR: `SE 800/417/BKPSDM/${year}`,
    DL: `Surat Tugas 094/388/${year}`,
    CUTI: `Surat Izin Cuti 851/092/${year}`,
    SAKIT: `Surat Keterangan Sakit ${year}`,
  };
  const pattern: readonly DayCode[] = ['WFO', 'WFH', 'WFO', 'WFH', 'PIKET', 'WFH', 'WFO', 'WFH', 'CUTI', 'WFH', 'WFO', 'DL'];
  let turn = 0;
  for (const opdId of made.opds.values()) {
    const staff = await people.staffOf(sql, opdId);
    const codes = staff.map((person): { personId: string; code: DayCode } => {
      if (person.name === ACTING.plh.instead) return { personId: person.id, code: 'DL' };
      if (person.name === AT_HOME) return { personId: person.id, code: 'WFH' };
      if (person.name === ON_DUTY) return { personId: person.id, code: 'PIKET' };
      return { personId: person.id, code: person.rank === 1 ? 'WFO' : pattern[turn++ % pattern.length]! };
    });
    for (const code of DayCode.options) {
      const those = codes.filter((c) => c.code === code);
      if (those.length > 0) await roster.setCodes(sql, null, opdId, { date: today, basis: basis[code], codes: those });
    }
  }
}

/** This afternoon; tomorrow when the hour has passed. */
async function planMeeting({ sql, clock, meetings, lobby }: App, made: Made, today: string): Promise<void> {
  const at = (day: string): Date => new Date(`${day}T${MEETING_AT}:00+07:00`);
  const startsAt = at(today) > clock.now() ? at(today) : at(addDays(today, 1));
  const position = (key: string): string => made.positions.get(key)!;
  const chairId = made.people.get(CHAIR)!;
  const id = await meetings.plan(sql, chairId, {
    title: 'Rapat koordinasi penyaluran bantuan sosial',
    sifat: 'segera',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 90 * 60_000),
    place: 'Daring',
    invite: {
      people: [made.people.get(AT_HOME)!],
      positions: ['Dinsos sekretaris', 'Dinsos kabid', 'Dinsos kabid 2', 'Disdukcapil kepala_opd', 'Dinkes kepala_opd', 'Disdik kepala_opd'].map(position),
      units: [],
      guests: [{ name: 'Wiraguna Mendungpagi', institution: 'Forum Warga Tirtamaya' }],
    },
  });
  await lobby.set(sql, { id, startsAt }, { staff: true, guests: true, showTitle: true, opens: 'pimpinan', minutesBefore: 0 }, chairId);
}
