// Pegawai: the directory by unit, like a printed list; one person opens at the side.
import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'wouter';
import Upload from 'lucide-react/icons/upload';
import UserPlus from 'lucide-react/icons/user-plus';
import type { getOpds, getPeople } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { peopleWords } from '../words/people.ts';
import { DirectoryList } from './directory-list.tsx';
import { NewPerson } from './new-person.tsx';
import { PersonPanel } from './person-panel.tsx';
import { unitOptions } from './unit-options.ts';
import './people.css';

export default function DirectoryScreen() {
  const w = useWords(peopleWords);
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState(search.get('q') ?? '');
  const [adding, setAdding] = useState(false);
  const words = useDeferredValue(typed.trim());
  const opd = search.get('opd') ?? me.opd?.id ?? '';
  const open = search.get('orang');
  const set = (name: string, value: string | undefined): void =>
    setSearch((before) => Object.entries({ ...Object.fromEntries(before), [name]: value }).filter((pair): pair is [string, string] => pair[1] !== undefined), {
      replace: true,
    });
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const people = useRead<typeof getPeople>(
    '/api/people',
    { query: { ...(opd !== '' && opd !== 'semua' && { opd }), ...(words.length >= 2 && { q: words }) } },
    { keepWhileAsking: true },
  );
  const chosen = people.value?.find((person) => person.id === open);
  const actions = mayKeepStaff(me) && (
    <>
      <ButtonLink to="/pegawai/impor" icon={<Upload aria-hidden />}>
        {w.import}
      </ButtonLink>
      <Button kind="main" icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
        {w.add}
      </Button>
    </>
  );
  return (
    <Page title={w.title} actions={actions || undefined}>
      <div className="tools" role="search">
        <TextField label={w.find} type="search" value={typed} onValue={setTyped} maxLength={100} autoComplete="off" enterKeyHint="search" />
        <SelectField
          label={w.opd}
          value={opd === '' ? 'semua' : opd}
          onValue={(value) => set('opd', value)}
          choices={[{ value: 'semua', label: w.allOpds }, ...unitOptions(opds.value ?? [])]}
        />
      </div>
      <Loaded from={people} skeleton={<Bones rows={10} tall />}>
        {(list) => (
          <>
            <p className="quiet s" role="status">
              {w.count(list.length)} {list.length >= 500 && w.countMax}
            </p>
            {list.length > 0 ? (
              <DirectoryList people={list} units={opds.value ?? []} onOpen={(id) => set('orang', id)} />
            ) : (
              <Empty title={words === '' ? w.none : w.noMatch}>{words === '' ? w.noneDo : w.noMatchDo}</Empty>
            )}
            <p className="quiet s section-note">{w.read}</p>
          </>
        )}
      </Loaded>
      {chosen && <PersonPanel key={chosen.id} person={chosen} onClose={() => set('orang', undefined)} />}
      {adding && <NewPerson opds={opds.value ?? []} onClose={() => setAdding(false)} />}
    </Page>
  );
}
