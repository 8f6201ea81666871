// What the chair can do to others, and whom the chair has removed. For everybody else every action is undefined.
import { useEffect, useState } from 'react';
import type { Invitation } from '../../shared/meetings.ts';
import * as portal from './portal.ts';
import { useWords } from './use-words.ts';

export type HostSnapshot = {
  removed: Invitation[];
  notice: string | null;
  lowerHand?: (member: string) => void;
  remove?: (member: string, ban: boolean) => void;
  letIn?: (member: string) => void;
  copyLink?: (member: string) => void;
  end?: () => void;
};

const NOBODY: Invitation[] = [];

export function useHost({
  meetingId,
  chair,
  view,
  watching,
  refresh,
}: {
  meetingId: string;
  chair: boolean;
  view: portal.Room | null;
  watching: boolean;
  refresh: () => void;
}): HostSnapshot {
  const words = useWords();
  const [invitations, setInvitations] = useState(NOBODY);
  const [notice, setNotice] = useState<string | null>(null);

  useEffect(() => {
    let stale = false;
    if (chair && watching)
      void portal.invitations(meetingId).then(
        (list) => !stale && setInvitations(list),
        () => {},
      );
    return () => {
      stale = true;
    };
  }, [chair, watching, meetingId, view]);

  if (!chair) return { removed: NOBODY, notice };

  const run = (act: Promise<unknown>): void => {
    setNotice(null);
    void act.then(refresh, (error: unknown) => setNotice(error instanceof Error ? error.message : String(error)));
  };
  async function copy(member: string): Promise<void> {
    const list = invitations.length > 0 ? invitations : await portal.invitations(meetingId);
    const link = list.find((one) => one.member === member)?.link;
    if (link === undefined) return;
    await navigator.clipboard.writeText(new URL(link, location.href).href);
    setNotice(words.peoplePanel.copied);
  }
  return {
    removed: invitations.filter((one) => one.removed || one.banned),
    notice,
    lowerHand: (member) => run(portal.lowerHand(meetingId, member)),
    remove: (member, ban) => run(portal.remove(meetingId, member, ban)),
    letIn: (member) => run(portal.letIn(meetingId, member)),
    ...('clipboard' in navigator && { copyLink: (member) => run(copy(member)) }),
    end: () => run(portal.end(meetingId)),
  };
}
