// Knocks without a cookie, so many a second, in a process of its own: what came back is counted by its status.
import autocannon from 'autocannon';

export type ToFlood = { url: string; origin: string; rate: number; seconds: number };
/** `refused`: told to wait before anything was looked at. */
export type Flooded = { sent: number; refused: number };

process.on('message', (asked: ToFlood) => void knock(asked));
process.on('disconnect', () => process.exit());

async function knock({ url, origin, rate, seconds }: ToFlood): Promise<void> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ login: 'siapa-saja@ukur.example', password: 'salah-semua-ini' }),
    connections: 10,
    overallRate: rate,
    duration: seconds,
  });
  const of = (status: `${number}`): number => result.statusCodeStats?.[status]?.count ?? 0;
  process.send?.({ sent: result.requests.total, refused: of('429') + of('503') } satisfies Flooded);
}
