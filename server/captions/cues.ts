// Lines as cues: in order, none over another, each long enough to be read. WebVTT whole, or the part of it that goes with a segment of a stream.

/** Times in milliseconds since 1970. */
export type CueLine = { from: number; to: number; speaker: string | null; text: string; confirmed: boolean };
export type Cue = { start: number; end: number; line: CueLine };

/** A line stays this long however short it is, and this much longer for each letter: about seventeen letters a second. */
const LEAST_MS = 1_200;
const LETTER_MS = 60;
/** Lines said in one breath stand at least this long before the next takes their place. */
const BREATH_MS = 400;
const MARK = '[mesin] ';

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lines without words are none. The same lines in any order are the same cues. */
export function cuesOf(lines: readonly CueLine[]): Cue[] {
  const said = lines
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => a.from - b.from || a.to - b.to || inOrder(`${a.text}\n${a.speaker ?? ''}`, `${b.text}\n${b.speaker ?? ''}`));
  const starts: number[] = [];
  for (const { from } of said) starts.push(Math.max(from, (starts.at(-1) ?? -Infinity) + BREATH_MS));
  return said.map((line, n) => {
    const start = starts[n]!;
    const wanted = Math.max(line.to, start + LEAST_MS, start + line.text.length * LETTER_MS);
    return { start, end: Math.min(wanted, starts[n + 1] ?? Infinity), line };
  });
}

/** Nothing of a text is markup, and none ends a cue. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\s+/gu, ' ').trim();

/** `0:00` is at `zero`; what began before it begins there. */
function stamp(at: number, zero: number): string {
  const ms = Math.max(0, Math.round(at - zero));
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

const cueText = ({ start, end, line }: Cue, zero: number): string =>
  `${stamp(start, zero)} --> ${stamp(Math.max(end, zero + 1), zero)}\n${line.speaker === null ? '' : `<v ${escaped(line.speaker)}>`}${line.confirmed ? '' : MARK}${escaped(line.text)}\n`;

/** The whole, from the beginning of the room. */
export const vtt = (lines: readonly CueLine[], zero: number): string =>
  ['WEBVTT\n', ...cuesOf(lines).flatMap((cue) => (cue.end > zero ? [cueText(cue, zero)] : []))].join('\n');

/**
 * The subtitles beside one segment of an HLS stream, which shows `from` up to `to`. `zero`: the instant of the timestamp `mpegts` (90 kHz) of the
 * stream, at which the clock of the cues begins (RFC 8216, 3.5). A cue over the edge stands whole in both segments.
 */
export function vttSegment(lines: readonly CueLine[], from: number, to: number, { zero = from, mpegts = 0 }: { zero?: number; mpegts?: number } = {}): string {
  const shown = cuesOf(lines).filter(({ start, end }) => end > Math.max(from, zero) && start < to);
  return [`WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${Math.round(mpegts)},LOCAL:00:00:00.000\n`, ...shown.map((cue) => cueText(cue, zero))].join('\n');
}
