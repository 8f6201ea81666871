// Where each part of a recording lies in time, and when its track was really sending: from the lines of index.jsonl alone. Pure.
import type { Entry } from './process.ts';

type Span = { from: number; to: number };
export type Placed = Span & {
  part: number;
  file: string;
  track: string;
  identity: string;
  kind: 'audio' | 'video';
  source: string;
  codec: string;
  /** When it was off, within the part. */ off: Span[];
};
/** Milliseconds of the epoch. `gaps`: nobody was there to record. */
export type Timeline = Span & { parts: Placed[]; gaps: Span[] };

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>;
const all = <T extends Entry['type']>(index: readonly Entry[], type: T): Of<T>[] => index.filter((entry): entry is Of<T> => entry.type === type);

/** Parts that nobody closed: how long they are only their files tell. */
export function unmeasured(index: readonly Entry[]): { part: number; file: string }[] {
  const closed = new Set(all(index, 'part_closed').map(({ part }) => part));
  return all(index, 'part_opened').flatMap(({ part, file }) => (closed.has(part) ? [] : [{ part, file }]));
}

/**
 * `measured`: milliseconds of the parts that nobody closed, read from their files; one that cannot be read is left out. null: nothing was
 * recorded.
 */
export function timelineOf(index: readonly Entry[], measured: ReadonlyMap<number, number>): Timeline | null {
  const tracks = new Map(all(index, 'track_opened').map((track) => [track.track, track]));
  const closed = new Map(all(index, 'part_closed').map((end) => [end.part, end]));
  // The last one counts: the media server's clock was known best then.
  const clocks = new Map(all(index, 'clock').map((clock) => [clock.part, clock]));
  const parts = all(index, 'part_opened').flatMap((opened): Placed[] => {
    const track = tracks.get(opened.track);
    const end = closed.get(opened.part);
    const ms = end?.ms ?? measured.get(opened.part);
    if (!track || ms === undefined) return [];
    const clock = clocks.get(opened.part);
    const from = clock ? clock.wall - clock.ms : (end?.wall ?? opened.wall);
    const { part, file, codec } = opened;
    const span = { from, to: from + ms };
    const { identity, kind, source } = track;
    return [{ ...span, part, file, track: opened.track, identity, kind, source, codec, off: offWithin(index, opened.track, span) }];
  });
  if (parts.length === 0) return null;
  const whole = { from: Math.min(...parts.map(({ from }) => from)), to: Math.max(...parts.map(({ to }) => to)) };
  const gaps = all(index, 'gap').flatMap(({ from, to }) => cut({ from, to }, whole));
  return { ...whole, parts: parts.toSorted((a, b) => a.from - b.from || a.part - b.part), gaps };
}

function offWithin(index: readonly Entry[], track: string, span: Span): Span[] {
  const off: Span[] = [];
  let since: number | null = null;
  for (const entry of index) {
    if (!('track' in entry) || entry.track !== track) continue;
    const goesOff = entry.type === 'muted' || (entry.type === 'track_opened' && entry.muted);
    const comesOn = entry.type === 'unmuted' || entry.type === 'track_opened';
    if (goesOff) since ??= entry.at;
    else if (comesOn && since !== null) {
      off.push(...cut({ from: since, to: entry.at }, span));
      since = null;
    }
  }
  return since === null ? off : [...off, ...cut({ from: since, to: Infinity }, span)];
}

/** What of it lies within. */
function cut({ from, to }: Span, within: Span): Span[] {
  const part = { from: Math.max(from, within.from), to: Math.min(to, within.to) };
  return part.to > part.from ? [part] : [];
}
