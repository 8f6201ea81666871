import { expect, test } from 'vitest';
import { fitsRight, grantsFor, type Claims } from '../../server/rooms/rights.ts';
import type { Right } from '../../shared/meetings.ts';

const words: Right[] = ['none', 'viewer', 'audience', 'floor', 'floor_camera', 'signer', 'speaker', 'host'];
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

test('who watches enters hidden, and nobody else does', () => {
  const watches = { canPublish: false, sources: [] };
  expect(words.filter((word) => fitsRight(claims({ ...watches, powers: ['hidden'] }), word))).toEqual(['viewer']);
  expect(fitsRight(claims(watches), 'viewer')).toBe(false);
  expect(fitsRight(claims({ powers: ['hidden'] }), 'viewer')).toBe(false);
  expect(fitsRight(claims({ ...watches, powers: ['hidden', 'recorder'] }), 'viewer')).toBe(false);
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
