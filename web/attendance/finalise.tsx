// Freezes the list under the next number. Asks once: a number cannot be given back.
import { useState } from 'react';
import type { postSheetFinal } from '../../shared/attendance.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { attendanceWords } from '../words/attendance.ts';

export function Finalise({ meetingId }: { meetingId: string }) {
  const w = useWords(attendanceWords);
  const [asking, setAsking] = useState(false);
  const freeze = useWrite<typeof postSheetFinal>('POST', '/api/meetings/:id/attendance/final', ['/api/meetings/:id/attendance']);
  async function yes(): Promise<void> {
    if (await freeze.run({ params: { id: meetingId } })) setAsking(false);
  }
  return (
    <div>
      <Button kind="main" onClick={() => setAsking(true)}>
        {w.finalise}
      </Button>
      {asking && (
        <Ask
          title={w.finaliseTitle}
          text={w.finaliseText}
          yes={w.finaliseYes}
          alarm={false}
          busy={freeze.busy}
          failure={freeze.failure?.message}
          onYes={() => void yes()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
