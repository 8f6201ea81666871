// Sockets of many browsers, in processes of their own, so that the portal's process holds only its side.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FromHolder, ToHolder } from '../bench/floor/socket-holder.ts';

export const steady = (): number => Number(process.hrtime.bigint()) / 1e6;

export function startHolders(processes: number) {
  const children = Array.from({ length: processes }, () =>
    fork(join(import.meta.dirname, '..', 'bench', 'floor', 'socket-holder.ts'), { execArgv: ['--import', 'tsx'], serialization: 'advanced' }),
  );
  const lost: number[] = [];
  /** When each that was lost was told `ready` again. */
  const back: number[] = [];
  for (const child of children) child.on('message', (message: FromHolder) => message.said === 'back' && back.push(message.at));
  for (const child of children) child.on('message', (message: FromHolder) => message.said === 'lost' && lost.push(message.code));
  const held = new Map<ChildProcess, number>();

  const ask = async (child: ChildProcess, question: ToHolder, answered: FromHolder['said']): Promise<FromHolder> =>
    new Promise((resolve, reject) => {
      const take = (message: FromHolder): void => {
        if (message.said !== answered) return;
        child.off('message', take);
        child.off('exit', gone);
        resolve(message);
      };
      const gone = (): void => reject(new Error('a process that held sockets ended'));
      child.on('message', take).once('exit', gone);
      child.send(question);
    });

  return {
    lost,
    back,
    /** From now on whoever is lost comes back by the rule of the real client. */
    async holdOn(): Promise<void> {
      await Promise.all(children.map(async (child) => ask(child, { say: 'hold on' }, 'holding')));
    },
    /** Shared out among the processes. `cookies`: null = the floor, which knows nobody. */
    async open(origin: string, path: string, cookies: readonly (string | null)[], together = 100): Promise<void> {
      const url = `${origin.replace('http', 'ws')}${path}`;
      await Promise.all(
        children.map(async (child, n) => {
          const own = cookies.filter((_, i) => i % children.length === n);
          held.set(child, own.length);
          await ask(child, { say: 'open', url, origin, cookies: own, together }, 'opened');
        }),
      );
    },
    /** Calls `cause`, and answers when each socket heard a message of this type: milliseconds of the steady clock. */
    async hear(type: string, cause: () => Promise<unknown>): Promise<number[]> {
      for (const child of children) child.send({ say: 'listen', type } satisfies ToHolder);
      const all = children.map(async (child) => ask(child, { say: 'await', count: held.get(child) ?? 0 }, 'heard'));
      const [answers] = await Promise.all([Promise.all(all), cause()]);
      return answers.flatMap((message) => (message.said === 'heard' ? message.at : []));
    },
    async close(): Promise<void> {
      await Promise.all(children.map(async (child) => ask(child, { say: 'close' }, 'closed')));
    },
    end(): void {
      for (const child of children) if (child.connected) child.disconnect();
    },
  };
}
