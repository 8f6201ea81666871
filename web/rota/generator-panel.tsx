// Susun otomatis: a roster drawn up by the portal, looked at in the grid as a difference, and taken over or not.
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { Link } from 'wouter';
import {
  conflictText,
  type Generation,
  type getGeneration,
  type postGeneration,
  type postGenerationEnd,
  type postGenerationTaken,
} from '../../shared/rota-generator.ts';
import type { PlanView } from '../../shared/rota.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { rotaWords } from '../words/rota.ts';
import type { Preview } from './grid.tsx';

const CHANGED = ['/api/rota/plans/:id/generation'];
/** `saved`: whether what was edited is. */
type Props = { view: PlanView; onPreview: (preview: Preview | null) => void; saved: ReactNode };

export function GeneratorPanel({ view, onPreview, saved }: Props) {
  const w = useWords(rotaWords);
  const { id } = view.plan;
  const f = useFormats();
  const read = useRead<typeof getGeneration>('/api/rota/plans/:id/generation', { params: { id } });
  const end = useWrite<typeof postGenerationEnd>('POST', '/api/rota/generations/:id/end', CHANGED);
  const take = useWrite<typeof postGenerationTaken>('POST', '/api/rota/generations/:id/taken', [...CHANGED, '/api/opds/:id/rota']);
  const [asking, setAsking] = useState(false);
  const [dropped, setDropped] = useState<string>();
  const [hidden, setHidden] = useState(false);
  const job = read.value?.generation ?? null;
  const running = job?.state === 'berjalan';
  const { again } = read;
  useEffect(() => {
    if (!running) return;
    const timer = window.setInterval(again, 1_000);
    return () => window.clearInterval(timer);
  }, [running, again]);
  const offered = job !== null && job.state === 'selesai' && job.takenAt === null && dropped !== job.id;
  // Whatever was broken stands in cells that are kept.
  const nothing = job?.figures?.changed === 0;
  const oneDecimal = (n: number): string => f.number(Math.round(n * 10) / 10);
  const preview = useMemo(
    (): Preview | null =>
      offered && !hidden && job ? new Map(job.cells.map(({ personId, date, code, shift }) => [`${personId} ${date}`, { code, shift }])) : null,
    [offered, hidden, job],
  );
  useEffect(() => onPreview(preview), [onPreview, preview]);
  const g = w.generator;
  return (
    <section className="rota-generator" aria-label={g.title}>
      <div className="row">
        <Button icon={<WandSparkles aria-hidden />} disabled={running} onClick={() => setAsking(true)}>
          {job ? g.again : g.title}
        </Button>
        <span role="status" className="s">
          {job && (offered || running || job.state !== 'selesai') && <Said job={job} />}
        </span>
        {running && (
          <Button kind="quiet" busy={end.busy} onClick={() => void end.run({ params: { id: job.id } })}>
            {g.stop}
          </Button>
        )}
        {saved}
      </div>
      {offered && job.figures && (
        <Note tone={job.stale || nothing ? 'wait' : 'good'}>
          <p>
            <strong>{job.stale ? g.stale : nothing ? g.nothing : g.found(job.figures.changed)}</strong>
          </p>
          <p className="s">
            {g.figures(job.figures.violations, job.figures.spread.piket, oneDecimal(job.figures.gap * 100), oneDecimal(job.figures.seconds))} ·{' '}
            {g.seedIs(job.seed)}
          </p>
          {take.failure && <p className="rota-alarm">{take.failure.message}</p>}
          <div className="row">
            {!job.stale && !nothing && (
              <Button kind="main" busy={take.busy} onClick={() => void take.run({ params: { id: job.id } })}>
                {g.take}
              </Button>
            )}
            <label className="check">
              <input type="checkbox" checked={!hidden} onChange={() => setHidden(!hidden)} />
              <span>{g.preview}</span>
            </label>
            <Button kind="quiet" onClick={() => setDropped(job.id)}>
              {g.drop}
            </Button>
          </div>
        </Note>
      )}
      {job?.state === 'mustahil' && dropped !== job.id && <Conflict job={job} view={view} onClose={() => setDropped(job.id)} />}
      {asking && <Ask view={view} seed={job?.seed ?? null} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Said({ job }: { job: Generation }) {
  const { generator: g } = useWords(rotaWords);
  if (job.state === 'berjalan') {
    const { stage, part, parts, seconds } = job.progress ?? { stage: 'menyusun' as const, part: 1, parts: 1, seconds: 0 };
    return `${g.progress(g.stages[stage], part, parts, Math.round(seconds))} · ${g.seedIs(job.seed)}`;
  }
  if (job.state === 'dibatalkan') return g.cancelled;
  return job.state === 'gagal' ? g.failed : null;
}

function Conflict({ job, view, onClose }: { job: Generation; view: PlanView; onClose: () => void }) {
  const { generator: g, keepTheirs } = useWords(rotaWords);
  const language = useLanguage();
  return (
    <Note tone="alarm" alert>
      <p>
        <strong>{g.impossible}</strong>
      </p>
      <ul className="rota-list">
        {job.conflict.map((part) => {
          const rule = view.sheet.rules.find(({ id }) => id === part.ruleId) ?? null;
          return (
            <li key={`${part.kind} ${part.ruleId} ${part.dates.join()} ${part.unitIds.join()} ${part.personIds.join()}`}>
              <span>
                {conflictText(part, view.sheet, rule, language)}
                {rule && (
                  <>
                    {' · '}
                    <Link href={`/kebijakan/${rule.policy.id}`}>{g.toRule}</Link>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="s">{g.impossibleText}</p>
      <Button kind="quiet" onClick={onClose}>
        {keepTheirs}
      </Button>
    </Note>
  );
}

function Ask({ view, seed, onClose }: { view: PlanView; seed: number | null; onClose: () => void }) {
  const { generator: g } = useWords(rotaWords);
  const { days } = view.sheet;
  const [first, last] = [days.find(({ date }) => view.sheet.livedUntil === null || date > view.sheet.livedUntil)?.date ?? '', days.at(-1)?.date ?? ''];
  const [fields, setFields] = useState({ from: first, until: last, keep: true, seed: seed === null ? '' : String(seed) });
  const start = useWrite<typeof postGeneration>('POST', '/api/rota/plans/:id/generation', CHANGED);
  async function submit(): Promise<void> {
    const body = { from: fields.from, until: fields.until, keepHandSet: fields.keep, seed: fields.seed === '' ? null : Number(fields.seed) };
    if (await start.run({ params: { id: view.plan.id }, body })) onClose();
  }
  return (
    <Dialog title={g.title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{g.about}</p>
        <div className="two">
          <TextField label={g.from} type="date" required min={first} max={last} value={fields.from} onValue={(from) => setFields({ ...fields, from })} />
          <TextField label={g.until} type="date" required min={first} max={last} value={fields.until} onValue={(until) => setFields({ ...fields, until })} />
        </div>
        <label className="check">
          <input type="checkbox" checked={fields.keep} onChange={() => setFields({ ...fields, keep: !fields.keep })} />
          <span>{g.keep}</span>
        </label>
        <TextField
          label={g.seed}
          type="number"
          min={0}
          max={2_147_483_647}
          optional
          hint={g.seedHint}
          value={fields.seed}
          onValue={(n) => setFields({ ...fields, seed: n })}
        />
        {start.failure && (
          <Note tone="alarm" alert>
            {start.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button type="submit" kind="main" busy={start.busy}>
            {g.start}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
