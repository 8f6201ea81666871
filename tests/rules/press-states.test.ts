import { expect, test } from 'vitest';
import type { ConferenceState } from '../../shared/press.ts';
import { canBeCalledOff, isRegistrationOpen, marksAt, nextStates, stepTo } from '../../server/press/states.ts';
import { slugOf } from '../../server/press/slug.ts';

const operator = { operates: true, moderates: false };
const moderator = { operates: false, moderates: true };
const crew = { operates: false, moderates: false };
const NOW = new Date('2026-11-23T03:00:00Z');
const STATES: ConferenceState[] = ['draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip', 'dibatalkan'];
const NO_MARKS = { announcedAt: null, liveAt: null, qaAt: null, endedAt: null };

test('an operator takes a conference from draft to archive, one state after the other', () => {
  const way: ConferenceState[] = ['draft'];
  for (let next = nextStates('draft', operator)[0]; next; next = nextStates(next, operator)[0]) way.push(next);
  expect(way).toEqual(['draft', 'diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip']);
});

test('questions can be closed and opened again, and a conference can end without any', () => {
  expect(nextStates('tanya_jawab', operator)).toEqual(['selesai', 'tayang']);
  expect(nextStates('tayang', operator)).toEqual(['tanya_jawab', 'selesai']);
});

test('the moderator begins and ends the questions and nothing else', () => {
  const allowed = STATES.flatMap((from) => nextStates(from, moderator).map((to) => `${from} ${to}`));
  expect(allowed).toEqual(['tayang tanya_jawab', 'tanya_jawab tayang']);
  expect(stepTo('tanya_jawab', 'selesai', moderator)).toBe('not_yours');
});

test('a speaker sets no state', () => {
  expect(STATES.flatMap((from) => nextStates(from, crew))).toEqual([]);
});

test('setting the state it has is harmless, whoever presses', () => {
  for (const state of STATES) for (const by of [operator, moderator, crew]) expect(stepTo(state, state, by)).toBe('stays');
});

test('a state is not skipped, and what is over stays over', () => {
  expect(stepTo('registrasi', 'tayang', operator)).toBe('order');
  expect(stepTo('tayang', 'registrasi', operator)).toBe('order');
  expect(stepTo('selesai', 'tayang', operator)).toBe('over');
  expect(stepTo('dibatalkan', 'diumumkan', operator)).toBe('over');
});

test('a conference can be called off until it is on air', () => {
  expect(STATES.filter(canBeCalledOff)).toEqual(['draft', 'diumumkan', 'registrasi', 'ruang_tunggu']);
});

test('viewers see the first picture five seconds after the press, and going back from the questions does not count down again', () => {
  const { liveAt } = marksAt('tayang', NO_MARKS, NOW);
  expect(liveAt).toEqual(new Date('2026-11-23T03:00:05Z'));
  expect(marksAt('tayang', { ...NO_MARKS, liveAt }, new Date('2026-11-23T03:40:00Z')).liveAt).toEqual(liveAt);
});

test('registration is open from its state to the end of the questions, and not beyond its own time', () => {
  expect(STATES.filter((state) => isRegistrationOpen({ state, registrationUntil: null }, NOW))).toEqual([
    'registrasi',
    'ruang_tunggu',
    'tayang',
    'tanya_jawab',
  ]);
  expect(isRegistrationOpen({ state: 'registrasi', registrationUntil: NOW }, NOW)).toBe(false);
});

test('the address of a conference is its day and its title', () => {
  expect(slugOf('2026-11-23', 'Penanganan Banjir: Élan & Café', 1)).toBe('2026-11-23-penanganan-banjir-elan-cafe');
  expect(slugOf('2026-11-23', 'Penanganan Banjir', 2)).toBe('2026-11-23-penanganan-banjir-2');
});

test('a title without a letter, and one that does not end, still make an address', () => {
  expect(slugOf('2026-11-23', '…?!', 1)).toBe('2026-11-23-konferensi-pers');
  const long = slugOf('2026-11-23', `${'kata '.repeat(60)}${'x'.repeat(150)}`, 50);
  expect(long.length).toBeLessThanOrEqual(120);
  expect(long).toMatch(/^[a-z0-9-]{3,120}$/);
  expect(slugOf('2026-11-23', 'x'.repeat(150), 1)).toBe('2026-11-23-konferensi-pers');
});
