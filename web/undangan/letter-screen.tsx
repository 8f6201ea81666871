// The letter of a meeting: what it says beside the plan, who signs, to whom it goes; issue it, or what it owes since.
import { useId, useState } from 'react';
import { Link } from 'wouter';
import FileText from 'lucide-react/icons/file-text';
import type { getClassifications } from '../../shared/letters.ts';
import type {
  getLetterDraftPdf,
  getMeetingLetters,
  IssuedLetter,
  LetterDraft,
  MeetingLetters,
  postLetter,
  postLetterWithdrawal,
  putLetterDraft,
} from '../../shared/undangan.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useWatch } from '../platform/live.tsx';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { Field, SelectField, TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { letterWords } from '../words/letters.ts';
import { IssuedTable } from './issued-table.tsx';
import './undangan.css';

const CHANGED = ['/api/meetings/:id/letters'];

export default function LetterScreen({ id }: { id: string }) {
  const w = useWords(letterWords);
  const f = useFormats();
  useWatch(`meeting:${id}`);
  const letters = useRead<typeof getMeetingLetters>('/api/meetings/:id/letters', { params: { id } });
  const [withdrawing, setWithdrawing] = useState<IssuedLetter>();
  const found = letters.value;
  return (
    <Page
      title={w.section}
      over={found?.title}
      under={found && <p>{w.under(f.dayOf(found.startsAt, found.zone))}</p>}
      actions={<ButtonLink to={`/rapat/${id}`}>{w.backToMeeting}</ButtonLink>}
    >
      <Loaded from={letters} skeleton={<Bones rows={6} tall />}>
        {(value) => (
          <>
            {value.desk && <Desk key={value.desk.due ?? 'none'} letters={value} desk={value.desk} />}
            {value.issued.length > 0 && (
              <Section title={w.issuedList}>
                <IssuedTable letters={value} {...(value.desk?.mayWithdraw && { onWithdraw: setWithdrawing })} />
              </Section>
            )}
            {!value.desk && value.issued.length === 0 && <Empty title={w.done} />}
          </>
        )}
      </Loaded>
      {withdrawing && <Withdraw id={id} letter={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </Page>
  );
}

type Desk = NonNullable<MeetingLetters['desk']>;

function Desk({ letters, desk }: { letters: MeetingLetters; desk: Desk }) {
  const w = useWords(letterWords);
  const params = { id: letters.meetingId };
  const [draft, setDraft] = useState<LetterDraft>(desk.draft);
  const [copies, setCopies] = useState(desk.draft.copies.join('\n'));
  const [asking, setAsking] = useState(false);
  const listId = useId();
  const codes = useRead<typeof getClassifications>('/api/letter-classifications', {});
  const save = useWrite<typeof putLetterDraft>('PUT', '/api/meetings/:id/letters/draft', CHANGED);
  const issue = useWrite<typeof postLetter>('POST', '/api/meetings/:id/letters', [...CHANGED, '/api/opds/:opd/letter-numbers']);
  const preview = useDownload<typeof getLetterDraftPdf>('/api/meetings/:id/letters/draft.pdf');
  const set = (part: Partial<LetterDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const { due } = desk;
  if (due === null) return <Note tone="good">{w.done}</Note>;
  const body = (): LetterDraft => ({
    ...draft,
    signerGrade: draft.signerGrade?.trim() ? draft.signerGrade : null,
    copies: copies.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])),
  });
  const keep = () => save.run({ params, body: body() });
  async function see(): Promise<void> {
    if (await keep()) await preview.fetch({ params }, 'konsep.pdf');
  }
  async function issueNow(kind: NonNullable<Desk['due']>): Promise<void> {
    if ((await keep()) && (await issue.run({ params, body: { kind } }))) setAsking(false);
    else setAsking(false);
  }
  const signer = desk.signers.find((one) => one.positionId === draft.signerPositionId);
  const known = codes.value ?? [];
  const chosen = known.find(({ code }) => code === draft.classification);
  const failure = save.failure ?? issue.failure ?? preview.failure;
  return (
    <div className="letter-desk">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        {due !== 'undangan' && <Note tone="wait">{w.owed[due]}.</Note>}
        {desk.changes.length > 0 && (
          <table className="table" aria-label={w.changes}>
            <thead>
              <tr>
                <th scope="col">{w.changes}</th>
                <th scope="col">{w.from}</th>
                <th scope="col">{w.now}</th>
              </tr>
            </thead>
            <tbody>
              {desk.changes.map((change) => (
                <tr key={change.label}>
                  <th scope="row">{change.label}</th>
                  <td>{change.from}</td>
                  <td>
                    <strong>{change.to}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div>
          <h2>{w.draft}</h2>
          <p className="section-note">{w.draftNote}</p>
        </div>
        <TextField
          label={w.subject}
          value={draft.subject}
          onValue={(subject) => set({ subject })}
          required
          maxLength={160}
          error={fieldFailure(save.failure, 'subject')}
        />
        <TextField
          label={w.classification}
          hint={chosen?.name ?? w.classificationHint}
          value={draft.classification}
          onValue={(classification) => set({ classification: classification.trim() })}
          required
          list={listId}
          autoComplete="off"
          error={known.length > 0 && !chosen ? w.classificationUnknown : fieldFailure(save.failure, 'classification')}
        />
        <datalist id={listId}>
          {known.map(({ code, name }) => (
            <option key={code} value={code}>
              {`${code} · ${name}`}
            </option>
          ))}
        </datalist>
        {due === 'undangan' && (
          <Field label={w.notes} hint={w.notesHint} optional error={fieldFailure(save.failure, 'notes')}>
            {(props) => <textarea {...props} rows={3} maxLength={1500} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} />}
          </Field>
        )}
        {desk.signers.length === 0 ? (
          <Note tone="wait">{w.noSigner}</Note>
        ) : (
          <SelectField
            label={w.signer}
            value={draft.signerPositionId ?? ''}
            onValue={(signerPositionId) => set({ signerPositionId: signerPositionId === '' ? null : signerPositionId })}
            choices={[
              ...(signer ? [] : [{ value: '', label: '–' }]),
              ...desk.signers.map((one) => ({ value: one.positionId, label: `${one.label} · ${one.name}` })),
            ]}
            error={fieldFailure(failure, 'signerPositionId')}
          />
        )}
        <TextField label={w.grade} optional value={draft.signerGrade ?? ''} onValue={(signerGrade) => set({ signerGrade })} maxLength={60} />
        <Field label={w.copies} hint={w.copiesHint} optional error={fieldFailure(save.failure, 'copies')}>
          {(props) => <textarea {...props} rows={2} value={copies} onChange={(event) => setCopies(event.target.value)} />}
        </Field>
        {failure && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row">
          <Button kind="main" large onClick={() => setAsking(true)} disabled={desk.recipients.length === 0 || !signer}>
            {w.issue[due]}
          </Button>
          {desk.pdf && (
            <Button icon={<FileText aria-hidden />} busy={preview.busy} onClick={() => void see()}>
              {w.preview}
            </Button>
          )}
          <Button type="submit" kind="quiet" busy={save.busy}>
            {w.save}
          </Button>
          {save.reply && !save.busy && <span role="status">{w.saved}</span>}
        </div>
        {!desk.pdf && <p className="quiet">{w.noPdf}</p>}
      </form>
      <aside className="letter-aside">
        {desk.bareHead && (
          <Note tone="wait">
            {w.bareHead} <Link href={`/surat/kop?opd=${letters.opdId}`}>{w.setHead}</Link>
          </Note>
        )}
        <h2>{w.to}</h2>
        {desk.recipients.length === 0 ? (
          <p className="quiet">{w.nobody}</p>
        ) : (
          <ol className="letter-to">
            {desk.recipients.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        )}
        {desk.listed && <p className="quiet">{w.listed}</p>}
        {signer && (
          <>
            <h2>{w.signerShown}</h2>
            <p className="letter-signature">
              {signer.lines.map((line) => (
                <span key={line}>{line}</span>
              ))}
              <strong>{signer.name}</strong>
              {draft.signerGrade && <span>{draft.signerGrade}</span>}
            </p>
          </>
        )}
      </aside>
      {asking && (
        <Ask
          title={w.issueTitle[due]}
          text={w.issueText(desk.recipients.length)}
          yes={w.issue[due]}
          alarm={false}
          busy={save.busy || issue.busy}
          onYes={() => void issueNow(due)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function Withdraw({ id, letter, onClose }: { id: string; letter: IssuedLetter; onClose: () => void }) {
  const w = useWords(letterWords);
  const [reason, setReason] = useState('');
  const withdraw = useWrite<typeof postLetterWithdrawal>('POST', '/api/meetings/:id/letters/:letter/withdrawal', CHANGED);
  async function submit(): Promise<void> {
    if (await withdraw.run({ params: { id, letter: letter.id }, body: { reason } })) onClose();
  }
  return (
    <Dialog title={w.withdrawTitle(letter.number)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{w.withdrawText}</p>
        <TextField label={w.reason} value={reason} onValue={setReason} required maxLength={300} error={withdraw.failure?.message} />
        <div className="row row-end">
          <Button type="submit" kind="alarm" busy={withdraw.busy}>
            {w.withdraw}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
