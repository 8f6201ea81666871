// Rekapitulasi Jadwal: a month as it was published, its revisions with what each changed, files, and the lock of the head.
import { useState } from 'react';
import Download from 'lucide-react/icons/download';
import Lock from 'lucide-react/icons/lock';
import { Link, useSearchParams } from 'wouter';
import { DayCode } from '../../shared/roster.ts';
import type { postRotaStep } from '../../shared/rota.ts';
import type { getJadwalRecap, JadwalRecap } from '../../shared/rota-recap.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { rotaRecapWords } from '../words/rota-recap.ts';
import { RecapFiles, RegionFile } from './recap-files.tsx';
import { LETTER, RecapPeople } from './recap-people.tsx';
import { RecapRevisions } from './recap-revisions.tsx';
import { MonthChoice, RotaOpd, RotaTabs, useMonth, useRotaOpd } from './rota-parts.tsx';
import { useNarrow } from './use-narrow.ts';
import './recap.css';

export default function JadwalRecapScreen() {
  const w = useWords(rotaRecapWords);
  const month = useMonth();
  const opd = useRotaOpd();
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const asked = /^\d{1,4}$/.exec(search.get('revisi') ?? '')?.[0];
  const revision = asked === undefined ? undefined : Number(asked);
  const read = useRead<typeof getJadwalRecap>(
    '/api/opds/:id/rota/recap',
    { params: { id: opd.id ?? '' }, query: { month: month.month, ...(revision !== undefined && { revision }) } },
    { enabled: opd.id !== undefined },
  );
  const choose = (n: number | null): void =>
    setSearch(
      (before) => {
        if (n === null) before.delete('revisi');
        else before.set('revisi', String(n));
        return before;
      },
      { replace: true },
    );
  return (
    <div className="rota-wide">
      <Page title={w.recap}>
        <RotaTabs />
        <div className="tools rota-top">
          <MonthChoice {...month} />
          <RotaOpd opd={opd} />
          <RegionFile month={month.month} />
        </div>
        <Loaded from={read} skeleton={<Bones rows={10} tall />}>
          {({ recap }) =>
            recap === null ? (
              <Empty title={w.none}>{w.noneText}</Empty>
            ) : (
              <>
                <Head recap={recap} onRevision={choose} />
                <Section title={w.people}>
                  {narrow ? <RecapPeople recap={recap} /> : <Grid recap={recap} />}
                  <p className="quiet s section-note">{w.logged}</p>
                </Section>
                {recap.overrides.length > 0 && <Overrides recap={recap} />}
                <RecapRevisions recap={recap} />
              </>
            )
          }
        </Loaded>
      </Page>
    </div>
  );
}

