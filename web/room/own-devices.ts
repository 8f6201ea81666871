// One's own camera and microphone before the room: asked for only after a press or when already allowed, each failing alone.
// A store: `snapshot` is replaced at every change. The captured tracks are handed to the room on joining.
import { keepChoice, listDevices, readChoice, remembered, type DeviceKind, type DeviceList } from './choice.ts';

export type Kind = 'camera' | 'microphone';
export type Trouble = 'Refused' | 'Busy' | 'Missing' | 'Failed';
export type OwnDevices = {
  /** `unasked`: the browser would ask for permission; nobody has pressed yet. */
  state: 'unasked' | 'starting' | 'settled';
  insecure: boolean;
  wanted: Record<Kind, boolean>;
  tracks: Record<Kind, MediaStreamTrack | null>;
  trouble: Record<Kind, Trouble | null>;
  list: DeviceList;
  chosen: Partial<Record<DeviceKind, string>>;
};

const KINDS = ['camera', 'microphone'] as const;

export type DeviceStore = ReturnType<typeof createOwnDevices>;

type Options = {
  /** Whoever comes by an urgent call shows no picture that they never chose to show. */
  calm?: boolean;
  /** What this person may use at all. */
  kinds?: readonly Kind[];
};

export function createOwnDevices({ calm = false, kinds: allowed = KINDS }: Options = {}) {
  const choice = readChoice({ cameraUnchosen: !calm });
  const insecure = !navigator.mediaDevices?.getUserMedia;
  let now: OwnDevices = {
    state: insecure ? 'settled' : 'unasked',
    insecure,
    wanted: { camera: choice.cameraOn && allowed.includes('camera'), microphone: choice.microphoneOn && allowed.includes('microphone') },
    tracks: { camera: null, microphone: null },
    trouble: { camera: null, microphone: null },
    list: { camera: [], microphone: [], speaker: [] },
    chosen: {},
  };
  const hearers = new Set<() => void>();
  let handedOver = false;
  let queue: Promise<void> = Promise.resolve();

  function change(next: Partial<OwnDevices>): void {
    now = { ...now, ...next };
    for (const hear of hearers) hear();
  }

  async function refreshList(): Promise<void> {
    const list = await listDevices();
    const kept = (kind: DeviceKind): string | undefined => now.chosen[kind] ?? remembered(choice, kind, list);
    change({
      list,
      chosen: { camera: kept('camera'), microphone: kept('microphone'), speaker: kept('speaker') },
    });
  }

  const constraints = (kind: Kind): MediaTrackConstraints => {
    const id = now.chosen[kind];
    const device = id === undefined ? {} : { deviceId: { ideal: id } };
    return kind === 'camera'
      ? { ...device, width: { ideal: 1280 }, height: { ideal: 720 } }
      : { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  };

  /** Captures these kinds; together first (one question), then each alone so that one failing leaves the other. */
  async function capture(kinds: readonly Kind[]): Promise<void> {
    if (kinds.length === 0) return;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: kinds.includes('camera') && constraints('camera'),
        audio: kinds.includes('microphone') && constraints('microphone'),
      });
      for (const track of stream.getTracks()) take(track.kind === 'video' ? 'camera' : 'microphone', track);
    } catch (error) {
      const trouble = troubleOf(error);
      if (kinds.length === 1 || trouble === 'Refused') {
        const refused = kinds.length === 1 ? kinds : await refusedOf(kinds);
        change({
          trouble: {
            ...now.trouble,
            ...Object.fromEntries(refused.map((kind) => [kind, trouble])),
          },
        });
        if (refused.length < kinds.length) await capture(kinds.filter((kind) => !refused.includes(kind)));
        return;
      }
      for (const kind of kinds) await capture([kind]);
    }
  }

  function take(kind: Kind, track: MediaStreamTrack): void {
    if (handedOver || !now.wanted[kind]) return track.stop();
    now.tracks[kind]?.stop();
    track.addEventListener(
      'ended',
      () =>
        now.tracks[kind] === track &&
        change({
          tracks: { ...now.tracks, [kind]: null },
          trouble: { ...now.trouble, [kind]: 'Failed' },
        }),
    );
    change({ tracks: { ...now.tracks, [kind]: track }, trouble: { ...now.trouble, [kind]: null } });
  }

  function start(kinds: readonly Kind[] = KINDS.filter((kind) => now.wanted[kind])): Promise<void> {
    if (now.insecure) return Promise.resolve();
    change({ state: 'starting' });
    queue = queue.then(async () => {
      await refreshList();
      await capture(kinds.filter((kind) => now.wanted[kind] && now.tracks[kind] === null));
      await refreshList();
      change({ state: 'settled' });
    });
    return queue;
  }

  function turn(kind: Kind, on: boolean): void {
    choice[`${kind}On`] = on;
    keepChoice(choice);
    if (!on) now.tracks[kind]?.stop();
    change({
      wanted: { ...now.wanted, [kind]: on },
      tracks: on ? now.tracks : { ...now.tracks, [kind]: null },
      trouble: { ...now.trouble, [kind]: null },
    });
    if (on) void start([kind]);
  }

  function choose(kind: DeviceKind, id: string): void {
    const label = now.list[kind].find((device) => device.id === id)?.label ?? '';
    choice.devices[kind] = { id, label };
    keepChoice(choice);
    change({ chosen: { ...now.chosen, [kind]: id } });
    if (kind === 'speaker' || !now.wanted[kind]) return;
    now.tracks[kind]?.stop();
    change({ tracks: { ...now.tracks, [kind]: null } });
    void start([kind]);
  }

  navigator.mediaDevices?.addEventListener?.('devicechange', () => void refreshList());
  void startIfAllowed();

  async function startIfAllowed(): Promise<void> {
    const granted = await Promise.all(KINDS.map(async (kind) => ((await permission(kind)) === 'granted' ? kind : null)));
    const kinds = granted.filter((kind) => kind !== null && now.wanted[kind]) as Kind[];
    const nothingWanted = !now.wanted.camera && !now.wanted.microphone;
    if (kinds.length > 0 || nothingWanted) await start(kinds);
  }

  return {
    snapshot: () => now,
    subscribe(hear: () => void) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    start,
    turn,
    choose,
    /** The room takes the tracks over; capturing still under way is waited for and then handed over too. */
    async handOver(): Promise<OwnDevices['tracks']> {
      // Joining is a press: whoever has not been asked yet is asked now, while the connection is already being made.
      await (now.state === 'unasked' ? start() : queue);
      handedOver = true;
      const tracks = now.tracks;
      change({ tracks: { camera: null, microphone: null } });
      return tracks;
    },
    stop() {
      handedOver = true;
      for (const track of Object.values(now.tracks)) track?.stop();
    },
  };
}

async function permission(kind: Kind): Promise<PermissionState> {
  const status = await navigator.permissions?.query({ name: kind }).catch(() => null);
  return status?.state ?? 'prompt';
}

/** Which of these the person (or the system) refused, when the browser said no to both at once. */
async function refusedOf(kinds: readonly Kind[]): Promise<Kind[]> {
  const states = await Promise.all(kinds.map(permission));
  const refused = kinds.filter((_, i) => states[i] !== 'granted');
  return refused.length === 0 ? [...kinds] : refused;
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'Refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'Busy';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'Missing';
  return 'Failed';
}
