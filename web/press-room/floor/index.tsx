// The floor in the press room: a strip below the stage, and a panel when it is called. Journalists ask, the moderator gives, everybody sees.
import { useSyncExternalStore } from 'react';
import { useWords } from '../../platform/words.ts';
import { consoleWords } from '../../words/press-console.ts';
import { floorWords } from '../../words/press-floor.ts';
import { Panel } from '../panel.tsx';
import { cameToWatch } from '../people.ts';
import type { PanelProps, StripProps } from '../visit.ts';
import { AskPanel } from './ask-panel.tsx';
import { Console, GiveNext } from './console.tsx';
import { ownPlace } from './queue.ts';
import { Moved, Turns } from './turns.tsx';
import { useFloor } from './use-floor.ts';
import './floor.css';

export function FloorStrip({ visit, own, onOpen }: StripProps) {
  const words = useWords(floorWords);
  const control = useWords(consoleWords);
  const floor = useFloor(visit);
  const you = useSyncExternalStore(visit.room.subscribe, visit.room.snapshot)?.you ?? visit.join.you;
  const { view } = floor;
  if (!view) return null;
  const place = ownPlace(view.queue);
  const speaking = view.turns.some((turn) => turn.mine);
  const open = () => onOpen('questions');
  return (
    <div className="floor-strip">
      <Turns floor={floor} own={own} zone={visit.join.conference.zone} />
      {!speaking && <Moved queue={view.queue} zone={visit.join.conference.zone} />}
      {view.youModerate && (
        <div className="floor-acts">
          {view.turns.length > 0 && (
            <button type="button" className="button button-main" onClick={open}>
              {control.releaseOpen}
            </button>
          )}
          {view.turns.length < view.limit && <GiveNext floor={floor} view={view} onReason={open} />}
          <button type="button" className="button" onClick={open}>
            {words.queue(view.queue.length)}
          </button>
        </div>
      )}
      {cameToWatch(visit.join, you) && (
        <div className="floor-acts">
          <p role="status">{words.accepted}</p>
          <button type="button" className="button button-main" onClick={visit.again}>
            {words.enterAsJournalist}
          </button>
        </div>
      )}
      {you.kind === 'jurnalis' && !cameToWatch(visit.join, you) && !view.youModerate && !speaking && (
        <div className="floor-acts">
          {place && (
            <p role="status">
              <strong>{words.place(place.mine.place, place.of)}</strong>; {words.outletTurns(place.mine.turnsHad)}
            </p>
          )}
          <button type="button" className={place ? 'button floor-open' : 'button button-main'} onClick={open}>
            {place ? words.title : words.ask}
          </button>
        </div>
      )}
    </div>
  );
}

export function FloorPanel({ visit, onClose }: PanelProps) {
  const words = useWords(floorWords);
  const control = useWords(consoleWords);
  const floor = useFloor(visit);
  const room = useSyncExternalStore(visit.room.subscribe, visit.room.snapshot);
  const { zone, crew } = visit.join.conference;
  const moderated = floor.view?.youModerate ? floor.view : null;
  const you = room?.you ?? visit.join.you;
  return (
    <Panel title={moderated ? control.title : words.title} onClose={onClose}>
      {moderated ? (
        <Console floor={floor} view={moderated} zone={zone} crew={room?.crew ?? crew} />
      ) : (
        <AskPanel floor={floor} slug={visit.slug} zone={zone} you={you} {...(cameToWatch(visit.join, you) && { onEnter: visit.again })} />
      )}
    </Panel>
  );
}
