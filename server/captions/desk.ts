// What a captioner and those who lead do. A verb is one transaction: who calls, lock the lines, add the row, tell.
import type { z } from 'zod';
import type * as wire from '../../shared/captions.ts';
import type { SpeakerInput } from '../../shared/captions.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Access, Here, Subject } from './access.ts';
import { viewOf, type Reading } from './reading.ts';
import * as store from './store.ts';

type Line = z.input<typeof wire.CaptionLine>;
type Spoken = { speakerMember: string | null; speakerName: string | null };
export type DeskWorld = { sql: Sql; clock: Clock; people: Pick<People, 'persons'>; access: Access; reading: Reading };

const REGION = 'wilayah';
/** Of a captioner whose clock ran ahead by the way to the portal. */
const AHEAD_MS = 2_000;

const topicOf = ({ of, id }: Subject): string => `${of === 'rapat' ? 'meeting' : 'press'}:${id}`;

export function createDesk({ sql, clock, people, access, reading }: DeskWorld) {
  async function captioning(tx: Tx, caller: Caller, subject: Subject): Promise<Here> {
    const here = await access.here(tx, caller, subject);
    if (!here.isCaptioner) refuse('captions.not_captioner');
    return here;
  }
  async function leading(tx: Tx, caller: Caller, subject: Subject): Promise<Here> {
    const here = await access.here(tx, { ...caller, link: null }, subject);
    if (!here.leads) refuse('captions.not_leader');
    return here;
  }
  async function editing(tx: Tx, caller: Caller, subject: Subject): Promise<Here> {
    const here = await access.here(tx, caller, subject);
    if (!here.edits) refuse('captions.not_editor');
    if (here.closed) refuse('captions.closed');
    return here;
  }
  function mustHaveBegun(here: Here): Date {
    if (here.closed) refuse('captions.closed');
    if (here.state === 'belum') refuse('captions.not_started');
    return here.startedAt ?? refuse('captions.not_started');
  }

  /** A member's name is the portal's own. */
  function spoken({ voices }: Here, speaker: SpeakerInput): Spoken {
    if (speaker === null) return { speakerMember: null, speakerName: null };
    if ('name' in speaker) return { speakerMember: null, speakerName: speaker.name };
    const voice = voices.find(({ member }) => member === speaker.member) ?? refuse('captions.no_speaker');
    return { speakerMember: voice.member, speakerName: voice.name };
  }

  /** One line goes with its words; many are fetched. */
  async function told(tx: Tx, here: Here, lines: readonly Line[]): Promise<void> {
    const { of, id } = here;
    const [only] = lines;
    if (only && lines.length === 1) await tell(tx, [topicOf(here)], { type: 'caption.said', of, id, line: only });
    else if (only) await tell(tx, [topicOf(here)], { type: 'captions.changed', of, id });
  }

  async function desk(caller: Caller, subject: Subject): Promise<z.input<typeof wire.CaptionDesk>> {
    const here = await access.here(sql, caller, subject);
    if (!here.isCaptioner && !here.leads) refuse('captions.not_captioner');
    const inside = await access.insideOf(sql, here);
    const speakers = here.voices
      .filter(({ member }) => !member.startsWith('j_') || inside.has(member))
      .map((voice) => ({ ...voice, inside: inside.has(voice.member) }));
    return {
      of: here.of,
      title: here.title,
      state: here.state,
      zone: here.zone,
      startedAt: here.startedAt?.toISOString() ?? null,
      speakers: speakers.toSorted((a, b) => Number(b.inside) - Number(a.inside)),
      shorts: await shortsOf(sql, here),
      keepsRegion: access.keepsRegion(here),
      captions: await reading.live(sql, here),
    };
  }

  const shortsOf = async (tx: Tx, here: Here) => ({
    own: here.member === null ? [] : await store.shortsOf(tx, here.member),
    region: await store.shortsOf(tx, REGION),
  });

  /** Lines keep the times at which they were said, within the time of the room; one that is known already is answered as it is. */
  async function say(caller: Caller, subject: Subject, { lines }: BodyOf<typeof wire.postCaptions>) {
    return sql.begin(async (tx) => {
      await store.lockLines(tx, subject);
      const here = await captioning(tx, caller, subject);
      const began = mustHaveBegun(here).getTime();
      const now = clock.now();
      const over = Math.min(here.endedAt?.getTime() ?? Infinity, now.getTime() + AHEAD_MS);
      const within = (at: string): Date => new Date(Math.min(Math.max(Date.parse(at), began), over));
      const known = new Map(
        (
          await store.byIds(
            tx,
            lines.map(({ key }) => key),
          )
        ).map((row) => [row.id, row]),
      );
      const said: Line[] = [];
      const fresh: Line[] = [];
      for (const { key, speaker, text, from, to } of lines) {
        const before = known.get(key);
        // A key of somewhere else tells nothing of what is there.
        if (before && (before.kind !== subject.of || before.subjectId !== subject.id))
          refuse('input.invalid', {}, [{ path: 'key', message: 'kunci sudah dipakai' }]);
        if (before) {
          said.push(viewOf(before, here));
          continue;
        }
        const at = { from: within(from), to: new Date(Math.max(within(to).getTime(), within(from).getTime())) };
        const row = { id: key, version: 1, ...spoken(here, speaker), text, ...at, source: 'juru_ketik', confirmed: true } as const;
        const kept = await store.insert(tx, subject, { ...row, byMember: here.member, byName: here.name, at: now });
        known.set(key, { ...kept, kind: subject.of, subjectId: subject.id });
        const line = viewOf(kept, here);
        said.push(line);
        fresh.push(line);
      }
      await told(tx, here, fresh);
      return { lines: said, serverTime: now.toISOString() };
    });
  }

  async function draft(caller: Caller, subject: Subject, { key, n, speaker, text }: BodyOf<typeof wire.putCaptionDraft>): Promise<void> {
    const here = await captioning(sql, caller, subject);
    mustHaveBegun(here);
    if (here.state !== 'berjalan') return;
    const { of, id } = here;
    const { speakerName } = spoken(here, speaker);
    await tell(sql, [topicOf(here)], { type: 'caption.draft', of, id, key, n, speaker: speakerName, text });
  }

  /** What was corrected is what a person says: confirmed. Of two who correct the same the second reads what the first did. */
  async function correct(caller: Caller, subject: Subject & { line: string }, { version, text, speaker }: BodyOf<typeof wire.putCaption>): Promise<Line> {
    return sql.begin(async (tx) => {
      await store.lockLines(tx, subject);
      const here = await editing(tx, caller, subject);
      const is = await lineOf(tx, subject, subject.line);
      const by = speaker === undefined ? { speakerMember: is.speakerMember, speakerName: is.speakerName } : spoken(here, speaker);
      const same = is.text === text && is.speakerMember === by.speakerMember && is.speakerName === by.speakerName && is.confirmed;
      if (same && (is.version === version || (is.version === version + 1 && is.byMember === here.member))) return viewOf(is, here);
      if (is.version !== version) refuse('captions.changed');
      const { step: _, ...before } = is;
      const row = { ...before, ...by, version: version + 1, text, confirmed: true, byMember: here.member, byName: here.name, at: clock.now() };
      const line = viewOf(await store.insert(tx, subject, row), here);
      await told(tx, here, [line]);
      return line;
    });
  }

  async function lineOf(tx: Tx, subject: Subject, id: string) {
    const [row] = await store.byIds(tx, [id]);
    return row?.kind === subject.of && row.subjectId === subject.id ? row : refuse('not_found');
  }

  async function confirm(caller: Caller, subject: Subject, ids: readonly string[]): Promise<void> {
    await sql.begin(async (tx) => {
      await store.lockLines(tx, subject);
      const here = await editing(tx, caller, subject);
      const now = clock.now();
      const rows = (await store.byIds(tx, ids)).filter((row) => row.kind === subject.of && row.subjectId === subject.id && !row.confirmed);
      const lines: Line[] = [];
      for (const { step: _, ...row } of rows)
        lines.push(
          viewOf(
            await store.insert(tx, subject, { ...row, version: row.version + 1, confirmed: true, byMember: here.member, byName: here.name, at: now }),
            here,
          ),
        );
      await told(tx, here, lines);
    });
  }

  /** What a recogniser heard; a person has confirmed none of it. */
  async function heard(
    tx: Tx,
    subject: Subject,
    line: { id: string; speakerMember: string | null; speakerName: string | null; text: string; from: Date; to: Date },
  ): Promise<void> {
    await store.lockLines(tx, subject);
    if ((await store.byIds(tx, [line.id])).length > 0) return;
    await store.insert(tx, subject, { ...line, version: 1, source: 'mesin', confirmed: false, byMember: null, byName: null, at: clock.now() });
    await tell(tx, [topicOf(subject)], { type: 'captions.changed', of: subject.of, id: subject.id });
  }

  async function captioners(caller: Caller, subject: Subject, tx: Tx = sql): Promise<z.input<typeof wire.Captioners>> {
    const here = await leading(tx, caller, subject);
    const named = await store.captionersOf(tx, subject);
    return {
      captioners: named.map((one) => ({ ...one, at: one.at.toISOString() })),
      candidates: here.voices.filter(({ member }) => !member.startsWith('j_') && !named.some((one) => one.member === member)),
    };
  }

  /** A member of the room; at a conference also somebody of the office who is not of its crew. */
  async function name(caller: Caller, person: SignedIn, subject: Subject, { member, captions }: BodyOf<typeof wire.putCaptioner>) {
    return sql.begin(async (tx) => {
      await store.lockLines(tx, subject);
      const here = await leading(tx, caller, subject);
      const is = (await store.captionersOf(tx, subject)).find((one) => one.member === member);
      const found = is?.name ?? here.voices.find((voice) => voice.member === member && !member.startsWith('j_'))?.name ?? (await ofOffice(tx, here, member));
      if (found === undefined) refuse('captions.no_member');
      if ((is !== undefined) !== captions) {
        await store.addCaptioner(tx, subject, { member, name: found, captions, byId: person.id, byName: person.name, at: clock.now() });
        await tell(tx, [topicOf(subject)], { type: 'captions.changed', of: subject.of, id: subject.id });
      }
      return captioners(caller, subject, tx);
    });
  }
  const ofOffice = async (tx: Tx, { of }: Here, member: string): Promise<string | undefined> =>
    of === 'pers' && member.startsWith('p_') ? (await people.persons(tx, [member.slice(2)])).get(member.slice(2))?.name : undefined;

  async function putShorts(caller: Caller, subject: Subject, { region, forms }: BodyOf<typeof wire.putCaptionShorts>) {
    return sql.begin(async (tx) => {
      const here = await access.here(tx, caller, subject);
      if (region && !access.keepsRegion(here)) refuse('role.missing');
      if (!region && !here.isCaptioner) refuse('captions.not_captioner');
      const shorts = forms.map(({ short, full }) => ({ short: short.toLowerCase(), full }));
      if (new Set(shorts.map(({ short }) => short)).size < shorts.length) refuse('captions.short_twice');
      await store.putShorts(tx, region ? REGION : (here.member ?? refuse('not_found')), shorts);
      return shortsOf(tx, here);
    });
  }

  async function publish(caller: Caller, person: SignedIn, subject: Subject, published: boolean): Promise<void> {
    await sql.begin(async (tx) => {
      const here = await leading(tx, caller, subject);
      if (here.of !== 'pers') refuse('not_found');
      if (here.state !== 'selesai') refuse('captions.not_over');
      await store.lockLines(tx, subject);
      if (((await store.publicationOf(tx, here.id))?.published ?? false) === published) return;
      await store.addPublication(tx, here.id, { published, byId: person.id, byName: person.name, at: clock.now() });
      await tell(tx, [topicOf(here)], { type: 'captions.changed', of: here.of, id: here.id });
    });
  }

  return { desk, say, draft, correct, confirm, heard, captioners, name, putShorts, publish };
}
