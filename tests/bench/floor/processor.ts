// Processor time of a process and of those it started, by the kernel's own account (Linux).
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second. */
const TICKS = 100;

/** Seconds since each began. `without`: these and what they started are somebody else's. */
export function processorSeconds(pid: number, { without = [] }: { without?: readonly number[] } = {}): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (processOf(name) ?? []) : []));
  const sum = (of: number): number => {
    const own = all.find((one) => one.pid === of)?.seconds ?? 0;
    return all.filter((one) => one.parent === of && !without.includes(one.pid)).reduce((total, one) => total + sum(one.pid), own);
  };
  return sum(pid);
}

function processOf(name: string): { pid: number; parent: number; seconds: number } | null {
  try {
    // The command in brackets may hold anything.
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { pid: Number(name), parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return null;
  }
}
