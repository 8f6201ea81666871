// Surel keluar: whether letters leave, and one to oneself to find out. For the administrator.
import { useEffect, useEffectEvent } from 'react';
import type { getMail, MailDesk, postMailTrial } from '../../shared/mail.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { holds, useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark, type MarkShape, type Tone } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { commonWords } from '../words/common.ts';
import { mailWords } from '../words/mail.ts';

const ASK_EVERY_MS = 3_000;
type Row = MailDesk['troubled'][number];

export default function MailScreen() {
  const w = useWords(mailWords);
  const c = useWords(commonWords);
  if (!holds(useMe())) {
    return (
      <Page title={w.title}>
        <Empty title={c.noRightTitle}>{c.noRightText}</Empty>
      </Page>
    );
  }
  return (
    <Page title={w.title} under={w.under}>
      <Mail />
    </Page>
  );
}

function Mail() {
  const mail = useRead<typeof getMail>('/api/mail', {});
  const trying = mail.value?.trial?.state === 'antre';
  const ask = useEffectEvent(mail.again);
  useEffect(() => {
    if (!trying) return;
    const timer = window.setInterval(() => ask(), ASK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [trying]);
  return (
    <Loaded from={mail} skeleton={<Bones rows={6} />}>
      {(desk) => (
        <>
          <Figures desk={desk} />
          {desk.from && <Trial desk={desk} />}
          <Trouble desk={desk} />
        </>
      )}
    </Loaded>
  );
}

function Figures({ desk }: { desk: MailDesk }) {
  const w = useWords(mailWords);
  const f = useFormats();
  const counts = (['sent', 'waiting', 'failed', 'unset'] as const).filter((name) => name !== 'unset' || desk.unset > 0);
  return (
    <Section title={w.lastDay}>
      {!desk.from && (
        <Note tone="wait">
          <strong>{w.off}.</strong> {w.offText}
        </Note>
      )}
      <dl className="facts">
        {counts.map((name) => (
          <div key={name}>
            <dt>{w.counts[name]}</dt>
            <dd className="num">{f.number(desk[name])}</dd>
          </div>
        ))}
        {desk.from && (
          <div>
            <dt>{w.sender}</dt>
            <dd>
              {desk.from.name} <span className="quiet">{desk.from.address}</span>
            </dd>
          </div>
        )}
        {desk.server && (
          <div>
            <dt>{w.server}</dt>
            <dd>{desk.server}</dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

function Trial({ desk: { ownAddress, trial } }: { desk: MailDesk }) {
  const w = useWords(mailWords);
  const f = useFormats();
  const zone = useZone();
  const send = useWrite<typeof postMailTrial>('POST', '/api/mail/trial', ['/api/mail']);
  return (
    <Section title={w.trial}>
      {send.failure && (
        <Note tone="alarm" alert>
          {send.failure.message}
        </Note>
      )}
      <p className="section-note">
        {ownAddress === null ? w.trialNoAddress : w.trialTo(ownAddress)}{' '}
        {trial && w.trialLast(w.states[trial.state], `${f.shortDayOf(trial.at, zone)}, ${f.time(trial.at, zone)}`)}{' '}
        {trial?.problem && w.problems[trial.problem]}
      </p>
      {ownAddress !== null && (
        <Button kind="main" busy={send.busy} onClick={() => void send.run({})}>
          {w.trialDo}
        </Button>
      )}
    </Section>
  );
}

const MARKS: Partial<Record<Row['state'], [MarkShape, Tone]>> = { antre: ['half', 'wait'], gagal: ['dash', 'alarm'], tidak_disetel: ['ring', 'quiet'] };

function Trouble({ desk }: { desk: MailDesk }) {
  const w = useWords(mailWords);
  const f = useFormats();
  const zone = useZone();
  const kinds: Partial<Record<string, string>> = w.kinds;
  const when = (at: string): string => `${f.shortDayOf(at, zone)}, ${f.time(at, zone)}`;
  const columns: Column<Row>[] = [
    { key: 'kind', head: w.cols.kind, phone: 'title', cell: ({ kind }) => kinds[kind] ?? kind },
    {
      key: 'state',
      head: w.cols.state,
      cell: ({ state }) => {
        const [shape, tone] = MARKS[state] ?? ['dots', 'quiet'];
        return (
          <Mark shape={shape} tone={tone}>
            {w.states[state]}
          </Mark>
        );
      },
    },
    { key: 'problem', head: w.cols.problem, cell: ({ problem }) => (problem ? w.problems[problem] : '–') },
    { key: 'at', head: w.cols.at, cell: ({ at }) => <span className="num">{when(at)}</span> },
    { key: 'due', head: w.cols.due, cell: ({ dueAt }) => <span className="num">{dueAt ? when(dueAt) : '–'}</span> },
  ];
  return (
    <Section title={w.trouble}>
      {desk.troubled.length === 0 ? (
        <Empty title={desk.sent > 0 ? w.noTrouble : w.noLetters} />
      ) : (
        <Table<Row> caption={w.trouble} rows={desk.troubled} rowKey={({ id }) => id} columns={columns} />
      )}
    </Section>
  );
}
