import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { accepted, approve, daysAfter, mayPropose, openCorrection, propose, textOf, writes, type Draft, type Part } from '../../server/minutes/rules.ts';
import { keyOf, merged, partsOf } from '../../server/minutes/text.ts';
import type { MinutesPart } from '../../shared/minutes.ts';
import { refusalOf } from '../support/refusal.ts';

const nobody: Part = { chair: false, notulis: false, writer: false, present: false };
const parts: MinutesPart[] = [
  {
    key: 'pembukaan',
    kind: 'pembukaan',
    title: null,
    paragraphs: [
      { id: 'pembukaan#1', list: null, depth: 0, n: null, runs: [{ text: 'Rapat dibuka pukul 09.00.', bold: false, italic: false }] },
      { id: 'pembukaan#2', list: null, depth: 0, n: null, runs: [] },
    ],
  },
];
const born = { meetingId: 'm', opdId: 'o', bornAt: new Date(0), savedAt: null };
const konsep: Draft = { ...born, state: 'konsep' };
const open = (until = '2026-11-25'): Draft => ({ ...born, state: 'koreksi', parts, correction: { openedAt: new Date(0), openedBy: 'Ibu Pimpinan', until } });
const done: Draft = { ...born, state: 'disahkan', parts: [], correction: { openedAt: new Date(0), openedBy: 'Ibu Pimpinan', until: '2026-11-25' } };
const words = (day: string): string => day;
const proposal = { paragraph: 'pembukaan#1', oldText: 'Rapat dibuka pukul 09.00.', newText: 'Rapat dibuka pukul 09.05.' };

test('the chair, the notulis and whom they asked write, and only in a draft', () => {
  for (const part of [{ chair: true }, { notulis: true }, { writer: true }]) {
    expect(writes('konsep', { ...nobody, ...part })).toBe(true);
    expect(writes('koreksi', { ...nobody, ...part })).toBe(false);
    expect(writes('disahkan', { ...nobody, ...part })).toBe(false);
  }
  expect(writes('konsep', { ...nobody, present: true })).toBe(false);
});

test('corrections open after the meeting, for today to thirty days, and never on approved minutes', () => {
  const asked = { ended: true, until: '2026-11-25', today: '2026-11-23', words };
  expect(refusalOf(() => openCorrection(konsep, asked))).toBeNull();
  expect(refusalOf(() => openCorrection(open(), { ...asked, until: '2026-11-23' }))).toBeNull();
  expect(refusalOf(() => openCorrection(konsep, { ...asked, ended: false }))).toBe('minutes.running');
  expect(refusalOf(() => openCorrection(konsep, { ...asked, until: '2026-11-22' }))).toBe('minutes.past_day');
  expect(refusalOf(() => openCorrection(konsep, { ...asked, until: daysAfter('2026-11-23', 31) }))).toBe('minutes.past_day');
  expect(refusalOf(() => openCorrection(done, asked))).toBe('minutes.approved');
});

test('only who was present proposes, until the last day is over, of the text as it is', () => {
  const present = { ...nobody, present: true };
  expect(refusalOf(() => propose(open(), present, proposal, '2026-11-25', words))).toBeNull();
  expect(mayPropose(open(), present, '2026-11-25')).toBe(true);
  expect(refusalOf(() => propose(open(), { ...nobody, chair: true }, proposal, '2026-11-25', words))).toBe('minutes.not_present');
  expect(refusalOf(() => propose(open(), present, proposal, '2026-11-26', words))).toBe('minutes.correction_over');
  expect(mayPropose(open(), present, '2026-11-26')).toBe(false);
  expect(refusalOf(() => propose(konsep, present, proposal, '2026-11-25', words))).toBe('minutes.not_open');
  expect(refusalOf(() => propose(done, present, proposal, '2026-11-25', words))).toBe('minutes.approved');
  expect(refusalOf(() => propose(open(), present, { ...proposal, oldText: 'lama' }, '2026-11-25', words))).toBe('minutes.paragraph_moved');
  expect(refusalOf(() => propose(open(), present, { ...proposal, paragraph: 'x#1' }, '2026-11-25', words))).toBe('minutes.paragraph_moved');
  expect(refusalOf(() => propose(open(), present, { ...proposal, newText: proposal.oldText }, '2026-11-25', words))).toBe('minutes.nothing_new');
});

test('an accepted correction changes its paragraph alone, once, and an empty one can be filled', () => {
  const after = accepted(parts, proposal);
  expect(after[0]?.paragraphs.map(textOf)).toEqual(['Rapat dibuka pukul 09.05.', '']);
  expect(refusalOf(() => accepted(after, proposal))).toBe('minutes.paragraph_moved');
  expect(accepted(after, { paragraph: 'pembukaan#2', oldText: '', newText: 'Tamu disambut.' })[0]?.paragraphs.map(textOf)[1]).toBe('Tamu disambut.');
  expect(textOf(parts[0]!.paragraphs[0]!)).toBe('Rapat dibuka pukul 09.00.');
});

