// What somebody wrote without a connection and could not be merged any more, because the text was frozen first: theirs to copy.
import { useState } from 'react';
import { useMe } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notice.tsx';
import { minutesWords } from '../../words/minutes.ts';
import { forget } from './kept.ts';
import { wordsKept } from './shared-text.ts';

export default function LeftOver({ meetingId }: { meetingId: string }) {
  const w = useWords(minutesWords);
  const me = useMe();
  const [words, setWords] = useState(() => wordsKept(meetingId, me.id));
  if (!words) return null;
  function drop(): void {
    forget(meetingId, me.id);
    setWords(null);
  }
  return (
    <Note tone="wait">
      <div className="stack">
        <p>
          <strong>{w.leftTitle}.</strong> {w.leftText}
        </p>
        <textarea aria-label={w.leftTitle} readOnly rows={6} value={words} />
        <div>
          <Button onClick={drop}>{w.leftDrop}</Button>
        </div>
      </div>
    </Note>
  );
}
