// What a notice says of a task.
import { shortDateText } from '../platform/local-time.ts';

type Both = { id: string; en: string };

export const newTask = (meeting: string): Both => ({ id: `Tugas baru dari rapat ${meeting}`, en: `A new task from the meeting ${meeting}` });

/** `left`: days; below zero when late. */
export function dueText(left: number): Both {
  if (left < 0) return { id: `Tugas terlambat ${-left} hari`, en: left === -1 ? 'A task is one day late' : `A task is ${-left} days late` };
  if (left === 0) return { id: 'Tugas jatuh tempo hari ini', en: 'A task is due today' };
  return { id: `Tugas jatuh tempo ${left === 1 ? 'besok' : `${left} hari lagi`}`, en: left === 1 ? 'A task is due tomorrow' : `A task is due in ${left} days` };
}

export function noticeText({ text, dueOn }: { text: string | null; dueOn: string | null }): Both {
  const at = dueOn === null ? null : new Date(`${dueOn}T05:00:00Z`);
  const day = at && new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Jakarta', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  return {
    id: [text ?? '', at && `Tenggat ${shortDateText(at, 'Asia/Jakarta')}.`].filter(Boolean).join(' '),
    en: [text ?? '', day && `Due ${day}.`].filter(Boolean).join(' '),
  };
}
