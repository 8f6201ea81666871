// What became of the last ring over a device or a gateway.
import type { Result } from '../../../shared/channels.ts';
import { useFormats } from '../../platform/format.ts';
import { useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Mark, type MarkShape, type Tone } from '../../ui/marks.tsx';
import { channelWords } from '../../words/channels.ts';

const looks: Record<Result['state'], [MarkShape, Tone]> = {
  antre: ['dots', 'wait'],
  dikirim: ['half', 'accent'],
  diterima: ['half', 'good'],
  berdering: ['full', 'good'],
  gagal: ['dash', 'alarm'],
  dihentikan: ['ring', 'quiet'],
};

export function ResultLine({ result: { state, detail, at, trial } }: { result: Result }) {
  const w = useWords(channelWords);
  const f = useFormats();
  const zone = useZone();
  const [shape, tone] = looks[state];
  return (
    <span className="result-line">
      <Mark shape={shape} tone={tone}>
        {w.state[state]}
      </Mark>{' '}
      <span className="num quiet">
        {f.shortDayOf(at, zone)}, {f.time(at, zone)}
        {trial && ` · ${w.aTrial}`}
      </span>
      {detail !== null && <span className="result-detail">{detail}</span>}
    </span>
  );
}
