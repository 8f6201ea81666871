// What is shown and read: the last lines, the transcript with every former version, and the files of it.
import type { z } from 'zod';
import type * as wire from '../../shared/captions.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Caller, ServedFile } from '../platform/serve.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import type { People } from '../people/index.ts';
import type { Access, Here, Subject } from './access.ts';
import { vtt, type CueLine } from './cues.ts';
import { textOf, wordOf, type Spoken } from './paper.ts';
import * as store from './store.ts';

type World = { sql: Sql; clock: Clock; people: Pick<People, 'noteAccess'>; access: Access };
type Line = z.input<typeof wire.CaptionLine>;
type Transcript = z.input<typeof wire.Transcript>;
export type Reading = ReturnType<typeof createReading>;

export const viewOf = (row: store.LineRow, { startedAt }: Pick<Here, 'startedAt'>): Line => ({
  id: row.id,
  step: row.step,
  version: row.version,
  speaker: row.speakerName,
  text: row.text,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  offset: startedAt === null ? 0 : Math.max(0, row.from.getTime() - startedAt.getTime()),
  source: row.source,
  confirmed: row.confirmed,
});
const youOf = ({ member, isCaptioner, state, closed, edits, leads }: Here): z.input<typeof wire.Captions>['you'] => ({
  member,
  captions: isCaptioner && !closed && state !== 'belum',
  edits: edits && !closed,
  leads,
});

export function createReading({ sql, clock, people, access }: World) {
  /** `after` null: the last lines, for whoever comes late. Whoever may not read the record sees what is on air, and nothing once it is over. */
  async function live(tx: Tx, here: Here, after: number | null = null): Promise<z.input<typeof wire.Captions>> {
    // Read before the rows: what comes in between is told again at the next question.
    const newest = await store.newestStep(tx, here);
    const open = here.reads || here.state === 'berjalan';
    const rows = !open ? [] : after === null ? (await store.last(tx, here)).filter(({ text }) => text !== '') : await store.changedSince(tx, here, after);
    return {
      state: here.state,
      lines: rows.map((row) => viewOf(row, here)).toSorted((a, b) => a.offset - b.offset || a.step - b.step),
      step: rows.length >= store.MOST ? Math.max(...rows.map(({ step }) => step)) : newest,
      captioned: rows.length > 0 || (await store.captionersOf(tx, here)).length > 0,
      you: youOf(here),
      serverTime: clock.now().toISOString(),
    };
  }
  const read = async (caller: Caller, subject: Subject, after: number | undefined) => live(sql, await access.here(sql, caller, subject), after ?? null);

  async function recordOf(tx: Tx, caller: Caller, subject: Subject, what: string): Promise<{ here: Here; rows: store.LineRow[] }> {
    const here = await access.here(tx, caller, subject);
    if (!here.reads) refuse('not_found');
    const rows = await store.versions(tx, subject);
    const persons = new Set(rows.flatMap(({ speakerMember }) => (speakerMember?.startsWith('p_') ? [speakerMember.slice(2)] : [])));
    const { person } = caller;
    if (here.noted && person !== null)
      await people.noteAccess(tx, {
        by: person.id,
        what,
        subject: subject.id,
        count: persons.size,
        scope: { kind: 'meeting', id: subject.id },
        persons: [...persons],
      });
    return { here, rows };
  }

  async function transcript(caller: Caller, subject: Subject, q: string | undefined): Promise<Transcript> {
    return sql.begin(async (tx) => {
      const { here, rows } = await recordOf(tx, caller, subject, 'transkrip.baca');
      const published = subject.of === 'pers' ? await store.publicationOf(tx, subject.id) : null;
      const all = linesOf(rows, here);
      const wanted = q?.toLowerCase();
      const said = all.filter(({ text }) => text !== '');
      const own = here.edits || here.leads;
      return {
        of: here.of,
        title: here.title,
        state: here.state,
        zone: here.zone,
        startedAt: here.startedAt?.toISOString() ?? null,
        endedAt: here.endedAt?.toISOString() ?? null,
        // What was taken out, and who wrote what, is for those who edit.
        lines: (own ? all : said.map((line) => ({ ...line, byName: null, before: [] }))).filter(
          ({ text, speaker }) => wanted === undefined || text.toLowerCase().includes(wanted) || (speaker ?? '').toLowerCase().includes(wanted),
        ),
        total: said.length,
        unconfirmed: said.filter(({ confirmed }) => !confirmed).length,
        you: youOf(here),
        published: published?.published ? { at: published.at.toISOString(), byName: own ? published.byName : '' } : null,
        serverTime: clock.now().toISOString(),
      };
    });
  }

  const nameOf = (here: Here, ending: string): string => `transkrip-${here.id.slice(0, 8)}.${ending}`;
  async function fileOf(caller: Caller, subject: Subject, ending: 'vtt' | 'txt' | 'docx', language: Language): Promise<ServedFile> {
    return sql.begin(async (tx) => {
      const { here, rows } = await recordOf(tx, caller, subject, 'transkrip.unduh');
      const name = nameOf(here, ending);
      if (ending === 'vtt') return { content: vtt(newestOf(rows).map(cueLine), here.startedAt?.getTime() ?? 0), name };
      const lines = newestOf(rows).flatMap((row): Spoken[] => (row.text === '' ? [] : [{ ...row, speaker: row.speakerName }]));
      const paper = { title: here.title, zone: here.zone, startedAt: here.startedAt, endedAt: here.endedAt, lines, language };
      return ending === 'txt' ? { content: textOf(paper), name } : { content: await wordOf(paper, clock.now()), name };
    });
  }

  /** For the stream of a conference: what is shown between two instants. */
  const linesBetween = async (tx: Tx, subject: Subject, from: Date, to: Date): Promise<CueLine[]> => (await store.between(tx, subject, from, to)).map(cueLine);

  return { live, read, transcript, fileOf, linesBetween };
}

const cueLine = ({ from, to, speakerName, text, confirmed }: store.LineRow): CueLine => ({
  from: from.getTime(),
  to: to.getTime(),
  speaker: speakerName,
  text,
  confirmed,
});

function newestOf(rows: readonly store.LineRow[]): store.LineRow[] {
  // Of one line the newest version comes last.
  return [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.step - b.step);
}

function linesOf(rows: readonly store.LineRow[], here: Here): Transcript['lines'] {
  const byLine = new Map<string, store.LineRow[]>();
  for (const row of rows) byLine.set(row.id, [...(byLine.get(row.id) ?? []), row]);
  return newestOf(rows).map((row) => ({
    ...viewOf(row, here),
    byName: row.byName,
    before: (byLine.get(row.id) ?? []).slice(0, -1).map((was) => ({ text: was.text, speaker: was.speakerName, byName: was.byName, at: was.at.toISOString() })),
  }));
}
