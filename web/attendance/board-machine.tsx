// The machine on the board: when somebody touched it, and what stands over the whole day.
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type { DayBoard, DayRow } from '../../shared/attendance.ts';
import type { postReckoning } from '../../shared/machine.ts';
import type { Zone } from '../../shared/people.ts';
import { useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { mayKeepStaff, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Mark } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { machineWords } from '../words/machine.ts';
import './machine.css';

export function MachineCell({ row, date, opdId, zone }: { row: DayRow; date: string; opdId: string; zone: Zone }) {
  const w = useWords(machineWords);
  const f = useFormats();
  const { machine, mustRecord, asks } = row;
  return (
    <>
      {machine && (
        <span className="num">
          {machine.punches === 1 ? f.time(machine.first, zone) : f.span(machine.first, machine.last, zone)}
          {machine.late > 0 && <span className="machine-sign">{w.late(machine.late)}</span>}
          {machine.early > 0 && <span className="machine-sign">{w.early(machine.early)}</span>}
        </span>
      )}
      {!machine && mustRecord && (
        <span className="quiet s">
          {w.expected}, {w.noTouch}
        </span>
      )}
      {asks && (
        <span className="machine-sign">
          <Mark shape="ring" tone="wait">
            <Link href={`/presensi/tidak-sesuai?opd=${opdId}&tanggal=${date}`}>{w.asks}</Link>
          </Mark>
        </span>
      )}
    </>
  );
}

/** Hours of the office, the log so far, and whether the day would be reckoned otherwise today. */
export function OfficeLine({ board }: { board: DayBoard }) {
  const w = useWords(machineWords);
  const f = useFormats();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const { office, zone, machineUntil, rows } = board;
  const must = rows.filter((row) => row.mustRecord);
  const day = office.hours ? w.hours(f.span(office.hours.from, office.hours.to, zone)) : office.kind === 'akhir_pekan' ? w.weekend : w.off(office.name);
  const log = machineUntil === null ? w.noLog : w.until(`${f.date(dayIn(zone, new Date(machineUntil)))} ${f.time(machineUntil, zone)}`);
  return (
    <>
      <p className="s board-line">
        {day} {must.length > 0 && w.sums({ must: must.length, touched: must.filter((row) => row.machine).length, asks: rows.filter((row) => row.asks).length })}{' '}
        {log}
      </p>
      {office.moved && (
        <Note tone="wait">
          {w.moved} {mayKeepStaff(me) && <Button onClick={() => setAsking(true)}>{w.reckon}</Button>}
        </Note>
      )}
      {asking && <Reckon opdId={board.opdId} date={board.date} onClose={() => setAsking(false)} />}
    </>
  );
}

function Reckon({ opdId, date, onClose }: { opdId: string; date: string; onClose: () => void }) {
  const w = useWords(machineWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const save = useWrite<typeof postReckoning>('POST', '/api/opds/:id/reckonings', [
    '/api/opds/:id/day',
    '/api/opds/:id/machine/cases',
    '/api/opds/:id/confirmations',
  ]);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await save.run({ params: { id: opdId }, body: { from: date, to: date, reason } })) onClose();
  }
  return (
    <Dialog title={w.reckonTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.reckonText}</p>
        <TextField label={w.reckonReason} value={reason} onValue={setReason} required maxLength={200} />
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={save.busy}>
            {w.reckon}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
