// Surat undangan: drawn up from the plan of a meeting, numbered and frozen when it is issued, corrected by a ralat when the plan changes
// and called off by a pembatalan. What is owed is never stored: it is the newest letter in force against the meeting as it stands.
import type { z } from 'zod';
import type { Verification } from '../../shared/letters.ts';
import * as wire from '../../shared/undangan.ts';
import type { LetterDraft, LetterKind } from '../../shared/undangan.ts';
import { fingerprintOf } from '../platform/canonical.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { tell } from '../platform/live.ts';
import { clockText, dayIn } from '../platform/local-time.ts';
import { newCode } from '../platform/paper-code.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Caller, type Route, type ServedFile, type SignedIn } from '../platform/serve.ts';
import type { Letters } from '../letters/index.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { contentOf, fileName, printed, type Content } from './paper.ts';
import { changesOf, dueOf, MOST_ON_FACE, recipientsOf, statesOf, type Facts } from './rules.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Pick<Files, 'write' | 'find' | 'bytesOf' | 'destroy'>;
  people: Pick<People, 'opds' | 'persons' | 'headsOf' | 'regionName' | 'noteAccess'>;
  meetings: Pick<Meetings, 'dossier' | 'holdMeeting' | 'insider' | 'mayPrepare' | 'onPlanned'>;
  letters: Pick<Letters, 'pdf' | 'available' | 'verificationUrl' | 'knows' | 'takeNumber' | 'voidNumber' | 'headOf' | 'signersOf'>;
  notifications: Pick<Notifications, 'notify'>;
};
export type IssuedNews = { meetingId: string; letterId: string; kind: LetterKind; number: string };
type IssuedListener = (tx: Tx, news: IssuedNews) => Promise<void>;

const UNDANGAN_CODE = '005';

