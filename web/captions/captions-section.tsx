// On the page of a meeting or conference: who captions, and the ways to the captioner's screen and the transcript.
import { useState } from 'react';
import type { CaptionsOf, getCaptioners, getCaptions, putCaptioner } from '../../shared/captions.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { captionWords } from '../words/captions.ts';

type Props = { of: CaptionsOf; id: string };

export default function CaptionsSection({ of, id }: Props) {
  const w = useWords(captionWords);
  const captions = useRead<typeof getCaptions>('/api/captions/:of/:id', { params: { of, id } });
  const you = captions.value?.you;
  if (!captions.value || !you) return null;
  return (
    <Section title={w.section}>
      <div className="stack">
        <p className="quiet">{w.sectionNote}</p>
        {you.leads && <Captioners of={of} id={id} />}
        <div className="row">
          {(you.captions || you.leads) && <ButtonLink to={`/takarir/${of}/${id}`}>{w.open}</ButtonLink>}
          {captions.value.state !== 'belum' && <ButtonLink to={`/transkrip/${of}/${id}`}>{w.transcript}</ButtonLink>}
        </div>
      </div>
    </Section>
  );
}

function Captioners({ of, id }: Props) {
  const w = useWords(captionWords);
  const read = useRead<typeof getCaptioners>('/api/captions/:of/:id/captioners', { params: { of, id } });
  const name = useWrite<typeof putCaptioner>('PUT', '/api/captions/:of/:id/captioners', ['/api/captions/:of/:id/captioners', '/api/captions/:of/:id']);
  const [chosen, setChosen] = useState('');
  const { value } = read;
  if (!value) return null;
  const put = (member: string, captions: boolean) => name.run({ params: { of, id }, body: { member, captions } });
  return (
    <>
      {value.captioners.length === 0 ? (
        <p>{w.noCaptioners}</p>
      ) : (
        <ul className="plain">
          {value.captioners.map((one) => (
            <li key={one.member} className="row">
              <span>
                {one.name} <small>{w.by(one.byName)}</small>
              </span>
              <Button kind="quiet" onClick={() => void put(one.member, false)} aria-label={w.dismiss(one.name)}>
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {value.candidates.length > 0 && (
        <div className="row">
          <SelectField
            label={w.add}
            value={chosen}
            onValue={setChosen}
            choices={[
              { value: '', label: w.choose },
              ...value.candidates.map(({ member, name: who, label }) => ({ value: member, label: label === null ? who : `${who}, ${label}` })),
            ]}
          />
          <Button busy={name.busy} disabled={chosen === ''} onClick={() => void put(chosen, true).then(() => setChosen(''))}>
            {w.name}
          </Button>
        </div>
      )}
      {name.failure && (
        <Note tone="alarm" alert>
          {name.failure.message}
        </Note>
      )}
    </>
  );
}
