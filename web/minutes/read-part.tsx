// One part as it reads; and how a part is named.
import type { ReactNode } from 'react';
import type { MinutesPart, Paragraph } from '../../shared/minutes.ts';
import { useWords } from '../platform/words.ts';
import { minutesWords } from '../words/minutes.ts';

type Words = ReturnType<typeof useWords<(typeof minutesWords)['id']>>;
export const titleOf = (part: MinutesPart, n: number, w: Words): string =>
  part.kind === 'butir' ? w.item(n, part.title ?? '') : { pembukaan: w.opening, lain: w.other, penutup: w.closing }[part.kind];

export const textOf = ({ runs }: Paragraph): string => runs.map((run) => run.text).join('');

export function ReadPart({ part }: { part: MinutesPart }) {
  const w = useWords(minutesWords);
  const written = part.paragraphs.filter((p) => textOf(p).trim() !== '');
  if (written.length === 0) return <p className="quiet">{w.empty}</p>;
  return (
    <div className="prose">
      {written.map((p) => (
        <Line key={p.id} paragraph={p} />
      ))}
    </div>
  );
}

export function Line({ paragraph, children }: { paragraph: Paragraph; children?: ReactNode }) {
  const { list, depth, n, runs } = paragraph;
  return (
    <div className="prose-line" data-depth={list || depth > 0 ? Math.min(depth + 1, 4) : 0}>
      {list && (
        <span className="prose-mark" aria-hidden>
          {list === 'ordered' ? `${n ?? 1}.` : '•'}
        </span>
      )}
      <p>
        {runs.map((run, i) => {
          const words = run.italic ? <em>{run.text}</em> : run.text;
          return <span key={i}>{run.bold ? <strong>{words}</strong> : words}</span>;
        })}
        {children}
      </p>
    </div>
  );
}
