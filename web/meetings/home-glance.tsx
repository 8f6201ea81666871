// One glance over the own OPD for who heads or keeps it: each figure leads to where it comes from.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { UnitGlance } from '../../shared/home.ts';
import type { Zone } from '../../shared/people.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { homeWords } from '../words/home.ts';

type Line = { key: string; n: number; word: string; to: string; tone?: 'wait' | 'alarm' };
const MOST_NAMED = 2;

export function Glance({ unit, zone }: { unit: UnitGlance; zone: Zone }) {
  const w = useWords(homeWords);
  const f = useFormats();
  const board = (only: string): string => `/presensi?tampil=${only}`;
  const present: Line[] = [
    { key: 'onSite', n: unit.onSite, word: w.glance.onSite, to: board('kantor') },
    { key: 'atHome', n: unit.atHome, word: w.glance.atHome, to: board('wfh') },
    { key: 'away', n: unit.away, word: w.glance.away, to: board('pergi') },
  ];
  const asked: Line[] = [
    { key: 'unproven', n: unit.unproven, word: w.glance.unproven, to: board('wfh-belum-bukti'), tone: 'wait' as const },
    { key: 'noCode', n: unit.noCode, word: w.glance.noCode, to: board('tanpa-kode'), tone: 'wait' as const },
    { key: 'asks', n: unit.asks, word: w.glance.asks, to: '/presensi/tidak-sesuai', tone: 'wait' as const },
    ...unit.plans.flatMap(({ plan, violations }): Line[] => {
      const to = `/jadwal?bulan=${plan.month}`;
      const month = f.month(`${plan.month}-01`);
      return [
        { key: `decide ${plan.id}`, n: plan.state === 'diajukan' ? 1 : 0, word: w.glance.decide(month), to, tone: 'wait' },
        { key: `broken ${plan.id}`, n: violations, word: w.glance.violations(month), to, tone: 'alarm' },
      ];
    }),
    { key: 'swaps', n: unit.swaps, word: w.glance.swaps, to: '/jadwal/tukar', tone: 'wait' as const },
  ].filter(({ n }) => n > 0);
  const named = unit.onDuty.slice(0, MOST_NAMED).map(({ name, until }) => w.glance.dutyUntil(name, f.time(until, zone)));
  const others = unit.onDuty.length - named.length;
  return (
    <section className="glance" aria-label={w.glance.title(unit.opdName)}>
      <Figures lines={present} />
      <p className="glance-duty">
        <Link href="/piket" className="tap">
          {w.glance.duty}:
        </Link>{' '}
        {unit.onDuty.length === 0 ? w.glance.dutyNone : `${named.join('; ')}${others > 0 ? `; ${w.glance.dutyMore(others)}` : ''}`}
      </p>
      <Figures lines={asked} />
    </section>
  );
}

function Figures({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="glance-figures">
      {lines.map(({ key, n, word, to, tone }): ReactNode => (
        <li key={key}>
          <Link href={to} className="tap glance-figure" data-tone={tone}>
            <strong className="num">{n}</strong> {word}
          </Link>
        </li>
      ))}
    </ul>
  );
}
