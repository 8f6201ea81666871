// Pendaftaran: who waits first. One press accepts; the focus goes on to the next one who waits.
import { useEffect, useRef, useState } from 'react';
import type { Conference } from '../../../shared/press.ts';
import type { getRegistrations, Registration } from '../../../shared/press-desk.ts';
import { useKnown, useRead } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { deskWords } from '../../words/press-desk.ts';
import { PressPart } from '../part.tsx';
import { RegistrationLine } from './registration-line.tsx';
import { WalkIn } from './walk-in.tsx';
import './desk.css';

/** Fewer are seen at once. */
const WORTH_A_SEARCH = 10;
const OVER: readonly Conference['state'][] = ['draft', 'selesai', 'arsip', 'dibatalkan'];

export default function DeskScreen({ id }: { id: string }) {
  const w = useWords(deskWords);
  const [adding, setAdding] = useState(false);
  return (
    <PressPart id={id} actions={({ state }) => !OVER.includes(state) && <Button onClick={() => setAdding(true)}>{w.walkIn}</Button>}>
      {(conference) => (
        <>
          <Registrations conference={conference} />
          {adding && <WalkIn conferenceId={id} onClose={() => setAdding(false)} />}
        </>
      )}
    </PressPart>
  );
}

function Registrations({ conference }: { conference: Conference }) {
  const w = useWords(deskWords);
  const [wanted, setWanted] = useState('');
  const list = useRead<typeof getRegistrations>('/api/conferences/:id/registrations', { params: { id: conference.id } });
  const known = useKnown<typeof getRegistrations>('/api/conferences/:id/registrations');
  const fits = ({ name, outlet }: Registration): boolean => `${name} ${outlet}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <Loaded from={list} skeleton={<Bones rows={6} tall />}>
      {(all) => {
        if (all.length === 0) return <Empty title={w.noneTitle}>{conference.registrationOpen ? w.noneText : w.noneClosed}</Empty>;
        const rows = all.filter(fits);
        return (
          <>
            {all.length >= WORTH_A_SEARCH && (
              <div className="tools">
                <TextField label={w.filter} type="search" value={wanted} onValue={setWanted} autoComplete="off" />
              </div>
            )}
            {rows.length === 0 && <p className="quiet">{w.nothing}</p>}
            <Groups
              conference={conference}
              rows={rows}
              onDecided={(now) =>
                known(
                  { params: { id: conference.id } },
                  all.map((one) => (one.id === now.id ? now : one)),
                )
              }
            />
            <p className="quiet s section-note">{w.logged}</p>
          </>
        );
      }}
    </Loaded>
  );
}

type GroupsProps = { conference: Conference; rows: readonly Registration[]; onDecided: (now: Registration) => void };

function Groups({ conference, rows, onDecided }: GroupsProps) {
  const w = useWords(deskWords);
  const box = useRef<HTMLDivElement>(null);
  const [decided, setDecided] = useState<{ id: string; text: string }>();
  // Its line moved to another part of the page: the next one who waits is at hand.
  useEffect(() => {
    if (decided) box.current?.querySelector<HTMLButtonElement>('[data-group="menunggu"] .btn-main')?.focus();
  }, [decided]);
  const groups = [
    { key: 'menunggu', title: w.waiting, rows: rows.filter((r) => r.state === 'menunggu') },
    { key: 'diterima', title: w.accepted, rows: rows.filter((r) => r.state === 'diterima') },
    { key: 'ditolak', title: w.refused, rows: rows.filter((r) => r.state === 'ditolak' || r.state === 'dicabut') },
  ];
  return (
    <div ref={box}>
      <p className="sr-only" role="status">
        {decided?.text}
      </p>
      {groups.map((group) =>
        group.rows.length === 0 && group.key !== 'menunggu' ? null : (
          <Section key={group.key} title={group.title} note={group.rows.length > 0 ? group.rows.length : undefined}>
            {group.rows.length === 0 ? (
              <p className="section-note">{w.noWaiting}</p>
            ) : (
              <ul data-group={group.key}>
                {group.rows.map((row) => (
                  <RegistrationLine
                    key={row.id}
                    conference={conference}
                    registration={row}
                    onDecided={(now) => {
                      onDecided(now);
                      setDecided({ id: row.id, text: w.announced(row.name, w.marks[now.state]) });
                    }}
                  />
                ))}
              </ul>
            )}
          </Section>
        ),
      )}
    </div>
  );
}
