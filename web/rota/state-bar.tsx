// draft → diajukan → terbit → direvisi → dikunci: where the plan stands, what one may do now, and why not.
import { useState, useSyncExternalStore } from 'react';
import { isOverridden } from '../../shared/rota-rules.ts';
import type { getRotaChanges, PlanAct, PlanState, PlanView, postRotaStep } from '../../shared/rota.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, type ButtonKind } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import type { Board } from './board.ts';
import { cellText } from './cells-text.ts';

const STATES: PlanState[] = ['draft', 'diajukan', 'terbit', 'direvisi', 'dikunci'];
const KINDS: Partial<Record<PlanAct, ButtonKind>> = { ajukan: 'main', terbitkan: 'main', kunci: 'main', batal_revisi: 'quiet' };
const CHANGED = ['/api/opds/:id/rota', '/api/opds/:id/rota/plans', '/api/rota/plans/:id/changes'];

export function StateBar({ view, board }: { view: PlanView; board: Board }) {
  const w = useWords(rotaWords);
  const [act, setAct] = useState<PlanAct>();
  const { sheet, cells, violations, unsaved } = useSyncExternalStore(board.subscribe, board.state);
  const { state, revision } = view.plan;
  const open = violations.filter((one) => !isOverridden(one, view.overrides)).length;
  const empty = sheet.people.reduce(
    (sum, person, n) =>
      sum +
      sheet.days.filter(
        ({ date, kind }, day) => kind === 'kerja' && !cells[n]?.[day] && !person.absences.some(({ from, until }) => from <= date && date <= until),
      ).length,
    0,
  );
  const blocked = (one: PlanAct): boolean => (one === 'ajukan' && (open > 0 || empty > 0)) || (one === 'terbitkan' && open > 0);
  const isBlocked = view.may.acts.some(blocked);
  return (
    <section className="rota-state" aria-label={w.stateLabel}>
      <ol>
        {STATES.filter((one) => one !== 'direvisi' || state === 'direvisi' || (revision ?? 0) > 0).map((one) => (
          <li key={one} aria-current={one === state ? 'step' : undefined}>
            <span>{w.states[one]}</span>
            {one === state && revision !== null && <small> {w.revisionOf(revision)}</small>}
          </li>
        ))}
      </ol>
      <div className="rota-standing">
        <p>
          {w.now[state]}
          {isBlocked && <strong className="rota-alarm"> {w.whyNot(open, empty)}</strong>}
        </p>
        <div className="row">
          {view.may.acts.map((one) => (
            <Button key={one} kind={KINDS[one] ?? 'plain'} disabled={blocked(one) || unsaved > 0} onClick={() => setAct(one)}>
              {w.acts[one]}
            </Button>
          ))}
        </div>
      </div>
      {act && <Step view={view} act={act} onClose={() => setAct(undefined)} />}
    </section>
  );
}

function Step({ view, act, onClose }: { view: PlanView; act: PlanAct; onClose: () => void }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const [words, setWords] = useState('');
  const { id, version } = view.plan;
  const step = useWrite<typeof postRotaStep>('POST', '/api/rota/plans/:id/steps', CHANGED);
  const mustSay = act === 'kembalikan';
  async function submit(): Promise<void> {
    if (await step.run({ params: { id }, body: { act, version, words: words.trim() === '' ? null : words } })) onClose();
  }
  return (
    <Dialog title={w.acts[act]} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{w.asks[act]}</p>
        {view.plan.revision !== null && (act === 'ajukan' || act === 'terbitkan' || act === 'batal_revisi') && <Changes planId={id} />}
        {(mustSay || act === 'ajukan') && <TextField label={w.words} required={mustSay} optional={!mustSay} maxLength={400} value={words} onValue={setWords} />}
        {step.failure && (
          <Note tone="alarm" alert>
            {step.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind={act === 'batal_revisi' ? 'alarm' : 'main'} busy={step.busy}>
            {w.acts[act]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What changes for whom, before it does. */
function Changes({ planId }: { planId: string }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const read = useRead<typeof getRotaChanges>('/api/rota/plans/:id/changes', { params: { id: planId } });
  return (
    <Loaded from={read} skeleton={<Bones rows={3} />}>
      {({ changes }) => {
        const people = [...new Set(changes.map(({ personId }) => personId))];
        return (
          <div className="rota-changes">
            <h3>
              {w.changesTitle} {changes.length > 0 && <small>{w.changesOf(people.length, changes.length)}</small>}
            </h3>
            {changes.length === 0 && <p className="quiet">{w.changesNone}</p>}
            <ul className="rota-list">
              {people.map((id) => {
                const own = changes.filter(({ personId }) => personId === id);
                return (
                  <li key={id}>
                    <strong>{own[0]?.name}</strong>
                    <span>
                      {own.map(({ date, was, becomes }) => `${f.date(date)}: ${w.was(cellText(was) || w.nothing, cellText(becomes) || w.nothing)}`).join('; ')}
                    </span>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      }}
    </Loaded>
  );
}

export function History({ view }: { view: PlanView }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const when = (at: string): string => `${f.shortDayOf(at, view.sheet.zone)} ${f.time(at, view.sheet.zone)}`;
  const acts: Readonly<Record<string, string>> = w.acts;
  const lines = [
    ...view.steps.map(({ act, words, byName, at }) => ({ at, what: acts[act] ?? w.open, words, byName })),
    ...view.revisions.map(({ revision, why, byName, at }) => ({ at, what: w.revisionOf(revision), words: why, byName })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <ul className="rota-list">
      {lines.map(({ at, what, words, byName }) => (
        <li key={`${at} ${what}`}>
          <span>{w.step(what, byName, when(at))}</span>
          {words !== null && <span className="quiet s">{words}</span>}
        </li>
      ))}
    </ul>
  );
}
