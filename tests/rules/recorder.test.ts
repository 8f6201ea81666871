// The recorder's own tests, where there is Go to run them; and when Go is new enough for it.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { onPath } from '../../server/platform/livekit-binary.ts';
import { goSuffices } from '../../server/recording/build.ts';

const go = onPath('go');
const cwd = fileURLToPath(new URL('../../server/recorder', import.meta.url));
/** As it is built, so that what was compiled for the one serves the other; modules and results lie in Go's own folders, outside the checkout. */
const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-trimpath -mod=readonly -buildvcs=false' };

test.runIf(go !== null)(
  'the recorder passes go vet and its own tests',
  async () => {
    await promisify(execFile)(go!, ['vet', './...'], { cwd, env });
    const { stdout } = await promisify(execFile)(go!, ['test', './...'], { cwd, env });
    expect(stdout).toMatch(/^ok\s+portal-rapat\/recorder\b/m);
  },
  900_000,
);

test('an older Go serves where it may get the newer one itself', () => {
  expect(goSuffices('1.26.8', '1.26', 'local')).toBe(true);
  expect(goSuffices('1.27', '1.26', 'local')).toBe(true);
  expect(goSuffices('1.25.1', '1.26', 'local')).toBe(false);
  expect(goSuffices('1.25.1', '1.26', 'auto')).toBe(true);
  expect(goSuffices('1.19.8', '1.26', 'auto')).toBe(false);
});
