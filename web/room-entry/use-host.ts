// What those who lead can do to others, and who was removed. An action one may not take is undefined.
import { useState } from 'react';
import type { RoomPerson } from '../../shared/meetings.ts';
import * as portal from './portal.ts';
import { useWords } from './use-words.ts';

export type HostSnapshot = {
  removed: RoomPerson[];
  notice: string | null;
  lowerHand?: (member: string) => void;
  remove?: (member: string, ban: boolean) => void;
  letIn?: (member: string) => void;
  copyLink?: (member: string) => void;
  end?: () => void;
};

type Given = {
  meetingId: string;
  /** Sees the links. */
  chair: boolean;
  view: portal.Room | null;
  refresh: () => void;
};

export function useHost({ meetingId, chair, view, refresh }: Given): HostSnapshot {
  const words = useWords();
  const [notice, setNotice] = useState<string | null>(null);
  const { serves = chair, moderates: leads = chair } = view?.moderation.you ?? {};
  const removed = view?.people.filter((person) => person.right === 'none') ?? [];
  if (!serves) return { removed: [], notice };

  const run = (act: Promise<unknown>): void => {
    setNotice(null);
    void act.then(refresh, (error: unknown) => setNotice(error instanceof Error ? error.message : String(error)));
  };
  const lowerHand = (member: string): void => run(portal.lowerHand(meetingId, member));
  if (!leads) return { removed: [], notice, lowerHand };
  async function copy(member: string): Promise<void> {
    const link = (await portal.invitations(meetingId)).find((one) => one.member === member)?.link;
    if (link === undefined) return;
    await navigator.clipboard.writeText(new URL(link, location.href).href);
    setNotice(words.peoplePanel.copied);
  }
  return {
    removed,
    notice,
    lowerHand,
    remove: (member, ban) => run(portal.remove(meetingId, member, ban)),
    letIn: (member) => run(portal.letIn(meetingId, member)),
    ...(chair && 'clipboard' in navigator && { copyLink: (member) => run(copy(member)) }),
    end: () => run(portal.end(meetingId)),
  };
}
