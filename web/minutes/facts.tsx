// What the record says of the meeting and of who was there: read, not written.
import type { MinutesFacts } from '../../shared/minutes.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { PlaceCard } from '../ui/marks.tsx';
import { Table } from '../ui/table.tsx';
import { minutesWords } from '../words/minutes.ts';

const named = (name: string, position: string | null): string => (position ? `${name} (${position})` : name);

export function Facts({ facts }: { facts: MinutesFacts }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const { zone, quorum } = facts;
  const rows: [string, string][] = [
    [w.factRows.meeting, facts.title],
    [w.factRows.day, f.dayOf(facts.startedAt, zone)],
    [w.factRows.time, f.span(facts.startedAt, facts.endedAt, zone)],
    [w.factRows.place, facts.place],
    [w.factRows.chair, named(facts.chairName, facts.chairPosition)],
    [w.factRows.notulis, named(facts.notulisName, facts.notulisPosition)],
    ...(quorum
      ? [
          [w.factRows.quorum, w.quorum(quorum.needed, quorum.units, quorum.reachedAt && f.time(quorum.reachedAt, zone), facts.endedAt === null)] as [
            string,
            string,
          ],
        ]
      : []),
    ...(facts.sheetNumber ? [[w.factRows.sheet, facts.sheetNumber] as [string, string]] : []),
  ];
  return (
    <section className="minutes-part" aria-label={w.facts}>
      <h2>
        {w.facts} <small>{w.fromRecord}</small>
      </h2>
      <dl className="facts">
        {rows.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Person = MinutesFacts['people'][number];
export function People({ facts }: { facts: MinutesFacts }) {
  const w = useWords(minutesWords);
  const f = useFormats();
  const note = ({ status, detail, firstIn, lastOut }: Person): string =>
    [w.status[status], detail, firstIn && f.span(firstIn, lastOut, facts.zone)].filter(Boolean).join(', ');
  const present = facts.people.filter((p) => p.firstIn !== null).length;
  return (
    <section className="minutes-part" aria-label={w.people}>
      <h2>
        {w.people} <small>{w.peopleCount(facts.invited, present)}</small>
      </h2>
      <Table
        caption={w.people}
        rows={facts.people}
        rowKey={(row) => String(row.no)}
        columns={[
          { key: 'no', head: w.peopleCols.no, cell: (row) => row.no, align: 'number', phone: 'hide' },
          {
            key: 'name',
            head: w.peopleCols.name,
            cell: (row) => <PlaceCard name={row.name} position={row.position} more={row.opdName} badge={row.badge} />,
            phone: 'title',
          },
          { key: 'status', head: w.peopleCols.status, cell: note, phone: 'plain' },
        ]}
      />
    </section>
  );
}
