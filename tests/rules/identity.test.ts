import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  browserMark,
  guestMember,
  isViewer,
  markOf,
  newIdentity,
  parseIdentity,
  parseRecorder,
  personMember,
  recorderIdentity,
  viewerMember,
} from '../../server/rooms/identity.ts';

test('an identity names the member and a new device each time, within the media server’s 64 characters', () => {
  const member = personMember(randomUUID());
  const [first, second] = [newIdentity(member, 'session', 'peramban-1'), newIdentity(member, 'session', 'peramban-1')];
  expect(first).not.toBe(second);
  expect(first.length).toBeLessThanOrEqual(64);
  expect(parseIdentity(first)).toMatchObject({ member, byLink: false });
});

test.each(['p', 'g', 'j', 'v'])('%s_ is a kind of member; only who watches is a viewer', (kind) => {
  const member = `${kind}_${randomUUID()}`;
  expect(parseIdentity(newIdentity(member, 'link', 'peramban'))).toMatchObject({ member, byLink: true });
  expect(isViewer(member)).toBe(kind === 'v');
  expect(isViewer(viewerMember(randomUUID()))).toBe(true);
});

test('an identity that came by a link tells which browser it was, not its cookie', () => {
  const identity = newIdentity(guestMember(randomUUID()), 'link', 'kue-rahasia-peramban');
  const parsed = parseIdentity(identity);
  expect(parsed?.byLink).toBe(true);
  expect(markOf(parsed?.device ?? '')).toBe(browserMark('kue-rahasia-peramban'));
  expect(identity).not.toContain('rahasia');
});

test.each(['', 'walikota', 'p_1:s1', `x_${randomUUID()}:sAAAAAAAAAAAAAAAA`, `p_${randomUUID()}`, `p_${randomUUID()}:sAAAAAAAAAAAAAAAA\n`])(
  '%j is nobody’s identity',
  (identity) => {
    expect(parseIdentity(identity)).toBeNull();
  },
);

test('a recorder is no member, and no member is a recorder', () => {
  const recording = randomUUID();
  const identity = recorderIdentity(recording);
  expect(parseRecorder(identity)).toBe(recording);
  expect(parseIdentity(identity)).toBeNull();
  expect(parseIdentity(newIdentity(identity, 'session', 'peramban'))).toBeNull();
  for (const other of [`${identity}:sAAAAAAAAAAAAAAAA`, `${identity}\n`, 'r_1', 'perekam', newIdentity(personMember(recording), 'session', 'peramban')])
    expect(parseRecorder(other)).toBeNull();
});
