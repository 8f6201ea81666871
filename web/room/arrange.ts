// Who has which place. People who spoke last come first, yet nobody who is already seen moves: a speaker who is out of sight takes
// the place of whoever in sight has been silent longest.
type Seated = { member: string; lastSpoke: number; you: boolean };

export function arrange<T extends Seated>(people: readonly T[], places: number, before: readonly string[]): { seen: T[]; unseen: T[] } {
  const byMember = new Map(people.map((person) => [person.member, person]));
  const ranked = [...people].sort((a, b) => b.lastSpoke - a.lastSpoke);
  if (people.length <= places) {
    const kept = before.flatMap((member) => byMember.get(member) ?? []);
    return { seen: [...kept, ...people.filter((person) => !kept.includes(person))], unseen: [] };
  }
  // You are always in sight: the first place to check whether one's camera is on.
  const you = people.find((person) => person.you);
  const entitled = new Set([...(you ? [you] : []), ...ranked.filter((person) => person !== you)].slice(0, places));
  const incoming = [...entitled].filter((person) => !before.slice(0, places).includes(person.member));
  const seen = before.slice(0, places).flatMap((member) => {
    const person = byMember.get(member);
    if (person && entitled.has(person)) return [person];
    const next = incoming.shift();
    return next ? [next] : [];
  });
  seen.push(...incoming);
  return { seen, unseen: people.filter((person) => !seen.includes(person)) };
}

/** Columns and rows that give `count` tiles of this shape the most room. */
export function bestGrid(count: number, width: number, height: number, shape = 16 / 9): { columns: number; rows: number } {
  let best = { columns: 1, rows: Math.max(1, count), area: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const tileWidth = Math.min(width / columns, (height / rows) * shape);
    if (tileWidth * tileWidth > best.area) best = { columns, rows, area: tileWidth * tileWidth };
  }
  return { columns: best.columns, rows: best.rows };
}
