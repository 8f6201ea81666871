// Endpoint → verb.
import type { BodyOf } from '../../shared/endpoint.ts';
import type { PolicyView } from '../../shared/policies.ts';
import * as wire from '../../shared/policies.ts';
import { serve, type Route, type ServedFile, type SignedIn } from '../platform/serve.ts';
import type { z } from 'zod';
import type { createGroups } from './groups.ts';
import { templatesIn } from './templates.ts';

type Verbs = {
  list: (person: SignedIn, opdId: string | undefined) => Promise<z.input<typeof wire.getPolicies.reply>>;
  view: (person: SignedIn, id: string) => Promise<PolicyView>;
  reach: (person: SignedIn, id: string) => Promise<z.input<typeof wire.getPolicyReach.reply>>;
  add: (person: SignedIn, body: BodyOf<typeof wire.postPolicy>) => Promise<PolicyView>;
  change: (person: SignedIn, id: string, body: BodyOf<typeof wire.putPolicy>) => Promise<PolicyView>;
  end: (person: SignedIn, id: string, body: BodyOf<typeof wire.postPolicyEnd>) => Promise<PolicyView>;
  putFile: (person: SignedIn, id: string, name: string, bytes: Blob | Uint8Array) => Promise<PolicyView>;
  file: (person: SignedIn, id: string, sha256: string | undefined) => Promise<ServedFile>;
  decided: (person: SignedIn, opdId: string, day: string | undefined) => Promise<z.input<typeof wire.getDecidedRules.reply>>;
  groups: ReturnType<typeof createGroups>;
};

export const policyRoutes = ({ list, view, reach, add, change, end, putFile, file, decided, groups }: Verbs): Route[] => [
  serve(wire.getPolicies, ({ person, query }) => list(person, query.opd)),
  serve(wire.getPolicy, ({ person, params }) => view(person, params.id)),
  serve(wire.getPolicyReach, ({ person, params }) => reach(person, params.id)),
  serve(wire.postPolicy, ({ person, body }) => add(person, body)),
  serve(wire.putPolicy, ({ person, params, body }) => change(person, params.id, body)),
  serve(wire.postPolicyEnd, ({ person, params, body }) => end(person, params.id, body)),
  serve(wire.putPolicyFile, ({ person, params, query, body }) => putFile(person, params.id, query.name, body)),
  serve(wire.getPolicyFile, ({ person, params, query }) => file(person, params.id, query.sha256)),
  serve(wire.getPolicyTemplates, ({ language }) => templatesIn(language)),
  serve(wire.getDecidedRules, ({ person, params, query }) => decided(person, params.id, query.day)),
  serve(wire.getFunctionGroups, ({ person, params }) => groups.read(person, params.id)),
  serve(wire.postFunctionGroup, ({ person, params, body }) => groups.add(person, params.id, body)),
  serve(wire.postFunctionGroupEnd, ({ person, params, body }) => groups.end(person, params.id, body.until)),
  serve(wire.putHealthFlag, ({ person, params, body }) => groups.setHealth(person, params.id, body)),
];
