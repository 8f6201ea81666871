// Jadwal OPD: the month of an office as a grid, its state, what it breaks, and what one may do with it.
import { useState, useSyncExternalStore } from 'react';
import Printer from 'lucide-react/icons/printer';
import type { getRota, getRotaPlans, PlanView, postRota } from '../../shared/rota.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { dayIn, useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { rotaWords } from '../words/rota.ts';
import { GeneratorPanel } from './generator-panel.tsx';
import { Grid, rowsOf, Spoken, type Preview } from './grid.tsx';
import { PhonePlan } from './phone-plan.tsx';
import { Legend, PlanTools, SaveMark } from './plan-tools.tsx';
import { MonthChoice, RotaOpd, RotaTabs, useMonth, useRotaOpd } from './rota-parts.tsx';
import { at, type Span } from './span.ts';
import { History, StateBar } from './state-bar.tsx';
import { useNarrow } from './use-narrow.ts';
import { usePlan } from './use-plan.ts';
import { Violations } from './violations.tsx';

export default function PlanScreen() {
  const w = useWords(rotaWords);
  const opd = useRotaOpd();
  const month = useMonth();
  return (
    <div className="rota-wide">
      <Page title={w.title}>
        <RotaTabs />
        <div className="tools rota-top">
          <MonthChoice {...month} />
          <RotaOpd opd={opd} />
        </div>
        {opd.id === undefined ? <Bones rows={8} /> : <OfMonth key={`${opd.id} ${month.month}`} opd={opd.id} month={month.month} />}
      </Page>
    </div>
  );
}

function OfMonth({ opd, month }: { opd: string; month: string }) {
  const read = useRead<typeof getRota>('/api/opds/:id/rota', { params: { id: opd }, query: { month } });
  return (
    <Loaded from={read} skeleton={<Bones rows={10} />}>
      {({ view }) => (view ? <Opened key={view.plan.id} view={view} /> : <NotOpened opd={opd} month={month} />)}
    </Loaded>
  );
}

function NotOpened({ opd, month }: { opd: string; month: string }) {
  const w = useWords(rotaWords);
  const plans = useRead<typeof getRotaPlans>('/api/opds/:id/rota/plans', { params: { id: opd } });
  const open = useWrite<typeof postRota>('POST', '/api/opds/:id/rota', ['/api/opds/:id/rota', '/api/opds/:id/rota/plans']);
  return (
    <Empty
      title={w.notOpened}
      action={
        plans.value?.mayOpen && (
          <Button kind="main" busy={open.busy} onClick={() => void open.run({ params: { id: opd }, body: { month } })}>
            {w.open}
          </Button>
        )
      }
    >
      {open.failure?.message ?? w.notOpenedText}
    </Empty>
  );
}

function Opened({ view }: { view: PlanView }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const plan = usePlan(view);
  const { board } = plan;
  const narrow = useNarrow();
  const { sheet } = useSyncExternalStore(board.subscribe, board.state);
  const [{ rows, order }, setRows] = useState(() => rowsOf(sheet));
  const [of, setOf] = useState(sheet.people);
  if (of !== sheet.people) {
    setOf(sheet.people);
    setRows(rowsOf(sheet));
  }
  const today = dayIn(sheet.zone, new Date(view.serverTime));
  const [span, setSpan] = useState<Span>(() =>
    at(
      0,
      Math.max(
        0,
        sheet.days.findIndex(({ date }) => date === today),
      ),
    ),
  );
  const [preview, setPreview] = useState<Preview | null>(null);
  const [call, setCall] = useState(0);
  const goTo = (personId: string | undefined, date: string): void => {
    const place = sheet.people.findIndex(({ id }) => id === personId);
    setSpan(
      at(
        Math.max(0, order.indexOf(place)),
        Math.max(
          0,
          sheet.days.findIndex((day) => day.date === date),
        ),
      ),
    );
    setCall((n) => n + 1);
  };
  const { plan: head, overrides } = view;
  return (
    <>
      <StateBar view={view} board={board} />
      {view.may.edit && <GeneratorPanel view={view} onPreview={setPreview} saved={<SaveMark plan={plan} />} />}
      {narrow ? (
        <PhonePlan board={board} plan={plan} today={today} overrides={overrides} order={order} start={span} key={call} />
      ) : (
        <section className="rota-sheet" aria-label={w.gridLabel}>
          <h2 className="rota-print-head">
            {head.opdName} · {f.month(`${head.month}-01`)} · {w.states[head.state]}
          </h2>
          {view.may.edit && <PlanTools plan={plan} planId={head.id} span={span} order={order} version={head.version} />}
          <Grid board={board} today={today} overrides={overrides} preview={preview} span={span} onSpan={setSpan} order={order} rows={rows} call={call} />
          <Spoken board={board} span={span} order={order} overrides={overrides} />
          <div className="row rota-under">
            <Legend sheet={sheet} />
            <Button kind="quiet" icon={<Printer aria-hidden />} onClick={() => window.print()}>
              {w.printIt}
            </Button>
          </div>
        </section>
      )}
      <Clashes plan={plan} />
      <Violations view={view} board={board} onGo={goTo} />
      <Section title={w.history}>
        <History view={view} />
      </Section>
    </>
  );
}

function Clashes({ plan: { board } }: { plan: ReturnType<typeof usePlan> }) {
  const w = useWords(rotaWords);
  const f = useFormats();
  const { clashes, sheet } = useSyncExternalStore(board.subscribe, board.state);
  if (clashes.length === 0) return null;
  return (
    <Note tone="wait" alert>
      <strong>{w.clashes(clashes.length)}</strong>
      <ul className="rota-list">
        {clashes.map((clash) => (
          <li key={`${clash.personId} ${clash.date}`}>
            <span>
              {w.clashText(
                sheet.people.find(({ id }) => id === clash.personId)?.name ?? '–',
                f.date(clash.date),
                clash.byName ?? w.colleague,
                clash.theirs?.code ?? w.nothing,
                clash.yours?.code ?? w.nothing,
              )}
            </span>
            <span className="row">
              <Button onClick={() => board.settle(clash, true)}>{w.takeMine}</Button>
              <Button kind="quiet" onClick={() => board.settle(clash, false)}>
                {w.keepTheirs}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Note>
  );
}
