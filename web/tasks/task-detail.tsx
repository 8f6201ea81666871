// One task at the side: the decision word for word, where it comes from, who answers for it; and whoever may, ends it here.
import { useState, type FormEvent, type ReactNode } from 'react';
import type { postTaskCancel, postTaskDone, Task } from '../../shared/tasks.ts';
import { fieldFailure, useWrite, type Write } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { PlaceCard } from '../ui/marks.tsx';
import { Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { taskWords } from '../words/tasks.ts';
import { Due } from './due.tsx';

const CHANGED = ['/api/me/tasks', '/api/me/tasks/reminders'];

export function TaskDetail({ task, onClose }: { task: Task; onClose: () => void }) {
  const w = useWords(taskWords);
  const f = useFormats();
  const { text, basis, responsible, decision, chairName, opdName, zone, may } = task;
  return (
    <Dialog title={w.title} onClose={onClose} side>
      <div className="stack">
        <Due task={task} />
        <p className="task-words">{text}</p>
        <Part title={w.whoNow}>
          <PlaceCard name={responsible.name ?? w.nobody} position={responsible.label ?? responsible.title} />
          <p className="quiet s">{w.follows}</p>
        </Part>
        {basis !== null && (
          <Part title={w.basis}>
            <p>{basis}</p>
          </Part>
        )}
        <Part title={w.source}>
          <PlaceCard
            name={w.from(decision.no, decision.meetingTitle)}
            position={opdName}
            more={w.decidedBy(chairName, `${f.shortDayOf(decision.decidedAt, zone)}, ${f.time(decision.decidedAt, zone)}`)}
          />
          {may.openMeeting && (
            <p>
              <ButtonLink to={`/rapat/${decision.meetingId}`}>{w.openMeeting}</ButtonLink>
            </p>
          )}
        </Part>
        <Ended task={task} />
        {(may.finish || may.cancel) && <End task={task} />}
      </div>
    </Dialog>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="task-part">
    <h3>{title}</h3>
    {children}
  </section>
);

function Ended({ task: { state, over, zone } }: { task: Task }) {
  const w = useWords(taskWords);
  const f = useFormats();
  if (!over) return null;
  const when = `${f.shortDayOf(over.at, zone)}, ${f.time(over.at, zone)}`;
  return (
    <Part title={w.whatNow}>
      {over.note !== null && <p className="said">{over.note}</p>}
      <p className="quiet s">
        {state === 'selesai' ? w.doneBy(over.byName ?? '', when) : over.byName === null ? w.withdrawn(when) : w.cancelledBy(over.byName, when)}
      </p>
    </Part>
  );
}

function End({ task: { id, may } }: { task: Task }) {
  const w = useWords(taskWords);
  const c = useWords(commonWords);
  const [cancelling, setCancelling] = useState(false);
  const finish = useWrite<typeof postTaskDone>('POST', '/api/tasks/:id/done', CHANGED);
  const cancel = useWrite<typeof postTaskCancel>('POST', '/api/tasks/:id/cancel', CHANGED);
  if (cancelling)
    return (
      <Words
        label={w.reason}
        hint={w.reasonHint}
        max={300}
        field="reason"
        write={cancel}
        onSay={(reason) => void cancel.run({ params: { id }, body: { reason } })}
      >
        <Button onClick={() => setCancelling(false)}>{c.cancel}</Button>
        <Button type="submit" kind="alarm" busy={cancel.busy}>
          {w.cancelDo}
        </Button>
      </Words>
    );
  return (
    <Words label={w.note} hint={w.noteHint} max={1000} field="note" write={finish} onSay={(note) => void finish.run({ params: { id }, body: { note } })}>
      {may.cancel && (
        <Button kind="quiet" onClick={() => setCancelling(true)}>
          {w.cancel}
        </Button>
      )}
      <Button type="submit" kind="main" busy={finish.busy}>
        {w.finishDo}
      </Button>
    </Words>
  );
}

type WordsProps = {
  label: string;
  hint: string;
  max: number;
  field: string;
  write: Pick<Write<typeof postTaskDone>, 'failure'>;
  onSay: (text: string) => void;
  children: ReactNode;
};

function Words({ label, hint, max, field, write: { failure }, onSay, children }: WordsProps) {
  const [text, setText] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSay(text);
  }
  return (
    <form className="stack decide" onSubmit={submit}>
      <Field label={label} hint={hint} error={fieldFailure(failure, field)}>
        {(props) => <textarea {...props} rows={4} required maxLength={max} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {failure && failure.fields.length === 0 && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      <div className="row row-end">{children}</div>
    </form>
  );
}
