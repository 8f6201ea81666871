// Who takes part from the office's side: who is inside, the links of guests, who comes before whom.
import { useState } from 'react';
import ArrowUp from 'lucide-react/icons/arrow-up';
import UserPlus from 'lucide-react/icons/user-plus';
import type { Conference, CrewRow, deleteCrew, postCrewLink, putCrewOrder } from '../../../shared/press.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Mark, PlaceCard } from '../../ui/marks.tsx';
import { Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { pressWords } from '../../words/press.ts';
import { AddCrew } from './add-crew.tsx';

const OVER = new Set(['selesai', 'arsip', 'dibatalkan']);
const WITH_ROOM = new Set(['ruang_tunggu', 'tayang', 'tanya_jawab']);
const BEFORE_ROOM = new Set(['draft', 'diumumkan', 'registrasi']);
const CHANGED = ['/api/conferences', '/api/conferences/:id', '/api/conferences/:id/checks'];
const whole = (link: string): string => new URL(link, location.origin).href;

type Asking = { what: 'remove' | 'link'; one: CrewRow };

export function CrewSection({ conference }: { conference: Conference }) {
  const w = useWords(pressWords);
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const reorder = useWrite<typeof putCrewOrder>('PUT', '/api/conferences/:id/crew', CHANGED);
  const { crew, state } = conference;
  const edits = conference.youOperate && !OVER.has(state);

  function moveUp(one: CrewRow): void {
    const order = crew.map((row) => row.id);
    const at = order.indexOf(one.id);
    order.splice(at - 1, 2, one.id, order[at - 1] ?? one.id);
    void reorder.run({ params: { id: conference.id }, body: { order } });
  }

  const columns: Column<CrewRow>[] = [
    {
      key: 'who',
      head: w.who,
      phone: 'title',
      cell: (one) => (
        <PlaceCard
          name={one.name}
          position={one.member === null ? w.vacant : one.label}
          more={one.label?.includes(one.opdName ?? '') ? undefined : one.opdName}
          badge={one.guest ? w.guestBadge : null}
        />
      ),
    },
    { key: 'role', head: w.role, cell: (one) => w.roles[one.role] },
  ];
  if (WITH_ROOM.has(state)) columns.push({ key: 'inside', head: w.presence, cell: (one) => <InsideMark one={one} /> });
  if (conference.youOperate && crew.some((one) => one.mail !== null)) columns.push({ key: 'letter', head: w.letter, cell: (one) => <LetterMark one={one} /> });
  if (edits) {
    columns.push({
      key: 'acts',
      head: '',
      phone: 'plain',
      cell: (one) => (
        <div className="press-acts">
          {one.link !== null && <Copy text={whole(one.link)} label={w.copyLink} of={w.of(one.name)} />}
          {one.link !== null && (
            <Button kind="quiet" onClick={() => setAsking({ what: 'link', one })}>
              {w.newLink}
              <span className="sr-only"> {w.of(one.name)}</span>
            </Button>
          )}
          {crew[0]?.id !== one.id && (
            <button type="button" className="btn btn-quiet btn-icon" aria-label={w.up(one.name)} disabled={reorder.busy} onClick={() => moveUp(one)}>
              <ArrowUp aria-hidden />
            </button>
          )}
          <Button kind="quiet" onClick={() => setAsking({ what: 'remove', one })}>
            {w.remove}
            <span className="sr-only"> {one.name}</span>
          </Button>
        </div>
      ),
    });
  }

  return (
    <Section
      title={w.crew}
      note={BEFORE_ROOM.has(state) && crew.length > 0 ? w.crewNote : undefined}
      actions={
        edits && (
          <Button icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
            {w.addCrew}
          </Button>
        )
      }
    >
      {reorder.failure && (
        <Note tone="alarm" alert>
          {reorder.failure.message}
        </Note>
      )}
      {crew.length === 0 ? <p className="press-none">{w.noCrew}</p> : <Table caption={w.crew} columns={columns} rows={crew} rowKey={(one) => one.id} />}
      {adding && <AddCrew conference={conference} onClose={() => setAdding(false)} />}
      {asking && <AskAbout {...asking} conference={conference} onClose={() => setAsking(undefined)} />}
    </Section>
  );
}

function LetterMark({ one: { mail } }: { one: CrewRow }) {
  const w = useWords(pressWords);
  if (mail === null) return <span className="quiet">{w.letterNone}</span>;
  const [shape, tone] = ({ terkirim: ['full', 'good'], antre: ['half', 'wait'], belum: ['ring', 'wait'] } as const)[mail];
  return (
    <Mark shape={shape} tone={tone}>
      {w.letters[mail]}
    </Mark>
  );
}

function InsideMark({ one }: { one: CrewRow }) {
  const w = useWords(pressWords);
  return one.inside ? (
    <Mark shape="full" tone="good">
      {w.inside}
    </Mark>
  ) : (
    <Mark shape="ring" tone="quiet">
      {w.outside}
    </Mark>
  );
}

function AskAbout({ what, one, conference, onClose }: Asking & { conference: Conference; onClose: () => void }) {
  const w = useWords(pressWords);
  const remove = useWrite<typeof deleteCrew>('DELETE', '/api/conferences/:id/crew/:crew', CHANGED);
  const renew = useWrite<typeof postCrewLink>('POST', '/api/conferences/:id/crew/:crew/link', CHANGED);
  const write = what === 'remove' ? remove : renew;
  async function go(): Promise<void> {
    if (await write.run({ params: { id: conference.id, crew: one.id } })) onClose();
  }
  return (
    <Ask
      title={what === 'remove' ? w.removeTitle(one.name) : w.newLinkTitle(one.name)}
      text={what === 'remove' ? w.removeText : w.newLinkText}
      yes={what === 'remove' ? w.removeYes : w.newLinkYes}
      busy={write.busy}
      failure={write.failure?.message}
      onYes={() => void go()}
      onClose={onClose}
    />
  );
}