export function createUndangan({ sql, clock, files, people, meetings, letters, notifications }: World) {
  const listeners: IssuedListener[] = [];

  const factsOf = (m: Dossier): Facts => ({ title: m.title, startsAt: m.startsAt.toISOString(), endsAt: m.endsAt?.toISOString() ?? null, place: m.place });

  /** Everything a letter of this meeting is made of, as it stands. */
  async function standing(tx: Tx, meetingId: string) {
    const meeting = (await meetings.dossier(tx, meetingId)) ?? refuse('not_found');
    const opd = (await people.opds(tx)).find((o) => o.id === meeting.opdId) ?? refuse('not_found');
    const issued = statesOf(await store.lettersOf(tx, meetingId));
    const current = issued.find((l) => l.state === 'terbit') ?? null;
    const last = current?.content ? { kind: current.kind, facts: current.content.facts } : null;
    const facts = factsOf(meeting);
    const due = meeting.instant ? null : dueOf(last, { state: meeting.state, facts, zone: opd.zone });
    return { meeting, opd, letters: issued, current, facts, due };
  }
  type Standing = Awaited<ReturnType<typeof standing>>;

  async function desk(tx: Tx, { meeting, opd }: Standing) {
    const signers = await letters.signersOf(tx, opd);
    const saved = await store.draftOf(tx, meeting.id);
    const usual = saved ? null : await store.usualOf(tx, opd.id);
    const usualSigner = signers.find((s) => s.positionId === usual?.signerPositionId);
    const draft: LetterDraft = saved ?? {
      classification: usual?.classification ?? UNDANGAN_CODE,
      subject: 'Undangan',
      notes: meeting.description ?? '',
      copies: usual?.copies ?? [],
      signerPositionId: (usualSigner ?? signers[0])?.positionId ?? null,
      signerGrade: usualSigner ? (usual?.signerGrade ?? null) : null,
    };
    const day = dayIn(clock.now(), opd.zone);
    const offices = [...new Set(meeting.invitations.flatMap((i) => i.opdId ?? []))];
    const heads = new Map([...(await people.headsOf(tx, offices, day))].map(([id, post]) => [id, post.title]));
    const recipients = recipientsOf(meeting.invitations, { chairId: meeting.chairId, opdId: meeting.opdId, heads });
    return { signers, draft, saved: saved !== null, recipients, signer: signers.find((s) => s.positionId === draft.signerPositionId) ?? null };
  }

  /** Who prepares the meeting, or signs its letters. */
  async function mayIssue(tx: Tx, person: SignedIn, found: Standing): Promise<boolean> {
    return meetings.mayPrepare(person, found.meeting) || (await desk(tx, found)).signer?.personId === person.id;
  }
  async function prepared(tx: Tx, caller: Caller, person: SignedIn, meetingId: string): Promise<Standing> {
    if (!(await meetings.holdMeeting(tx, meetingId))) refuse('not_found');
    const found = await standing(tx, meetingId);
    if (await mayIssue(tx, person, found)) return found;
    await meetings.insider(caller, meetingId, tx);
    return refuse('meeting.not_preparer');
  }

  async function view(tx: Tx, found: Standing, shown: boolean): Promise<z.input<typeof wire.MeetingLetters>> {
    const { meeting, opd, current, facts, due } = found;
    const names = await people.persons(
      tx,
      found.letters.flatMap((l) => [l.issuedBy, l.withdrawn?.byId].filter((id) => typeof id === 'string')),
    );
    const nameOf = (id: string | null | undefined): string | null => (id ? (names.get(id)?.name ?? null) : null);
    const at = shown ? await desk(tx, found) : null;
    const head = at && (await letters.headOf(tx, opd.id));
    return {
      meetingId: meeting.id,
      title: meeting.title,
      opdId: opd.id,
      startsAt: meeting.startsAt.toISOString(),
      zone: opd.zone,
      issued: found.letters.toReversed().map(({ id, kind, number, code, issuedAt, issuedBy, content, state, withdrawn }) => ({
        id,
        kind,
        number,
        code,
        issuedAt: issuedAt.toISOString(),
        issuedBy: nameOf(issuedBy),
        signer: content?.signer ?? '',
        state,
        withdrawn: withdrawn && { reason: withdrawn.reason ?? '', byName: nameOf(withdrawn.byId), at: new Date(withdrawn.at).toISOString() },
      })),
      desk:
        at && head
          ? {
              draft: at.draft,
              saved: at.saved,
              signers: at.signers.map(({ positionId, label, name, lines }) => ({ positionId, label, name, lines })),
              recipients: at.recipients,
              listed: at.recipients.length > MOST_ON_FACE,
              due,
              changes: due === 'ralat' && current?.content ? changesOf(current.content.facts, facts, opd.zone) : [],
              bareHead: head.address === null || head.place === null,
              mayWithdraw: current !== null && meeting.state === 'terjadwal',
              pdf: letters.available,
            }
          : null,
    };
  }

  async function read(caller: Caller, meetingId: string) {
    return sql.begin(async (tx) => {
      const found = await standing(tx, meetingId);
      const shown = caller.person !== null && (await mayIssue(tx, caller.person, found));
      if (!shown) await meetings.insider(caller, meetingId, tx);
      if (shown && caller.person) {
        const persons = found.meeting.invitations.flatMap((i) => i.personId ?? []);
        await people.noteAccess(tx, {
          by: caller.person.id,
          what: 'surat_undangan.baca',
          subject: meetingId,
          count: persons.length,
          scope: { kind: 'meeting', id: meetingId },
          persons,
        });
      }
      return view(tx, found, shown);
    });
  }

  async function save(caller: Caller, person: SignedIn, meetingId: string, draft: LetterDraft) {
    return sql.begin(async (tx) => {
      const found = await prepared(tx, caller, person, meetingId);
      const { signers } = await desk(tx, found);
      if (draft.signerPositionId !== null && !signers.some((s) => s.positionId === draft.signerPositionId))
        refuse('letter.signer', {}, [{ path: 'signerPositionId', message: 'pilih dari daftar' }]);
      await store.saveDraft(tx, meetingId, draft, person.id, clock.now());
      return view(tx, await standing(tx, meetingId), true);
    });
  }

  /** The words of what is due, with its number or without. */
  async function compose(tx: Tx, found: Standing, kind: LetterKind, number: string | null): Promise<Content> {
    const { meeting, opd, current, facts } = found;
    const { draft, recipients, signer } = await desk(tx, found);
    const head = await letters.headOf(tx, opd.id);
    if (!signer) refuse('letter.signer', {}, [{ path: 'signerPositionId', message: 'pilih penanda tangan' }]);
    if (recipients.length === 0) refuse('letter.nobody');
    return contentOf({
      kind,
      number,
      draft,
      meeting: { sifat: meeting.sifat, facts, cancelReason: meeting.state === 'dibatalkan' ? meeting.cancelReason : null },
      zone: opd.zone,
      recipients,
      former: current?.content ? { number: current.number, issuedAt: current.issuedAt, kind: current.kind, facts: current.content.facts } : null,
      opdName: opd.name,
      regionName: await people.regionName(tx),
      head,
      signature: { lines: signer.lines, name: signer.name, nip: signer.nip },
      at: clock.now(),
    });
  }

  function mustBeDue({ due, meeting, opd }: Standing, kind: LetterKind): void {
    if (due === kind) return;
    if (meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
    if (meeting.state === 'berlangsung') refuse('meeting.begun', { time: clockText(meeting.startedAt, opd.zone) });
    if (meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, opd.zone) });
    refuse('letter.not_due');
  }

  async function issue(caller: Caller, person: SignedIn, meetingId: string, kind: LetterKind) {
    const letterId = await sql.begin(async (tx): Promise<string | null> => {
      await store.lockLetters(tx, meetingId);
      const found = await prepared(tx, caller, person, meetingId);
      // Pressed twice, or by two: the first has done it.
      if (found.due !== kind && found.current?.kind === kind) return null;
      mustBeDue(found, kind);
      const { meeting, opd } = found;
      const now = clock.now();
      const { draft } = await desk(tx, found);
      // The words come first: what is refused takes no number.
      await compose(tx, found, kind, null);
      const day = dayIn(now, opd.zone);
      const taken = await letters.takeNumber(tx, {
        opdId: opd.id,
        series: kind,
        classification: draft.classification,
        day,
        subject: `${meeting.title} (${kind})`,
        byId: person.id,
      });
      const content = await compose(tx, found, kind, taken.number);
      await store.saveDraft(tx, meetingId, draft, person.id, now);
      const id = await store.insertLetter(tx, {
        meetingId,
        opdId: opd.id,
        kind,
        numberId: taken.id,
        number: taken.number,
        code: newCode(),
        content,
        fingerprint: fingerprintOf(content),
        version: meeting.version,
        issuedAt: now,
        issuedBy: person.id,
      });
      for (const listener of listeners) await listener(tx, { meetingId, letterId: id, kind, number: taken.number });
      await tellMeeting(tx, meeting);
      return id;
    });
    if (letterId !== null && letters.available) await sql.begin((tx) => paperOf(tx, meetingId, letterId));
    return sql.begin(async (tx) => view(tx, await standing(tx, meetingId), true));
  }

  const tellMeeting = (tx: Tx, meeting: Dossier): Promise<void> =>
    tell(tx, [`meeting:${meeting.id}`, `host:${meeting.id}`, ...meeting.invitations.flatMap((i) => (i.personId ? [`person:${i.personId}`] : []))], {
      type: 'meeting.changed',
      meetingId: meeting.id,
    });

  async function withdraw(caller: Caller, person: SignedIn, meetingId: string, letterId: string, reason: string) {
    return sql.begin(async (tx) => {
      await store.lockLetters(tx, meetingId);
      const found = await prepared(tx, caller, person, meetingId);
      const letter = found.letters.find((l) => l.id === letterId) ?? refuse('not_found');
      if (letter.state !== 'batal') {
        if (letter.state !== 'terbit') refuse('letter.replaced');
        const now = clock.now();
        await store.insertWithdrawal(tx, { letterId, meetingId, reason, byId: person.id, at: now });
        await letters.voidNumber(tx, letter.numberId, { reason, byId: person.id });
        await tellMeeting(tx, found.meeting);
      }
      return view(tx, await standing(tx, meetingId), true);
    });
  }

  /** The paper as it was printed first; printed now where it was not yet. */
  async function paperOf(tx: Tx, meetingId: string, letterId: string): Promise<{ name: string; type: string; bytes: Buffer }> {
    const letter = (await store.lettersOf(tx, meetingId)).find((l) => l.id === letterId) ?? refuse('not_found');
    const name = fileName(letter.kind, letter.number);
    const type = 'application/pdf';
    const kept = await store.fileOfLetter(tx, letterId);
    const record = kept === null ? undefined : (await files.find(tx, [kept])).get(kept);
    if (record) return { name, type, bytes: await files.bytesOf(tx, record.id, 0, record.size) };
    const { content } = letter;
    if (content === null) refuse('letter.destroyed');
    const mark = {
      lambang: (await letters.headOf(tx, letter.opdId)).lambang,
      tanda: null,
      kode: letter.code,
      fingerprint: letter.fingerprint,
      url: letters.verificationUrl(letter.code),
    };
    const bytes = await letters.pdf('undangan', printed(content, mark), letter.issuedAt);
    const file = await files.write(tx, { name, type }, bytes);
    if (await store.keepFile(tx, letterId, file.id)) return { name, type, bytes };
    await files.destroy(tx, [file.id]);
    return paperOf(tx, meetingId, letterId);
  }

  /** The newest letter in force, for whoever mails it; null when none was issued, it says another hour than the plan, or this machine prints nothing. */
  async function fileOf(tx: Tx, meetingId: string): Promise<{ kind: LetterKind; name: string; type: string; bytes: Buffer } | null> {
    const { current, due } = await standing(tx, meetingId);
    return current?.content && due === null && letters.available ? { kind: current.kind, ...(await paperOf(tx, meetingId, current.id)) } : null;
  }

  async function pdf(caller: Caller, meetingId: string, letterId: string): Promise<ServedFile> {
    const { bytes, name } = await sql.begin(async (tx) => {
      const found = await standing(tx, meetingId);
      if (!(caller.person && (await mayIssue(tx, caller.person, found)))) await meetings.insider(caller, meetingId, tx);
      return paperOf(tx, meetingId, letterId);
    });
    return { content: bytes, name };
  }

  async function preview(caller: Caller, person: SignedIn, meetingId: string): Promise<ServedFile> {
    const { content, lambang, due } = await sql.begin(async (tx) => {
      const found = await prepared(tx, caller, person, meetingId);
      const kind = found.due ?? refuse('letter.not_due');
      return { content: await compose(tx, found, kind, null), lambang: (await letters.headOf(tx, found.opd.id)).lambang, due: kind };
    });
    const mark = { lambang, tanda: 'KONSEP', kode: null, fingerprint: null, url: letters.verificationUrl('') };
    return { content: await letters.pdf('undangan', printed(content, mark), clock.now()), name: fileName(due, null) };
  }

  async function verify(code: string): Promise<Verification | null> {
    return sql.begin(async (tx) => {
      const letter = await store.letterByCode(tx, code);
      if (!letter?.content) return null;
      const { content } = letter;
      const all = statesOf(await store.lettersOf(tx, letter.meetingId));
      const state = all.find((l) => l.id === letter.id)?.state ?? 'terbit';
      return {
        paper: letter.kind,
        number: letter.number,
        title: content.facts.title,
        opdName: content.opdName,
        regionName: content.regionName,
        chairName: content.paper.tandaTangan.nama,
        startedAt: null,
        endedAt: null,
        zone: content.zone,
        finalisedAt: letter.issuedAt.toISOString(),
        present: 0,
        invited: content.invited,
        decisions: null,
        fingerprint: letter.fingerprint,
        letter: {
          signer: content.signer,
          startsAt: content.facts.startsAt,
          endsAt: content.facts.endsAt,
          place: content.facts.place,
          state,
          replacedBy: state === 'digantikan' ? (all.find((l) => l.state === 'terbit')?.number ?? null) : null,
        },
      };
    });
  }
  letters.knows(verify);

  /** A letter is out and the plan is another one: who prepares the meeting is told what is owed. */
  meetings.onPlanned(async (tx, { meetingId, kind, byId }) => {
    if (kind !== 'diubah' && kind !== 'dibatalkan') return;
    const { due, current, meeting } = await standing(tx, meetingId);
    if (current === null || due === null || due === 'undangan') return;
    const word = due === 'ralat' ? 'ralat' : 'pembatalan';
    const english = due === 'ralat' ? 'correction' : 'letter of cancellation';
    await notifications.notify(tx, {
      kind: 'rapat',
      personIds: [meeting.plannerId ?? meeting.chairId, byId],
      ref: meetingId,
      words: {
        id: { title: `Surat ${word} perlu diterbitkan`, text: `Undangan nomor ${current.number} (${meeting.title}) tidak sesuai lagi dengan rencana rapat.` },
        en: { title: `A ${english} is due`, text: `Invitation ${current.number} (${meeting.title}) no longer matches the plan of the meeting.` },
      },
      path: `/rapat/${meetingId}/undangan`,
    });
  });

  const routes: Route[] = [
    serve(wire.getMeetingLetters, ({ caller, params }) => read(caller, params.id)),
    serve(wire.putLetterDraft, ({ caller, person, params, body }) => save(caller, person, params.id, body)),
    serve(wire.postLetter, ({ caller, person, params, body }) => issue(caller, person, params.id, body.kind)),
    serve(wire.postLetterWithdrawal, ({ caller, person, params, body }) => withdraw(caller, person, params.id, params.letter, body.reason)),
    serve(wire.getLetterPdf, ({ caller, params }) => pdf(caller, params.id, params.letter)),
    serve(wire.getLetterDraftPdf, ({ caller, person, params }) => preview(caller, person, params.id)),
  ];
  return { routes, fileOf, onIssued: (listener: IssuedListener) => void listeners.push(listener) };
}
