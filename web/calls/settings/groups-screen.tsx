// Saved groups: what each holds, and away with those no longer called. They are made where they are used, on Panggil mendesak.
import { useState } from 'react';
import type { deleteGroup, getCallDesk, SavedGroup } from '../../../shared/calls.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { PlaceCard } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { callWords } from '../../words/calls.ts';
import '../calls.css';

export default function GroupsScreen() {
  const w = useWords(callWords);
  const desk = useRead<typeof getCallDesk>('/api/calls/desk', {});
  return (
    <Page title={w.groupsTitle} under={w.groupsUnder} narrow>
      <Loaded from={desk} skeleton={<Bones rows={3} tall />}>
        {({ groups }) =>
          groups.length === 0 ? (
            <Empty title={w.groupsEmpty} action={<ButtonLink to="/panggil">{w.urgent}</ButtonLink>}>
              {w.groupsEmptyDo}
            </Empty>
          ) : (
            <ul>
              {groups.map((group) => (
                <Group key={group.id} group={group} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function Group({ group }: { group: SavedGroup }) {
  const w = useWords(callWords);
  const [asking, setAsking] = useState(false);
  const remove = useWrite<typeof deleteGroup>('DELETE', '/api/calls/groups/:id', ['/api/calls/desk']);
  const { positions, units, people } = group.choice;
  async function yes(): Promise<void> {
    if (await remove.run({ params: { id: group.id } })) setAsking(false);
  }
  return (
    <li className="call-set">
      <PlaceCard name={group.name} position={w.groupHas(positions.length, units.length, people.length)} />
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {w.remove}
        <span className="sr-only"> {group.name}</span>
      </Button>
      {asking && (
        <Ask
          title={w.removeTitle(group.name)}
          text={w.removeText}
          yes={w.removeYes}
          busy={remove.busy}
          failure={remove.failure?.message}
          onYes={() => void yes()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
