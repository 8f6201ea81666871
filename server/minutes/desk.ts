// Verbs of the minutes: read, let others write, open corrections, propose, rule, approve, print, verify. A verb is one transaction.
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Verification } from '../../shared/letters.ts';
import type { Minutes, postProposal, postRuling } from '../../shared/minutes.ts';
import type { Zone } from '../../shared/people.ts';
import type { MeetingRecord } from '../../shared/proceedings.ts';
import type { Attendance } from '../attendance/index.ts';
import type { Letters } from '../letters/index.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { fingerprintOf } from '../platform/canonical.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Ledger } from '../platform/ledger-keeper.ts';
import { rootText } from '../platform/ledger.ts';
import { tell } from '../platform/live.ts';
import { clockText, dayIn, shortDateText } from '../platform/local-time.ts';
import { newCode } from '../platform/paper-code.ts';
import { paperNumber } from '../platform/paper-number.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import type { Proceedings } from '../proceedings/index.ts';
import { dayWords, fileName, paperOf, type Content } from './paper.ts';
import { decisionsOf, factsOf } from './record.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';
import { partsOf } from './text.ts';
import type { Telling } from './telling.ts';
import { viewOf } from './view.ts';
import type { MayWrite, Writing } from './writing.ts';

export type DeskWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'topOpd' | 'noteAccess'>;
  meetings: Pick<Meetings, 'dossier' | 'mayReadAttendance'>;
  attendance: Pick<Attendance, 'sheetAsOf' | 'intervalsNow' | 'statusText' | 'noteOf'>;
  proceedings: Pick<Proceedings, 'record'>;
  letters: Pick<Letters, 'available' | 'pdf' | 'verificationUrl' | 'origin'>;
  ledger: Pick<Ledger, 'root'>;
};
/** A meeting, and who somebody is for its minutes. */
type Seen = { dossier: Dossier & { startedAt: Date }; record: MeetingRecord; part: rules.Part; draft: rules.Draft | null };

const memberOf = (personId: string): string => `p_${personId}`;

