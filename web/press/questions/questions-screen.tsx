// All questions of one conference, before, during and after: what is to be handled first, what is owed, what was answered.
import { useSearchParams } from 'wouter';
import type { Conference } from '../../../shared/press.ts';
import type { DeskQuestion, getQuestions, postScreening } from '../../../shared/press-floor.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { questionWords } from '../../words/press-questions.ts';
import { PressPart } from '../part.tsx';
import { actsFor, QuestionDetail, QUESTIONS_CHANGED } from './question-detail.tsx';
import { QuestionRow } from './question-row.tsx';
import './questions.css';

const OPEN = new Set<DeskQuestion['state']>(['diajukan', 'disaring', 'giliran']);
const CLOSED = new Set<DeskQuestion['state']>(['ditolak', 'ditarik']);

export default function QuestionsScreen({ id }: { id: string }) {
  return <PressPart id={id}>{(conference) => <Questions conference={conference} />}</PressPart>;
}

function Questions({ conference }: { conference: Conference }) {
  const w = useWords(questionWords);
  const [search, setSearch] = useSearchParams();
  const opened = search.get('buka');
  const setOpened = (one: string | null): void => setSearch(one === null ? {} : { buka: one }, { replace: one === null });
  const read = useRead<typeof getQuestions>('/api/conferences/:id/questions', { params: { id: conference.id } });
  return (
    <Loaded from={read} skeleton={<Bones rows={6} tall />}>
      {(all) => {
        if (all.length === 0) return <Empty title={w.noneTitle}>{w.noneText}</Empty>;
        const open = all.filter((q) => OPEN.has(q.state));
        const owed = all.filter((q) => q.state === 'ditunda').toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''));
        const answered = all.filter((q) => q.state === 'dijawab');
        const closed = all.filter((q) => CLOSED.has(q.state));
        const found = all.find((q) => q.id === opened);
        const rows = (title: string, some: readonly DeskQuestion[]) => <Rows title={title} questions={some} conference={conference} onOpen={setOpened} />;
        return (
          <>
            <p className="question-summary">{w.summary(all.length, open.length, owed.length, answered.length)}</p>
            {open.length > 0 && rows(w.open, open)}
            {owed.length > 0 && rows(w.owed, owed)}
            {answered.length > 0 && rows(w.answered, answered)}
            {closed.length > 0 && rows(w.closed, closed)}
            <p className="quiet s section-note">{w.read}</p>
            {found && (
              <QuestionDetail
                key={found.id}
                question={found}
                conferenceId={conference.id}
                zone={conference.zone}
                crew={conference.crew}
                leads
                over={conference.endedAt !== null}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

type RowsProps = { title: string; questions: readonly DeskQuestion[]; conference: Conference; onOpen: (id: string) => void };

function Rows({ title, questions, conference: { id, zone, endedAt }, onOpen }: RowsProps) {
  const w = useWords(questionWords);
  const f = useFormats();
  const screen = useWrite<typeof postScreening>('POST', '/api/conferences/:id/questions/:question/screening', QUESTIONS_CHANGED);
  const whenOf = (q: DeskQuestion): string => (q.advance ? w.sent(f.shortDayOf(q.raisedAt, zone)) : w.raised(f.time(q.raisedAt, zone)));
  return (
    <Section title={title} note={questions.length}>
      {screen.failure && (
        <Note tone="alarm" alert>
          {screen.failure.message}
        </Note>
      )}
      <ul className="questions">
        {questions.map((q) => (
          <QuestionRow key={q.id} question={q} zone={zone} under={whenOf(q)}>
            {q.state === 'diajukan' && endedAt === null && (
              <Button
                aria-label={w.screenOf(q.topic)}
                busy={screen.busy}
                onClick={() => void screen.run({ params: { id, question: q.id }, body: { act: 'saring' } })}
              >
                {w.screen}
              </Button>
            )}
            <Button kind="quiet" aria-label={w.handleOf(q.topic)} onClick={() => onOpen(q.id)}>
              {actsFor(q, true, endedAt !== null).length > 0 ? w.handle : w.see}
            </Button>
          </QuestionRow>
        ))}
      </ul>
    </Section>
  );
}
