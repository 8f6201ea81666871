// What the desk and the journalists themselves see.
import type { z } from 'zod';
import type { Zone } from '../../../shared/people.ts';
import type * as wire from '../../../shared/press-desk.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Mail } from '../../platform/mail.ts';
import type { Language } from '../../platform/refusal.ts';
import type { People } from '../../people/index.ts';
import type { Conf } from '../index.ts';
import { createHints } from './hints.ts';
import { standingOf, validUntilOf, type Standing } from './rules.ts';
import * as store from './store.ts';

export type JournalistRecord = {
  id: string;
  name: string;
  outletId: string;
  outlet: string;
  outletKind: wire.OutletKind;
  email: string;
  /** Opened the link of the mail: the address is theirs. */
  confirmed: boolean;
  member: `j_${string}`;
};
/** Somebody's registration with all that decides it. */
export type Registered = { row: store.RegistrationRow; journalist: store.JournalistRow; standing: Standing };

/** Beyond these, names alike are no longer looked for. */
const MOST_COMPARED = 5_000;
const CARD_SHOWN = 4;
/** Never more than half of it. */
const ending = (number: string): string => number.slice(-Math.min(CARD_SHOWN, Math.floor(number.length / 2)) || number.length);

export const recordOf = ({ id, name, outletId, outlet, outletKind, email, confirmed }: store.JournalistRow): JournalistRecord => ({
  id,
  name,
  outletId,
  outlet,
  outletKind,
  email,
  confirmed,
  member: `j_${id}`,
});

/** Waiting ones first, then who registered first. */
export const waitingFirst = (a: Registered, b: Registered): number =>
  Number(b.standing.state === 'menunggu') - Number(a.standing.state === 'menunggu') ||
  a.row.at.getTime() - b.row.at.getTime() ||
  a.row.id.localeCompare(b.row.id);

export function createViewing({ clock, people, mail }: { clock: Clock; people: Pick<People, 'officials'>; mail: Pick<Mail, 'lastOf'> }) {
  const standingAt = (conf: Conf, row: store.RegistrationRow): Standing =>
    standingOf({ ...row, registeredAt: row.at }, { zone: conf.zone, at: conf.endedAt ?? clock.now() });

  async function registeredAt(tx: Tx, conf: Conf): Promise<Registered[]> {
    const rows = await store.registrations(tx, conf.id);
    const who = new Map((await store.journalists(tx, [...new Set(rows.map((row) => row.journalistId))])).map((j) => [j.id, j]));
    return rows.flatMap((row) => {
      const journalist = who.get(row.journalistId);
      return journalist ? [{ row, journalist, standing: standingAt(conf, row) }] : [];
    });
  }

  async function views(tx: Tx, conf: Conf, list: readonly Registered[], language: Language): Promise<z.input<typeof wire.Registration>[]> {
    if (list.length === 0) return [];
    const others = await store.everybody(tx, MOST_COMPARED);
    const hintsOf = createHints({ others, outlets: await store.outlets(tx) }, await people.officials(tx), language);
    const now = clock.now();
    return Promise.all(
      list.map(async ({ row, journalist, standing }) => ({
        ...card(journalist, { validUntil: validUntilOf(row.accreditation, conf.zone, now), registeredAt: row.at }),
        state: standing.state,
        reason: standing.reason,
        decidedBy: standing.byName,
        decidedAt: standing.decidedAt?.toISOString() ?? null,
        hints: hintsOf(journalist),
        question: row.question,
        confirmed: journalist.confirmed,
        mail: mailState((await mail.lastOf(tx, 'pers.tautan', row.id))?.state),
      })),
    );
  }

  async function cards(tx: Tx, list: readonly store.JournalistRow[], zone: Zone): Promise<z.input<typeof wire.Journalist>[]> {
    const accreditations = await store.accreditations(
      tx,
      list.map((j) => j.id),
    );
    const now = clock.now();
    return list.map((j) => card(j, { validUntil: validUntilOf(accreditations.get(j.id) ?? null, zone, now), registeredAt: j.registeredAt }));
  }

  async function own(tx: Tx, conf: Conf, journalistId: string): Promise<z.input<typeof wire.OwnRegistration> | null> {
    const [journalist] = await store.journalists(tx, [journalistId]);
    if (!journalist) return null;
    const row = await store.registrationOf(tx, conf.id, journalistId);
    const standing = row && standingAt(conf, row);
    const accreditation = (await store.accreditations(tx, [journalistId])).get(journalistId) ?? null;
    return {
      name: journalist.name,
      outlet: journalist.outlet,
      email: journalist.email,
      member: `j_${journalistId}`,
      state: standing?.state ?? null,
      reason: standing?.reason ?? null,
      validUntil: validUntilOf(accreditation, conf.zone, clock.now()),
    };
  }

  return { standingAt, registeredAt, views, cards, own };
}

function card(j: store.JournalistRow, { validUntil, registeredAt }: { validUntil: string | null; registeredAt: Date }): z.input<typeof wire.Journalist> {
  return {
    id: j.id,
    name: j.name,
    outletId: j.outletId,
    outlet: j.outlet,
    outletKind: j.outletKind,
    email: j.email,
    phone: j.phone,
    card: j.card && { kind: j.card.kind, ending: ending(j.card.number) },
    platform: j.platform,
    validUntil,
    registeredAt: registeredAt.toISOString(),
  };
}

const mailState = (state: string | undefined): 'terkirim' | 'antre' | 'belum' | null =>
  state === undefined || state === 'tidak_perlu' ? null : state === 'terkirim' || state === 'antre' ? state : 'belum';
