// The hall and the stage of the press room, as pure rules.
import { expect, test } from 'vitest';
import type { PersonTile } from '../../web/room/tiles.ts';
import { readPlace } from '../../web/press-room/place.ts';
import { heard, standing, type Card } from '../../web/press-room/people.ts';
import { spanUntil } from '../../web/press-room/span.ts';
import { asksAgain, refusedAs } from '../../web/press-room/gates.ts';

const words = {
  days: (n: number) => `${n} hari`,
  hours: (n: number) => `${n} jam`,
  minutes: (n: number) => `${n} menit`,
  seconds: (n: number) => `${n} detik`,
};

test('the time left is said in its two largest units, and no more once it has come', () => {
  expect(spanUntil(((2 * 24 + 3) * 3600 + 59) * 1000, words)).toBe('2 hari 3 jam');
  expect(spanUntil(3600_000, words)).toBe('1 jam');
  expect(spanUntil(65_000, words)).toBe('1 menit 5 detik');
  expect(spanUntil(1, words)).toBe('1 detik');
  expect(spanUntil(0, words)).toBeNull();
});

test('an address names the conference; the token of a guest stays in the fragment', () => {
  expect(readPlace({ pathname: '/siaran/2026-11-23-banjir', hash: '#abc' })).toEqual({ slug: '2026-11-23-banjir', link: 'abc' });
  expect(readPlace({ pathname: '/siaran/2026-11-23-banjir/', hash: '' }).link).toBeNull();
});

const tile = (member: string, given: Partial<PersonTile> = {}): PersonTile => ({
  member,
  you: false,
  camera: null,
  micOn: false,
  speaking: false,
  lastSpoke: 0,
  link: 'good',
  ...given,
});
const picture = {} as NonNullable<PersonTile['camera']>;
const card = (role: Card['role']): Card => ({ name: role, line: '', badge: null, role });

test('on stage is whom the portal names; journalists without a turn and operators are not drawn', () => {
  const cards = new Map([
    ['p_1', card('narasumber')],
    ['j_1', card('pers')],
  ]);
  const onStage = (people: PersonTile[], saves = false) => standing(people, cards, saves).speakers.map((one) => one.tile.member);
  const others = [tile('j_2'), tile('p_operator')];
  expect(onStage([tile('p_1'), tile('j_1', { camera: picture }), ...others])).toEqual(['p_1', 'j_1']);
  // Without a picture the strip below the stage names who has the floor; where all are cards, all of them are.
  expect(onStage([tile('p_1'), tile('j_1'), ...others])).toEqual(['p_1']);
  expect(onStage([tile('p_1'), tile('j_1'), ...others], true)).toEqual(['p_1', 'j_1']);
  expect(onStage([tile('j_1'), ...others])).toEqual(['j_1']);
});

test('where the stage is out of sight, whoever speaks is named, then whoever spoke last with an open microphone', () => {
  const cards = new Map([
    ['p_1', { ...card('narasumber'), name: 'Sari' }],
    ['j_1', { ...card('pers'), name: 'Doni' }],
    ['g_1', card('jbi')],
  ]);
  const sari = tile('p_1', { micOn: true, lastSpoke: 1 });
  const doni = tile('j_1', { micOn: true, lastSpoke: 2 });
  expect(heard([{ ...sari, speaking: true }, doni], cards)).toEqual({ name: 'Sari', now: true });
  expect(heard([sari, doni], cards)).toEqual({ name: 'Doni', now: false });
  expect(heard([sari, { ...doni, micOn: false }], cards)).toEqual({ name: 'Sari', now: false });
  expect(heard([tile('p_1'), tile('g_1', { micOn: true, lastSpoke: 3 }), tile('v_1', { micOn: true, lastSpoke: 3 })], cards)).toBeNull();
});

test('of two interpreters the place is of the one who is seen', () => {
  const cards = new Map([
    ['g_1', card('jbi')],
    ['g_2', card('jbi')],
  ]);
  expect(standing([tile('g_1'), tile('g_2', { camera: picture })], cards, false).jbi?.tile.member).toBe('g_2');
  expect(standing([tile('g_1')], cards, false).jbi?.tile.member).toBe('g_1');
  expect(standing([], cards, false).jbi).toBeNull();
});

test('who saves data sees speakers as cards and the interpreter as ever', () => {
  const cards = new Map([
    ['p_1', card('narasumber')],
    ['g_1', card('jbi')],
  ]);
  const { speakers, jbi } = standing([tile('p_1', { camera: picture }), tile('g_1', { camera: picture })], cards, true);
  expect(speakers[0]?.tile.camera).toBeNull();
  expect(jbi?.tile.camera).toBe(picture);
});

test('a full room and one that is not on air yet are asked again by the page; one that is over is not', () => {
  expect(asksAgain(refusedAs('press.full', ''))).toBeGreaterThan(0);
  expect(asksAgain(refusedAs('press.not_live', ''))).toBeGreaterThan(0);
  expect(refusedAs('press.over', '')).toEqual({ kind: 'over' });
  expect(asksAgain(refusedAs('press.over', ''))).toBeNull();
});
