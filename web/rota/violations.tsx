// Everything the plan breaks, with the rule's words and which circular; the head may let one stand with a reason.
import { useState, useSyncExternalStore } from 'react';
import { isOverridden, violationPlace, violationText } from '../../shared/rota-rules.ts';
import type { PlanView, putRotaOverride, Violation } from '../../shared/rota.ts';
import { fieldFailure, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useLanguage, useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { commonWords } from '../words/common.ts';
import { rotaWords } from '../words/rota.ts';
import type { Board } from './board.ts';

const SHOWN = 40;

export function Violations({ view, board, onGo }: { view: PlanView; board: Board; onGo: (personId: string | undefined, date: string) => void }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const language = useLanguage();
  const { violations, sheet } = useSyncExternalStore(board.subscribe, board.state);
  const [chosen, setChosen] = useState<Violation>();
  const put = useWrite<typeof putRotaOverride>('PUT', '/api/rota/plans/:id/overrides', ['/api/opds/:id/rota']);
  const isOpen = (one: Violation): boolean => !isOverridden(one, view.overrides);
  const all = [...violations.filter(isOpen), ...violations.filter((one) => !isOpen(one))];
  const open = violations.filter(isOpen).length;
  const first = (one: Violation): string | undefined => one.personIds[0] ?? sheet.people.find(({ unitId }) => unitId === one.unitId)?.id;
  return (
    <Section title={w.violations} note={open > 0 ? String(open) : undefined}>
      {all.length === 0 && <p className="quiet">{w.violationsNone}</p>}
      <ul className="rota-list rota-violations">
        {all.slice(0, SHOWN).map((one) => {
          const place = violationPlace(one, sheet, language);
          const over = view.overrides.find(({ key }) => key === one.key);
          return (
            <li key={one.key} className="rota-violation" data-over={!isOpen(one) || undefined}>
              <span>
                {isOpen(one) && <i className="rota-flag" aria-hidden />}
                <strong>{place}</strong>
              </span>
              <span>{violationText(one, sheet.rules.find(({ id }) => id === one.ruleId) ?? null, language)}</span>
              {!isOpen(one) && over && <span className="quiet s rota-reason">{w.overriddenBy(over.reason, over.byName, f.dayOf(over.at, sheet.zone))}</span>}
              <span className="row">
                <Button kind="quiet" onClick={() => onGo(first(one), one.dates[0] ?? '')}>
                  {w.go}
                  <span className="sr-only"> {place}</span>
                </Button>
                {view.may.override && isOpen(one) && (
                  <Button kind="quiet" onClick={() => setChosen(one)}>
                    {w.override}
                    <span className="sr-only"> {place}</span>
                  </Button>
                )}
                {view.may.override && !isOpen(one) && (
                  <Button kind="quiet" busy={put.busy} onClick={() => void put.run({ params: { id: view.plan.id }, body: { key: one.key, reason: null } })}>
                    {w.takeBack}
                    <span className="sr-only"> {place}</span>
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {all.length > SHOWN && <p className="quiet">{w.moreViolations(all.length - SHOWN)}</p>}
      {chosen && (
        <OverrideForm
          planId={view.plan.id}
          violation={chosen}
          words={[violationPlace(chosen, sheet, language), violationText(chosen, sheet.rules.find(({ id }) => id === chosen.ruleId) ?? null, language)]}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Section>
  );
}

function OverrideForm({ planId, violation, words, onClose }: { planId: string; violation: Violation; words: string[]; onClose: () => void }) {
  const w = useWords(rotaWords);
  const c = useWords(commonWords);
  const [reason, setReason] = useState('');
  const put = useWrite<typeof putRotaOverride>('PUT', '/api/rota/plans/:id/overrides', ['/api/opds/:id/rota']);
  async function submit(): Promise<void> {
    if (await put.run({ params: { id: planId }, body: { key: violation.key, reason, figures: violation.figures } })) onClose();
  }
  return (
    <Dialog title={w.overrideTitle} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          <strong>{words[0]}</strong>
          <br />
          {words[1]}
        </p>
        <p className="quiet s">{w.overrideText}</p>
        <TextField
          label={w.reason}
          required
          maxLength={400}
          value={reason}
          onValue={setReason}
          error={fieldFailure(put.failure, 'reason')}
          autoComplete="off"
        />
        {put.failure && (
          <Note tone="alarm" alert>
            {put.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={put.busy}>
            {w.override}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
