// The invited with a link each, for the chair: copy it, send it, or replace it.
import { useState } from 'react';
import UserPlus from 'lucide-react/icons/user-plus';
import type { getInvitations, Invitation, MeetingCard, postNewLink } from '../../shared/meetings.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { meetingWords } from '../words/meetings.ts';
import { AddInvitees } from './add-invitees.tsx';

const whole = (link: string): string => new URL(link, location.origin).href;

export function Invitations({ meeting }: { meeting: MeetingCard }) {
  const w = useWords(meetingWords);
  const [adding, setAdding] = useState(false);
  const [renewing, setRenewing] = useState<Invitation>();
  const invitations = useRead<typeof getInvitations>('/api/meetings/:id/invitations', { params: { id: meeting.id } });
  const renew = useWrite<typeof postNewLink>('POST', '/api/meetings/:id/invitations/:invitation/link', ['/api/meetings/:id/invitations']);
  const over = meeting.state === 'berakhir';

  async function makeNew(invitation: Invitation): Promise<void> {
    if (await renew.run({ params: { id: meeting.id, invitation: invitation.id } })) setRenewing(undefined);
  }

  const columns: Column<Invitation>[] = [
    {
      key: 'who',
      head: w.who,
      phone: 'title',
      cell: (one) => <PlaceCard name={one.name} position={one.position ?? one.institution} more={one.opdName} badge={one.badge} />,
    },
    { key: 'via', head: w.via, phone: 'label', cell: (one) => <span className="quiet">{viaIn(w, one.via)}</span> },
    { key: 'state', head: w.link, phone: 'plain', cell: (one) => <LinkState invitation={one} /> },
  ];
  if (!over)
    columns.push({
      key: 'do',
      head: w.copyLink,
      phone: 'plain',
      cell: (one) => <LinkActions invitation={one} title={meeting.title} onRenew={() => setRenewing(one)} />,
    });

  return (
    <Section
      title={w.invitations}
      actions={
        over ? undefined : (
          <Button kind="quiet" icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
            {w.addInvitees}
          </Button>
        )
      }
    >
      {!over && <p className="section-note">{w.invitationsNote}</p>}
      <Loaded from={invitations} skeleton={<Bones rows={5} tall />}>
        {(rows) => <Table caption={w.invitations} columns={columns} rows={rows} rowKey={(one) => one.id} />}
      </Loaded>
      {adding && <AddInvitees meetingId={meeting.id} onClose={() => setAdding(false)} />}
      {renewing && (
        <Ask
          title={w.newLinkTitle(renewing.name)}
          text={w.newLinkText}
          yes={w.newLinkYes}
          alarm={false}
          busy={renew.busy}
          failure={renew.failure?.message}
          onYes={() => void makeNew(renewing)}
          onClose={() => setRenewing(undefined)}
        />
      )}
    </Section>
  );
}

function LinkState({ invitation }: { invitation: Invitation }) {
  const w = useWords(meetingWords);
  if (invitation.banned)
    return (
      <Mark shape="dash" tone="alarm">
        {w.banned}
      </Mark>
    );
  if (invitation.removed)
    return (
      <Mark shape="dash" tone="alarm">
        {w.removed}
      </Mark>
    );
  return invitation.linkUsed ? (
    <Mark shape="full" tone="good">
      {w.linkUsed}
    </Mark>
  ) : (
    <Mark shape="ring" tone="quiet">
      {w.linkUnused}
    </Mark>
  );
}

function LinkActions({ invitation, title, onRenew }: { invitation: Invitation; title: string; onRenew: () => void }) {
  const w = useWords(meetingWords);
  const link = whole(invitation.link);
  const of = w.ofPerson(invitation.name);
  return (
    <div className="row">
      <Copy text={link} label={w.copyLink} of={of} />
      <a
        className="btn btn-quiet"
        href={`https://wa.me/?text=${encodeURIComponent(w.whatsappText(invitation.name, title, link))}`}
        target="_blank"
        rel="noopener noreferrer"
      >
        <span>{w.whatsapp}</span>
        <span className="sr-only"> {of}</span>
      </a>
      <Button kind="quiet" onClick={onRenew}>
        {w.newLink}
        <span className="sr-only"> {of}</span>
      </Button>
    </div>
  );
}

/** The server keeps the reason as it stood in Indonesian when the invitation was made. */
function viaIn(w: ReturnType<typeof useWords<(typeof meetingWords)['id']>>, via: string): string {
  const [, kind, of = ''] = /^(Jabatan|Unit): (.*)$/s.exec(via) ?? [];
  if (kind === 'Jabatan') return w.viaPosition(of);
  if (kind === 'Unit') return w.viaUnit(of);
  if (via === 'ruang tunggu') return w.viaLobby;
  return via === 'tamu' ? w.viaGuest : w.viaName;
}
