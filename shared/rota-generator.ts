// The generator on the wire: a roster is drawn up for a plan, looked at, and taken over or not.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ById, Day, Id, Instant } from './people.ts';
import { Shift, type AppliedRule } from './policies.ts';
import { DayCode } from './roster.ts';
import type { PlanSheet } from './rota.ts';

/** Seconds a job may take. */
const SECONDS = { least: 2, most: 120 } as const;
export const MOST_SEED = 2_147_483_647;

/** `mustahil`: no roster keeps all the rules; `conflict` says which. `gagal`: stopped by its time or with the portal. */
export const GeneratorState = z.enum(['berjalan', 'selesai', 'mustahil', 'dibatalkan', 'gagal']);
export type GeneratorState = z.infer<typeof GeneratorState>;
const Stage = z.enum(['menyusun', 'membagi', 'mencari', 'mencari_sebab', 'memeriksa']);
export type GeneratorStage = z.infer<typeof Stage>;
/** `part` of `parts` that no rule joins. `best`, `bound`: of the part; null until the solver knows one. */
export const GeneratorProgress = z.object({
  stage: Stage,
  part: z.number(),
  parts: z.number(),
  best: z.number().nullable(),
  bound: z.number().nullable(),
  seconds: z.number(),
});
export type GeneratorProgress = z.infer<typeof GeneratorProgress>;

/** `gap`: how far at most from the best there can be, 0.05 = 5 %. `spread`: the largest difference between equals; `changed`: cells that differ. */
export const GeneratorFigures = z.object({
  seconds: z.number(),
  gap: z.number(),
  violations: z.number(),
  changed: z.number(),
  spread: z.object({ piket: z.number(), monFri: z.number(), offDays: z.number(), home: z.number() }),
});
export type GeneratorFigures = z.infer<typeof GeneratorFigures>;

/**
 * One of the rules that cannot be kept together. `ruleId` null: `istirahat` (a night is followed by rest), `beruntun` (six days on duty at most)
 * are of the office, not of a circular. `kept`: cells there were set by hand or are published, and stay.
 */
export const ConflictPart = z.object({
  kind: z.string(),
  ruleId: Id.nullable(),
  policyNumber: z.string().nullable(),
  unitIds: z.array(Id),
  personIds: z.array(Id),
  dates: z.array(Day),
  shifts: z.array(z.string()),
  kept: z.boolean(),
});
export type ConflictPart = z.infer<typeof ConflictPart>;

export const GeneratedCell = z.object({ personId: Id, date: Day, code: DayCode, shift: Shift.shape.name.nullable() });
export type GeneratedCell = z.infer<typeof GeneratedCell>;

export const Generation = z.object({
  id: Id,
  planId: Id,
  state: GeneratorState,
  seed: z.number(),
  from: Day,
  until: Day,
  keepHandSet: z.boolean(),
  byName: z.string().nullable(),
  startedAt: Instant,
  serverTime: Instant,
  progress: GeneratorProgress.nullable(),
  figures: GeneratorFigures.nullable(),
  conflict: z.array(ConflictPart),
  /** Only what would be another thing than the plan has now; empty until it is `selesai`. */
  cells: z.array(GeneratedCell),
  takenAt: Instant.nullable(),
  /** The plan was edited after this was drawn up: it cannot be taken over any more. */
  stale: z.boolean(),
});
export type Generation = z.infer<typeof Generation>;

