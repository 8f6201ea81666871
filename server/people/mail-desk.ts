// Whether letters leave, for administrators; and a letter to oneself to find out.
import type { z } from 'zod';
import { getMail, postMailTrial, type MailDesk } from '../../shared/mail.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Mail } from '../platform/mail.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type SignedIn } from '../platform/serve.ts';
import type { contacts } from './person-store.ts';

const TRIAL = 'surel.uji';
const TRIAL_EVERY_MS = 15_000;

export function createMailDesk({ sql, clock, mail, people }: { sql: Sql; clock: Clock; mail: Mail; people: { contacts: typeof contacts } }) {
  mail.kind(TRIAL, async (personId) => {
    const [contact] = await people.contacts(sql, [personId]);
    if (!contact?.email) return null;
    return {
      to: { name: contact.name, address: contact.email },
      subject: 'Surel uji portal rapat',
      text: `Yth. ${contact.name}\n\nSurel portal bekerja: surat ini keluar lewat jalan yang sama dengan surat lainnya. Tidak ada yang perlu dilakukan.\n\n${mail.link('/surel')}`,
    };
  });

  async function look(person: SignedIn): Promise<z.input<typeof MailDesk>> {
    const { counts, troubled } = await mail.list();
    const [contact] = await people.contacts(sql, [person.id]);
    const trial = await mail.lastOf(sql, TRIAL, person.id);
    return {
      from: mail.from,
      server: mail.server,
      ...counts,
      troubled: troubled.map(({ at, dueAt, ...row }) => ({ ...row, at: at.toISOString(), dueAt: row.state === 'antre' ? dueAt.toISOString() : null })),
      ownAddress: contact?.email ?? null,
      trial: trial && { ...trial, at: trial.at.toISOString() },
      serverTime: clock.now().toISOString(),
    };
  }

  async function tryIt(person: SignedIn): Promise<z.input<typeof MailDesk>> {
    if (mail.from === null) refuse('mail.off');
    const [contact] = await people.contacts(sql, [person.id]);
    if (!contact?.email) refuse('mail.no_address');
    const last = await mail.lastOf(sql, TRIAL, person.id);
    const wait = last === null ? 0 : last.at.getTime() + TRIAL_EVERY_MS - clock.now().getTime();
    if (wait > 0) refuse('limit.reached', { seconds: Math.ceil(wait / 1000) });
    await sql.begin(async (tx) => mail.send(tx, TRIAL, [person.id]));
    return look(person);
  }

  return { routes: [serve(getMail, ({ person }) => look(person)), serve(postMailTrial, ({ person }) => tryIt(person))] };
}
