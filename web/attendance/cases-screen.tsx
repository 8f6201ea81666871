// Tidak sesuai kode: days whose code and machine do not agree. What is known stands there; a named human says what is right.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { getMachineCases, MachineCase, MachineCases } from '../../shared/machine.ts';
import type { getOpds, Zone } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { dayAfter, dayIn, useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Code, Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { attendanceWords } from '../words/attendance.ts';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import { DecideCase } from './case-decide.tsx';
import { Known } from './case-known.tsx';
import { monthOf, SpanTools } from './confirmations-tools.tsx';
import { PresenceTabs } from './presence-tabs.tsx';
import './machine.css';
import './corrections.css';

export default function CasesScreen() {
  const a = useWords(attendanceWords);
  const c = useWords(commonWords);
  const me = useMe();
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const mine = opds.value?.filter((unit) => unit.kind === 'opd' && me.managesOpds.includes(unit.id)) ?? [];
  const opdId = search.get('opd') ?? (me.opd && me.managesOpds.includes(me.opd.id) ? me.opd.id : mine[0]?.id);
  const span = spanIn(search, zone);
  const set = (more: Record<string, string>): void => setSearch({ ...(opdId !== undefined && { opd: opdId }), ...more }, { replace: true });
  const asked = Object.fromEntries([...search].filter(([name]) => name === 'tanggal' || name === 'bulan'));
  useWatch(opdId === undefined ? undefined : `opd:${opdId}`);
  const list = useRead<typeof getMachineCases>(
    '/api/opds/:id/machine/cases',
    { params: { id: opdId ?? '' }, query: span },
    { enabled: opdId !== undefined, keepWhileAsking: true },
  );
  return (
    <Page title={a.presence}>
      <PresenceTabs />
      {me.managesOpds.length === 0 ? (
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      ) : (
        <>
          <SpanTools opds={mine} opdId={opdId} span={span} onOpd={(opd) => set({ ...asked, opd })} onSpan={set} />
          <Loaded from={list} skeleton={<Bones rows={6} tall />}>
            {(value) => <Cases key={`${value.opdId}${value.from}${value.to}`} list={value} again={list.again} />}
          </Loaded>
        </>
      )}
    </Page>
  );
}

/** `?bulan=2026-11` or `?tanggal=2026-11-22`; this month when neither is said, or the one before on its first days. */
function spanIn(search: URLSearchParams, zone: Zone): { from: string; to: string } {
  const day = search.get('tanggal');
  if (day !== null) return { from: day, to: day };
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(search.get('bulan') ?? '')?.[0];
  return monthOf(month ?? dayAfter(dayIn(zone), -2).slice(0, 7));
}

function Cases({ list, again }: { list: MachineCases; again: () => void }) {
  const w = useWords(machineWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const me = useMe();
  const [opened, setOpened] = useState<MachineCase>();
  const { rows, zone } = list;
  const columns: Column<MachineCase>[] = [
    { key: 'name', head: w.caseCols.name, phone: 'title', cell: (row) => <PlaceCard name={row.name} position={row.unitName} more={row.nip} /> },
    { key: 'day', head: w.caseCols.day, phone: 'plain', cell: (row) => f.day(row.date) },
    {
      key: 'what',
      head: w.caseCols.what,
      phone: 'plain',
      cell: (row) => (
        <span className="case-what">
          <Code code={row.facts.code} title={row.facts.code === null ? undefined : c.codes[row.facts.code]} /> {w.kind[row.kind]}
        </span>
      ),
    },
    { key: 'known', head: w.caseCols.known, phone: 'plain', cell: (row) => <Known row={row} zone={zone} /> },
    { key: 'decided', head: w.caseCols.decided, phone: 'plain', cell: (row) => <Decided row={row} zone={zone} /> },
    {
      key: 'do',
      head: w.look,
      phone: 'plain',
      cell: (row) =>
        row.personId === me.id ? null : (
          <Button kind={row.decided?.current ? 'quiet' : 'plain'} aria-label={w.lookOf(row.name, f.day(row.date))} onClick={() => setOpened(row)}>
            {row.decided?.current ? w.again : w.look}
          </Button>
        ),
    },
  ];
  return (
    <Section title={w.cases} note={list.opdName}>
      <p className="quiet s section-note">{w.casesUnder}</p>
      {rows.length === 0 ? (
        <Empty title={w.noCases}>{w.noCasesDo}</Empty>
      ) : (
        <>
          <p className="sum" aria-live="polite">
            {w.open(list.open, rows.length + list.more)}
          </p>
          <Table caption={w.cases} columns={columns} rows={rows} rowKey={(row) => `${row.personId}${row.date}${row.kind}`} />
        </>
      )}
      {list.more > 0 && <Note>{w.more(list.more)}</Note>}
      <p className="quiet s section-note">{w.read}</p>
      {opened && <DecideCase opdId={list.opdId} row={opened} zone={zone} again={again} onClose={() => setOpened(undefined)} />}
    </Section>
  );
}

function Decided({ row, zone }: { row: MachineCase; zone: Zone }) {
  const w = useWords(machineWords);
  const f = useFormats();
  const { decided } = row;
  if (!decided)
    return (
      <Mark shape="ring" tone="wait">
        {w.undecided}
      </Mark>
    );
  const when = `${f.date(dayIn(zone, new Date(decided.at)))} ${f.time(decided.at, zone)}`;
  return (
    <span>
      <Mark shape={decided.current ? 'full' : 'half'} tone={decided.current ? 'good' : 'wait'}>
        {!decided.current ? w.changed : decided.act === 'ubah_kode' ? w.codeNow(decided.code ?? '') : w.acted[decided.act]}
      </Mark>
      {decided.note !== null && <span className="case-note s">{decided.note}</span>}
      <span className="case-note quiet s">{w.by(decided.byName ?? '–', when)}</span>
    </span>
  );
}
