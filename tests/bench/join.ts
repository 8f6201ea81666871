// From pressing *Gabung* to the first remote video frame, and the kilobytes from the link to the room, beside a bare page
// that holds only livekit-client. The pre-join screen had time to warm up; so had the bare page.
import { countBytes, firstFrame } from './first-frame.ts';
import { median, report, round } from './figures.ts';
import { interleaved, openStage } from './stage.ts';

const ROUNDS = 15;

const stage = await openStage();
try {
  const results = await interleaved(ROUNDS, async (way) => {
    const { page, session, address, close } = await stage.visit(way, false);
    const bytes = await countBytes(session);
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: /^(Gabung|Join)/ }).click();
    const { pressedAt, firstFrameAt } = await firstFrame(page);
    await page.waitForLoadState('networkidle');
    const visit = { ms: firstFrameAt - pressedAt, kB: bytes() / 1000 };
    await close();
    return visit;
  });
  const ms = { ours: median(results.ours.map((r) => r.ms)), bare: median(results.bare.map((r) => r.ms)) };
  const figures = {
    ratio: round(ms.ours / ms.bare),
    kB: Math.round(median(results.ours.map((r) => r.kB))),
    bareKB: Math.round(median(results.bare.map((r) => r.kB))),
    ms: Math.round(ms.ours),
    bareMs: Math.round(ms.bare),
  };
  report({ bench: 'join', figures, aims: { ratio: { max: 1 }, kB: { max: 260 } } });
} finally {
  await stage.close();
}
