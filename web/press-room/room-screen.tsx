// The press room: who speaks, the interpreter in a place of their own, one row of controls. Who watches sees the same as who asks.
import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { createRoot } from 'react-dom/client';
import { insist } from '../platform/insist.ts';
import { useWords } from '../platform/words.ts';
import { StageRoom, useConnection, useOwnMedia, useSound, useTiles } from '../room/stage-room.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWakeLock } from '../ui/use-wake-lock.ts';
import { pressRoomWords } from '../words/press-room.ts';
import { Air } from './air.tsx';
import { Controls } from './controls.tsx';
import { reasonOf, type Reason } from './gates.ts';
import { Jbi } from './jbi.tsx';
import { cameToWatch, cardsOf, heard, runsShow, standing } from './people.ts';
import { StageView } from './stage-view.tsx';
import { Strips } from './strips.tsx';
import { useAsking } from './use-asking.ts';
import { useSaver } from './use-saver.ts';
import { useFullScreen, useSight, useSoundSwitch, type Toggle } from './use-toggles.ts';
import type { PanelName, Visit } from './visit.ts';
import './room.css';

const FloorStrip = lazy(async () => insist(async () => ({ default: (await import('./floor/index.tsx')).FloorStrip })));
const Captions = lazy(async () => insist(async () => ({ default: (await import('../ui/captions.tsx')).Captions })));
const FloorPanel = lazy(async () => insist(async () => ({ default: (await import('./floor/index.tsx')).FloorPanel })));
const KitPanel = lazy(async () => insist(async () => ({ default: (await import('./kit/index.tsx')).KitPanel })));
const RunPanel = lazy(async () => insist(async () => ({ default: (await import('./run-panel.tsx')).RunPanel })));
const SettingsPanel = lazy(async () => insist(async () => ({ default: (await import('./settings-panel.tsx')).SettingsPanel })));
const Prepare = lazy(async () => insist(async () => ({ default: (await import('./prepare.tsx')).Prepare })));

export type ScreenHandle = { enter: () => void; close: () => void };

/** Draws and lays out the room behind the hall, hidden from everybody, so that entering only has to show it. */
export function prepareRoomScreen(visit: Visit, page: HTMLElement, onOver: (reason: Reason) => void): ScreenHandle {
  const place = document.createElement('main');
  place.className = 'room-place';
  place.inert = true;
  page.after(place);
  const root = createRoot(place);
  const draw = (entered: boolean): void => root.render(<Room visit={visit} entered={entered} onOver={onOver} />);
  draw(false);
  return {
    enter() {
      place.inert = false;
      draw(true);
    },
    close() {
      root.unmount();
      place.remove();
    },
  };
}

type Props = { visit: Visit; entered: boolean; onOver: (reason: Reason) => void };

function Room(props: Props) {
  const sound = useSoundSwitch();
  return (
    <StageRoom stage={props.visit.stage} silent={!sound.on}>
      <RoomScreen {...props} sound={sound} />
    </StageRoom>
  );
}

