// In the room: a link of this meeting was opened on another device and asks to move there. Its owner and who leads say yes or no.
import { useEffect, useEffectEvent, useState } from 'react';
import type { getLinkAsks, LinkAsk, putLinkAsk } from '../../shared/invitations.ts';
import { call } from '../platform/call.ts';
import { wordsIn } from '../platform/language.ts';
import { invitationWords } from '../words/invitations.ts';
import type { Visit } from './entrance.ts';
import { useLanguage } from './use-words.ts';
import './link-asks.css';

export function LinkAsks({ visit: { join, live }, leads }: { visit: Visit; leads: boolean }) {
  const words = wordsIn(invitationWords, useLanguage());
  const { id } = join.meeting;
  const [asks, setAsks] = useState<readonly LinkAsk[]>([]);
  async function look(): Promise<void> {
    await call<typeof getLinkAsks>('GET', '/api/meetings/:id/link-asks', { params: { id } }).then(setAsks, () => {});
  }
  const heard = useEffectEvent((member: string) => {
    if (leads || member === join.you.member) void look();
  });
  useEffect(() => live.onMessage((message) => message.type === 'link.asked' && message.meetingId === id && heard(message.member)), [live, id]);
  async function decide(ask: string, allow: boolean): Promise<void> {
    await call<typeof putLinkAsk>('PUT', '/api/meetings/:id/link-asks/:ask', { params: { id, ask }, body: { allow } }).catch(() => {});
    await look();
  }
  return (
    <div role="alert">
      {asks.map((ask) => (
        <div key={ask.id} className="strip-line strip-ask">
          <span>
            {words.asks(ask.name, ask.device)} {words.askWarning}
          </span>
          <button type="button" className="button button-main" onClick={() => void decide(ask.id, true)}>
            {words.allow}
          </button>
          <button type="button" className="button" onClick={() => void decide(ask.id, false)}>
            {words.deny}
          </button>
        </div>
      ))}
    </div>
  );
}
