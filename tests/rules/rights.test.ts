import { expect, test } from 'vitest';
import { fitsRight, grantsFor, type Claims, type Word } from '../../server/rooms/rights.ts';

const words: Word[] = ['none', 'viewer', 'recorder', 'audience', 'floor', 'floor_camera', 'signer', 'speaker', 'host'];
const claims = (change: Partial<Claims> = {}): Claims => ({
  room: 'r-1',
  identity: 'p_x',
  roomJoin: true,
  canSubscribe: true,
  canPublish: true,
  sources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
  canPublishData: false,
  powers: [],
  ...change,
});

test('the table of words and grants is the one the office decided', () => {
  expect(Object.fromEntries(words.map((word) => [word, grantsFor(word)]))).toEqual({
    none: { canSubscribe: false, canPublish: false, sources: [] },
    viewer: { canSubscribe: true, canPublish: false, sources: [], hidden: true },
    recorder: { canSubscribe: true, canPublish: false, sources: [], hidden: true },
    audience: { canSubscribe: true, canPublish: false, sources: [] },
    floor: { canSubscribe: true, canPublish: true, sources: ['microphone'] },
    floor_camera: { canSubscribe: true, canPublish: true, sources: ['microphone', 'camera'] },
    signer: { canSubscribe: true, canPublish: true, sources: ['camera'] },
    speaker: {
      canSubscribe: true,
      canPublish: true,
      sources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
    },
    host: {
      canSubscribe: true,
      canPublish: true,
      sources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
    },
  });
});

test('a token from when somebody had the floor opens nothing after it was taken back', () => {
  expect(fitsRight(claims(), 'speaker')).toBe(true);
  expect(fitsRight(claims(), 'audience')).toBe(false);
  expect(fitsRight(claims({ canPublish: false, sources: [] }), 'audience')).toBe(true);
});

test('a removed person enters with no token at all', () => {
  for (const canPublish of [true, false]) expect(fitsRight(claims({ canPublish }), 'none')).toBe(false);
});

test('an empty list of sources is every source, as the media server reads it', () => {
  expect(fitsRight(claims({ sources: [] }), 'speaker')).toBe(true);
  expect(fitsRight(claims({ sources: [] }), 'audience')).toBe(false);
});

test('the floor opens the microphone and nothing else, unless the camera is given too; an interpreter shows and is not heard', () => {
  const asks = (...sources: string[]): Claims => claims({ sources });
  expect(words.filter((word) => fitsRight(asks('microphone'), word))).toEqual(['floor', 'floor_camera', 'speaker', 'host']);
  expect(words.filter((word) => fitsRight(asks('camera'), word))).toEqual(['floor_camera', 'signer', 'speaker', 'host']);
  expect(words.filter((word) => fitsRight(asks('microphone', 'camera'), word))).toEqual(['floor_camera', 'speaker', 'host']);
  expect(words.filter((word) => fitsRight(asks('screen_share'), word))).toEqual(['speaker', 'host']);
});

test('who watches and what records enters hidden, and nobody else does', () => {
  const watches = { canPublish: false, sources: [] };
  expect(words.filter((word) => fitsRight(claims({ ...watches, powers: ['hidden'] }), word))).toEqual(['viewer', 'recorder']);
  expect(fitsRight(claims(watches), 'viewer')).toBe(false);
  expect(fitsRight(claims({ powers: ['hidden'] }), 'viewer')).toBe(false);
  for (const word of ['viewer', 'recorder'] as const) {
    expect(fitsRight(claims({ ...watches, powers: ['hidden', 'recorder'] }), word)).toBe(false);
    expect(fitsRight(claims({ powers: ['hidden'] }), word)).toBe(false);
    expect(fitsRight(claims({ ...watches, powers: ['hidden'], canPublishData: true }), word)).toBe(false);
  }
});

test.each(['roomAdmin', 'roomCreate', 'roomList', 'roomRecord', 'recorder', 'agent', 'canUpdateOwnMetadata'])(
  'nobody, the chair included, enters with %s',
  (power) => {
    for (const word of words) expect(fitsRight(claims({ powers: [power] }), word)).toBe(false);
  },
);

test('data messages are not sent by browsers: what is of record goes through the portal', () => {
  for (const word of words) expect(fitsRight(claims({ canPublishData: true }), word)).toBe(false);
});

test('a token that is not for joining does not join', () => {
  expect(fitsRight(claims({ roomJoin: false }), 'host')).toBe(false);
});

const BARS: Record<string, string[]> = {
  'no bar': [],
  'the microphone': ['microphone'],
  'the camera': ['camera'],
  'the screen': ['screen_share', 'screen_share_audio'],
  everything: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
};
/** Letters: what each word may send under each bar. M microphone, C camera, S screen with its sound. */
const GOLDEN: Record<Word, Record<string, string>> = {
  none: { 'no bar': '', 'the microphone': '', 'the camera': '', 'the screen': '', everything: '' },
  viewer: { 'no bar': '', 'the microphone': '', 'the camera': '', 'the screen': '', everything: '' },
  recorder: { 'no bar': '', 'the microphone': '', 'the camera': '', 'the screen': '', everything: '' },
  audience: { 'no bar': '', 'the microphone': '', 'the camera': '', 'the screen': '', everything: '' },
  floor: { 'no bar': 'M', 'the microphone': '', 'the camera': 'M', 'the screen': 'M', everything: '' },
  floor_camera: { 'no bar': 'MC', 'the microphone': 'C', 'the camera': 'M', 'the screen': 'MC', everything: '' },
  signer: { 'no bar': 'C', 'the microphone': 'C', 'the camera': '', 'the screen': 'C', everything: '' },
  speaker: { 'no bar': 'MCS', 'the microphone': 'CS', 'the camera': 'MS', 'the screen': 'MC', everything: '' },
  host: { 'no bar': 'MCS', 'the microphone': 'MCS', 'the camera': 'MCS', 'the screen': 'MCS', everything: 'MCS' },
};
const letters = { M: ['microphone'], C: ['camera'], S: ['screen_share', 'screen_share_audio'] };

test.each(words.flatMap((word) => Object.keys(BARS).map((bar) => [word, bar] as const)))('%s under a bar of %s', (word, bar) => {
  const bars = BARS[bar] ?? [];
  const expected = GOLDEN[word][bar] ?? '';
  const sends = Object.entries(letters).filter(([letter]) => expected.includes(letter));
  const { canPublish, sources } = grantsFor(word, bars);
  expect([...sources].toSorted()).toEqual(sends.flatMap(([, named]) => named).toSorted());
  // Without a source left nothing is published: an empty list alone would be every source at the media server.
  expect(canPublish).toBe(expected !== '');
  for (const [letter, named] of Object.entries(letters))
    for (const source of named)
      expect([source, fitsRight(claims({ sources: [source], ...(['viewer', 'recorder'].includes(word) && { powers: ['hidden'] }) }), word, bars)]).toEqual([
        source,
        expected.includes(letter),
      ]);
});

test('a token from before the lock opens nothing after it, and one from a locked room opens all the same when it is unlocked', () => {
  expect(fitsRight(claims(), 'speaker', ['microphone'])).toBe(false);
  expect(fitsRight(claims({ sources: [] }), 'speaker', ['microphone'])).toBe(false);
  expect(fitsRight(claims({ sources: ['camera'] }), 'speaker', [])).toBe(true);
});
