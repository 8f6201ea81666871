// Surat tugas of a published plan: numbered and frozen when it is issued, the basis of its days; changed by a letter of only the changed
// lines, called off by another. What is owed is never stored: it is the newest letter against the plan as it is published.
import type { z } from 'zod';
import * as wire from '../../shared/assignments.ts';
import type { AssignmentDraft, AssignmentKind } from '../../shared/assignments.ts';
import type { Verification } from '../../shared/letters.ts';
import type { Opd } from '../../shared/people.ts';
import { fingerprintOf } from '../platform/canonical.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { dayIn, monthText, shortDateText } from '../platform/local-time.ts';
import { newCode } from '../platform/paper-code.ts';
import { refuse } from '../platform/refusal.ts';
import { actsFor, serve, type Route, type ServedFile, type SignedIn } from '../platform/serve.ts';
import type { Letters } from '../letters/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import type { LetterLine, LettersOf, Rota } from '../rota/index.ts';
import { cellText, contentOf, daysText, fileName, printed, saidOf, type Content } from './paper.ts';
import { dueOf, firstOf, inForce, linesAfter, statesOf, wantedOf, type Changed } from './rules.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Pick<Files, 'write' | 'find' | 'bytesOf' | 'destroy'>;
  people: Pick<People, 'opds' | 'persons' | 'regionName' | 'noteAccess'>;
  letters: Pick<Letters, 'pdf' | 'available' | 'verificationUrl' | 'knows' | 'takeNumber' | 'headOf' | 'signersOf'>;
  notifications: Pick<Notifications, 'notify'>;
  rota: Pick<Rota, 'published' | 'giveBasis' | 'onPublished'>;
};
type Published = NonNullable<Awaited<ReturnType<Rota['published']>>>;
type Standing = { opd: Opd; month: string; published: Published | null; letters: store.LetterRow[]; held: readonly LetterLine[]; due: AssignmentKind | null };
type Known = Standing & { published: Published };

/** Kepegawaian. */
const USUAL_CODE = '800';
const MOST_CHANGES = 100;
const PAPERS = { tugas: 'surat_tugas', perubahan: 'perubahan_tugas', pencabutan: 'pencabutan_tugas' } as const;

