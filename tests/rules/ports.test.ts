// Two portals that start at the same moment must not choose the same port.
import { createServer } from 'node:net';
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
    await Promise.all([one.giveUp(), two.giveUp()]);
  }
  expect(await isFree(wanted, transport, '127.0.0.1')).toBe(true);
});

// Elsewhere than on Linux there is no name to claim it by.
test.runIf(process.platform === 'linux')('a port that was let go for a child that has not opened it yet is still not another’s', async () => {
  const mine = await holdPort(0, 'tcp', '127.0.0.1');
  await mine.letGo();
  const child = createServer();
  try {
    const other = await holdPort(mine.port, 'tcp', '127.0.0.1');
    expect(other.port).not.toBe(mine.port);
    await other.giveUp();
    await new Promise<void>((resolve, reject) => child.once('error', reject).listen(mine.port, '127.0.0.1', resolve));
  } finally {
    child.close();
    await mine.giveUp();
  }
});
