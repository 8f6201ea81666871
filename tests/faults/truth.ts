// The truth: when somebody really was in the room, as the visitors themselves wrote it down. Milliseconds of true time.

/** From after `connect` had resolved to before leaving, or to being thrown out. */
export type Span = { from: number; to: number };
export type Told = { person: string; device: string; what: 'in' | 'out'; at: number; lost?: boolean };
export type Truth = ReturnType<typeof openTruth>;

/** Who leaves during a cut, or gives the connection up within this time after it, was out from its beginning: noticing takes time. */
const NOTICED_WITHIN_MS = 60_000;

export function openTruth() {
  const told: Told[] = [];
  const cuts: (Span & { devices: readonly string[] | null })[] = [];

  /** In this time nobody (or none of these devices) was in the room, unless the connection outlived it: frozen, or the media server was gone. */
  const cut = (span: Span, devices: readonly string[] | null = null): void => void cuts.push({ ...span, devices });

  function endOf({ at, device, lost }: Told, from: number): number {
    const by = cuts.filter(
      (c) => (c.devices?.includes(device) ?? true) && c.from >= from && c.from <= at && at <= c.to + (lost === true ? NOTICED_WITHIN_MS : 0),
    );
    return Math.min(at, ...by.map((c) => c.from));
  }

  /** Every visit of every person, device by device. */
  function visits(): Map<string, Span[]> {
    const open = new Map<string, number>();
    const all = new Map<string, Span[]>();
    for (const note of told.toSorted((a, b) => a.at - b.at)) {
      const from = open.get(note.device);
      if (note.what === 'in') open.set(note.device, note.at);
      else if (from !== undefined) {
        open.delete(note.device);
        all.set(note.person, [...(all.get(note.person) ?? []), { from, to: endOf(note, from) }]);
      }
    }
    if (open.size > 0) throw new Error(`still inside: ${[...open.keys()].join(', ')}`);
    return all;
  }

  return { note: (event: Told): void => void told.push(event), cut, visits };
}

/** Several spans of one person as those that stay apart by more than `gapMs`: devices and reloads are a union. */
export function joined(spans: readonly Span[], gapMs: number): Span[] {
  const all: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from - last.to <= gapMs) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

export const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
