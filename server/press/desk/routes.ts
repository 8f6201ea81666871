// What the desk serves.
import type { Zone } from '../../../shared/people.ts';
import * as wire from '../../../shared/press-desk.ts';
import type { Sql } from '../../platform/database.ts';
import { refuse } from '../../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../../platform/serve.ts';
import type { People } from '../../people/index.ts';
import type { Conf, Press } from '../index.ts';
import type { createDeciding } from './deciding.ts';
import type { createOpening } from './opening.ts';
import type { createOutlets } from './outlets.ts';
import type { createRegistering } from './registering.ts';
import * as store from './store.ts';
import type { createViewing, Registered } from './viewing.ts';

type Parts = {
  sql: Sql;
  people: Pick<People, 'noteAccess'>;
  press: Pick<Press, 'conference'>;
  registering: ReturnType<typeof createRegistering>;
  deciding: ReturnType<typeof createDeciding>;
  opening: ReturnType<typeof createOpening>;
  outlets: ReturnType<typeof createOutlets>;
  viewing: ReturnType<typeof createViewing>;
  registrations: (conf: Conf) => Promise<Registered[]>;
  zoneOf: (person: SignedIn) => Promise<Zone>;
};

const MOST_FOUND = 200;
const likeOf = (q: string | undefined): string | null => (q === undefined || q.trim() === '' ? null : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`);

export function pressDeskRoutes(parts: Parts): Route[] {
  return [...openRoutes(parts), ...deskRoutes(parts), ...bookRoutes(parts)];
}

function openRoutes({ registering, opening, outlets }: Parts): Route[] {
  return [
    serve(wire.getRegistration, ({ params, caller, language }) => registering.look(params.slug, { caller, language })),
    serve(wire.postRegistration, async ({ params, body, caller, language, request, keepPass }) => {
      const { own, cookie } = await registering.register(params.slug, body, { caller, language, ip: request.ip });
      if (cookie !== null) keepPass(cookie);
      return own;
    }),
    serve(wire.postPass, async ({ body, caller, request, keepPass }) => {
      const { cookie, ...who } = await opening.open(body.token, { caller, ip: request.ip });
      keepPass(cookie);
      return who;
    }),
    serve(wire.postPassMail, ({ body, caller, request }) => opening.mailAgain(body, { caller, ip: request.ip })),
    serve(wire.deletePass, async ({ caller, keepPass }) => {
      await opening.forget(caller);
      keepPass(null);
    }),
    serve(wire.getOutletNames, () => outlets.names()),
  ];
}

/** Journalists are no staff: a line says who read the list, and names nobody of the office. */
const read = (person: SignedIn, what: string, subject: string, count: number) => ({ by: person.id, what, subject, count, persons: [] });

function deskRoutes({ sql, people, press, deciding, viewing, registrations }: Parts): Route[] {
  return [
    serve(wire.getRegistrations, async ({ person, params, language }) => {
      const conf = (await press.conference(sql, params.id)) ?? refuse('not_found');
      const list = await viewing.views(sql, conf, await registrations(conf), language);
      await people.noteAccess(sql, read(person, 'pendaftar pers', conf.title, list.length));
      return list;
    }),
    serve(wire.postRegistrationDecision, ({ person, params, body, language }) => deciding.decide(person, params, body, language)),
    serve(wire.postWalkIn, ({ person, params, body, language }) => deciding.walkIn(person, params.id, body, language)),
  ];
}

function bookRoutes({ sql, people, deciding, outlets, viewing, zoneOf }: Parts): Route[] {
  return [
    serve(wire.getJournalists, async ({ person, query }) => {
      const found = await store.search(sql, { like: likeOf(query.q), outletId: query.outlet ?? null }, MOST_FOUND);
      await people.noteAccess(sql, read(person, 'jurnalis', query.q ?? 'semua', found.length));
      return viewing.cards(sql, found, await zoneOf(person));
    }),
    serve(wire.putAccreditation, async ({ person, params, body }) => deciding.accredit(person, params.id, body, await zoneOf(person))),
    serve(wire.putJournalistOutlet, async ({ person, params, body }) => deciding.moveTo(person, params.id, body.outletId, await zoneOf(person))),
    serve(wire.postJournalistPass, ({ person, params }) => deciding.newPass(person, params.id)),
    serve(wire.getOutlets, () => outlets.all()),
    serve(wire.putOutlet, ({ params, body }) => outlets.correct(params.id, body)),
    serve(wire.postOutletMerge, ({ person, params, body }) => outlets.merge(person, params.id, body.into)),
  ];
}
