// The personal link of an invitation.
import { personalToken } from '../platform/personal-link.ts';

export { tokenHash as linkHash } from '../platform/personal-link.ts';

export const linkToken = (secret: string, invitationId: string, version: number): string => personalToken(secret, 'tautan', invitationId, version);

/** The token stays in the fragment: it is in no server's log and in no Referer. */
export const linkPath = (token: string): string => `/r#${token}`;
/** As above, for somebody who has said that they come: no stop before the door. */
export const linkAtOnce = (token: string): string => `/r?langsung#${token}`;
/** To what somebody is invited to, and their answer: the address in a letter. */
export const linkAnswer = (token: string): string => `/u#${token}`;
