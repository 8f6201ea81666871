// What the screens of the roster share: the tabs, the OPD and the month one looks at.
import { useSearchParams } from 'wouter';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { getOpds } from '../../shared/people.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { SelectField } from '../ui/field.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { monthIn, opdIn } from './ask-for-month.ts';
import { rotaWords } from '../words/rota.ts';
import { rotaRecapWords } from '../words/rota-recap.ts';
import './rota.css';

export const mayReadRota = (me: Parameters<typeof holds>[0]): boolean => holds(me, 'admin_opd', 'kepala_opd', 'bkd');

export function RotaTabs() {
  const w = useWords(rotaWords);
  const r = useWords(rotaRecapWords);
  const manages = mayReadRota(useMe());
  const parts = [{ to: '/jadwal-saya', label: w.mine }];
  if (manages) parts.unshift({ to: '/jadwal', label: w.month });
  parts.push({ to: '/jadwal/tukar', label: w.swaps });
  if (manages) parts.push({ to: '/jadwal/cuti', label: w.absences }, { to: '/jadwal/rekap', label: r.recap });
  parts.push({ to: '/jadwal/surat-tugas', label: r.assignments });
  return <Tabs label={w.tabs} parts={parts} />;
}

const shifted = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
};

/** The month in the address, else this one. */
export function useMonth() {
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const month = monthIn(search, zone);
  const choose = (next: string): void =>
    setSearch(
      (before) => {
        before.set('bulan', next);
        return before;
      },
      { replace: true },
    );
  return { month, by: (months: number) => choose(shifted(month, months)) };
}

export function MonthChoice({ month, by }: ReturnType<typeof useMonth>) {
  const w = useWords(rotaWords);
  const f = useFormats();
  return (
    <div className="rota-month">
      <button type="button" className="btn btn-quiet btn-icon" aria-label={w.before} onClick={() => by(-1)}>
        <ChevronLeft aria-hidden />
      </button>
      <h2 aria-live="polite">{f.month(`${month}-01`)}</h2>
      <button type="button" className="btn btn-quiet btn-icon" aria-label={w.after} onClick={() => by(1)}>
        <ChevronRight aria-hidden />
      </button>
    </div>
  );
}

/** The OPD in the address, else the own one. */
export function useRotaOpd() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const opds = useRead<typeof getOpds>('/api/opds', {});
  const all = (opds.value ?? []).filter(({ id, kind }) => kind === 'opd' && (me.managesOpds.includes(id) || me.opd?.id === id));
  const choose = (opd: string): void =>
    setSearch(
      (before) => {
        before.set('opd', opd);
        return before;
      },
      { replace: true },
    );
  return { id: opdIn(search, me) ?? all[0]?.id, choose, choices: all.map(({ id, name }) => ({ value: id, label: name })) };
}

export function RotaOpd({ opd: { id, choose, choices } }: { opd: ReturnType<typeof useRotaOpd> }) {
  const w = useWords(rotaWords);
  return choices.length > 1 && id !== undefined ? <SelectField label={w.office} value={id} onValue={choose} choices={choices} /> : null;
}