function RoomScreen({ visit, entered, onOver, sound }: Props & { sound: Toggle }) {
  const { stage } = visit;
  const words = useWords(pressRoomWords);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const room = useSyncExternalStore(visit.room.subscribe, visit.room.snapshot);
  const floor = useSyncExternalStore(visit.floor.subscribe, visit.floor.snapshot);
  const connection = useConnection(stage);
  const own = useOwnMedia(stage, connection.state === 'in');
  const blocked = useSound();
  const told = room?.you ?? visit.join.you;
  const you = cameToWatch(visit.join, told) ? visit.join.you : told;
  const conference = room?.conference ?? visit.join.conference;
  const { people, screens } = useTiles(visit.join.you.member ?? '');
  const cards = useMemo(() => cardsOf(room, floor), [room, floor]);
  const saver = useSaver(stage, cards);
  const { speakers, jbi } = standing(people, cards, saver.on);
  const full = useFullScreen();
  const sight = useSight();
  const portalLost = useLost(visit);
  const runs = runsShow(you);
  const watches = you.kind === 'penonton' || you.kind === 'jurnalis';
  const speaks = heard(people, cards);
  const over = useRef(onOver);
  useWakeLock(entered);
  useAsking(visit, entered, runs);
  // In the green room whoever runs the show sees at once what is missing, where there is a place for it beside the stage.
  const prepares = runs && visit.join.conference.liveAt === null;
  useEffect(() => {
    if (entered && prepares && window.matchMedia('(min-width: 64.01rem) and (min-height: 30.01rem)').matches) setPanel('run');
  }, [entered, prepares]);
  useEffect(() => {
    if (connection.state === 'over') over.current(reasonOf(connection.ending));
  }, [connection]);

  const open = (name: PanelName): void => setPanel((now) => (now === name ? null : name));
  const close = (): void => setPanel(null);
  const tries = you.kind === 'jurnalis' && you.registration === 'diterima' && (conference.state === 'tayang' || conference.state === 'tanya_jawab');
  useShortcuts(entered, {
    m: you.right === 'speaker' || you.right === 'host' || own.may.microphone ? own.toggleMicrophone : undefined,
    v: own.may.camera && you.kind !== 'penonton' ? own.toggleCamera : undefined,
    s: sound.toggle,
    d: saver.toggle,
    f: full?.toggle,
    p: () => open('questions'),
    escape: panel ? close : undefined,
  });
  const given = { visit, own, onClose: close };

  return (
    <div
      className="press"
      data-panel={panel ?? 'none'}
      data-connection={connection.state}
      data-kind={you.kind}
      style={sight ? ({ '--sight': `${sight.height}px`, '--sight-top': `${sight.top}px` } as CSSProperties) : undefined}
    >
      <header className="press-top">
        <Air conference={conference} />
        <h1 title={conference.title}>{conference.title}</h1>
        {speaks && <p className="press-now">{(speaks.now ? words.speaksNow : words.spokeLast)(speaks.name)}</p>}
        {room && <p className="press-count">{words.viewers(Math.max(room.viewers + room.journalists, watches ? 1 : 0))}</p>}
        {runs && (
          <button type="button" className="button press-run" aria-expanded={panel === 'run'} onClick={() => open('run')}>
            {words.run}
          </button>
        )}
      </header>
      <Strips connection={connection} portalLost={portalLost} own={own} saver={saver} />
      <StageView stage={stage} own={own} speakers={speakers} screens={screens} cards={cards} />
      <Suspense fallback={null}>{entered && <Captions of="pers" id={conference.id} live={visit.live} />}</Suspense>
      <Jbi of={jbi} stage={stage} ownCamera={own.on.camera} />
      <Suspense fallback={panel && <aside className="panel" aria-busy="true" />}>
        {panel === 'run' && <RunPanel {...given} />}
        {panel === 'questions' && <FloorPanel {...given} />}
        {panel === 'kit' && <KitPanel {...given} />}
        {panel === 'settings' && <SettingsPanel {...given} sound={sound} />}
      </Suspense>
      <div className="below">
        {blocked.unlock && sound.on && (
          <p className="sound-blocked">
            <span>{words.soundBlocked}</span>
            <button type="button" className="button button-main" onClick={blocked.unlock}>
              {words.soundOn}
            </button>
          </p>
        )}
        <Suspense fallback={null}>
          {entered && <FloorStrip visit={visit} own={own} onOpen={setPanel} />}
          {entered && tries && <Prepare stage={stage} own={own} />}
        </Suspense>
      </div>
      <Controls you={you} own={own} sound={sound} saver={saver} full={full} panel={panel} onPanel={open} onLeave={() => onOver({ kind: 'left' })} />
    </div>
  );
}

/** The portal's own socket is away. */
function useLost({ live }: Visit): boolean {
  return useSyncExternalStore(live.onState, () => live.state() === 'lost');
}
