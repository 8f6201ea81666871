// Answers owed to the press over all conferences: what is due soonest first. Operators see all, everybody else their own.
import { Link, useSearchParams } from 'wouter';
import type { ReplyOf } from '../../../shared/endpoint.ts';
import type { getOwed } from '../../../shared/press-floor.ts';
import { useRead } from '../../platform/api.ts';
import { holds, useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Bones, Empty, Loaded } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { questionWords } from '../../words/press-questions.ts';
import { QuestionDetail } from './question-detail.tsx';
import { QuestionRow } from './question-row.tsx';
import './questions.css';

type Owed = ReplyOf<typeof getOwed>[number];

export default function OwedScreen() {
  const w = useWords(questionWords);
  const me = useMe();
  const operates = holds(me, 'operator_dkis');
  const zone = me.opd?.zone ?? 'Asia/Jakarta';
  const [search, setSearch] = useSearchParams();
  const opened = search.get('buka');
  const setOpened = (one: string | null): void => setSearch(one === null ? {} : { buka: one }, { replace: one === null });
  const read = useRead<typeof getOwed>('/api/press-answers/owed', {});
  const rows = (title: string, some: readonly Owed[]) =>
    some.length > 0 && (
      <Section title={title} note={some.length}>
        <ul className="questions">
          {some.map((q) => (
            <QuestionRow
              key={q.id}
              question={q}
              zone={zone}
              under={
                operates ? (
                  <Link className="tap" href={`/konferensi/${q.conferenceId}/pertanyaan`}>
                    {q.conferenceTitle}
                  </Link>
                ) : (
                  q.conferenceTitle
                )
              }
            >
              <Button kind={q.overdue ? 'main' : 'plain'} aria-label={w.handleOf(q.topic)} onClick={() => setOpened(q.id)}>
                {w.answerIt}
              </Button>
            </QuestionRow>
          ))}
        </ul>
      </Section>
    );
  return (
    <Page title={w.owedTitle} under={w.owedUnder}>
      <Loaded from={read} skeleton={<Bones rows={4} tall />}>
        {(all) => {
          const found = all.find((q) => q.id === opened);
          return (
            <>
              {all.length === 0 && <Empty title={w.owedNone}>{w.owedNoneText}</Empty>}
              {rows(
                w.late,
                all.filter((q) => q.overdue),
              )}
              {rows(
                w.coming,
                all.filter((q) => !q.overdue),
              )}
              {operates && all.length > 0 && <p className="quiet s section-note">{w.read}</p>}
              {found && (
                <QuestionDetail
                  key={found.id}
                  question={found}
                  conferenceId={found.conferenceId}
                  zone={zone}
                  crew={[]}
                  leads={false}
                  over
                  more={
                    operates && (
                      <p>
                        <ButtonLink to={`/konferensi/${found.conferenceId}/pertanyaan`}>{w.toConference}</ButtonLink>
                      </p>
                    )
                  }
                  onClose={() => setOpened(null)}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
