// People under the heading of their unit, in the order of the tree; the order within a unit is the server's (rank, name).
import type { Opd, PersonCard } from '../../shared/people.ts';
import { useWords } from '../platform/words.ts';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { peopleWords } from '../words/people.ts';

type Group = { key: string; name: string; over: string | undefined; people: PersonCard[] };

export function DirectoryList({ people, units, onOpen }: { people: readonly PersonCard[]; units: readonly Opd[]; onOpen: (id: string) => void }) {
  const w = useWords(peopleWords);
  const columns: Column<PersonCard>[] = [
    {
      key: 'name',
      head: w.cols.name,
      phone: 'title',
      cell: (person) => (
        <button type="button" className="row-button" onClick={() => onOpen(person.id)}>
          <PlaceCard name={person.name} position={person.positions.map((held) => held.label).join('; ')} />
        </button>
      ),
    },
    { key: 'nip', head: w.cols.nip, phone: 'plain', cell: (person) => <span className="num quiet">{person.nip}</span> },
    {
      key: 'state',
      head: w.cols.state,
      phone: 'plain',
      cell: (person) =>
        person.disabled ? (
          <Mark shape="dash" tone="quiet">
            {w.disabled}
          </Mark>
        ) : null,
    },
  ];
  return groups(people, units, w.noUnit).map((group) => (
    <Section key={group.key} title={group.name} note={group.over}>
      <Table caption={group.name} columns={columns} rows={group.people} rowKey={(person) => person.id} />
    </Section>
  ));
}

function groups(people: readonly PersonCard[], units: readonly Opd[], none: string): Group[] {
  const names = new Map(units.map((unit) => [unit.id, unit]));
  const found = new Map<string, Group>();
  for (const person of people) {
    const held = person.positions[0];
    const key = held?.opdId ?? person.opd?.id ?? '';
    const unit = names.get(key);
    const over = unit?.parentId ? person.opd?.name : undefined;
    const group = found.get(key) ?? { key, name: unit?.name ?? held?.opdName ?? person.opd?.name ?? none, over, people: [] };
    group.people.push(person);
    found.set(key, group);
  }
  const order = walk(units);
  return [...found.values()].sort((a, b) => (order.get(a.key) ?? Infinity) - (order.get(b.key) ?? Infinity));
}

/** The place of each unit when the tree is read from top to bottom. */
function walk(units: readonly Opd[]): Map<string, number> {
  const order = new Map<string, number>();
  const visit = (parent: string | null): void => {
    for (const unit of units) {
      if (unit.parentId !== parent) continue;
      order.set(unit.id, order.size);
      visit(unit.id);
    }
  };
  visit(null);
  return order;
}
