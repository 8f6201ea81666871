// The key a page sends with an act: the same for a second tap and a retry, another one for whatever is meant anew.
import { expect, test } from 'vitest';
import { createActKeys } from '../../web/platform/act-keys.ts';

test('the same act has the same key until it is known what became of it', () => {
  let now = 0;
  const keys = createActKeys(() => now);
  const first = keys.of('/api/meetings/now {"title":"Rapat"}');
  expect(keys.of('/api/meetings/now {"title":"Rapat"}')).toBe(first);
  expect(keys.of('/api/meetings/now {"title":"Lain"}')).not.toBe(first);
  keys.settled('/api/meetings/now {"title":"Rapat"}');
  const second = keys.of('/api/meetings/now {"title":"Rapat"}');
  expect(second).not.toBe(first);
  now += 600_001;
  expect(keys.of('/api/meetings/now {"title":"Rapat"}')).not.toBe(second);
  expect(first).toMatch(/^[\w-]{36}$/);
});
