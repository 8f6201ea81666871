// The own roster to come and what stands with it, and what the attendance machine's log says.
import { useState } from 'react';
import type { MyData } from '../../shared/privacy.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Code } from '../ui/marks.tsx';
import { Table } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import { privacyWords } from '../words/privacy.ts';

const FIRST = 14;

export function OwnRoster({ data: { roster, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const c = useWords(commonWords);
  const f = useFormats();
  const [all, setAll] = useState(false);
  const { ahead, groups, homeFirst } = roster;
  const shown = all ? ahead : ahead.slice(0, FIRST);
  return (
    <div className="stack">
      {groups.map(({ name, from, until, basis }) => (
        <p key={`${name}${from}`}>{w.group(name, f.date(from), until === null ? null : f.date(until), basis)}</p>
      ))}
      <p className={homeFirst === null ? 'quiet s' : ''}>{homeFirst === null ? w.noHomeFirst : w.homeFirst(f.shortDayOf(homeFirst, zone))}</p>
      {ahead.length === 0 ? (
        <p className="section-note">{w.noAhead}</p>
      ) : (
        <Table
          caption={w.roster}
          rows={shown}
          rowKey={(row) => row.date}
          columns={[
            { key: 'date', head: w.dayCols.date, phone: 'title', cell: (row) => <span className="num">{f.date(row.date)}</span> },
            { key: 'code', head: w.dayCols.code, phone: 'plain', cell: (row) => <Code code={row.code} title={c.codes[row.code]} /> },
            { key: 'basis', head: w.basis, phone: 'plain', cell: (row) => <span className="quiet s">{row.basis}</span> },
          ]}
        />
      )}
      <More shown={shown.length} of={ahead.length} onAll={() => setAll(true)} />
    </div>
  );
}

export function OwnMachine({ data: { machine, zone } }: { data: MyData }) {
  const w = useWords(privacyWords);
  const m = useWords(machineWords);
  const f = useFormats();
  const [all, setAll] = useState(false);
  const { touches, pins, decisions } = machine;
  const shown = all ? touches : touches.slice(0, FIRST);
  return (
    <div className="stack">
      {pins.map(({ opdName, pin, from, byName }) => (
        <p key={`${opdName ?? ''}${pin}${from}`}>{w.ownPin(pin, opdName ?? '–', f.date(from), byName ?? '–')}</p>
      ))}
      {touches.length === 0 ? (
        <p className="section-note">{w.noTouches}</p>
      ) : (
        <Table
          caption={w.machine}
          rows={shown}
          rowKey={(row) => `${row.at}${row.device ?? ''}`}
          columns={[
            {
              key: 'at',
              head: w.touchCols.at,
              phone: 'title',
              cell: (row) => (
                <span className="num">
                  {f.shortDayOf(row.at, zone)}, {f.time(row.at, zone)}
                </span>
              ),
            },
            { key: 'device', head: w.touchCols.device, phone: 'plain', cell: (row) => row.device ?? '–' },
            { key: 'opd', head: w.touchCols.opd, phone: 'plain', cell: (row) => row.opdName },
          ]}
        />
      )}
      <More shown={shown.length} of={touches.length} onAll={() => setAll(true)} />
      {decisions.length > 0 && (
        <Table
          caption={w.decisions}
          rows={decisions}
          rowKey={(row) => `${row.date}${row.kind}${row.at}`}
          columns={[
            { key: 'date', head: w.dayCols.date, phone: 'title', cell: (row) => <span className="num">{f.date(row.date)}</span> },
            { key: 'what', head: m.caseCols.what, phone: 'plain', cell: (row) => m.kind[row.kind] },
            {
              key: 'decided',
              head: m.caseCols.decided,
              phone: 'plain',
              cell: (row) => [row.act === 'ubah_kode' ? m.codeNow(row.code ?? '–') : m.acted[row.act], row.note].filter(Boolean).join(': '),
            },
            {
              key: 'by',
              head: w.decidedCol,
              phone: 'plain',
              cell: (row) => <span className="quiet s">{m.by(row.byName ?? '–', f.shortDayOf(row.at, zone))}</span>,
            },
          ]}
        />
      )}
    </div>
  );
}

function More({ shown, of, onAll }: { shown: number; of: number; onAll: () => void }) {
  const w = useWords(privacyWords);
  if (shown >= of) return null;
  return (
    <div>
      <Button kind="quiet" onClick={onAll}>
        {w.saidAll(of)}
      </Button>
    </div>
  );
}
