// Personal links. The token is derived from the portal's secret, the invitation and its version, so that the chair can
// copy it again, while the database keeps only its hash: a stolen database opens no meeting.
import { createHash, createHmac } from 'node:crypto';

/** 168 bits, as 28 characters that are safe in a URL fragment. */
export const linkToken = (secret: string, invitationId: string, version: number): string =>
  createHmac('sha256', secret).update(`tautan:${invitationId}:${version}`).digest().subarray(0, 21).toString('base64url');

export const linkHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The token stays in the fragment: it is in no server's log and in no Referer. */
export const linkPath = (token: string): string => `/r#${token}`;
/** As above, for somebody who has said that they come: no stop before the door. */
export const linkAtOnce = (token: string): string => `/r?langsung#${token}`;