test('approval waits for rulings, and before the last day it needs a reason', () => {
  const asked = { undecided: 0, early: undefined, today: '2026-11-26', words };
  expect(approve(open(), asked)).toBeNull();
  expect(refusalOf(() => approve(open(), { ...asked, undecided: 1 }))).toBe('minutes.undecided');
  expect(refusalOf(() => approve(open(), { ...asked, today: '2026-11-25' }))).toBe('minutes.early');
  expect(approve(open(), { ...asked, today: '2026-11-25', early: 'Diminta Sekda hari ini' })).toBe('Diminta Sekda hari ini');
  expect(refusalOf(() => approve(konsep, asked))).toBe('minutes.not_open');
});

function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, children);
  return made;
}
const paragraph = (text: string): Y.XmlElement => element('paragraph', new Y.XmlText(text));
const bytesOf = (fill: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  fill(doc);
  return Y.encodeStateAsUpdate(doc);
};

test('paragraphs, bold, italic and nested lists are read from the shared text', () => {
  const bytes = bytesOf((doc) => {
    const bold = new Y.XmlText();
    bold.applyDelta([{ insert: 'Beras ' }, { insert: 'segera', attributes: { bold: {} } }, { insert: ' dibagi', attributes: { italic: {} } }]);
    const inner = element('orderedList', element('listItem', paragraph('dalam')));
    doc
      .getXmlFragment(keyOf('a'))
      .insert(0, [
        element('paragraph', bold),
        element('bulletList', element('listItem', paragraph('satu'), inner), element('listItem', paragraph('dua'), paragraph('sambungan'))),
        element('orderedList', element('listItem', paragraph('pertama')), element('listItem', paragraph('kedua'))),
      ]);
  });
  const [, item] = partsOf(bytes, [{ id: 'a', text: 'Logistik' }]);
  expect(item).toMatchObject({ kind: 'butir', title: 'Logistik' });
  expect(item?.paragraphs.map((p) => [p.list, p.depth, p.n, textOf(p)])).toEqual([
    [null, 0, null, 'Beras segera dibagi'],
    ['bullet', 0, null, 'satu'],
    ['ordered', 1, 1, 'dalam'],
    ['bullet', 0, null, 'dua'],
    [null, 0, null, 'sambungan'],
    ['ordered', 0, 1, 'pertama'],
    ['ordered', 0, 2, 'kedua'],
  ]);
  expect(item?.paragraphs[0]?.runs.map(({ bold, italic }) => [bold, italic])).toEqual([
    [false, false],
    [true, false],
    [false, true],
  ]);
  expect(item?.paragraphs.map((p) => p.id)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `butir:a#${n}`));
});

test('every part has a paragraph to correct, an item that left the agenda keeps its text, and strange trees are read as text', () => {
  expect(partsOf(null, [{ id: 'a', text: 'Logistik' }]).map((p) => [p.kind, p.paragraphs.length])).toEqual([
    ['pembukaan', 1],
    ['butir', 1],
    ['penutup', 1],
  ]);
  expect(partsOf(null, []).map((p) => p.kind)).toEqual(['pembukaan', 'lain', 'penutup']);
  const bytes = bytesOf((doc) => {
    doc.getXmlFragment(keyOf('gone')).insert(0, [paragraph('Tetap tercatat')]);
    doc.getXmlFragment('pembukaan').insert(0, [element('iframe', element('script', new Y.XmlText('alert(1)\0'))), new Y.XmlText('telanjang')]);
  });
  const found = partsOf(bytes, [{ id: 'a', text: 'Logistik' }]);
  expect(found.find((p) => p.kind === 'lain')?.paragraphs.map(textOf)).toEqual(['Tetap tercatat']);
  expect(found[0]?.paragraphs.map(textOf)).toEqual(['alert(1)', 'telanjang']);
});

test('two who save without knowing of each other lose nothing, and saving the same again is nothing new', () => {
  const one = bytesOf((doc) => doc.getXmlFragment('pembukaan').insert(0, [paragraph('dari Sari')]));
  const two = bytesOf((doc) => doc.getXmlFragment('pembukaan').insert(0, [paragraph('dari Budi')]));
  const both = merged(one, two);
  expect(partsOf(both, [])[0]?.paragraphs.map(textOf).toSorted()).toEqual(['dari Budi', 'dari Sari']);
  expect(merged(both, one)).toBeNull();
  expect(merged(both, two)).toBeNull();
});
