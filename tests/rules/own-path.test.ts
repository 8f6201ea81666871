// Where somebody goes who has signed in: nowhere but into this portal. S34.
import { expect, test } from 'vitest';
import { ownPath } from '../../web/platform/own-path.ts';

test('a way back is a path of this portal, with its question and its mark', () => {
  for (const path of ['/', '/r/3f0f3c2e', '/rapat/x?hari=2026-11-23#isi', '/siaran/banjir']) expect(ownPath(path)).toBe(path);
  for (const wish of [
    null,
    '',
    '//jahat.example',
    '///jahat.example',
    '/\\jahat.example',
    '\\\\jahat.example',
    'https:jahat.example',
    'https://jahat.example/r/',
    '/\t/jahat.example',
    '/\n/jahat.example',
    '\t//jahat.example',
    '/r/\r\nLocation: https://jahat.example',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /r/',
    'r/x',
  ])
    expect([wish, ownPath(wish)]).toEqual([wish, '/']);
});