export function createAssignments({ sql, clock, files, people, letters, notifications, rota }: World) {
  async function opdOf(tx: Tx, opdId: string): Promise<Opd> {
    return (await people.opds(tx)).find(({ id }) => id === opdId) ?? refuse('not_found');
  }
  /** Somebody else's OPD does not exist for the caller. */
  async function managed(tx: Tx, person: SignedIn, opdId: string): Promise<Opd> {
    const opd = await opdOf(tx, opdId);
    return opd.parentId === null && person.managesOpds.includes(opdId) ? opd : refuse('not_found');
  }

  async function standing(tx: Tx, opd: Opd, month: string): Promise<Standing> {
    const published = await rota.published(tx, opd.id, month);
    const issued = published ? [...(await store.lettersOf(tx, published.plan.id))] : [];
    const held = heldBy(issued);
    return { opd, month, published, letters: issued, held, due: published && dueOf(held, published.publication.content) };
  }

  async function desk(tx: Tx, opd: Opd) {
    const signers = await letters.signersOf(tx, opd);
    const saved = await store.draftOf(tx, opd.id);
    const usual = signers.find(({ positionId }) => positionId === saved?.signerPositionId) ?? signers[0];
    const draft: AssignmentDraft = {
      classification: saved?.classification ?? USUAL_CODE,
      copies: saved?.copies ?? [],
      signerPositionId: usual?.positionId ?? null,
      signerGrade: usual && usual.positionId === saved?.signerPositionId ? saved.signerGrade : null,
    };
    return { signers, draft, signer: usual ?? null };
  }

  /** Who acts for the OPD, or signs its letters. */
  const mayIssue = async (tx: Tx, person: SignedIn, opd: Opd): Promise<boolean> =>
    actsFor(person, opd.id) || (await letters.signersOf(tx, opd)).some(({ personId }) => personId === person.id);
  async function mustIssue(tx: Tx, person: SignedIn, opdId: string): Promise<Opd> {
    const opd = await managed(tx, person, opdId);
    return (await mayIssue(tx, person, opd)) ? opd : refuse('role.missing');
  }

  async function view(tx: Tx, found: Standing, shown: boolean): Promise<z.input<typeof wire.MonthAssignments>> {
    const { opd, month, published, held, due } = found;
    const names = await people.persons(tx, [...new Set(found.letters.flatMap(({ issuedBy }) => issuedBy ?? []))]);
    const at = shown ? await desk(tx, opd) : null;
    const head = at && (await letters.headOf(tx, opd.id));
    const said = published && due ? saidOf(due, held, published.publication.content) : [];
    const nameOf = new Map(published?.publication.content.people.map(({ id, name }) => [id, name]));
    return {
      opdId: opd.id,
      opdName: opd.name,
      month,
      zone: opd.zone,
      revision: published?.plan.revision ?? null,
      letters: statesOf(found.letters)
        .toReversed()
        .map((letter) => ({
          id: letter.id,
          kind: letter.kind,
          number: letter.number,
          code: letter.code,
          state: letter.state,
          revision: letter.revision,
          signer: letter.content?.signer ?? '',
          signerName: letter.content?.paper.tandaTangan.nama ?? '',
          people: peopleIn(letter.content?.said ?? []).length,
          lines: letter.content?.said.length ?? 0,
          issuedAt: letter.issuedAt.toISOString(),
          issuedBy: names.get(letter.issuedBy ?? '')?.name ?? null,
        })),
      desk:
        at && head
          ? {
              draft: at.draft,
              signers: at.signers.map(({ positionId, label, name, lines }) => ({ positionId, label, name, lines })),
              due,
              people: peopleIn(said).length,
              lines: said.length,
              changes: due === 'perubahan' ? said.slice(0, MOST_CHANGES).map((one) => ({ ...one, name: nameOf.get(one.personId) ?? '–' })) : [],
              mayRevoke: held.length > 0,
              bareHead: head.address === null || head.place === null,
              pdf: letters.available,
            }
          : null,
      serverTime: clock.now().toISOString(),
    };
  }

  const read = (person: SignedIn, opdId: string, month: string) =>
    sql.begin(async (tx) => {
      const opd = await managed(tx, person, opdId);
      const found = await standing(tx, opd, month);
      await people.noteAccess(tx, {
        by: person.id,
        what: 'surat_tugas.baca',
        subject: `${opd.name} ${month}`,
        count: peopleIn(found.held).length,
        scope: { kind: 'opd', id: opd.id },
        persons: peopleIn(found.held),
      });
      return view(tx, found, await mayIssue(tx, person, opd));
    });

  const save = (person: SignedIn, opdId: string, { month, ...draft }: AssignmentDraft & { month: string }) =>
    sql.begin(async (tx) => {
      const opd = await mustIssue(tx, person, opdId);
      const signers = await letters.signersOf(tx, opd);
      if (draft.signerPositionId !== null && !signers.some(({ positionId }) => positionId === draft.signerPositionId))
        refuse('letter.signer', {}, [{ path: 'signerPositionId', message: 'pilih dari daftar' }]);
      await store.saveDraft(tx, opd.id, draft, person.id, clock.now());
      return view(tx, await standing(tx, opd, month), true);
    });

  /** The words of a letter, with its number or without. */
  async function compose(
    tx: Tx,
    { opd, published, letters: issued, held }: Known,
    kind: AssignmentKind,
    { number, reason }: { number: string | null; reason: string | null },
  ): Promise<Content> {
    const { draft, signer } = await desk(tx, opd);
    if (!signer) refuse('letter.signer', {}, [{ path: 'signerPositionId', message: 'pilih penanda tangan' }]);
    const { content, revision, at } = published.publication;
    const first = kind === 'tugas' ? null : firstOf(issued);
    return contentOf({
      kind,
      number,
      month: content,
      revision: { n: revision, at },
      held,
      lines: linesAfter(kind, held, content, number ?? ''),
      first,
      between: first === null ? [] : issued.slice(issued.indexOf(first) + 1).filter((letter) => letter.kind === 'perubahan'),
      reason,
      head: await letters.headOf(tx, opd.id),
      regionName: await people.regionName(tx),
      signature: { lines: signer.lines, name: signer.name, nip: signer.nip, grade: draft.signerGrade },
      copies: draft.copies,
      at: clock.now(),
    });
  }

  async function issue(
    person: SignedIn,
    opdId: string,
    { month, kind, revision, reason }: { month: string; kind: AssignmentKind; revision: number; reason: string | null },
  ) {
    const letterId = await sql.begin(async (tx): Promise<string | null> => {
      const opd = await mustIssue(tx, person, opdId);
      const planId = (await rota.published(tx, opdId, month))?.plan.id ?? refuse('rota.recap_none');
      await store.lockLetters(tx, planId);
      const found = asPublished(await standing(tx, opd, month));
      const isCalledOff = kind === 'pencabutan' && found.held.length > 0;
      if (found.due !== kind && !isCalledOff) {
        // Pressed twice, or by two: the first has done it.
        if (found.letters.at(-1)?.kind === kind) return null;
        refuse('letter.not_due');
      }
      if (found.published.plan.revision !== revision) refuse('rota.changed');
      if (isCalledOff && reason === null && found.due !== 'pencabutan') refuse('input.invalid', {}, [{ path: 'reason', message: 'tulis alasannya' }]);
      // The words come first: what is refused takes no number.
      await compose(tx, found, kind, { number: null, reason });
      const now = clock.now();
      const { draft } = await desk(tx, opd);
      const taken = await letters.takeNumber(tx, {
        opdId,
        series: 'tugas',
        classification: draft.classification,
        day: dayIn(now, opd.zone),
        subject: `Surat tugas ${monthText(month)}${kind === 'tugas' ? '' : ` (${kind})`}`,
        byId: person.id,
      });
      const content = await compose(tx, found, kind, { number: taken.number, reason });
      const id = await store.insertLetter(tx, {
        planId,
        opdId,
        revision,
        kind,
        numberId: taken.id,
        number: taken.number,
        code: newCode(),
        content,
        fingerprint: fingerprintOf(content),
        issuedAt: now,
        issuedBy: person.id,
      });
      await carry(tx, person.id, found, content, taken.number);
      await inform(tx, id, content, taken.number);
      return id;
    });
    if (letterId !== null && letters.available) await sql.begin((tx) => paperOf(tx, letterId));
    return sql.begin(async (tx) => view(tx, await standing(tx, await opdOf(tx, opdId), month), true));
  }

  /** Each day rests on the letter that names it; once all are called off, on what the plan says. */
  async function carry(tx: Tx, byId: string | null, { published, held }: Known, content: Content, number: string): Promise<void> {
    const { plan, publication } = published;
    const dayOf = new Map(publication.content.days.map(({ date }, day) => [date, day]));
    const planned = ({ personId, date }: LetterLine) => publication.content.cells[personId]?.[dayOf.get(date) ?? -1];
    const lines =
      content.kind === 'pencabutan'
        ? held.flatMap((line) => {
            const cell = planned(line);
            return cell && cell.code === line.code ? [{ personId: line.personId, date: line.date, basis: cell.basis }] : [];
          })
        : content.lines.filter((line) => line.number === number).map(resting);
    await rota.giveBasis(tx, byId, plan.id, lines);
  }

  async function inform(tx: Tx, letterId: string, { kind, said, month }: Content, number: string): Promise<void> {
    const own = new Map<string, Changed[]>();
    for (const one of said) own.set(one.personId, [...(own.get(one.personId) ?? []), one]);
    const [id, en] = {
      tugas: [`Surat tugas ${monthText(month)}`, `Letter of assignment, ${monthText(month)}`],
      perubahan: ['Surat tugas Anda berubah', 'Your letter of assignment changed'],
      pencabutan: [`Surat tugas ${monthText(month)} dicabut`, `Letter of assignment, ${monthText(month)}, revoked`],
    }[kind];
    for (const [personId, lines] of own) {
      const text = `${linesText(kind, lines)} (${number})`;
      await notifications.notify(tx, {
        kind: 'jadwal',
        personIds: [personId],
        ref: letterId,
        words: { id: { title: id ?? '', text }, en: { title: en ?? '', text } },
        path: `/jadwal/surat-tugas?bulan=${month}`,
      });
    }
  }

  /** The paper as it was printed first; printed now where it was not yet. */
  async function paperOf(tx: Tx, letterId: string): Promise<{ name: string; bytes: Buffer }> {
    const letter = (await store.letterById(tx, letterId)) ?? refuse('not_found');
    const name = fileName(letter.kind, letter.number);
    const kept = await store.fileOfLetter(tx, letterId);
    const record = kept === null ? undefined : (await files.find(tx, [kept])).get(kept);
    if (record) return { name, bytes: await files.bytesOf(tx, record.id, 0, record.size) };
    const content = letter.content ?? refuse('letter.destroyed');
    const mark = {
      lambang: (await letters.headOf(tx, letter.opdId)).lambang,
      tanda: null,
      kode: letter.code,
      fingerprint: letter.fingerprint,
      url: letters.verificationUrl(letter.code),
    };
    const bytes = await letters.pdf('surat-tugas', printed(content, mark), letter.issuedAt);
    const file = await files.write(tx, { name, type: 'application/pdf' }, bytes);
    if (await store.keepFile(tx, letterId, file.id)) return { name, bytes };
    await files.destroy(tx, [file.id]);
    return paperOf(tx, letterId);
  }

  const pdf = (person: SignedIn, letterId: string): Promise<ServedFile> =>
    sql.begin(async (tx) => {
      const letter = (await store.letterById(tx, letterId)) ?? refuse('not_found');
      const named = peopleIn(letter.content?.said ?? []);
      if (!named.includes(person.id)) await managed(tx, person, letter.opdId);
      const { bytes, name } = await paperOf(tx, letterId);
      await people.noteAccess(tx, {
        by: person.id,
        what: 'surat_tugas.pdf',
        subject: letter.number,
        count: named.length,
        scope: { kind: 'opd', id: letter.opdId },
        persons: named,
      });
      return { content: bytes, name };
    });

  async function preview(person: SignedIn, opdId: string, month: string): Promise<ServedFile> {
    const { content, lambang, due } = await sql.begin(async (tx) => {
      const found = asPublished(await standing(tx, await mustIssue(tx, person, opdId), month));
      const kind = found.due ?? refuse('letter.not_due');
      return { content: await compose(tx, found, kind, { number: null, reason: null }), lambang: (await letters.headOf(tx, opdId)).lambang, due: kind };
    });
    const mark = { lambang, tanda: 'KONSEP', kode: null, fingerprint: null, url: letters.verificationUrl('') };
    return { content: await letters.pdf('surat-tugas', printed(content, mark), clock.now()), name: fileName(due, null) };
  }

  async function mine(person: SignedIn, month: string) {
    const opd = (await people.opds(sql)).find(({ id }) => id === person.opdId);
    const found = opd ? await standing(sql, opd, month) : null;
    return {
      month,
      zone: opd?.zone ?? ('Asia/Jakarta' as const),
      letters: statesOf(found?.letters ?? [])
        .toReversed()
        .map(({ id, kind, number, state, issuedAt, content }) => ({
          id,
          kind,
          number,
          state,
          issuedAt: issuedAt.toISOString(),
          lines: (content?.said ?? []).filter(({ personId }) => personId === person.id).map(({ date, was, now }) => ({ date, was, now })),
        }))
        .filter(({ lines }) => lines.length > 0),
      serverTime: clock.now().toISOString(),
    };
  }

  async function verify(code: string): Promise<Verification | null> {
    const letter = await store.letterByCode(sql, code);
    if (!letter?.content) return null;
    const { content } = letter;
    const all = statesOf([...(await store.lettersOf(sql, letter.planId))]);
    const state = all.find(({ id }) => id === letter.id)?.state ?? 'terbit';
    return {
      paper: PAPERS[letter.kind],
      number: letter.number,
      title: content.paper.tentang,
      opdName: content.opdName,
      regionName: content.regionName,
      chairName: content.paper.tandaTangan.nama,
      startedAt: null,
      endedAt: null,
      zone: content.zone,
      finalisedAt: letter.issuedAt.toISOString(),
      present: 0,
      invited: peopleIn(content.said).length,
      decisions: null,
      fingerprint: letter.fingerprint,
      assignment: {
        signer: content.signer,
        month: content.month,
        people: peopleIn(content.said).length,
        state,
        followedBy: state === 'terbit' ? null : (all[all.findIndex(({ id }) => id === letter.id) + 1]?.number ?? null),
      },
    };
  }
  letters.knows(verify);

  /** As the letters of a plan stood at a revision: for the recap. */
  async function lettersAt(tx: Tx, planId: string, revision: number): Promise<LettersOf> {
    const issued = (await store.lettersOf(tx, planId)).filter((letter) => letter.revision <= revision);
    return {
      letters: issued.map(({ id, number, kind, issuedAt }) => ({ id, number, kind, issuedAt })),
      lines: heldBy(issued).map((line) => ({ ...line, basis: basisText(line.number) })),
    };
  }

  /** A plan was published anew: what a letter still names as it is keeps that letter; whoever issued it hears what is owed. */
  rota.onPublished(async (tx, plan, { content, revision }) => {
    const issued = [...(await store.lettersOf(tx, plan.id))];
    const held = heldBy(issued);
    if (held.length === 0) return;
    const kept = new Set(wantedOf(content).map(({ personId, date, code, shift }) => `${personId} ${date} ${code} ${shift}`));
    const lines = held.filter(({ personId, date, code, shift }) => kept.has(`${personId} ${date} ${code} ${shift}`)).map(resting);
    await rota.giveBasis(tx, null, plan.id, lines);
    const due = dueOf(held, content);
    const last = issued.at(-1);
    if (due === null || !last?.issuedBy) return;
    await notifications.notify(tx, {
      kind: 'jadwal',
      personIds: [last.issuedBy],
      ref: `${plan.id} ${revision}`,
      words: {
        id: { title: `Surat ${due} perlu diterbitkan`, text: `Jadwal ${monthText(content.month)} berubah sejak Surat Tugas ${last.number}.` },
        en: { title: 'A letter of change is due', text: `The roster of ${monthText(content.month)} has changed since ${last.number}.` },
      },
      path: `/jadwal/surat-tugas?opd=${plan.opdId}&bulan=${content.month}`,
    });
  });

  const routes: Route[] = [
    serve(wire.getAssignments, ({ person, params, query }) => read(person, params.id, query.month)),
    serve(wire.putAssignmentDraft, ({ person, params, body }) => save(person, params.id, body)),
    serve(wire.postAssignment, ({ person, params, body }) => issue(person, params.id, body)),
    serve(wire.getAssignmentDraftPdf, ({ person, params, query }) => preview(person, params.id, query.month)),
    serve(wire.getAssignmentPdf, ({ person, params }) => pdf(person, params.id)),
    serve(wire.getMyAssignments, ({ person, query }) => mine(person, query.month)),
  ];
  return { routes, lettersAt, issue };
}

function heldBy(issued: readonly store.LetterRow[]): readonly LetterLine[] {
  const last = issued.at(-1);
  return inForce(last?.content ? { kind: last.kind, lines: last.content.lines } : null);
}
const asPublished = (found: Standing): Known => ({ ...found, published: found.published ?? refuse('rota.recap_none') });
const peopleIn = (lines: readonly { personId: string }[]): string[] => [...new Set(lines.map(({ personId }) => personId))];
const resting = ({ personId, date, number }: LetterLine) => ({ personId, date, basis: basisText(number) });
const basisText = (number: string): string => `Surat Tugas ${number}`;
function linesText(kind: AssignmentKind, lines: readonly Changed[]): string {
  if (kind === 'tugas') return daysText(lines.flatMap(({ date, now }) => (now ? [{ date, ...now }] : [])));
  const day = (date: string): string => shortDateText(new Date(`${date}T12:00:00Z`), 'Asia/Jakarta');
  if (kind === 'perubahan') return lines.map(({ date, was, now }) => `${day(date)}: ${was === null ? '–' : cellText(was)} → ${cellText(now)}`).join('; ');
  return daysText(lines.flatMap(({ date, was }) => (was ? [{ date, ...was }] : [])));
}
