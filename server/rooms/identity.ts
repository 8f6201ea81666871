// A LiveKit identity is `<member>:<device>`, chosen by the server. `p_<person id>`, `g_<invitation or crew row>` (guest),
// `j_<journalist>` or `v_<viewer>`, so that one person on two devices is one member; the device part keeps two devices from
// throwing each other out.
import { createHash, randomBytes } from 'node:crypto';

export type Identity = { member: string; device: string; byLink: boolean };

const VERSIONS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const form = /^([pgjv]_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([sl][\w-]{16})$/;

export const personMember = (personId: string): string => `p_${personId}`;
export const guestMember = (invitationId: string): string => `g_${invitationId}`;
export const viewerMember = (viewerId: string): string => `v_${viewerId}`;
export const isViewer = (member: string): boolean => member.startsWith('v_');

/** The recorder of one recording: nobody's member, so that no list of people can show it. One name for all its processes: the new one takes the old one's place. */
export const recorderIdentity = (recordingId: string): string => `r_${recordingId}`;
const recorderForm = /^r_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
/** Which recording's; null: no recorder's name. */
export const parseRecorder = (identity: string): string | null => recorderForm.exec(identity)?.[1] ?? null;

export function parseIdentity(identity: string): Identity | null {
  const [, member, device] = form.exec(identity) ?? [];
  return member && device ? { member, device, byLink: device.startsWith('l') } : null;
}

/** A new device of a member. `l` = came by a personal link: the next 12 characters then name the browser. */
export function newIdentity(member: string, via: 'session' | 'link', browser: string, linkVersion = 0): string {
  return `${member}:${via === 'link' ? 'l' : 's'}${browserMark(browser)}${versionMark(linkVersion)}${randomBytes(3).toString('base64url').slice(1)}`;
}

/** 72 bits that name a browser by its device cookie without telling the cookie. */
export const browserMark = (browser: string): string => createHash('sha256').update(`perangkat:${browser}`).digest('base64url').slice(0, 12);
/** One character for the version of the link: an identity of a renewed link must not enter by the new one. */
const versionMark = (version: number): string => VERSIONS[version % VERSIONS.length] ?? '';
export const isOfVersion = (device: string, version: number): boolean => device[13] === versionMark(version);
export const markOf = (device: string): string => device.slice(1, 13);
