// The room: faces, names, one row of controls. Everything else comes when called and leaves again.
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { insist } from '../platform/insist.ts';
import { StageRoom, useConnection, useOwnMedia, useSound, useTiles } from '../room/stage-room.tsx';
import { Ask, type Question } from './ask.tsx';
import { Controls, type PanelName } from './controls.tsx';
import { useModeration } from './moderation/use-moderation.ts';
import { reasonOf } from './reason-of.ts';
import type { OwnTools } from '../room/own-media-strips.tsx';
import type { Visit } from './entrance.ts';
import { cardsOf } from './people.ts';
import { createRoomView, type RoomStore } from './room-view.ts';
import { StageView, type View } from './stage-view.tsx';
import { Strips } from './strips.tsx';
import { useHand } from './use-hand.ts';
import { useHost } from './use-host.ts';
import { useNotices } from './use-notices.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWakeLock } from '../ui/use-wake-lock.ts';
import { useWords } from './use-words.ts';
import './room.css';

const PeoplePanel = lazy(async () =>
  insist(async () => ({
    default: (await import('./people-panel.tsx')).PeoplePanel,
  })),
);
const HostPanel = lazy(async () => insist(async () => ({ default: (await import('./moderation/host-panel.tsx')).HostPanel })));
const SettingsPanel = lazy(async () =>
  insist(async () => ({
    default: (await import('./settings-panel.tsx')).SettingsPanel,
  })),
);

const NO_ONE: readonly never[] = [];

export type ScreenHandle = { enter: () => void; close: () => void };

/** Draws and lays out the room behind the pre-join screen, hidden from everybody, so that entering only has to show it. */
export function prepareRoomScreen(visit: Visit, page: HTMLElement): ScreenHandle {
  const place = document.createElement('main');
  place.className = 'room-place';
  place.inert = true;
  page.after(place);
  const store = createRoomView(visit, visit.onOver);
  const root = createRoot(place);
  const draw = (entered: boolean): void =>
    root.render(
      <StageRoom stage={visit.stage}>
        <RoomScreen visit={visit} store={store} entered={entered} />
      </StageRoom>,
    );
  draw(false);
  return {
    enter() {
      place.inert = false;
      store.enter();
      draw(true);
    },
    close() {
      store.close();
      root.unmount();
      place.remove();
    },
  };
}

