// Passes. A link opens one; each browser then holds a token of its own in a cookie, and the database keeps hashes only. The link of the mail
// is another than the one handed over by the desk: who opens the mailed one has proved that the address is theirs.
// Nobody comes to another journalist's pass by typing their address (docs/decisions/0024-press-desk.md).
import { randomBytes } from 'node:crypto';
import { batched } from '../../platform/batch.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { personalToken, tokenHash } from '../../platform/personal-link.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller } from '../../platform/serve.ts';
import * as store from './store.ts';
import * as passStore from './pass-store.ts';

const MOST_BROWSERS = 3;
const HANDED = 'pers';
const MAILED = 'pers-surel';

/** Names a browser by its device cookie without telling the cookie. */
export const deviceMark = (device: string): string => tokenHash(`perangkat-pers:${device}`).slice(0, 24);

export type Passes = ReturnType<typeof createPasses>;

export function createPasses({ sql, clock, secret }: { sql: Sql; clock: Clock; secret: string }) {
  const path = (token: string, slug: string | null): `/${string}` => `/pers/masuk${slug === null ? '' : `?ke=${slug}`}#${token}`;
  const handedPath = async (tx: Tx, id: string, slug: string | null) => path(personalToken(secret, HANDED, id, await passStore.versionOf(tx, id)), slug);
  const mailedPath = async (tx: Tx, id: string, slug: string | null) => path(personalToken(secret, MAILED, id, await passStore.versionOf(tx, id)), slug);

  /** The first pass of somebody, or a new one that ends every former one at once. */
  async function renew(tx: Tx, journalistId: string, byId: string | null): Promise<void> {
    const version = (await passStore.versionOf(tx, journalistId)) + 1;
    await passStore.insertPass(tx, {
      journalistId,
      version,
      hash: tokenHash(personalToken(secret, HANDED, journalistId, version)),
      mailHash: tokenHash(personalToken(secret, MAILED, journalistId, version)),
      byId,
      at: clock.now(),
    });
    await passStore.dropBrowsers(tx, journalistId);
  }

  /** A token for this browser's cookie. */
  async function keep(tx: Tx, journalistId: string, device: string, via: passStore.Via): Promise<string> {
    const version = await passStore.versionOf(tx, journalistId);
    if ((await passStore.otherBrowsers(tx, journalistId, version, device)) >= MOST_BROWSERS) refuse('pass.too_many', { limit: MOST_BROWSERS });
    const token = randomBytes(21).toString('base64url');
    await passStore.keepBrowser(tx, { tokenHash: tokenHash(token), journalistId, version, device, via, at: clock.now() });
    return token;
  }

  const lookUp = batched(async (hashes) => new Map((await passStore.holders(sql, hashes)).map((row) => [row.tokenHash, row])));

  /** Who holds the pass of this browser; null: none, an ended one, or one carried off from another browser. */
  async function holderId(tx: Tx, caller: Caller): Promise<string | null> {
    if (caller.pass === null) return null;
    const hash = tokenHash(caller.pass);
    const row = tx === sql ? await lookUp(hash) : (await passStore.holders(tx, [hash]))[0];
    return row && row.device === deviceMark(caller.device()) ? row.journalistId : null;
  }

  /**
   * Opening a link, mailed or handed over. The first opening of a mailed one proves the address: whoever only typed it elsewhere, or was
   * handed a link, must open the mailed one too. An address that is somebody's already opens that one's pass.
   */
  async function open(
    tx: Tx,
    token: string,
    caller: Caller,
  ): Promise<{ journalistId: string; cookie: string; moved: string[]; absorbed: string | null; dropped: boolean }> {
    const device = deviceMark(caller.device());
    const link = (await passStore.byLink(tx, tokenHash(token))) ?? refuse('pass.revoked');
    const key = await store.emailKeyOf(tx, link.journalistId);
    if (key === null) refuse('pass.revoked');
    await store.lockAddress(tx, key);
    const owner = await store.ownerOf(tx, key);
    const journalistId = link.via === 'surel' && owner?.confirmed ? owner.id : link.journalistId;
    if (!(await store.lockJournalist(tx, journalistId))) refuse('pass.revoked');
    let dropped = false;
    if (link.via === 'surel' && !owner?.confirmed) {
      await store.confirm(tx, journalistId, clock.now());
      dropped = (await passStore.dropUnproven(tx, journalistId, device)) > 0;
    }
    // Who registered in this very browser under the same address is the same person.
    const before = link.via === 'surel' ? await holderId(tx, caller) : null;
    const same = before !== null && before !== journalistId && (await store.emailKeyOf(tx, before)) === key;
    const moved = same ? await store.absorb(tx, before, journalistId, clock.now()) : [];
    return { journalistId, cookie: await keep(tx, journalistId, device, link.via), moved, absorbed: same ? before : null, dropped };
  }

  const forget = async (tx: Tx, caller: Caller): Promise<void> => {
    if (caller.pass !== null) await passStore.dropBrowser(tx, tokenHash(caller.pass));
  };
  const isKnownBrowser = (tx: Tx, caller: Caller): Promise<boolean> => passStore.isKnownDevice(tx, deviceMark(caller.device()));

  return { handedPath, mailedPath, renew, keep, holderId, open, forget, isKnownBrowser };
}