function Head({ recap, onRevision }: { recap: JadwalRecap; onRevision: (n: number | null) => void }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const [open, setOpen] = useState<'lock' | 'files'>();
  const lock = useWrite<typeof postRotaStep>('POST', '/api/rota/plans/:id/steps', ['/api/opds/:id/rota/recap', '/api/opds/:id/rota']);
  const { plan, revision, revisions, locked, policies, letters } = recap;
  const shown = revisions.find((one) => one.revision === revision);
  const isNewest = revision === plan.revision;
  const monthName = f.month(`${plan.month}-01`);
  async function lockNow(): Promise<void> {
    if (await lock.run({ params: { id: plan.id }, body: { act: 'kunci', version: plan.version, words: null } })) setOpen(undefined);
  }
  return (
    <div className="recap-head">
      <div className="stack">
        <p className="recap-paper">
          <strong>{w.paperTitle(monthName)}</strong> {plan.opdName}
        </p>
        {shown && <p>{w.under(revision, f.dayOf(shown.at, recap.zone), shown.byName)}</p>}
        {!isNewest && <Note tone="wait">{w.old}</Note>}
        {locked ? (
          <p className="recap-locked">
            <Lock aria-hidden /> {w.locked(locked.byName, `${f.dayOf(locked.at, recap.zone)}, ${f.time(locked.at, recap.zone)}`)}
          </p>
        ) : (
          <p className="quiet">{w.notLocked}</p>
        )}
        <dl className="recap-facts">
          <dt>{w.policies}</dt>
          <dd>{policies.join(', ') || '–'}</dd>
          <dt>{w.letters}</dt>
          <dd>
            {letters.map(({ number }) => number).join(', ') || w.noLetters} ·{' '}
            <Link href={`/jadwal/surat-tugas?bulan=${plan.month}&opd=${plan.opdId}`}>{w.toLetters}</Link>
          </dd>
        </dl>
      </div>
      <div className="row recap-acts">
        {revisions.length > 1 && (
          <SelectField
            label={w.revision}
            value={String(revision)}
            onValue={(n) => onRevision(Number(n) === plan.revision ? null : Number(n))}
            choices={revisions
              .toReversed()
              .map((one) => ({ value: String(one.revision), label: one.revision === plan.revision ? w.newest(one.revision) : w.revisionOf(one.revision) }))}
          />
        )}
        <Button icon={<Download aria-hidden />} onClick={() => setOpen('files')}>
          {w.download}
        </Button>
        {recap.mayLock && isNewest && (
          <Button kind="main" icon={<Lock aria-hidden />} onClick={() => setOpen('lock')}>
            {w.lock}
          </Button>
        )}
      </div>
      {open === 'lock' && (
        <Ask
          title={w.lockTitle(monthName)}
          text={w.lockText(revision)}
          yes={w.lock}
          alarm={false}
          busy={lock.busy}
          failure={lock.failure?.message}
          onYes={() => void lockNow()}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'files' && <RecapFiles recap={recap} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function Grid({ recap: { days, rows, sums } }: { recap: JadwalRecap }) {
  const w = useWords(rotaRecapWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const used = DayCode.options.map((code, n) => ({ code, n })).filter(({ n }) => (sums[n] ?? 0) > 0);
  return (
    // Wide by nature: it scrolls by itself, also by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="recap-scroll" role="region" aria-label={w.people} tabIndex={0}>
      <table className="recap-grid">
        <thead>
          <tr>
            <th scope="col">{w.name}</th>
            {days.map(({ date, kind, name }) => (
              <th key={date} scope="col" className="recap-day" data-off={kind === 'kerja' ? undefined : true} title={name ?? f.weekday(date)}>
                <span className="sr-only">{f.weekday(date)} </span>
                {Number(date.slice(8))}
              </th>
            ))}
            {used.map(({ code }) => (
              <th key={code} scope="col" className="recap-sum" title={c.codes[code]}>
                {code}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.personId}>
              <th scope="row">
                <PlaceCard name={row.name} position={row.position} more={row.nip} />
              </th>
              {row.cells.map((cell, n) => (
                <td
                  key={days[n]?.date ?? n}
                  className="recap-day"
                  data-code={cell?.code}
                  data-off={days[n]?.kind === 'kerja' ? undefined : true}
                  title={cell?.shift ?? undefined}
                >
                  {cell && (
                    <>
                      <span aria-hidden>{LETTER[cell.code]}</span>
                      <span className="sr-only">{cell.shift === null ? cell.code : `${cell.code} ${cell.shift}`}</span>
                    </>
                  )}
                </td>
              ))}
              {used.map(({ code, n }) => (
                <td key={code} className="recap-sum">
                  {row.sums[n] || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.sum}</th>
            <td className="recap-day recap-legend" colSpan={days.length}>
              {w.legend}
            </td>
            {used.map(({ code, n }) => (
              <td key={code} className="recap-sum">
                {sums[n]}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Overrides({ recap }: { recap: JadwalRecap }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  return (
    <Section title={w.overrides}>
      <ul className="recap-list">
        {recap.overrides.map((one) => (
          <li key={one.key}>
            <strong>{one.words}</strong>
            <span className="quiet s">{w.reason(one.reason, one.byName, f.dayOf(one.at, recap.zone))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
