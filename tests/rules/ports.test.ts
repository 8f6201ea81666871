// Two portals that start at the same moment must not choose the same port.
import { expect, test } from 'vitest';
import { freePort, holdPort, isFree } from '../../server/platform/ports.ts';

test.each(['tcp', 'udp'] as const)('a %s port that one portal keeps for its media server is not another’s', async (transport) => {
  const wanted = await freePort(0, transport, '127.0.0.1');
  const [one, two] = await Promise.all([holdPort(wanted, transport, '127.0.0.1'), holdPort(wanted, transport, '127.0.0.1')]);
  try {
    expect([one.port, two.port]).toContain(wanted);
    expect(one.port).not.toBe(two.port);
    expect(await isFree(wanted, transport, '127.0.0.1')).toBe(false);
  } finally {
    await Promise.all([one.letGo(), two.letGo()]);
  }
  expect(await isFree(wanted, transport, '127.0.0.1')).toBe(true);
});
