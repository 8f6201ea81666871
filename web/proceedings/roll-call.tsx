// What the roll-calls found, round by round, beside what the portal saw.
import type { Proceedings } from '../../shared/proceedings.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Section } from '../ui/page.tsx';
import { Table } from '../ui/table.tsx';
import { proceedingsWords } from '../words/proceedings.ts';

export function RollCall({ of }: { of: Proceedings }) {
  const w = useWords(proceedingsWords);
  const f = useFormats();
  const everybody = of.rollUnits.reduce((n, unit) => n + unit.people.length, 0);
  return (
    <Section title={w.tabs.roll}>
      <div className="stack">
        {of.rollCall.map(({ round, openedAt, marks }) => {
          const present = marks.filter((mark) => mark.mark === 'hadir').length;
          return (
            <div key={round} className="stack">
              <p className="sum">
                {w.round(round, f.time(openedAt, of.zone))}: {w.rollCount(present, marks.length - present, Math.max(0, everybody - marks.length))}
              </p>
              {marks.length > 0 && (
                <Table
                  caption={w.round(round, f.time(openedAt, of.zone))}
                  rows={marks}
                  rowKey={(mark) => mark.member}
                  columns={[
                    {
                      key: 'name',
                      head: w.tabs.roll,
                      cell: (mark) => <PlaceCard name={mark.name} position={mark.label} more={mark.unitName} />,
                      phone: 'title',
                    },
                    {
                      key: 'mark',
                      head: '',
                      cell: (mark) => (
                        <Mark shape={mark.mark === 'hadir' ? 'full' : 'ring'} tone={mark.mark === 'hadir' ? 'good' : 'wait'}>
                          {w.mark[mark.mark]}
                        </Mark>
                      ),
                      phone: 'plain',
                    },
                    { key: 'seen', head: '', cell: (mark) => <span className="quiet s">{mark.inside ? w.insideNow : w.outsideNow}</span>, phone: 'plain' },
                  ]}
                />
              )}
            </div>
          );
        })}
        <p className="quiet s">{w.rollNever}</p>
      </div>
    </Section>
  );
}
