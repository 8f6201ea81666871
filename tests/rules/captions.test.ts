import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cuesOf, vtt, vttSegment, type CueLine } from '../../server/captions/cues.ts';
import { textOf, wordOf } from '../../server/captions/paper.ts';
import { expand, formsOf, spokenBy } from '../../web/captions/forms.ts';
import { unpacked } from '../support/unpacked.ts';

const START = Date.parse('2026-11-24T02:00:00Z');
const said = (seconds: number, text: string, rest: Partial<CueLine> = {}): CueLine => ({
  from: START + seconds * 1000,
  to: START + seconds * 1000 + 1500,
  speaker: 'Sari Dewi',
  text,
  confirmed: true,
  ...rest,
});
const someLines = fc.array(
  fc.record({
    from: fc.integer({ min: START - 5_000, max: START + 60_000 }),
    to: fc.integer({ min: START - 5_000, max: START + 70_000 }),
    speaker: fc.option(fc.string({ maxLength: 20 })),
    text: fc.string({ unit: 'grapheme', maxLength: 40 }),
    confirmed: fc.boolean(),
  }),
  { maxLength: 40 },
);
/** As a player reads it: cues with times in seconds, or it throws. */
function parsed(file: string): { start: number; end: number; text: string }[] {
  const [head = '', ...blocks] = file.split(/\n\n+/);
  if (!head.startsWith('WEBVTT')) throw new Error('no head');
  return blocks
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const [times = '', ...text] = block.trimEnd().split('\n');
      const found = /^(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})$/.exec(times);
      if (!found || text.length !== 1 || text[0]!.includes('-->')) throw new Error(`not a cue: ${block}`);
      const [, ...n] = found.map(Number);
      const at = (i: number): number => n[i]! * 3600 + n[i + 1]! * 60 + n[i + 2]! + n[i + 3]! / 1000;
      return { start: at(0), end: at(4), text: text[0]! };
    });
}

test('cues follow one another, each has a length, none stands over another, and every line with words is one', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const cues = cuesOf(lines);
      expect(cues).toHaveLength(lines.filter(({ text }) => text !== '').length);
      cues.forEach(({ start, end, line }, n) => {
        expect(end).toBeGreaterThan(start);
        expect(start).toBeGreaterThanOrEqual(line.from);
        if (n > 0) expect(start).toBeGreaterThanOrEqual(cues[n - 1]!.end);
      });
      expect(cuesOf(lines.toReversed()).map(({ start, end }) => [start, end])).toEqual(cues.map(({ start, end }) => [start, end]));
    }),
  );
});

test('whatever was typed, the file is one that a player reads', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      for (const { start, end } of parsed(vtt(lines, START))) expect(end).toBeGreaterThan(start);
      parsed(vttSegment(lines, START + 10_000, START + 14_000, { zero: START, mpegts: 900_000 }));
    }),
  );
});

test('markup in a caption is words', () => {
  const file = vtt([said(1, '<b>beras</b> --> 5 kg & minyak', { speaker: 'A > B' })], START);
  expect(file).toContain('<v A &gt; B>&lt;b&gt;beras&lt;/b&gt; --&gt; 5 kg &amp; minyak');
});

test('a segment has the cues that it shows, with the clock of the stream, and one over its edge stands in both', () => {
  const lines = [said(1, 'Pertama'), said(3.5, 'Kedua'), said(9, 'Ketiga')];
  const first = vttSegment(lines, START, START + 4_000, { zero: START, mpegts: 900_000 });
  expect(first).toContain('X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000');
  expect(parsed(first).map(({ text }) => text)).toEqual(['<v Sari Dewi>Pertama', '<v Sari Dewi>Kedua']);
  expect(parsed(vttSegment(lines, START + 4_000, START + 8_000, { zero: START })).map(({ start, text }) => [start, text])).toEqual([
    [3.5, '<v Sari Dewi>Kedua'],
  ]);
  expect(parsed(vttSegment(lines, START + 60_000, START + 64_000, { zero: START }))).toEqual([]);
});

test('the paper names a speaker once for what they say in one go, and says what a machine made', async () => {
  const lines = [said(0, 'Selamat pagi.'), said(4, 'Kita mulai.'), said(8, 'Siap.', { speaker: null, confirmed: false }), said(12, 'Baik & <jelas>.')].map(
    (line) => ({
      ...line,
      from: new Date(line.from),
    }),
  );
  const paper = { title: 'Rapat banjir', zone: 'Asia/Jakarta' as const, startedAt: new Date(START), endedAt: null, lines, language: 'id' as const };
  const text = textOf(paper);
  expect(text).toContain('Sari Dewi: Selamat pagi. Kita mulai.');
  expect(text).toContain('Pembicara: [mesin] Siap.');
  const parts = await unpacked(await wordOf(paper, new Date(START)));
  expect([...parts.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/_rels/document.xml.rels', 'word/styles.xml', 'word/document.xml']);
  expect(parts.get('word/document.xml')).toContain('Baik &amp; &lt;jelas&gt;.');
});

const FORMS = [
  { short: 'kb', full: 'Kepala Badan' },
  { short: 'yth', full: 'yang terhormat' },
];
test('a short form becomes what it stands for at the space after it, and nothing else does', () => {
  expect(expand('Menurut kb ', FORMS)).toBe('Menurut Kepala Badan ');
  expect(expand('Yth ', FORMS)).toBe('Yang terhormat ');
  expect(expand('oleh (kb, ', FORMS)).toBe('oleh (Kepala Badan, ');
  expect(expand('kbx ', FORMS)).toBe('kbx ');
  expect(expand('kb', FORMS)).toBe('kb');
  expect(expand('kb - ', FORMS)).toBe('kb - ');
});
test('whatever was typed before stays as it was, and what has no short form at its end is not touched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('kb', 'KB', 'yth'), (before, short) => {
      const line = `${before} ${short} `;
      expect(expand(line, FORMS).startsWith(`${before} `)).toBe(true);
      expect(expand(line, FORMS)).not.toBe(line);
      expect(expand(before, [])).toBe(before);
    }),
  );
});
test('a number and a colon at the beginning say who speaks; a list of short forms is read line by line', () => {
  expect(spokenBy('3: kita mulai')).toEqual({ speaker: 2, rest: 'kita mulai' });
  expect(spokenBy('pukul 3: mulai')).toBeNull();
  expect(spokenBy('0: x')).toBeNull();
  expect(formsOf('kb = Kepala Badan\n\n yth=yang terhormat ')).toEqual({ forms: [FORMS[0], FORMS[1]], wrong: null });
  expect(formsOf('kb Kepala Badan').wrong).toBe('kb Kepala Badan');
});
