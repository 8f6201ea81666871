// Some of a hundred people in a process of their own: each with a native client, some with an open microphone, and after the lock each tries
// to publish again and again. One of each process hears.
import { enterStubborn, type Stubborn } from '../../support/stubborn.ts';

export type ToStubborn = { do: 'come'; url: string; tokens: string[]; speak: number; hears: string } | { do: 'insist' } | { do: 'heard' };
export type FromStubborn = { said: 'in' | 'insisting' } | { said: 'heard'; packets: number };

const AGAIN_MS = 1_000;
const people: Stubborn[] = [];
let ears: Stubborn | null = null;
const answer = (said: FromStubborn): void => void process.send?.(said);

async function hear(asked: ToStubborn): Promise<void> {
  if (asked.do === 'come') {
    ears = await enterStubborn(asked.url, asked.hears, { hears: true });
    for (const token of asked.tokens) people.push(await enterStubborn(asked.url, token));
    await Promise.all(people.slice(0, asked.speak).map(async (one) => one.publish()));
    return answer({ said: 'in' });
  }
  if (asked.do === 'insist') {
    const all = (): void => people.forEach((one) => void one.publish());
    all();
    setInterval(all, AGAIN_MS);
    return answer({ said: 'insisting' });
  }
  answer({ said: 'heard', packets: (await ears?.heard()) ?? 0 });
}

process.on('message', (asked: ToStubborn) => void hear(asked));
process.on('disconnect', () => process.exit(0));
