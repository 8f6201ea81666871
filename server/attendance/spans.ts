// Spans of time in milliseconds: sets of them joined, cut and taken from each other. Sorted and disjoint comes out.
export type Span = { from: number; to: number };

export const spanOf = ({ from, to }: { from: Date; to: Date | null }, now: Date): Span => ({ from: from.getTime(), to: (to ?? now).getTime() });

export function unionOf(spans: readonly Span[]): Span[] {
  const done: Span[] = [];
  for (const span of spans.filter((s) => s.to > s.from).toSorted((a, b) => a.from - b.from)) {
    const last = done.at(-1);
    if (last && span.from <= last.to) done[done.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else done.push(span);
  }
  return done;
}

export const within = (spans: readonly Span[], from: number, to: number): Span[] =>
  spans.map((s) => ({ from: Math.max(s.from, from), to: Math.min(s.to, to) })).filter((s) => s.to > s.from);

/** What of `spans` (disjoint) no span of `others` covers. */
export const minus = (spans: readonly Span[], others: readonly Span[]): Span[] =>
  others.reduce<Span[]>((left, o) => left.flatMap((s) => [...within([s], -Infinity, o.from), ...within([s], o.to, Infinity)]), [...spans]);

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, s) => sum + s.to - s.from, 0);
