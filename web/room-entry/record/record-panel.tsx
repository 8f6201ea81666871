// The panel beside the stage: chat, polls, materials. Downloaded when it is called.
import { useId } from 'react';
import type { RoomPerson } from '../../../shared/meetings.ts';
import type { Zone } from '../../../shared/people.ts';
import { saveAs } from '../../platform/download.ts';
import { Panel } from '../panel.tsx';
import { ChatPart } from './chat-part.tsx';
import type { ChatState, ChatStore } from './chat-store.ts';
import type { MaterialsState, MaterialsStore } from './materials-store.ts';
import { MaterialsPart } from './materials-part.tsx';
import { PollsPart } from './polls-part.tsx';
import type { PollsState, PollsStore } from './polls-store.ts';
import * as portal from './portal.ts';
import { useRecordWords } from './words.ts';
import './record.css';

export type Tab = 'chat' | 'polls' | 'materials';
const TABS: readonly Tab[] = ['chat', 'polls', 'materials'];

type Props = {
  meeting: { id: string; title: string; zone: Zone };
  you: string;
  people: readonly RoomPerson[];
  tab: Tab;
  onTab: (tab: Tab) => void;
  chat: ChatState;
  chats: ChatStore;
  polls: PollsState;
  pollStore: PollsStore;
  waiting: number;
  materials: MaterialsState;
  materialStore: MaterialsStore;
  onClose: () => void;
};

export default function RecordPanel({ meeting, you, people, tab, onTab, chat, chats, polls, pollStore, waiting, materials, materialStore, onClose }: Props) {
  const { id, title, zone } = meeting;
  const words = useRecordWords();
  const name = useId();
  const counts: Partial<Record<Tab, number>> = { chat: chat.unread, polls: waiting };
  return (
    <Panel title={words.title} onClose={onClose}>
      <fieldset className="tabs record-tabs">
        <legend className="for-readers">{words.section}</legend>
        {TABS.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={tab === one} onChange={() => onTab(one)} />
            <span>
              {words.tabs[one]} {(counts[one] ?? 0) > 0 && <span className="tab-count">{counts[one]}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {tab === 'chat' && (
        <ChatPart
          chat={chat}
          store={chats}
          meetingId={id}
          you={you}
          zone={zone}
          onExport={() => void portal.chatText(id).then((text) => saveAs(text, `obrolan ${title}.txt`))}
        />
      )}
      {tab === 'polls' && <PollsPart state={polls} store={pollStore} meetingId={id} zone={zone} />}
      {tab === 'materials' && <MaterialsPart state={materials} store={materialStore} meetingId={id} people={people} />}
    </Panel>
  );
}
