// The name of a conference in addresses: day and title. Pure.

const LONGEST = 90;

/** `2026-11-23-penanganan-banjir`; `nth` from 2 on for the next one of the same name. */
export function slugOf(day: string, title: string, nth: number): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    if (name.length + word.length + 1 > LONGEST) break;
    name += `-${word}`;
  }
  return `${day}${name === '' ? '-konferensi-pers' : name}${nth > 1 ? `-${nth}` : ''}`;
}