export function createDesk({ sql, clock, people, meetings, attendance, proceedings, letters, ledger }: DeskWorld, telling: Telling, writing: () => Writing) {
  /** Somebody else's meeting does not exist for the caller. */
  async function seen(tx: Tx, person: SignedIn, meetingId: string, lock: 'lock' | 'read' = 'read'): Promise<Seen> {
    const dossier = await meetings.dossier(tx, meetingId);
    const invited = dossier?.invitations.some((i) => i.personId === person.id && i.linkRevokedAt === null) ?? false;
    if (!dossier || !(invited || meetings.mayReadAttendance(person, dossier))) refuse('not_found');
    if (dossier.startedAt === null) refuse('minutes.not_begun');
    const record = await proceedings.record(tx, meetingId);
    const part: rules.Part = {
      chair: dossier.chairId === person.id,
      notulis: record.notulis?.personId === person.id,
      writer: (await store.writersOf(tx, meetingId)).includes(person.id),
      present: ((await attendance.intervalsNow(tx, dossier)).get(memberOf(person.id)) ?? []).length > 0,
    };
    // A meeting that has ended has minutes; one that runs, once its chair or notulis opens them.
    if (dossier.endedAt !== null || rules.leads(part)) await bear(tx, dossier, person);
    const draft = await (lock === 'lock' ? store.lockDraft(tx, meetingId) : store.draftOf(tx, meetingId));
    return { dossier: { ...dossier, startedAt: dossier.startedAt }, record, part, draft };
  }

  async function bear(tx: Tx, { id, opdId, endedAt }: Dossier, person: SignedIn): Promise<void> {
    const at = endedAt ?? clock.now();
    if (await store.draftOf(tx, id)) return;
    // Born once: what is gone was destroyed by the schedule, and does not come back empty.
    if (await store.wasBorn(tx, id)) refuse('minutes.destroyed');
    if (!(await store.bear(tx, id, opdId, at))) return;
    await store.noteAct(tx, id, 'lahir', endedAt ? null : person.id, at);
  }

  async function drafted(tx: Tx, person: SignedIn, meetingId: string): Promise<Seen & { draft: rules.Draft }> {
    const found = await seen(tx, person, meetingId, 'lock');
    return { ...found, draft: found.draft ?? refuse('minutes.not_lead') };
  }

  /** As they stand: frozen where they are approved, else in step with the record. */
  async function contentOf(tx: Tx, { dossier, record, draft }: Seen): Promise<Content> {
    const final = draft?.state === 'disahkan' ? await store.finalOf(tx, dossier.id) : null;
    if (final) return final.content;
    const sheet = await attendance.sheetAsOf(tx, dossier.id);
    const notulisId = record.notulis?.personId ?? dossier.chairId;
    const rulings = (await store.proposalsOf(tx, dossier.id)).map(({ ruling }) => ruling?.outcome);
    return {
      facts: factsOf(sheet, record, dossier.startedAt, attendance.noteOf),
      parts: draft && draft.state !== 'konsep' ? draft.parts : partsOf(draft && (await store.docOf(tx, dossier.id)), record.agenda.items),
      decisions: decisionsOf(record),
      polls: record.polls,
      chairNip: sheet.chairNip,
      notulisNip: (await people.persons(tx, [notulisId])).get(notulisId)?.nip ?? null,
      corrections: { accepted: rulings.filter((o) => o === 'diterima').length, refused: rulings.filter((o) => o === 'ditolak').length },
      approved: null,
    };
  }

  async function view(tx: Tx, person: SignedIn, found: Seen): Promise<Minutes> {
    const { dossier, record, draft } = found;
    const content = await contentOf(tx, found);
    const final = draft?.state === 'disahkan' ? await store.finalOf(tx, dossier.id) : null;
    return viewOf({
      ...found,
      content,
      final,
      viewerId: person.id,
      now: clock.now(),
      proposals: draft ? await store.proposalsOf(tx, dossier.id) : [],
      writerIds: draft ? await store.writersOf(tx, dossier.id) : [],
      notulisId: record.notulis?.personId ?? dossier.chairId,
    });
  }

  async function read(person: SignedIn, meetingId: string): Promise<Minutes> {
    return sql.begin(async (tx) => {
      const minutes = await view(tx, person, await seen(tx, person, meetingId));
      await noteLook(tx, person, meetingId, 'notulen.baca', minutes.facts.people.length);
      return minutes;
    });
  }

  const noteLook = async (tx: Tx, person: SignedIn, meetingId: string, what: string, count: number): Promise<void> =>
    people.noteAccess(tx, { by: person.id, what, subject: meetingId, count, scope: { kind: 'meeting', id: meetingId } });

  const told = (tx: Tx, meetingId: string): Promise<void> => tell(tx, [`meeting:${meetingId}`, `host:${meetingId}`], { type: 'minutes.changed', meetingId });

  /** After a change: told to everybody who looks, and answered as it is now. */
  async function changed(tx: Tx, person: SignedIn, meetingId: string): Promise<Minutes> {
    await told(tx, meetingId);
    return view(tx, person, await seen(tx, person, meetingId));
  }

  async function setWriters(person: SignedIn, meetingId: string, wanted: readonly string[]): Promise<Minutes> {
    return sql.begin(async (tx) => {
      const { dossier, draft, part } = await drafted(tx, person, meetingId);
      rules.mustLead(part);
      if (draft.state !== 'konsep') refuse('minutes.frozen');
      const invited = new Set(dossier.invitations.filter((i) => i.linkRevokedAt === null).map((i) => i.personId));
      if (!wanted.every((id) => invited.has(id))) refuse('minutes.not_invited', {}, [{ path: 'people', message: 'tidak diundang' }]);
      const before = await store.writersOf(tx, meetingId);
      await store.setWriters(tx, meetingId, wanted, person.id, clock.now());
      const names = dossier.invitations.flatMap((i) => (i.personId !== null && wanted.includes(i.personId) ? [i.name] : []));
      if (before.toSorted().join() !== [...wanted].toSorted().join())
        await store.noteAct(tx, meetingId, 'penulis', person.id, clock.now(), names.join(', ') || null);
      await writing().rightsChanged(tx, meetingId);
      return changed(tx, person, meetingId);
    });
  }

  async function openCorrection(person: SignedIn, meetingId: string, until: string): Promise<Minutes> {
    return writing().still(meetingId, () =>
      sql.begin(async (tx) => {
        const { dossier, record, draft, part } = await drafted(tx, person, meetingId);
        rules.mustChair(part);
        const now = clock.now();
        const zone = await zoneAt(tx, dossier);
        const today = dayIn(now, zone);
        rules.openCorrection(draft, { ended: dossier.endedAt !== null, until, today, words: dayWords });
        if (draft.state === 'konsep') {
          await store.freeze(tx, meetingId, partsOf(await store.docOf(tx, meetingId), record.agenda.items), until, now, person.name);
          await writing().rightsChanged(tx, meetingId);
          const inside = [...(await attendance.intervalsNow(tx, dossier))].flatMap(([member, was]) =>
            was.length > 0 && member.startsWith('p_') ? [member.slice(2)] : [],
          );
          await telling.opened(
            tx,
            dossier,
            inside.filter((id) => id !== person.id),
            until,
            zone,
          );
        } else {
          await store.setUntil(tx, meetingId, until);
          await telling.waits(tx, meetingId, until, zone);
        }
        await store.noteAct(tx, meetingId, draft.state === 'konsep' ? 'koreksi' : 'batas', person.id, now, until);
        return changed(tx, person, meetingId);
      }),
    );
  }

  const zoneAt = async (tx: Tx, { opdId }: Dossier): Promise<Zone> => (await people.topOpd(tx, opdId))?.zone ?? 'Asia/Jakarta';

  async function propose(person: SignedIn, meetingId: string, { key, ...proposed }: BodyOf<typeof postProposal>): Promise<Minutes> {
    return sql.begin(async (tx) => {
      const { dossier, draft, part } = await drafted(tx, person, meetingId);
      const known = (await store.proposalsOf(tx, meetingId)).find((p) => p.id === key);
      if (known?.byId === person.id) return view(tx, person, await seen(tx, person, meetingId));
      rules.propose(draft, part, proposed, dayIn(clock.now(), await zoneAt(tx, dossier)), dayWords);
      if (await store.isTaken(tx, key)) refuse('input.invalid', {}, [{ path: 'key', message: 'kunci sudah dipakai' }]);
      const invitation = dossier.invitations.find((i) => i.personId === person.id);
      await store.insertProposal(tx, {
        id: key,
        meetingId,
        ...proposed,
        byId: person.id,
        byName: person.name,
        byPosition: invitation?.position ?? null,
        at: clock.now(),
      });
      return changed(tx, person, meetingId);
    });
  }

  async function rule(person: SignedIn, meetingId: string, proposalId: string, { outcome, ...said }: Ruled): Promise<Minutes> {
    return sql.begin(async (tx) => {
      const { dossier, draft, part } = await drafted(tx, person, meetingId);
      rules.mustLead(part);
      const proposal = (await store.proposalsOf(tx, meetingId)).find((p) => p.id === proposalId) ?? refuse('not_found');
      if (proposal.ruling) {
        const { ruling } = proposal;
        if (ruling.outcome === outcome && ruling.byName === person.name) return view(tx, person, await seen(tx, person, meetingId));
        const zone = await zoneAt(tx, dossier);
        const at = new Date(ruling.at);
        refuse('minutes.decided', { name: ruling.byName, when: `${shortDateText(at, zone)} ${clockText(at, zone)}` });
      }
      if (draft.state !== 'koreksi') refuse('minutes.approved');
      if (outcome === 'diterima') await store.setParts(tx, meetingId, rules.accepted(draft.parts, proposal));
      await store.insertRuling(tx, { proposalId, meetingId, outcome, reason: said.reason ?? null, byId: person.id, byName: person.name, at: clock.now() });
      if (proposal.byId !== person.id) await telling.ruled(tx, dossier, proposal.byId, { outcome, reason: said.reason ?? null });
      return changed(tx, person, meetingId);
    });
  }

  /** Freezes the minutes under the next number of the OPD. Approving again answers the paper that is. */
  async function approve(person: SignedIn, meetingId: string, early: string | undefined): Promise<Minutes> {
    return sql.begin(async (tx) => {
      const found = await drafted(tx, person, meetingId);
      const { dossier, draft, part } = found;
      rules.mustChair(part);
      if (draft.state === 'disahkan') return view(tx, person, found);
      const opd = (await people.topOpd(tx, dossier.opdId)) ?? refuse('not_found');
      const at = clock.now();
      const today = dayIn(at, opd.zone);
      const undecided = (await store.proposalsOf(tx, meetingId)).filter((p) => p.ruling === null).length;
      const reason = rules.approve(draft, { undecided, early, today, words: dayWords });
      const until = draft.state === 'koreksi' ? draft.correction.until : today;
      const year = Number(today.slice(0, 4));
      const serial = await store.nextSerial(tx, opd.id, year);
      const number = paperNumber('NOT', serial, opd.abbreviation, today);
      const code = newCode();
      const content: Content = { ...(await contentOf(tx, found)), approved: { number, code, at: at.toISOString(), by: person.name, until, early: reason } };
      await store.insertFinal(tx, { meetingId, opdId: opd.id, year, serial, number, code, content, fingerprint: fingerprintOf(content), at, by: person.id });
      await store.close(tx, meetingId);
      await store.noteAct(tx, meetingId, 'sah', person.id, at, number);
      await noteLook(tx, person, meetingId, 'notulen.sah', content.facts.people.length);
      const invited = dossier.invitations.flatMap((i) => (i.personId !== null && i.personId !== person.id && i.linkRevokedAt === null ? [i.personId] : []));
      await telling.approved(tx, dossier, invited, number);
      return changed(tx, person, meetingId);
    });
  }

  async function pdf(person: SignedIn, meetingId: string): Promise<ServedFile> {
    const { content, fingerprint } = await sql.begin(async (tx) => {
      const found = await seen(tx, person, meetingId);
      if (!letters.available) refuse('pdf.unavailable');
      const known = await contentOf(tx, found);
      await noteLook(tx, person, meetingId, 'notulen.pdf', known.facts.people.length);
      return { content: known, fingerprint: known.approved ? fingerprintOf(known) : null };
    });
    const root = await ledger.root();
    const url = content.approved ? letters.verificationUrl(content.approved.code) : letters.origin;
    const at = content.approved ? new Date(content.approved.at) : clock.now();
    const data = paperOf(content, { url, fingerprint, root: root && rootText(root), at, statusText: attendance.statusText });
    return { content: await letters.pdf('notulen', data, at), name: fileName(content) };
  }

  /** What anybody who holds the paper may know. */
  async function verify(code: string): Promise<Verification | null> {
    const final = await store.finalByCode(sql, code);
    if (!final) return null;
    const { facts, decisions, approved } = final.content;
    return {
      paper: 'notulen',
      number: final.number,
      title: facts.title,
      opdName: facts.opdName,
      regionName: facts.regionName,
      chairName: facts.chairName,
      startedAt: facts.startedAt,
      endedAt: facts.endedAt,
      zone: facts.zone,
      finalisedAt: approved?.at ?? '',
      present: facts.people.filter((p) => p.firstIn !== null).length,
      invited: facts.invited,
      decisions: decisions.filter((d) => d.revoked === null).length,
      fingerprint: final.fingerprint,
    };
  }

  /** Of the shared text; a stranger's right is none, and so is everybody's once it is frozen. */
  async function mayWrite(tx: Tx, person: SignedIn, meetingId: string): Promise<MayWrite> {
    const draft = await store.draftOf(tx, meetingId);
    if (!draft) return 'no';
    const dossier = await meetings.dossier(tx, meetingId);
    const invitation = dossier?.invitations.find((i) => i.personId === person.id);
    if (!dossier || (dossier.chairId !== person.id && (!invitation || invitation.linkRevokedAt !== null))) return 'no';
    const part: rules.Part = {
      chair: dossier.chairId === person.id,
      notulis: (await proceedings.record(tx, meetingId)).notulis?.personId === person.id,
      writer: (await store.writersOf(tx, meetingId)).includes(person.id),
      present: false,
    };
    if (!rules.writes('konsep', part)) return 'no';
    return draft.state === 'konsep' ? 'writes' : 'frozen';
  }

  return { read, setWriters, openCorrection, propose, rule, approve, pdf, verify, mayWrite };
}
type Ruled = BodyOf<typeof postRuling>;
