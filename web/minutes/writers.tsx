// Who writes, and whom the chair or the notulis lets write too.
import { useState } from 'react';
import type { Minutes, putMinutesWriters } from '../../shared/minutes.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { minutesWords } from '../words/minutes.ts';

const CHANGED = ['/api/meetings/:id/minutes'];

export function WritersLine({ minutes }: { minutes: Minutes }) {
  const w = useWords(minutesWords);
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="writers-line">
      <p className="quiet s">
        {w.writers}: {minutes.writers.map(({ name, as }) => `${name} (${w.writerAs[as]})`).join(', ')}
      </p>
      {minutes.you.lead && (
        <Button kind="quiet" onClick={() => setChoosing(true)}>
          {w.chooseWriters}
        </Button>
      )}
      {choosing && <Choose minutes={minutes} onClose={() => setChoosing(false)} />}
    </div>
  );
}

function Choose({ minutes, onClose }: { minutes: Minutes; onClose: () => void }) {
  const w = useWords(minutesWords);
  const [chosen, setChosen] = useState(() => new Set(minutes.writers.flatMap(({ personId, as }) => (as === 'diajak' ? [personId] : []))));
  const put = useWrite<typeof putMinutesWriters>('PUT', '/api/meetings/:id/minutes/writers', CHANGED);
  const toggle = (id: string): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  async function save(): Promise<void> {
    if (await put.run({ params: { id: minutes.meetingId }, body: { people: [...chosen] } })) onClose();
  }
  return (
    <Dialog title={w.chooseWriters} onClose={onClose}>
      <div className="stack">
        <p>{w.writersText}</p>
        {minutes.candidates.length === 0 && <p className="quiet">{w.noCandidates}</p>}
        <ul className="choose-writers">
          {minutes.candidates.map(({ personId, name, position }) => (
            <li key={personId}>
              <label>
                <input type="checkbox" checked={chosen.has(personId)} onChange={() => toggle(personId)} />
                <PlaceCard name={name} position={position} />
              </label>
            </li>
          ))}
        </ul>
        {put.failure && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button kind="main" busy={put.busy} onClick={() => void save()}>
            {w.keepWriters}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