function RoomScreen({ visit, store, entered }: { visit: Visit; store: RoomStore; entered: boolean }) {
  const { stage, join, onOver } = visit;
  const { member, chair } = join.you;
  const meetingId = join.meeting.id;
  const words = useWords();
  const [panel, setPanel] = useState<PanelName | null>(null);
  const [layout, setLayout] = useState<View>('grid');
  const [question, setQuestion] = useState<Question | null>(null);
  const [top, setTop] = useState<HTMLElement | null>(null);
  const connection = useConnection(stage);
  const { view, portalLost } = useSyncExternalStore(store.subscribe, store.snapshot);
  const own = useOwnMedia(stage, connection.state === 'in');
  const sound = useSound();
  const { people, screens } = useTiles(member);
  const cards = cardsOf(view);
  const [unread, setUnread] = useState(0);
  const [enteredAt, setEnteredAt] = useState(0);
  useEffect(() => {
    if (entered) setEnteredAt(performance.now());
  }, [entered]);
  const [shown, setShown] = useState(false);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const hand = useHand({
    meetingId,
    number: cards.get(member)?.hand ?? null,
    refresh: store.refresh,
  });
  const host = useHost({
    meetingId,
    chair,
    view,
    refresh: store.refresh,
  });
  const moderation = useModeration({ meetingId, you: member, view, own, refresh: store.refresh });
  const locks = view?.moderation.you.locks ?? [];
  const serves = view?.moderation.you.serves ?? false;
  const [notice, setNotice] = useNotices({ view, you: member });
  const proceedings = useCode(loadProceedings, entered && connection.state === 'in', panel === 'proceedings');
  const admits = view?.moderation.you.serves ?? chair;
  const lobby = useCode(loadLobbyRoom, entered && admits && join.you.signedIn, panel === 'lobby');
  const asking = useCode(loadLinkAsks, entered && connection.state === 'in', false);
  const record = useCode(loadRecord, entered, panel === 'chat');
  const held = useCode(loadHeld, entered && connection.state === 'in', locks.length > 0 || (view?.moderation.turn ?? null) !== null);
  const ownMedia = useCode(loadOwnMedia, entered && connection.state === 'in', false);
  const captions = useCode(loadCaptions, entered && connection.state === 'in', false);
  const [tools, setTools] = useState<OwnTools | null>(null);
  const over = useRef(onOver);
  useWakeLock(entered);
  useEffect(() => {
    if (connection.state === 'over') over.current(reasonOf(connection.ending));
  }, [connection]);

  const open = (name: PanelName): void => setPanel((now) => (now === name ? null : name));
  const close = (): void => setPanel(null);
  const leave = (): void => onOver({ kind: 'left' });
  const { end } = host;
  const askEnd =
    end &&
    (() =>
      setQuestion({
        title: words.end.title,
        body: words.end.body(people.filter((person) => !person.you).length),
        yes: words.end.yes,
        no: words.end.no,
        act: end,
      }));
  useShortcuts(entered, {
    // Locked, the key of the microphone asks for it, as its button does.
    m: locks.includes('mikrofon') ? (hand.raised ? undefined : hand.toggle) : own.toggleMicrophone,
    v: locks.includes('kamera') ? undefined : own.toggleCamera,
    h: hand.toggle,
    c: () => open('chat'),
    p: () => open('people'),
    k: () => open('proceedings'),
    g: tools?.small,
    '?': () => open('settings'),
    escape: panel ? close : undefined,
  });

  return (
    <div className="room" data-panel={panel ?? 'none'} data-connection={connection.state}>
      <header className="topline" ref={setTop}>
        <h1>{join.meeting.title}</h1>
      </header>
      <Strips connection={connection} portalLost={portalLost} own={own} {...(sound.unlock && { unlockSound: sound.unlock })} />
      {ownMedia && (
        <ownMedia.OwnMediaStrips
          stage={stage}
          own={own}
          inside={connection.state === 'in'}
          title={join.meeting.title}
          micLocked={locks.includes('mikrofon')}
          onLeave={leave}
          onDevices={() => setPanel('settings')}
          onTools={setTools}
        />
      )}
      {held && <held.ModerationStrips moderation={moderation} own={own} hand={hand} />}
      {asking && <asking.LinkAsks visit={visit} leads={chair || serves} />}
      <StageView
        stage={stage}
        own={own}
        people={
          people.length > 0
            ? people
            : [
                {
                  member,
                  you: true,
                  camera: null,
                  micOn: false,
                  speaking: false,
                  lastSpoke: 0,
                  link: 'good',
                },
              ]
        }
        screens={screens}
        cards={cards}
        view={layout}
        spotlight={view?.moderation.spotlight ?? []}
        shown={shown}
        onSlot={setSlot}
        onMore={() => setPanel('people')}
      />
      {captions && <captions.Captions of="rapat" id={meetingId} live={visit.live} />}
      <Suspense fallback={panel && <aside className="panel" aria-busy="true" />}>
        {panel === 'people' && view && (
          <PeoplePanel
            view={view}
            host={host}
            moderation={moderation}
            onAsk={setQuestion}
            onClose={close}
            {...(serves && { onModerate: () => setPanel('moderation') })}
          />
        )}
        {panel === 'moderation' && view && (
          <HostPanel moderation={moderation} hands={view.hands.map((one) => one.member)} zone={join.meeting.zone} onClose={close} />
        )}
        {panel === 'settings' && (
          <SettingsPanel
            stage={stage}
            own={own}
            tools={tools}
            view={layout}
            onView={setLayout}
            handsUp={view?.hands.length ?? 0}
            onPeople={() => setPanel('people')}
            onDecisions={() => setPanel('proceedings')}
            onClose={close}
            {...(serves && { onModerate: () => setPanel('moderation') })}
            {...(askEnd && { onEnd: askEnd })}
          />
        )}
      </Suspense>
      {proceedings ? (
        <proceedings.ProceedingsRoom visit={visit} top={top} open={panel === 'proceedings'} onOpen={() => setPanel('proceedings')} onClose={close} />
      ) : (
        panel === 'proceedings' && <aside className="panel" aria-busy="true" />
      )}
      {lobby && admits && <lobby.LobbyRoom visit={visit} top={top} open={panel === 'lobby'} onOpen={() => setPanel('lobby')} onClose={close} />}
      {record ? (
        <record.RecordRoom
          visit={visit}
          enteredAt={enteredAt}
          people={view?.people ?? NO_ONE}
          top={top}
          open={panel === 'chat'}
          onOpen={() => setPanel('chat')}
          onClose={close}
          onUnread={setUnread}
          onNotice={setNotice}
          onShown={setShown}
          slot={slot}
        />
      ) : (
        panel === 'chat' && <aside className="panel" aria-busy="true" />
      )}
      <Controls
        own={own}
        locks={locks}
        serves={serves}
        hand={hand}
        unread={unread}
        handsUp={view?.hands.length ?? 0}
        panel={panel}
        onPanel={open}
        onLeave={leave}
        {...(askEnd && { onEnd: askEnd })}
      />
      <p className="for-readers" role="status">
        {notice}
      </p>
      {question && <Ask question={question} onDone={() => setQuestion(null)} />}
    </div>
  );
}

/** What the join must not wait for comes a moment after it, or when it is called. */
const SETTLE_MS = 1200;
const AGAIN_MS = 5000;
const loadProceedings = () => import('./proceedings/proceedings-room.tsx');
const loadLobbyRoom = () => import('./lobby/lobby-room.tsx');
const loadLinkAsks = () => import('./link-asks.tsx');
const loadHeld = () => import('./moderation/strips.tsx');
const loadCaptions = () => import('../ui/captions.tsx');
const loadOwnMedia = () => import('../room/own-media-strips.tsx');
const loadRecord = () => import('./record/record-room.tsx');

/** Tried again until it comes: a network that is away for a moment takes nothing from the room. */
function useCode<T>(load: () => Promise<T>, inside: boolean, called: boolean): T | null {
  const [code, setCode] = useState<T | null>(null);
  const missing = code === null;
  useEffect(() => {
    if (!missing || !(inside || called)) return undefined;
    let timer = 0;
    const attempt = (): void =>
      void load().then(
        (found) => setCode(() => found),
        () => (timer = window.setTimeout(attempt, AGAIN_MS)),
      );
    timer = window.setTimeout(attempt, called ? 0 : SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [load, missing, inside, called]);
  return code;
}
