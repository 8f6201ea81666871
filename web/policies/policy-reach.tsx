// For whom each rule of a circular decides, OPD by OPD, and what decides for the others.
import { Link } from 'wouter';
import type { getPolicyReach, PolicyView, Reach } from '../../shared/policies.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Bones, Loaded } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { policyWords } from '../words/policies.ts';

/** A row for each OPD, a column for each rule. */
export function ReachSection({ policy }: { policy: PolicyView }) {
  const w = useWords(policyWords);
  const f = useFormats();
  const read = useRead<typeof getPolicyReach>('/api/policies/:id/reach', { params: { id: policy.id } });
  const columns: Column<Reach>[] = [
    {
      key: 'opd',
      head: w.office,
      phone: 'title',
      cell: ({ opd }) => (
        <Link href={`/kebijakan/berlaku?opd=${opd.id}`} className="policy-number">
          {opd.name}
        </Link>
      ),
    },
    ...policy.rules.map((rule, n): Column<Reach> => ({
      key: rule.id,
      head: `${n + 1}. ${w.kinds[rule.rule.kind]}`,
      cell: (row) => <Reached row={row} ruleId={rule.id} />,
    })),
  ];
  return (
    <Section title={w.reach}>
      <Loaded from={read} skeleton={<Bones rows={4} tall />}>
        {({ opds, day }) =>
          opds.length === 0 ? (
            <p className="quiet section-note">{w.reachNobody}</p>
          ) : (
            <>
              <p className="quiet s section-note">{w.reachText(f.date(day))}</p>
              <Table caption={w.reach} columns={columns} rows={opds} rowKey={({ opd }) => opd.id} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Reached({ row: { staff, rules }, ruleId }: { row: Reach; ruleId: string }) {
  const w = useWords(policyWords);
  const found = rules.find((one) => one.ruleId === ruleId);
  if (!found) return <span className="quiet">–</span>;
  return (
    <span className="policy-reached">
      <span>{found.people === 0 ? w.lost : w.reachOf(found.people, staff)}</span>
      {found.lost.map(({ why, to, people }) => (
        <span key={`${why}${to}`} className="quiet s">
          {w.reachLost(found.people === 0 ? 0 : people, w.lostWhy[why](to ?? '–'))}
        </span>
      ))}
    </span>
  );
}
