// How the portal says no. The table of codes is shared/refusals.ts; `serve` turns a Refusal into the reply.
import { refusals, type RefusalBody, type RefusalCode } from '../../shared/refusals.ts';

export type Language = 'id' | 'en';
/** A value that is words is given in both languages. */
export type RefusalValues = Record<string, string | number | Record<Language, string>>;
type FieldProblem = { path: string; message: string };

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly values: RefusalValues;
  readonly fields: FieldProblem[];
  constructor(code: RefusalCode, values: RefusalValues = {}, fields: FieldProblem[] = []) {
    super(code);
    this.code = code;
    this.values = values;
    this.fields = fields;
  }
  get status(): number {
    return refusals[this.code][0];
  }
}

export function refuse(code: RefusalCode, values?: RefusalValues, fields?: FieldProblem[]): never {
  throw new Refusal(code, values, fields);
}

/** Indonesian unless English is asked for first. */
export const languageOf = (acceptLanguage: string | undefined): Language => (/^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'id');

export function refusalBody(refusal: Refusal, language: Language): RefusalBody {
  const text: string = refusals[refusal.code][language === 'en' ? 2 : 1];
  const values = Object.fromEntries(Object.entries(refusal.values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]));
  return {
    error: {
      code: refusal.code,
      message: text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
      ...(refusal.fields.length > 0 && { fields: refusal.fields }),
      ...(Object.keys(values).length > 0 && { values }),
    },
  };
}
