// Web Push (RFC 8030, 8291, 8292). Off unless a contact is set: it calls servers of browser vendors.
export type PushSettings = {
  /** Whom a push service writes to when something is wrong: `mailto:…` or an address. */
  contact: string;
  /** Hosts that may be called, `*.example.net` for all below one. */
  hosts: readonly string[];
};
