// The page of a meeting, of parts that know nothing of each other, in the order in which they are needed: before it, in it, after it.
import { Fragment, Suspense } from 'react';
import { piece } from './platform/piece.ts';
import type { MeetingCard } from '../shared/meetings.ts';
import { Bones } from './ui/notice.tsx';

const ReadinessSection = piece(() => import('./readiness/readiness-section.tsx'));
const LobbySection = piece(() => import('./lobby/lobby-section.tsx'));
const PreparePart = piece(() => import('./planning/prepare-part.tsx'));
const OwnAnswer = piece(() => import('./invitations/own-answer.tsx'));
const InvitedSection = piece(() => import('./invitations/invited-section.tsx'));
const ProceedingsSection = piece(() => import('./proceedings/proceedings-section.tsx'));
const RecordSection = piece(() => import('./record/record-section.tsx'));
const CaptionsSection = piece(() => import('./captions/captions-section.tsx'));
const SheetSection = piece(() => import('./attendance/sheet-section.tsx'));
const MinutesSection = piece(() => import('./minutes/minutes-section.tsx'));
const OwnAttendance = piece(() => import('./attendance/corrections-own.tsx'));
const LetterSection = piece(() => import('./undangan/letter-section.tsx'));
const FacilitySection = piece(() => import('./facilities/facility-section.tsx'));

export function MeetingParts({ meeting, onAdd }: { meeting: MeetingCard; onAdd: () => void }) {
  const { id, youChair, youPrepare, state } = meeting;
  const begun = meeting.startedAt !== null;
  const parts = {
    own: <OwnAnswer meetingId={id} />,
    plan: <PreparePart meeting={meeting} />,
    letter: <LetterSection meetingId={id} />,
    facilities: <FacilitySection meetingId={id} title={meeting.title} mayAsk={youPrepare} />,
    invited: (youChair || youPrepare) && <InvitedSection meeting={meeting} onAdd={onAdd} />,
    lobby: <LobbySection meeting={meeting} />,
    readiness: <ReadinessSection meeting={meeting} />,
    agenda: <ProceedingsSection meetingId={id} />,
    captions: <CaptionsSection of="rapat" id={id} />,
    record: <RecordSection meeting={meeting} />,
    minutes: begun && <MinutesSection meetingId={id} />,
    sheet: begun && <SheetSection meetingId={id} chair={youChair} />,
    ownAttendance: meeting.startedAt !== null && <OwnAttendance meetingId={id} startedAt={meeting.startedAt} />,
  };
  const order: Record<MeetingCard['state'], (keyof typeof parts)[]> = {
    terjadwal: ['own', 'plan', 'letter', 'facilities', 'invited', 'agenda', 'lobby', 'readiness', 'captions', 'record'],
    berlangsung: ['lobby', 'agenda', 'captions', 'record', 'sheet', 'ownAttendance', 'readiness', 'invited', 'minutes', 'own', 'plan', 'letter'],
    berakhir: ['minutes', 'sheet', 'ownAttendance', 'agenda', 'captions', 'record', 'invited', 'own', 'plan', 'letter', 'lobby', 'readiness'],
    dibatalkan: ['own', 'plan', 'invited', 'letter', 'lobby', 'readiness'],
  };
  return (
    <Suspense fallback={<Bones rows={6} />}>
      {order[state].map((key) => (
        <Fragment key={key}>{parts[key]}</Fragment>
      ))}
    </Suspense>
  );
}
