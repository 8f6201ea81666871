import { expect, test } from 'vitest';
import type { CheckName } from '../../shared/press.ts';
import { findings, isByHand, missing, type Sight } from '../../server/press/checks.ts';

const one = { listed: 1, inside: 1 };
const ready: Sight = { media: true, crew: { narasumber: one, moderator: one, jbi: one, operator: one }, published: true, waiting: 0, kit: true };
const said = new Map<CheckName, { done: boolean }>([
  ['rekaman', { done: true }],
  ['siaran', { done: true }],
]);
const open = (sight: Sight, words: ReadonlyMap<CheckName, { done: boolean }> = said, waived: CheckName[] = []): CheckName[] =>
  missing(findings(sight, words), new Set(waived)).map((check) => check.name);

test('a conference whose crew is there, whose sound is heard and whose recording was confirmed may go on air', () => {
  expect(open(ready)).toEqual([]);
});

test('an empty green room is told by everything that is missing at once', () => {
  const nobody = { listed: 1, inside: 0 };
  const empty: Sight = { ...ready, crew: { narasumber: nobody, moderator: nobody, jbi: nobody, operator: nobody }, published: false };
  expect(open(empty, new Map())).toEqual(['moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran']);
});

test('an interpreter who is not there keeps it from going on air until an operator waives it', () => {
  const without: Sight = { ...ready, crew: { ...ready.crew, jbi: { listed: 1, inside: 0 } } };
  expect(open(without)).toEqual(['jbi']);
  expect(open(without, said, ['jbi'])).toEqual([]);
});

test('one speaker of three is enough', () => {
  expect(open({ ...ready, crew: { ...ready.crew, narasumber: { listed: 3, inside: 1 } } })).toEqual([]);
});

test('a media server that does not say who publishes is not taken for sound', () => {
  const list = findings({ ...ready, published: null }, said);
  expect(list.find((check) => check.name === 'suara')).toMatchObject({ ok: false, seen: 'unknown' });
});

test('journalists who wait at the desk and a kit that is missing warn and do not block', () => {
  const list = findings({ ...ready, waiting: 3, kit: false }, said);
  expect(list.filter((check) => !check.ok).map((check) => [check.name, check.blocking])).toEqual([
    ['registrasi', false],
    ['materi', false],
  ]);
  expect(missing(list, new Set())).toEqual([]);
});

test('a conference without a kit is in order once somebody says so', () => {
  const list = findings({ ...ready, kit: false }, new Map([...said, ['materi', { done: true }]]));
  expect(list.find((check) => check.name === 'materi')).toMatchObject({ ok: true, seen: 'none' });
});

test('somebody who is not listed is named as not listed', () => {
  const list = findings({ ...ready, crew: { ...ready.crew, moderator: { listed: 0, inside: 0 } } }, said);
  expect(list.find((check) => check.name === 'moderator')).toMatchObject({ ok: false, seen: 'unlisted' });
});

test('recording, stream and kit are said by a person; the rest is seen', () => {
  const names = findings(ready, said).map((check) => check.name);
  expect(names.filter(isByHand)).toEqual(['rekaman', 'siaran', 'materi']);
});
