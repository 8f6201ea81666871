// How urgent: a sign, a word and a colour. An ordinary call needs none.
import type { Sifat } from '../../shared/meetings.ts';
import { useWords } from '../platform/words.ts';
import { commonWords } from '../words/common.ts';

export function SifatMark({ sifat }: { sifat: Sifat }) {
  const w = useWords(commonWords);
  if (sifat === 'biasa') return <span className="sifat quiet">{w.sifat.biasa}</span>;
  return (
    <span className="sifat" data-tone={sifat === 'segera' ? 'wait' : 'alarm'}>
      {sifat === 'segera' ? '›' : '»'} {w.sifat[sifat]}
    </span>
  );
}
