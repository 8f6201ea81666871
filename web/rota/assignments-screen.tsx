// Surat tugas of a month: what is due and what it says for who may issue, the letters that are out, and the own ones for everybody.
import { useEffect, useRef, useState } from 'react';
import Download from 'lucide-react/icons/download';
import FileText from 'lucide-react/icons/file-text';
import { Link, useSearchParams } from 'wouter';
import type {
  AssignmentDraft,
  AssignmentKind,
  AssignmentLetter,
  getAssignmentDraftPdf,
  getAssignmentPdf,
  getAssignments,
  getMyAssignments,
  MonthAssignments,
  MyAssignment,
  postAssignment,
  putAssignmentDraft,
} from '../../shared/assignments.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useDownload } from '../platform/download.ts';
import { useFormats } from '../platform/format.ts';
import { useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { Field, SelectField, TextField } from '../ui/field.tsx';
import { Mark, PlaceCard } from '../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { rotaRecapWords } from '../words/rota-recap.ts';
import { Cell } from './recap-revisions.tsx';
import { mayReadRota, MonthChoice, RotaOpd, RotaTabs, useMonth, useRotaOpd } from './rota-parts.tsx';
import './recap.css';

const CHANGED = ['/api/opds/:id/assignments', '/api/me/assignments', '/api/opds/:id/rota/recap', '/api/opds/:opd/letter-numbers'];
const looks = { terbit: ['full', 'good'], diubah: ['half', 'wait'], dicabut: ['dash', 'alarm'] } as const;

export default function AssignmentsScreen() {
  const w = useWords(rotaRecapWords);
  const manages = mayReadRota(useMe());
  const month = useMonth();
  return (
    <Page title={w.assignments} under={<p>{w.assignmentsUnder}</p>}>
      <RotaTabs />
      {manages ? <OfOpd month={month} /> : <MonthChoice {...month} />}
      <Mine month={month.month} alone={!manages} />
    </Page>
  );
}

function OfOpd({ month }: { month: ReturnType<typeof useMonth> }) {
  const w = useWords(rotaRecapWords);
  const opd = useRotaOpd();
  const read = useRead<typeof getAssignments>(
    '/api/opds/:id/assignments',
    { params: { id: opd.id ?? '' }, query: { month: month.month } },
    { enabled: opd.id !== undefined },
  );
  return (
    <>
      <div className="tools rota-top">
        <MonthChoice {...month} />
        <RotaOpd opd={opd} />
      </div>
      <Loaded from={read} skeleton={<Bones rows={8} tall />}>
        {(found) =>
          found.revision === null ? (
            <Empty title={w.none}>{w.noneText}</Empty>
          ) : (
            <>
              {found.desk && <Desk key={`${found.month} ${found.desk.due}`} found={found} desk={found.desk} />}
              {found.letters.length > 0 && (
                <Section title={w.issuedList}>
                  <Issued found={found} />
                  <p className="quiet s section-note">{w.logged}</p>
                </Section>
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}

type DeskOf = NonNullable<MonthAssignments['desk']>;
function Desk({ found, desk }: { found: MonthAssignments; desk: DeskOf }) {
  const w = useWords(rotaRecapWords);
  const params = { id: found.opdId };
  const [draft, setDraft] = useState<AssignmentDraft>(desk.draft);
  const [copies, setCopies] = useState(desk.draft.copies.join('\n'));
  const [asking, setAsking] = useState<AssignmentKind>();
  const save = useWrite<typeof putAssignmentDraft>('PUT', '/api/opds/:id/assignments/draft', CHANGED);
  const issue = useWrite<typeof postAssignment>('POST', '/api/opds/:id/assignments', CHANGED);
  const preview = useDownload<typeof getAssignmentDraftPdf>('/api/opds/:id/assignments/draft.pdf');
  const set = (part: Partial<AssignmentDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const { due } = desk;
  const keep = () =>
    save.run({
      params,
      body: {
        month: found.month,
        ...draft,
        signerGrade: draft.signerGrade?.trim() ? draft.signerGrade : null,
        copies: copies.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])),
      },
    });
  async function see(): Promise<void> {
    if (await keep()) await preview.fetch({ params, query: { month: found.month } }, 'konsep.pdf');
  }
  async function issueNow(kind: AssignmentKind, reason: string | null): Promise<void> {
    const body = { month: found.month, kind, revision: found.revision ?? 0, reason };
    if ((await keep()) && (await issue.run({ params, body }))) setAsking(undefined);
  }
  const signer = desk.signers.find((one) => one.positionId === draft.signerPositionId);
  const failure = save.failure ?? issue.failure ?? preview.failure;
  return (
    <div className="assignment-desk">
      {due === null ? <Note tone="good">{w.done}</Note> : <Note tone="wait">{w.owed[due](desk.people, desk.lines)}</Note>}
      {desk.bareHead && (
        <Note tone="wait">
          {w.bareHead} <Link href={`/surat/kop?opd=${found.opdId}`}>{w.setHead}</Link>
        </Note>
      )}
      {desk.changes.length > 0 && <Changes changes={desk.changes} all={desk.lines} />}
      {due !== null && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <div>
            <h2>{w.draft}</h2>
            <p className="section-note">{w.draftNote}</p>
          </div>
          <TextField
            label={w.classification}
            hint={w.classificationHint}
            value={draft.classification}
            onValue={(classification) => set({ classification: classification.trim() })}
            required
            autoComplete="off"
            error={fieldFailure(save.failure, 'classification')}
          />
          {desk.signers.length === 0 ? (
            <Note tone="wait">{w.noSigner}</Note>
          ) : (
            <SelectField
              label={w.signer}
              value={draft.signerPositionId ?? ''}
              onValue={(signerPositionId) => set({ signerPositionId })}
              choices={desk.signers.map((one) => ({ value: one.positionId, label: `${one.label} · ${one.name}` }))}
              error={fieldFailure(failure, 'signerPositionId')}
            />
          )}
          {signer && (
            <p className="assignment-signature s">
              {signer.lines.map((line) => (
                <span key={line}>{line}</span>
              ))}
              <strong>{signer.name}</strong>
            </p>
          )}
          <TextField label={w.grade} optional value={draft.signerGrade ?? ''} onValue={(signerGrade) => set({ signerGrade })} maxLength={60} />
          <Field label={w.copies} hint={w.copiesHint} optional error={fieldFailure(save.failure, 'copies')}>
            {(props) => <textarea {...props} rows={2} value={copies} onChange={(event) => setCopies(event.target.value)} />}
          </Field>
          <div className="row">
            <Button kind="main" large onClick={() => setAsking(due)} disabled={!signer}>
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
      )}
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
      {desk.mayRevoke && due !== 'pencabutan' && (
        <div>
          <Button kind="quiet" onClick={() => setAsking('pencabutan')}>
            {w.issue.pencabutan}
          </Button>
        </div>
      )}
      {asking === 'pencabutan' ? (
        <Revoke
          busy={issue.busy}
          failure={issue.failure?.message}
          onYes={(reason) => void issueNow('pencabutan', reason)}
          onClose={() => setAsking(undefined)}
        />
      ) : (
        asking && (
          <Ask
            title={w.issueTitle[asking]}
            text={w.issueText(desk.people)}
            yes={w.issue[asking]}
            alarm={false}
            busy={save.busy || issue.busy}
            failure={issue.failure?.message}
            onYes={() => void issueNow(asking, null)}
            onClose={() => setAsking(undefined)}
          />
        )
      )}
    </div>
  );
}

function Changes({ changes, all }: { changes: DeskOf['changes']; all: number }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const columns: Column<DeskOf['changes'][number]>[] = [
    { key: 'person', head: w.cols.person, phone: 'title', cell: ({ name }) => name },
    { key: 'date', head: w.cols.date, cell: ({ date }) => f.date(date) },
    { key: 'was', head: w.cols.was, cell: ({ was }) => (was === null ? w.notAssigned : <Cell cell={was} />) },
    { key: 'now', head: w.cols.now, cell: ({ now }) => <Cell cell={now} /> },
  ];
  return (
    <div>
      <Table caption={w.changes} columns={columns} rows={changes} rowKey={(one) => `${one.personId} ${one.date}`} />
      {all > changes.length && <p className="quiet s">{w.moreChanges(all - changes.length)}</p>}
    </div>
  );
}

type RevokeProps = { busy: boolean; failure: string | undefined; onYes: (reason: string) => void; onClose: () => void };
function Revoke({ busy, failure, onYes, onClose }: RevokeProps) {
  const w = useWords(rotaRecapWords);
  const [reason, setReason] = useState('');
  return (
    <Dialog title={w.issueTitle.pencabutan} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onYes(reason);
        }}
      >
        <p>{w.revokeText}</p>
        <TextField label={w.revokeReason} value={reason} onValue={setReason} required maxLength={300} error={failure} />
        <div className="row row-end">
          <Button type="submit" kind="alarm" busy={busy}>
            {w.issue.pencabutan}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function State({ state }: Pick<AssignmentLetter, 'state'>) {
  const w = useWords(rotaRecapWords);
  return (
    <Mark shape={looks[state][0]} tone={looks[state][1]}>
      {w.states[state]}
    </Mark>
  );
}

function TakePdf({ letter: { id, number } }: { letter: Pick<AssignmentLetter, 'id' | 'number'> }) {
  const w = useWords(rotaRecapWords);
  const pdf = useDownload<typeof getAssignmentPdf>('/api/assignments/:id/pdf');
  return (
    <>
      <Button
        kind="quiet"
        icon={<Download aria-hidden />}
        busy={pdf.busy}
        aria-label={w.downloadOf(number)}
        onClick={() => void pdf.fetch({ params: { id } }, `${number.replaceAll('/', '-')}.pdf`)}
      >
        {w.download}
      </Button>
      {pdf.failure && (
        <span className="s" role="alert">
          {pdf.failure.message}
        </span>
      )}
    </>
  );
}

function Issued({ found }: { found: MonthAssignments }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const columns: Column<AssignmentLetter>[] = [
    {
      key: 'letter',
      head: w.letters,
      phone: 'title',
      cell: (one) => (
        <span className="place">
          <span className="place-name">
            {one.number} <span className="badge">{w.kinds[one.kind]}</span>
          </span>
          <span className="place-position">{w.issuedOn(`${f.dayOf(one.issuedAt, found.zone)}, ${f.time(one.issuedAt, found.zone)}`, one.issuedBy)}</span>
          <span className="place-more">{w.ofRevision(one.people, one.lines, one.revision)}</span>
        </span>
      ),
    },
    { key: 'state', head: '', phone: 'plain', cell: ({ state }) => <State state={state} /> },
    { key: 'signer', head: w.signer, cell: ({ signer, signerName }) => <PlaceCard name={signerName} position={signer} /> },
    { key: 'do', head: '', phone: 'plain', cell: (one) => <TakePdf letter={one} /> },
  ];
  return <Table caption={w.issuedList} columns={columns} rows={found.letters} rowKey={(one) => one.id} />;
}

/** For whoever keeps the letters it is shown only where there are any. */
function Mine({ month, alone }: { month: string; alone: boolean }) {
  const w = useWords(rotaRecapWords);
  const read = useRead<typeof getMyAssignments>('/api/me/assignments', { query: { month } });
  return (
    <Loaded from={read} skeleton={<Bones rows={4} />}>
      {({ letters, zone }) =>
        letters.length > 0 ? (
          <Section title={w.mine}>
            <ul className="recap-list">
              {letters.map((letter) => (
                <Own key={letter.id} letter={letter} zone={zone} />
              ))}
            </ul>
          </Section>
        ) : (
          alone && <Empty title={w.noneMine} />
        )
      }
    </Loaded>
  );
}

function Own({ letter, zone }: { letter: MyAssignment; zone: MonthAssignments['zone'] }) {
  const w = useWords(rotaRecapWords);
  const f = useFormats();
  const [search] = useSearchParams();
  const isAsked = search.get('surat') === letter.number;
  const seen = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAsked) seen.current?.scrollIntoView({ block: 'center' });
  }, [isAsked]);
  return (
    <li ref={seen} aria-current={isAsked || undefined} className="own-letter">
      <div className="recap-revision">
        <span>
          <strong>{letter.number}</strong>
          <span className="quiet s">
            {w.kinds[letter.kind]}, {f.dayOf(letter.issuedAt, zone)}
          </span>
        </span>
        <State state={letter.state} />
        <TakePdf letter={letter} />
      </div>
      <ul className="own-days">
        {letter.lines.map(({ date, was, now }) => (
          <li key={date}>
            {f.weekday(date)} {f.date(date)}: {letter.kind === 'perubahan' && (was === null ? w.notAssigned : <Cell cell={was} />)}
            {letter.kind === 'perubahan' && ' → '}
            {letter.kind === 'pencabutan' ? <Cell cell={was} /> : <Cell cell={now} />}
          </li>
        ))}
      </ul>
    </li>
  );
}
