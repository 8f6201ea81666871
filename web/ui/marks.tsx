// Small signs of state: always a shape and a word, never colour alone.
import type { ReactNode } from 'react';

export type MarkShape = 'full' | 'half' | 'ring' | 'dash' | 'dots';
export type Tone = 'good' | 'wait' | 'alarm' | 'accent' | 'quiet';

export function Mark({ shape, tone, children }: { shape: MarkShape; tone: Tone; children: ReactNode }) {
  return (
    <span className="mark" data-shape={shape} data-tone={tone}>
      {children}
    </span>
  );
}

/** A code as it stands in a roster: WFH, PIKET … `null` draws the empty box. */
export function Code({ code, title }: { code: string | null; title?: string | undefined }) {
  return (
    <span className="code" data-code={code ?? 'none'}>
      {code ?? '–'}
      {title !== undefined && <span className="sr-only"> ({title})</span>}
    </span>
  );
}

/** Name over position, as on a place card; nothing is cut off. */
export function PlaceCard({ name, position, more, badge }: { name: ReactNode; position?: ReactNode; more?: ReactNode; badge?: string | null }) {
  return (
    <span className="place">
      <span className="place-name">
        {name}
        {badge && <span className="badge">{badge}</span>}
      </span>
      {position && <span className="place-position">{position}</span>}
      {more && <span className="place-more">{more}</span>}
    </span>
  );
}
