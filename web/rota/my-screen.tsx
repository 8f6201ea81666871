// Jadwal saya: the own days of a month as published, with their basis, who is on duty too, and a swap to ask for.
import { useState } from 'react';
import { Link } from 'wouter';
import type { getMyRota, MyDay, postRotaSwap } from '../../shared/rota.ts';
import type { ReplyOf } from '../../shared/endpoint.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import { cellText } from './cells-text.ts';
import { MonthChoice, RotaTabs, useMonth } from './rota-parts.tsx';

type My = ReplyOf<typeof getMyRota>;
const codeOf = ({ code, shift }: Pick<MyDay, 'code' | 'shift'>): string => (code === null ? '' : cellText({ code, shift }));
/** A day that rests on a letter says so, with its number (server/assignments). */
const BY_LETTER = 'Surat Tugas ';
const isSwapped = (code: string | null): boolean => code === 'WFO' || code === 'WFH' || code === 'PIKET' || code === 'LIBUR';

export default function MyScreen() {
  const w = useWords(rotaWords);
  const month = useMonth();
  const read = useRead<typeof getMyRota>('/api/me/rota', { query: { month: month.month } });
  return (
    <Page title={w.mine} under={<p>{w.my.under}</p>} narrow>
      <RotaTabs />
      <MonthChoice {...month} />
      <Loaded from={read} skeleton={<Bones rows={10} tall />}>
        {(mine) => (mine.planId === null ? <Empty title={w.my.none}>{w.my.noneText}</Empty> : <Known mine={mine} />)}
      </Loaded>
    </Page>
  );
}

function Known({ mine }: { mine: My }) {
  const w = useWords(rotaWords);
  const [asking, setAsking] = useState<MyDay>();
  const count = (...codes: (string | null)[]): number => mine.days.filter(({ code }) => codes.includes(code)).length;
  const withMe = (n: number, { code, shift }: MyDay): string =>
    code === 'PIKET'
      ? mine.colleagues
          .filter(({ codes }) => codes[n]?.code === 'PIKET' && (codes[n]?.shift ?? null) === shift)
          .map(({ name }) => name)
          .join(', ')
      : '';
  const waiting = (date: string): boolean =>
    mine.swaps.some(({ state, asker, other }) => (state === 'diminta' || state === 'disepakati') && (asker.date === date || other.date === date));
  const days = mine.days.map((day, n) => (
    <DayRow key={day.date} mine={mine} day={day} colleagues={withMe(n, day)} waits={waiting(day.date)} onAsk={() => setAsking(day)} />
  ));
  // A month that runs begins with today; one that is over is read as a whole.
  const gone = mine.days.filter(({ date }) => date < mine.today).length;
  const past = gone === days.length ? [] : days.slice(0, gone);
  return (
    <>
      <p>
        {w.my.sum(count('WFH'), count('WFO', 'PIKET'), count('PIKET'))} <span className="quiet">{mine.revision !== null && w.revisionOf(mine.revision)}</span>
      </p>
      {past.length > 0 && (
        <details className="rota-past">
          <summary>{w.my.past(past.length)}</summary>
          <ul className="rota-day-list">{past}</ul>
        </details>
      )}
      <ul className="rota-day-list">{days.slice(past.length)}</ul>
      {asking && <AskSwap mine={mine} day={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

type DayRowProps = { mine: My; day: MyDay; colleagues: string; waits: boolean; onAsk: () => void };

function DayRow({ mine, day, colleagues, waits, onAsk }: DayRowProps) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const isOpen = day.date > mine.today && isSwapped(day.code) && mine.colleagues.length > 0;
  return (
    <li data-kind={day.kind === 'kerja' ? undefined : day.kind} data-today={day.date === mine.today || undefined}>
      <span>
        {f.weekday(day.date)} <strong>{Number(day.date.slice(8))}</strong>
        {day.date === mine.today && <span className="rota-now">{w.today}</span>}
      </span>
      <Code code={day.code} title={day.code ? c.codes[day.code] : w.empty} />
      <span className="s">
        {day.shift && <span>{day.shift}</span>}
        {day.name && <span>{day.name}</span>}
        {colleagues !== '' && <span>{w.my.with(colleagues)}</span>}
        {day.basis?.startsWith(BY_LETTER) ? (
          <Link href={`/jadwal/surat-tugas?bulan=${mine.month}&surat=${encodeURIComponent(day.basis.slice(BY_LETTER.length))}`}>{day.basis}</Link>
        ) : (
          day.basis && day.kind === 'kerja' && <span className="quiet">{day.basis}</span>
        )}
      </span>
      {isOpen && waits && <Link href="/jadwal/tukar">{w.my.asked}</Link>}
      {isOpen && !waits && (
        <Button kind="quiet" onClick={onAsk}>
          {w.my.ask}
          <span className="sr-only"> {f.day(day.date)}</span>
        </Button>
      )}
    </li>
  );
}

function AskSwap({ mine, day, onClose }: { mine: My; day: MyDay; onClose: () => void }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const open = (id: string) => {
    const codes = mine.colleagues.find((one) => one.id === id)?.codes ?? [];
    // Days on which the two have another thing, so that there is something to swap.
    return mine.days.flatMap(({ date, code, shift }, n) => {
      const theirs = codes[n];
      const own = { code, shift };
      const isOther = theirs && isSwapped(code) && (theirs.code !== own.code || theirs.shift !== own.shift);
      return date > mine.today && theirs && (isOther || date !== day.date)
        ? [{ value: date, label: `${f.weekday(date)} ${f.date(date)}: ${w.my.theyHave(cellText(theirs))}` }]
        : [];
    });
  };
  const [otherId, setOther] = useState(mine.colleagues[0]?.id ?? '');
  const [otherDate, setDate] = useState(day.date);
  const [note, setNote] = useState('');
  const ask = useWrite<typeof postRotaSwap>('POST', '/api/rota/swaps', ['/api/me/rota', '/api/rota/swaps']);
  const days = open(otherId);
  const chosen = days.some(({ value }) => value === otherDate) ? otherDate : (days[0]?.value ?? '');
  async function submit(): Promise<void> {
    if (await ask.run({ body: { date: day.date, otherId, otherDate: chosen, note: note.trim() === '' ? null : note } })) onClose();
  }
  return (
    <Dialog title={w.my.askTitle(f.day(day.date))} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          {f.day(day.date)}: <strong>{codeOf(day)}</strong>
        </p>
        <SelectField
          label={w.my.other}
          value={otherId}
          onValue={setOther}
          choices={mine.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
          error={fieldFailure(ask.failure, 'otherId')}
        />
        <SelectField label={w.my.otherDay} value={chosen} onValue={setDate} choices={days} error={fieldFailure(ask.failure, 'otherDate')} />
        <TextField label={w.my.note} optional maxLength={200} value={note} onValue={setNote} autoComplete="off" />
        {ask.failure && (
          <Note tone="alarm" alert>
            {ask.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={ask.busy} disabled={chosen === ''}>
            {w.my.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