export const postGeneration = endpoint('POST', '/api/rota/plans/:id/generation', {
  who: 'signedIn',
  once: true,
  summary: 'Draw up a roster for the open days of a plan; one job a plan at a time. `seed` null: the portal chooses one. `from`, `until`: within the month.',
  params: ById,
  body: z.object({
    seed: z.number().int().min(0).max(MOST_SEED).nullable().default(null),
    from: Day.nullable().default(null),
    until: Day.nullable().default(null),
    keepHandSet: z.boolean().default(true),
    seconds: z.number().int().min(SECONDS.least).max(SECONDS.most).default(60),
  }),
  reply: Generation,
  refusals: ['rota.not_open', 'generator.running', 'generator.busy', 'generator.nothing_open', 'generator.too_large', 'role.missing'],
});
export const getGeneration = endpoint('GET', '/api/rota/plans/:id/generation', {
  who: 'signedIn',
  summary: 'The newest job of a plan: how far it is, and the roster it found. Null: there was none. Live: `generator.changed`.',
  params: ById,
  reply: z.object({ generation: Generation.nullable() }),
  refusals: ['role.missing'],
});
export const postGenerationEnd = endpoint('POST', '/api/rota/generations/:id/end', {
  who: 'signedIn',
  summary: 'Stop a job. One that is over stays as it is.',
  params: ById,
  reply: Generation,
  refusals: ['role.missing'],
});
export const postGenerationTaken = endpoint('POST', '/api/rota/generations/:id/taken', {
  who: 'signedIn',
  summary: 'Take over the roster found: its cells become cells of the plan, marked as from the generator with their seed. Twice is once.',
  params: ById,
  reply: Generation,
  refusals: ['generator.not_done', 'generator.stale', 'rota.changed', 'rota.not_open', 'rota.day_fixed', 'role.missing'],
});

type Language = 'id' | 'en';
const KINDS: Record<string, [id: string, en: string]> = {
  batas_hadir: ['batas {limit} % di kantor', 'cap of {limit} % on site'],
  siaga: ['siaga paling sedikit {min} orang', 'at least {min} on alert'],
  dikecualikan: ['dikecualikan dari WFH', 'excluded from WFH'],
  jabatan_di_kantor: ['jabatan ini di kantor', 'these posts on site'],
  wfh_mingguan: ['paling banyak {limit} hari WFH seminggu', 'at most {limit} WFH days a week'],
  piket_layanan: ['piket layanan paling sedikit {min} orang', 'at least {min} on duty at the counter'],
  istirahat: ['istirahat sesudah giliran malam', 'rest after a night shift'],
  beruntun: ['paling banyak 6 hari bertugas berturut-turut', 'at most 6 days on duty in a row'],
};
const MOST_NAMED = 3;

/** One line of why no roster can be: `siaga paling sedikit 8 orang (SE 3/2026), Satpol PP, 24 Nov–28 Nov 2026`. */
export function conflictText(part: ConflictPart, sheet: Pick<PlanSheet, 'units' | 'people'>, rule: AppliedRule | null, language: Language): string {
  const isId = language === 'id';
  const numbers: Record<string, number> = {};
  if (rule?.rule.kind === 'batas_hadir') numbers['limit'] = rule.rule.percent;
  if (rule?.rule.kind === 'wfh_mingguan') numbers['limit'] = rule.rule.days;
  if (rule?.rule.kind === 'siaga' || rule?.rule.kind === 'piket_layanan') numbers['min'] = rule.rule.min;
  const words = (KINDS[part.kind]?.[isId ? 0 : 1] ?? part.kind).replace(/\{(\w+)\}/g, (_, name: string) => String(numbers[name] ?? ''));
  const number = part.policyNumber === null ? '' : ` (${/^\p{L}/u.test(part.policyNumber) ? part.policyNumber : `SE ${part.policyNumber}`})`;
  const some = (names: readonly (string | undefined)[]): string => {
    const known = names.filter((name) => name !== undefined);
    const more = known.length - MOST_NAMED;
    return more > 0 ? `${known.slice(0, MOST_NAMED).join(', ')} ${isId ? `dan ${more} lagi` : `and ${more} more`}` : known.join(', ');
  };
  const units = some(part.unitIds.map((id) => sheet.units.find((unit) => unit.id === id)?.name));
  const people = units === '' ? some(part.personIds.map((id) => sheet.people.find((person) => person.id === id)?.name)) : '';
  const day = new Intl.DateTimeFormat(isId ? 'id-ID' : 'en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const [first, last] = [part.dates[0], part.dates.at(-1)];
  const days = first === undefined || last === undefined ? '' : day.formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`));
  const shifts = part.shifts.length === 0 ? '' : `${isId ? 'giliran' : 'shift'} ${part.shifts.join(', ')}`;
  const kept = part.kept ? (isId ? 'dengan sel yang dipertahankan' : 'with the cells that are kept') : '';
  return [`${words}${number}`, units, people, days, shifts, kept].filter((text) => text !== '').join(', ');
}
