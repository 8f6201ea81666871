// The agenda in order, and its editing by the chair or the notulis; the notulis is named here too.
import { useState } from 'react';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import X from 'lucide-react/icons/x';
import type { Proceedings, putAgenda, putNotulis } from '../../shared/proceedings.ts';
import { useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { newKey } from '../platform/new-key.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { proceedingsWords } from '../words/proceedings.ts';

export const CHANGED = ['/api/meetings/:id/proceedings'];

export function AgendaPart({ of }: { of: Proceedings }) {
  const w = useWords(proceedingsWords);
  const f = useFormats();
  const [editing, setEditing] = useState(false);
  const { agenda, you } = of;
  return (
    <Section
      title={w.agenda}
      actions={
        you.mayWrite &&
        !editing && (
          <Button kind="quiet" onClick={() => setEditing(true)}>
            {w.agendaEdit}
          </Button>
        )
      }
    >
      {editing ? (
        <AgendaForm of={of} onDone={() => setEditing(false)} />
      ) : (
        <div className="stack">
          {agenda.items.length === 0 ? (
            <p className="quiet">{w.agendaEmpty}</p>
          ) : (
            <ol className="agenda-list">
              {agenda.items.map((item) => (
                <li key={item.id}>
                  {item.text} <AgendaTime of={of} itemId={item.id} />
                </li>
              ))}
            </ol>
          )}
          {agenda.setAt !== null && (
            <p className="quiet s">
              {agenda.setByName === null ? w.agendaBorn : w.agendaBy(agenda.setByName, `${f.dayOf(agenda.setAt, of.zone)}, ${f.time(agenda.setAt, of.zone)}`)}
            </p>
          )}
          <Notulis of={of} />
        </div>
      )}
    </Section>
  );
}

/** How long it is meant to take; once the meeting was there, from when to when. */
function AgendaTime({ of, itemId }: { of: Proceedings; itemId: string }) {
  const w = useWords(proceedingsWords);
  const f = useFormats();
  const minutes = of.agenda.items.find(({ id }) => id === itemId)?.minutes ?? null;
  const spent = of.agenda.spent.find((one) => one.itemId === itemId);
  const took = spent?.to ? w.agendaSpent(f.time(spent.from, of.zone), f.time(spent.to, of.zone), Math.max(1, Math.round(spent.ms / 60_000))) : null;
  const words = [minutes === null ? null : w.agendaMinutes(minutes), took].filter(Boolean).join(' · ');
  return words === '' ? null : <small className="quiet">{words}</small>;
}

function Notulis({ of }: { of: Proceedings }) {
  const w = useWords(proceedingsWords);
  const name = useWrite<typeof putNotulis>('PUT', '/api/meetings/:id/notulis', CHANGED);
  const { notulis } = of;
  const people = of.rollUnits.flatMap((unit) => unit.people).filter((person) => person.personId !== null && person.badge === null);
  if (!(of.you.chair && of.you.mayWrite))
    return (
      <p>
        {w.notulis}: {notulis ? [notulis.name, notulis.label].filter(Boolean).join(', ') : w.notulisNone}
      </p>
    );
  return (
    <>
      <SelectField
        className="narrow-field"
        label={w.notulisName}
        hint={w.notulisHint}
        value={notulis?.personId ?? ''}
        disabled={name.busy}
        onValue={(personId) => void name.run({ params: { id: of.meetingId }, body: { personId: personId === '' ? null : personId } })}
        choices={[
          { value: '', label: w.notulisNone },
          ...people.map((p) => ({ value: p.personId ?? '', label: [p.name, p.label].filter(Boolean).join(', ') })),
        ]}
      />
      {name.failure && (
        <Note tone="alarm" alert>
          {name.failure.message}
        </Note>
      )}
    </>
  );
}

type Line = { key: string; id: string | undefined; text: string; minutes: string };

function AgendaForm({ of, onDone }: { of: Proceedings; onDone: () => void }) {
  const w = useWords(proceedingsWords);
  const write = useWrite<typeof putAgenda>('PUT', '/api/meetings/:id/agenda', CHANGED);
  const [version] = useState(of.agenda.version);
  const [lines, setLines] = useState<Line[]>(() =>
    of.agenda.items.map(({ id, text, minutes }) => ({ key: id, id, text, minutes: minutes === null ? '' : String(minutes) })),
  );
  const change = (at: number, next: Partial<Line>): void => setLines((all) => all.map((one, i) => (i === at ? { ...one, ...next } : one)));
  const total = lines.reduce((sum, one) => sum + (Number(one.minutes) || 0), 0);
  const remove = (at: number): void => setLines((all) => all.filter((_, i) => i !== at));
  const move = (at: number, by: 1 | -1): void =>
    setLines((all) => {
      const next = [...all];
      const [one] = next.splice(at, 1);
      if (one) next.splice(at + by, 0, one);
      return next;
    });
  async function save(): Promise<void> {
    const items = lines
      .filter((one) => one.text.trim() !== '')
      .map(({ id, text, minutes }) => ({ text, minutes: minutes === '' ? null : Number(minutes), ...(id !== undefined && { id }) }));
    if (await write.run({ params: { id: of.meetingId }, body: { version, items } })) onDone();
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ol className="agenda-form">
        {lines.map((one, i) => (
          <li key={one.key}>
            <span className="num" aria-hidden="true">
              {i + 1}.
            </span>
            <input aria-label={w.agendaItem(i + 1)} value={one.text} maxLength={300} onChange={(event) => change(i, { text: event.target.value })} />
            <input
              className="agenda-minutes"
              type="number"
              inputMode="numeric"
              min={1}
              max={600}
              placeholder={w.minutesShort}
              aria-label={w.agendaMinutesField(i + 1)}
              value={one.minutes}
              onChange={(event) => change(i, { minutes: event.target.value })}
            />
            <span className="row">
              <Button
                kind="quiet"
                className="btn-icon"
                icon={<ArrowUp aria-hidden />}
                aria-label={w.up(i + 1)}
                disabled={i === 0}
                onClick={() => move(i, -1)}
              />
              <Button
                kind="quiet"
                className="btn-icon"
                icon={<ArrowDown aria-hidden />}
                aria-label={w.down(i + 1)}
                disabled={i === lines.length - 1}
                onClick={() => move(i, 1)}
              />
              <Button kind="quiet" className="btn-icon" icon={<X aria-hidden />} aria-label={w.remove(i + 1)} onClick={() => remove(i)} />
            </span>
          </li>
        ))}
      </ol>
      <div>
        <Button onClick={() => setLines((all) => [...all, { key: newKey(), id: undefined, text: '', minutes: '' }])}>{w.agendaAdd}</Button>
      </div>
      {total > 0 && <p className="quiet s">{w.agendaTotal(total)}</p>}
      {write.failure && (
        <Note tone="alarm" alert>
          {write.failure.message}
        </Note>
      )}
      <div className="row row-end">
        <Button onClick={onDone}>{w.cancel}</Button>
        <Button kind="main" type="submit" busy={write.busy}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}
