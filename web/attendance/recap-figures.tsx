// The figures of a month, as cells of a table and as a list of facts.
import type { RecapFigures } from '../../shared/recap.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Code } from '../ui/marks.tsx';
import type { Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { recapWords } from '../words/recap.ts';

const order = ['WFO', 'WFH', 'PIKET', 'DL', 'CUTI', 'SAKIT', 'LIBUR'] as const;
const counted = ['hadirWfh', 'belumAdaBukti', 'gangguan', 'terlambat', 'meetings', 'minutes', 'tidakHadir'] as const;

function Codes({ codes }: { codes: RecapFigures['codes'] }) {
  const w = useWords(recapWords);
  const c = useWords(commonWords);
  const known = order.filter((code) => codes[code] > 0);
  if (known.length === 0) return <span className="quiet s">{w.noCodes}</span>;
  return (
    <ul className="code-counts">
      {known.map((code) => (
        <li key={code}>
          <Code code={code} title={c.codes[code]} /> <span className="num">{codes[code]}</span>
        </li>
      ))}
    </ul>
  );
}

/** Nothing is a dash: a table of zeros hides what is there. */
function Count({ n }: { n: number }) {
  const f = useFormats();
  return n === 0 ? <span className="quiet nothing">–</span> : <>{f.number(n)}</>;
}

function Confirmed({ figures }: { figures: RecapFigures }) {
  const w = useWords(recapWords);
  return <span className="num">{w.confirmedOf(figures.confirmed, figures.toConfirm)}</span>;
}

export function useFigureColumns<R extends { figures: RecapFigures }>(): Column<R>[] {
  const w = useWords(recapWords);
  return [
    { key: 'codes', head: w.cols.codes, cell: (row) => <Codes codes={row.figures.codes} /> },
    ...counted.map((key): Column<R> => ({ key, head: w.cols[key], align: 'number', cell: (row) => <Count n={row.figures[key]} /> })),
    { key: 'confirmed', head: w.cols.confirmed, align: 'number', cell: (row) => <Confirmed figures={row.figures} /> },
  ];
}

export function Figures({ figures }: { figures: RecapFigures }) {
  const w = useWords(recapWords);
  return (
    <dl className="facts recap-facts">
      <div>
        <dt>{w.cols.codes}</dt>
        <dd>
          <Codes codes={figures.codes} />
        </dd>
      </div>
      {counted.map((key) => (
        <div key={key}>
          <dt>{w.cols[key]}</dt>
          <dd>
            <Count n={figures[key]} />
          </dd>
        </div>
      ))}
      <div>
        <dt>{w.cols.confirmed}</dt>
        <dd>
          <Confirmed figures={figures} />
        </dd>
      </div>
    </dl>
  );
}
