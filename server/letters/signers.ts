// Who signs the letters of an OPD today, and with which lines over the name.
import type { HoldingKind, Level, Opd } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dayIn } from '../platform/local-time.ts';
import type { People } from '../people/index.ts';

export type Signer = { positionId: string; personId: string; label: string; name: string; nip: string | null; lines: string[] };
type World = { clock: Clock; people: Pick<People, 'headsOf' | 'staffOf' | 'positionsByIds' | 'persons'> };
type Post = { title: string; level: Level; as: HoldingKind };

const SIGNING_LEVELS: ReadonlySet<string> = new Set(['kepala_opd', 'sekretaris', 'kabid']);
const PREFIX: Record<HoldingKind, string> = { definitif: '', plt: 'Plt. ', plh: 'Plh. ' };

/** The lines over the name: the head signs as the head; any other post in the head's name. */
export function signatureLines(post: Post, headTitle: string | null): string[] {
  if (post.level === 'kepala_opd') return [`${PREFIX[post.as]}${post.title.toUpperCase()},`];
  const own = `${PREFIX[post.as]}${post.title},`;
  return headTitle === null ? [own] : [`a.n. ${headTitle.toUpperCase()}`, own];
}

export function createSigners({ clock, people }: World) {
  /** Who may sign for the OPD today, the head first. */
  return async function signersOf(tx: Tx, opd: Pick<Opd, 'id' | 'zone'>): Promise<Signer[]> {
    const day = dayIn(clock.now(), opd.zone);
    const head = (await people.headsOf(tx, [opd.id], day)).get(opd.id);
    const posts = (await people.staffOf(tx, opd.id)).flatMap((one) => one.positions).filter((post) => SIGNING_LEVELS.has(post.level));
    const ids = [...new Set([...(head ? [head.positionId] : []), ...posts.map((post) => post.positionId)])];
    const held = ids.length === 0 ? [] : await people.positionsByIds(tx, ids);
    const holders = await people.persons(
      tx,
      held.flatMap((post) => post.holderNow?.personId ?? []),
    );
    return held
      .flatMap(({ id, title, level, holderNow }): (Signer & { level: string })[] =>
        holderNow
          ? [
              {
                positionId: id,
                personId: holderNow.personId,
                label: `${PREFIX[holderNow.as]}${title}`,
                name: holderNow.name,
                nip: holders.get(holderNow.personId)?.nip ?? null,
                lines: signatureLines({ title, level, as: holderNow.as }, head?.title ?? null),
                level,
              },
            ]
          : [],
      )
      .toSorted((a, b) => [...SIGNING_LEVELS].indexOf(a.level) - [...SIGNING_LEVELS].indexOf(b.level));
  };
}
