// Opening a link, asking for it again, forgetting it.
import { randomUUID } from 'node:crypto';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Mail } from '../../platform/mail.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller } from '../../platform/serve.ts';
import type { Conf, Press } from '../index.ts';
import type { createDeciding } from './deciding.ts';
import type { createLimits, What } from './limits.ts';
import { emailKey } from './names.ts';
import type { Passes } from './passes.ts';
import * as store from './store.ts';
import type { createViewing } from './viewing.ts';

type World = {
  sql: Sql;
  mail: Pick<Mail, 'send'>;
  press: Pick<Press, 'conference' | 'bySlug'>;
  passes: Passes;
  limits: ReturnType<typeof createLimits>;
  viewing: ReturnType<typeof createViewing>;
  going: ReturnType<typeof createDeciding>['going'];
  joined: (tx: Tx, from: string, into: string) => Promise<void>;
  ended: (tx: Tx, conf: Conf, journalistId: string) => Promise<void>;
  changed: (tx: Tx, conf: Conf) => Promise<void>;
};
type Asking = { caller: Caller; ip: string };

export function createOpening({ sql, mail, press, passes, limits, viewing, going, joined, ended, changed }: World) {
  async function mustBeWithin(what: What, { caller, ip }: Asking): Promise<void> {
    limits.mustBeWithin(what, { ip, device: caller.device(), known: await passes.isKnownBrowser(sql, caller) });
  }

  async function open(token: string, asking: Asking): Promise<{ name: string; outlet: string; cookie: string }> {
    await mustBeWithin('tautan', asking);
    return sql.begin(async (tx) => {
      const { journalistId, cookie, moved, absorbed, dropped } = await passes.open(tx, token, asking.caller);
      const [journalist] = await store.journalists(tx, [journalistId]);
      if (!journalist) refuse('pass.revoked');
      if (absorbed !== null) await joined(tx, absorbed, journalistId);
      if (dropped) for (const { conf } of await going(tx, journalistId)) await ended(tx, conf, journalistId);
      else for (const { conf } of await going(tx, journalistId)) await changed(tx, conf);
      for (const conferenceId of moved) {
        const conf = await press.conference(tx, conferenceId);
        const row = conf && (await store.registrationOf(tx, conf.id, journalistId));
        if (row && viewing.standingAt(conf, row).state === 'diterima') await mail.send(tx, 'pers.diterima', [row.id]);
      }
      return { name: journalist.name, outlet: journalist.outlet, cookie };
    });
  }

  /** As much work, and the same answer, whether or not anybody has this address. */
  async function mailAgain({ email, slug }: { email: string; slug: string | null }, asking: Asking): Promise<void> {
    await mustBeWithin('surel', asking);
    const key = emailKey(email);
    const may = limits.mayWrite(key);
    await sql.begin(async (tx) => {
      const owner = (await store.ownerOf(tx, key))?.id ?? randomUUID();
      const conf = slug === null ? null : await press.bySlug(tx, slug);
      const row = await store.registrationOf(tx, conf?.id ?? randomUUID(), owner);
      if (may) await mail.send(tx, 'pers.tautan', [row?.id ?? owner]);
    });
  }

  const forget = (caller: Caller): Promise<void> => passes.forget(sql, caller);
  return { open, mailAgain, forget };
}
