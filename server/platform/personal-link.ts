// Personal links. A token is derived from the portal's secret, what it opens and its version, so that it can be copied again,
// while the database keeps only its hash: a stolen database opens nothing.
import { createHash, createHmac } from 'node:crypto';

/** 168 bits, as 28 characters that are safe in a URL fragment. `kind` keeps the links of one table out of another. */
export const personalToken = (secret: string, kind: string, id: string, version: number): string =>
  createHmac('sha256', secret).update(`${kind}:${id}:${version}`).digest().subarray(0, 21).toString('base64url');

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
