// SQL of the log of sign-ins. Rows are added and, when their time is over, destroyed.
import type { Tx } from '../platform/database.ts';

export type Outcome = 'masuk' | 'ditolak' | 'faktor_ditolak';
type Row = { at: Date; personId: string; outcome: Outcome; userAgent: string };

export const insertSignIn = (tx: Tx, { at, personId, outcome, userAgent }: Row) =>
  tx`insert into people.sign_in (at, person_id, outcome, user_agent) values (${at}, ${personId}, ${outcome}, ${userAgent})`;

export const signInsOf = (tx: Tx, personId: string, limit: number): Promise<Row[]> => tx<Row[]>`
  select at, person_id as "personId", outcome, user_agent as "userAgent" from people.sign_in where person_id = ${personId} order by at desc, id desc limit ${limit}`;
