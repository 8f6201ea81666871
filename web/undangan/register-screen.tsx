// Buku nomor surat: every number an OPD gave in a year, the void ones too; where it goes on from paper.
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import Download from 'lucide-react/icons/download';
import type { BookNumber, getClassifications, getNumberBook, getNumberBookCsv, NumberBook, putFirstNumber } from '../../shared/letters.ts';
import type { getOpds } from '../../shared/people.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { letterWords } from '../words/letters.ts';
import './undangan.css';

/** The OPD in the address, else the own one; those this person manages to choose from. */
export function useLetterOpd() {
  const me = useMe();
  const [search] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const managed = (opds.value ?? []).filter((o) => o.kind === 'opd' && me.managesOpds.includes(o.id));
  const id = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : managed[0]?.id);
  return { id, choices: managed.map((o) => ({ value: o.id, label: o.name })) };
}

export function LetterTabs({ opd }: { opd: string | undefined }) {
  const w = useWords(letterWords);
  const me = useMe();
  const of = opd === undefined ? '' : `?opd=${opd}`;
  return (
    <Tabs
      label={w.tabs}
      parts={[
        { to: `/surat/register${of}`, label: w.register },
        { to: `/surat/kop${of}`, label: w.letterhead },
        ...(holds(me, 'admin_opd') ? [{ to: '/surat/kode', label: w.codes }] : []),
      ]}
    />
  );
}

export default function RegisterScreen() {
  const w = useWords(letterWords);
  const { id, choices } = useLetterOpd();
  return (
    <Page title={w.registerTitle} under={<p>{w.registerUnder}</p>}>
      <LetterTabs opd={undefined} />
      {id === undefined ? <Bones rows={6} /> : <Book key={id} opd={id} choices={choices} />}
    </Page>
  );
}

function Book({ opd, choices }: { opd: string; choices: readonly { value: string; label: string }[] }) {
  const w = useWords(letterWords);
  const f = useFormats();
  const [, go] = useLocation();
  const [year, setYear] = useState<number>();
  const given = { params: { opd }, ...(year !== undefined && { query: { year } }) };
  const book = useRead<typeof getNumberBook>('/api/opds/:opd/letter-numbers', given, { keepWhileAsking: true });
  const csv = useDownload<typeof getNumberBookCsv>('/api/opds/:opd/letter-numbers.csv');
  const columns: Column<BookNumber>[] = [
    {
      key: 'number',
      head: w.bookCols.number,
      phone: 'title',
      cell: (row) => (
        <span className="letter-number">
          {row.number} <span className="badge">{Object.entries(w.series).find(([key]) => key === row.series)?.[1] ?? row.series}</span>
        </span>
      ),
    },
    { key: 'day', head: w.bookCols.day, cell: (row) => f.date(row.day) },
    { key: 'subject', head: w.bookCols.subject, cell: (row) => row.subject ?? '–' },
    { key: 'by', head: w.bookCols.by, cell: (row) => row.byName ?? '–' },
    {
      key: 'state',
      head: w.bookCols.state,
      phone: 'plain',
      cell: (row) =>
        row.voided ? (
          <>
            <Mark shape="dash" tone="alarm">
              {w.voided}
            </Mark>{' '}
            <span className="quiet">{row.voided.reason}</span>
          </>
        ) : (
          <Mark shape="full" tone="good">
            {w.used}
          </Mark>
        ),
    },
  ];
  return (
    <Loaded from={book} skeleton={<Bones rows={6} tall />}>
      {(found) => (
        <>
          <div className="tools">
            {choices.length > 1 && <SelectField label={w.opd} value={opd} onValue={(to) => go(`/surat/register?opd=${to}`)} choices={choices} />}
            <SelectField
              label={w.year}
              className="short"
              value={String(found.year)}
              onValue={(to) => setYear(Number(to))}
              choices={found.years.map((one) => ({ value: String(one), label: String(one) }))}
            />
            <Button
              icon={<Download aria-hidden />}
              busy={csv.busy}
              disabled={found.rows.length === 0}
              onClick={() => void csv.fetch({ params: { opd }, query: { year: found.year } }, `nomor-surat-${found.year}.csv`)}
            >
              {w.exportCsv}
            </Button>
          </div>
          {csv.failure && (
            <Note tone="alarm" alert>
              {csv.failure.message}
            </Note>
          )}
          {found.rows.length === 0 ? (
            <Empty title={w.empty}>{w.emptyText}</Empty>
          ) : (
            <Table caption={w.registerTitle} columns={columns} rows={found.rows} rowKey={(row) => row.id} />
          )}
          {found.mayKeep && <First book={found} />}
        </>
      )}
    </Loaded>
  );
}

const SERIES = ['undangan', 'ralat', 'pembatalan', 'disposisi', 'tugas'] as const;

function First({ book }: { book: NumberBook }) {
  const w = useWords(letterWords);
  const codes = useRead<typeof getClassifications>('/api/letter-classifications', {});
  const [series, setSeries] = useState<(typeof SERIES)[number]>('undangan');
  const [classification, setClassification] = useState('005');
  const [first, setFirst] = useState('');
  const save = useWrite<typeof putFirstNumber>('PUT', '/api/opds/:opd/letter-numbers/first', ['/api/opds/:opd/letter-numbers', '/api/opds/:opd/letterhead']);
  const body = { series, classification, year: book.year, first: Number(first) };
  return (
    <Section title={w.first}>
      <p className="section-note">{w.firstText}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run({ params: { opd: book.opdId }, body });
        }}
      >
        <div className="tools">
          <SelectField label={w.firstSeries} value={series} onValue={setSeries} choices={SERIES.map((one) => ({ value: one, label: w.series[one] }))} />
          <SelectField
            label={w.classification}
            value={classification}
            onValue={setClassification}
            choices={(codes.value ?? [{ code: '005', name: '' }]).map((c) => ({ value: c.code, label: `${c.code} ${c.name}` }))}
          />
          <TextField
            label={w.firstNumber}
            className="short"
            type="number"
            min={1}
            max={99_999}
            required
            value={first}
            onValue={setFirst}
            error={fieldFailure(save.failure, 'first')}
          />
          <Button type="submit" busy={save.busy}>
            {w.firstSave}
          </Button>
        </div>
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        {save.reply && !save.failure && <Note tone="good">{w.saved}</Note>}
      </form>
    </Section>
  );
}
