// Kapan: day and hours, with times to propose; what hangs on them follows.
import { useState, type ReactNode } from 'react';
import Search from 'lucide-react/icons/calendar-search';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { postTimes } from '../../shared/planning.ts';
import { clockField, dayIn } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { planningWords } from '../words/planning.ts';
import { FindTime } from './find-time.tsx';
import { lasts } from './form.ts';
import { WhenFields, type WhenProps } from './when-fields.tsx';

/** `whom`: whose free times are looked for. */
export function WhenSection({ whom, children, ...fields }: WhenProps & { whom: Omit<BodyOf<typeof postTimes>, 'minutes'>; children: ReactNode }) {
  const w = useWords(planningWords);
  const { form, onForm, zone } = fields;
  const [finding, setFinding] = useState(false);
  return (
    <Section
      title={w.when}
      actions={
        <Button kind="quiet" icon={<Search aria-hidden />} onClick={() => setFinding(true)}>
          {w.findTime}
        </Button>
      }
    >
      <div className="stack plan-part">
        <WhenFields {...fields} />
        {children}
      </div>
      {finding && (
        <FindTime
          asked={{ ...whom, minutes: Math.min(480, Math.max(15, lasts(form))) }}
          zone={zone}
          onClose={() => setFinding(false)}
          onTake={({ startsAt, endsAt }) => {
            onForm({ ...form, day: dayIn(zone, new Date(startsAt)), from: clockField(startsAt, zone), to: clockField(endsAt, zone) });
            setFinding(false);
          }}
        />
      )}
    </Section>
  );
}
