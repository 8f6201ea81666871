// Periksa keaslian: what the portal has on record for the code printed on a paper. Open to anybody.
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import ShieldCheck from 'lucide-react/icons/shield-check';
import type { getVerification, Verification } from '../../shared/letters.ts';
import { useRead } from '../platform/api.ts';
import { useFormats } from '../platform/format.ts';
import { useWords } from '../platform/words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { attendanceWords } from '../words/attendance.ts';
import './attendance.css';

/** As printed: capitals, groups of four. */
const asPrinted = (typed: string): string =>
  (
    typed
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .match(/.{1,4}/g) ?? []
  ).join('-');

export default function VerifyScreen({ code }: { code: string | undefined }) {
  const w = useWords(attendanceWords);
  return (
    <Page key={code ?? ''} title={w.verify} under={w.verifyUnder}>
      {code === undefined ? <AskCode /> : <Answer code={asPrinted(code)} />}
    </Page>
  );
}

function AskCode() {
  const w = useWords(attendanceWords);
  const [typed, setTyped] = useState('');
  const [, go] = useLocation();
  function submit(event: FormEvent): void {
    event.preventDefault();
    go(`/v/${asPrinted(typed)}`);
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={w.verifyCode}
        hint={w.verifyHint}
        value={typed}
        onValue={setTyped}
        required
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <Button type="submit" kind="main" large>
        {w.verifyDo}
      </Button>
    </form>
  );
}

function Answer({ code }: { code: string }) {
  const w = useWords(attendanceWords);
  const found = useRead<typeof getVerification>('/api/verifications/:code', { params: { code } });
  const unknown = found.failure?.code === 'not_found' || found.failure?.code === 'input.invalid';
  return (
    <div className="stack" aria-live="polite">
      <p className="quiet">
        {w.verifyCode}: <code>{code}</code>
      </p>
      {unknown ? (
        <Empty title={w.unknown}>{w.unknownText}</Empty>
      ) : (
        <Loaded from={found} skeleton={<Bones rows={7} />}>
          {(record) => <Genuine record={record} />}
        </Loaded>
      )}
      <div>
        <ButtonLink to="/v">{w.another}</ButtonLink>
      </div>
    </div>
  );
}

function Genuine({ record }: { record: Verification }) {
  const w = useWords(attendanceWords);
  const f = useFormats();
  const facts: [string, React.ReactNode][] = [
    [w.vCols.paper, w.papers[record.paper]],
    [w.vCols.number, record.number],
    [record.assignment ? w.about : w.vCols.title, record.title],
    [w.vCols.opd, record.opdName],
    [w.vCols.region, record.regionName],
  ];
  const { letter, assignment } = record;
  if (assignment) {
    facts.push(
      [w.vCols.signer, assignment.signer],
      [w.namedPeople, w.named(assignment.people)],
      [w.vCols.issued, `${f.dayOf(record.finalisedAt, record.zone)}, ${f.time(record.finalisedAt, record.zone)}`],
      [w.vCols.standing, [w.letterStates[assignment.state], ...(assignment.followedBy === null ? [] : [w.followedBy(assignment.followedBy)])].join(', ')],
    );
  } else if (letter) {
    facts.push(
      [w.vCols.signer, letter.signer],
      [w.vCols.day, f.dayOf(letter.startsAt, record.zone)],
      [w.vCols.time, f.span(letter.startsAt, letter.endsAt, record.zone)],
      [w.vCols.place, letter.place],
      [w.vCols.invited, w.invitedNow(record.invited)],
      [w.vCols.issued, `${f.dayOf(record.finalisedAt, record.zone)}, ${f.time(record.finalisedAt, record.zone)}`],
      [w.vCols.standing, letter.replacedBy === null ? w.letterStates[letter.state] : w.replacedBy(letter.replacedBy)],
    );
  } else {
    facts.push([w.vCols.chair, record.chairName]);
    if (record.startedAt !== null)
      facts.push([w.vCols.day, f.dayOf(record.startedAt, record.zone)], [w.vCols.time, f.span(record.startedAt, record.endedAt, record.zone)]);
    if (record.decisions !== null) facts.push([w.vCols.decisions, f.number(record.decisions)]);
    facts.push(
      [w.vCols.present, w.presentOf(record.present, record.invited)],
      [
        record.paper === 'notulen' ? w.vCols.approved : w.vCols.final,
        `${f.dayOf(record.finalisedAt, record.zone)}, ${f.time(record.finalisedAt, record.zone)}`,
      ],
    );
  }
  facts.push([w.vCols.print, <code key="print">{record.fingerprint}</code>]);
  const isOver = (letter && letter.state !== 'terbit') || assignment?.state === 'dicabut';
  return (
    <div>
      <p className="verdict" data-tone={isOver ? 'wait' : 'good'}>
        <ShieldCheck aria-hidden /> {isOver ? w.letterOld : w.genuine}
      </p>
      <p className="quiet">{w.genuineText}</p>
      <dl className="facts">
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
