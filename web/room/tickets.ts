// A ticket that is always fresh while somebody waits in front of the room: pressing Gabung then asks nobody anything.
import type { Ticket } from '../../shared/meetings.ts';

/** Renewed this long before it ends. */
const MARGIN_MS = 25_000;
/** The clocks of portal and browser may differ: whatever the ticket says, it is taken to last between these. */
const SHORTEST_MS = 40_000;
const LONGEST_MS = 115_000;

export type Tickets = ReturnType<typeof createTickets>;

/** `ask`: the portal, under the identity this page had, naming the version of the notice that was read. */
type Ask = (identity: string | null, notice: number | null) => Promise<Ticket>;

export function createTickets(ask: Ask) {
  let held: { ticket: Ticket; until: number } | null = null;
  let identity: string | null = null;
  let timer = 0;
  let keeping = false;
  let read: number | null = null;

  function adopt(ticket: Ticket): void {
    identity = ticket.identity;
    const lasts = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Date.parse(ticket.expiresAt) - Date.now()));
    held = { ticket, until: Date.now() + lasts - MARGIN_MS };
    window.clearTimeout(timer);
    if (keeping) timer = window.setTimeout(refresh, lasts - MARGIN_MS);
  }

  function refresh(): void {
    if (!keeping || document.visibilityState === 'hidden') return;
    if (held && held.until > Date.now()) return;
    void ask(identity, read).then(adopt, () => (timer = window.setTimeout(refresh, 5000)));
  }

  return {
    adopt,
    /** The next ticket says that this version of the notice was read. */
    acknowledge: (version: number): void => void (read = version),
    /** While true, the ticket is renewed before it ends, as long as the page is looked at. */
    keep(on: boolean): void {
      keeping = on;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', refresh);
      if (!on) return;
      document.addEventListener('visibilitychange', refresh);
      refresh();
    },
    /** One that can be used now. Throws `Refused`. A ticket is handed out once; a rejoin names its former identity. */
    async take(): Promise<Ticket> {
      const ready = held && held.until > Date.now() ? held.ticket : null;
      held = null;
      if (ready) return ready;
      const ticket = await ask(identity, read);
      identity = ticket.identity;
      return ticket;
    },
    /** The one at hand, without asking. */
    atHand: (): Ticket | null => (held && held.until > Date.now() ? held.ticket : null),
  };
}
