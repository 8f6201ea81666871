// What a module says when it tells people something.
import type { NoticeChannel, NoticeKind } from '../../shared/notifications.ts';
import type { Tx } from '../platform/database.ts';
import type { NoticeWords } from './store.ts';

export type NoticeInput = {
  kind: NoticeKind;
  personIds: readonly string[];
  /** What it is about: ids of the teller's own. */
  ref: string;
  words: NoticeWords;
  /** What it opens. */
  path: string;
  /** Does not wait for the end of quiet hours. */
  urgent?: boolean;
  /** After this it is of no use any more, and is not sent. */
  until?: Date | null;
  /** Channels that the teller serves itself (an invitation by e-mail has its calendar event). */
  without?: readonly NoticeChannel[];
};
/** In the caller's transaction; answers the id of each notice by person. */
export type Notify = (tx: Tx, input: NoticeInput) => Promise<Map<string, string>>;
