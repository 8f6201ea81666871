// What a log would bring: sums, lines that are not understood, and the columns, which can be chosen otherwise.
import { useState } from 'react';
import type { MachineFormat, MachinePreview } from '../../shared/machine.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Table } from '../ui/table.tsx';
import { machineWords } from '../words/machine.ts';

export function PreviewOf({ preview, when }: { preview: MachinePreview; when: (at: string) => string }) {
  const w = useWords(machineWords);
  if (preview.format === null) return <Note tone="wait">{w.unknownColumns}</Note>;
  return (
    <>
      <p className="sum">{w.found(preview)}</p>
      {preview.first !== null && preview.last !== null && <p className="s num">{w.range(when(preview.first), when(preview.last))}</p>}
      {preview.before && <Note>{w.before(when(preview.before.at), preview.before.byName ?? '–')}</Note>}
      {preview.added === 0 && preview.lines > 0 && !preview.before && <Note>{w.nothingNew}</Note>}
      {preview.unknown.length > 0 && (
        <p className="s">
          {w.unknown}:{' '}
          <span className="num">
            {preview.unknown
              .slice(0, 12)
              .map(({ pin }) => pin)
              .join(', ')}
          </span>
          {preview.unknown.length > 12 && ` … (${preview.unknown.length})`}
        </p>
      )}
      {preview.notUnderstood.length > 0 && (
        <Table
          caption={w.notUnderstood}
          rows={preview.notUnderstood}
          rowKey={(row) => String(row.line)}
          columns={[
            { key: 'line', head: w.cols.line, phone: 'title', cell: (row) => w.line(row.line) },
            { key: 'why', head: w.cols.why, phone: 'plain', cell: (row) => row.why },
            { key: 'text', head: w.cols.text, phone: 'plain', cell: (row) => <span className="quiet s machine-line">{row.text}</span> },
          ]}
        />
      )}
    </>
  );
}

const ORDERS = ['dmy', 'mdy'] as const;
type Props = { preview: MachinePreview; busy: boolean; onApply: (format: MachineFormat) => void };

export function FormatFields({ preview, busy, onApply }: Props) {
  const w = useWords(machineWords);
  const { columns } = preview;
  const [format, setFormat] = useState<MachineFormat>(
    preview.format ?? {
      header: columns.some(({ name }, n) => name !== String(n + 1)),
      pin: columns[0]?.name ?? '1',
      at: (columns[1] ?? columns[0])?.name ?? '1',
      clock: null,
      device: null,
      order: 'dmy',
    },
  );
  const choices = columns.map(({ name, samples }) => ({ value: name, label: samples[0] === undefined ? name : `${name} (${samples[0].slice(0, 24)})` }));
  const none = { value: '', label: w.none };
  return (
    <details className="machine-format" open={preview.format === null}>
      <summary>
        {w.columns}
        {preview.formatBy !== null && <span className="quiet s"> {w.formatBy[preview.formatBy]}</span>}
      </summary>
      <div className="machine-fields">
        <SelectField label={w.pin} value={format.pin} onValue={(pin) => setFormat({ ...format, pin })} choices={choices} />
        <SelectField label={w.at} value={format.at} onValue={(at) => setFormat({ ...format, at })} choices={choices} />
        <SelectField
          label={w.clock}
          value={format.clock ?? ''}
          onValue={(clock) => setFormat({ ...format, clock: clock || null })}
          choices={[none, ...choices]}
        />
        <SelectField
          label={w.device}
          value={format.device ?? ''}
          onValue={(device) => setFormat({ ...format, device: device || null })}
          choices={[none, ...choices]}
        />
        <SelectField
          label={w.order}
          value={format.order}
          onValue={(order) => setFormat({ ...format, order })}
          choices={ORDERS.map((value) => ({ value, label: w.orders[value] }))}
        />
      </div>
      <Button kind={preview.format === null ? 'main' : 'plain'} busy={busy} onClick={() => onApply(format)}>
        {w.apply}
      </Button>
    </details>
  );
}
