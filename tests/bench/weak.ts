// From opening the link to the first remote video frame at 400 kbit/s, 400 ms and a processor four times slower, beside the
// bare page under the same conditions. *Gabung* is pressed the moment it can be.
import { firstFrame } from './first-frame.ts';
import { median, report, round } from './figures.ts';
import { interleaved, openStage } from './stage.ts';

const ROUNDS = 5;
const BYTES_PER_SECOND = 400_000 / 8;
const LATENCY_MS = 400;
const SLOWER = 4;

const stage = await openStage();
try {
  const results = await interleaved(ROUNDS, async (way) => {
    const { page, session, address, close } = await stage.visit(way, true);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(address, { waitUntil: 'commit' });
    // performance.now() counts from the navigation.
    const { firstFrameAt } = await firstFrame(page);
    await close();
    return firstFrameAt;
  });
  const ms = { ours: median(results.ours), bare: median(results.bare) };
  report({ bench: 'weak', figures: { ratio: round(ms.ours / ms.bare), ms: Math.round(ms.ours), bareMs: Math.round(ms.bare) }, aims: { ratio: { max: 1.25 } } });
} finally {
  await stage.close();
}
