// On the page of a meeting: its letters, and what is owed.
import type { getMeetingLetters } from '../../shared/undangan.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Section } from '../ui/page.tsx';
import { letterWords } from '../words/letters.ts';
import { IssuedTable } from './issued-table.tsx';

export default function LetterSection({ meetingId }: { meetingId: string }) {
  const w = useWords(letterWords);
  const letters = useRead<typeof getMeetingLetters>('/api/meetings/:id/letters', { params: { id: meetingId } });
  const { value } = letters;
  // For who is only invited there is nothing to see until a letter is out.
  if (value && value.issued.length === 0 && (value.desk === null || value.desk.due === null)) return null;
  return (
    <Section
      title={w.section}
      actions={
        value?.desk ? (
          <ButtonLink to={`/rapat/${meetingId}/undangan`} kind="quiet">
            {value.issued.length === 0 ? w.open : w.openAgain}
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded from={letters} skeleton={<Bones rows={2} />}>
        {(found) => (
          <div className="stack">
            {found.desk && found.issued.length === 0 && <p className="quiet">{w.noneYet}</p>}
            {found.desk?.due && found.issued.length > 0 && <Note tone="wait">{w.owed[found.desk.due]}.</Note>}
            {found.issued.length > 0 && <IssuedTable letters={found} />}
          </div>
        )}
      </Loaded>
    </Section>
  );
}
