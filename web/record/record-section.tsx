// What is kept with the room, on a meeting's page: materials before and after, polls as they came out, the chat to be read.
import { useWatch } from '../platform/live.tsx';
import { ChatPart } from './chat-part.tsx';
import { MaterialsPart } from './materials-part.tsx';
import type { Of } from './parts.tsx';
import { PollsPart } from './polls-part.tsx';
import './record.css';

export default function RecordSection({ meeting }: Of) {
  useWatch(`meeting:${meeting.id}`);
  return (
    <>
      <MaterialsPart meeting={meeting} />
      {meeting.state !== 'terjadwal' && <PollsPart meeting={meeting} />}
      {meeting.state !== 'terjadwal' && <ChatPart meeting={meeting} />}
    </>
  );
}
