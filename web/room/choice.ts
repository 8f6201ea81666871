// Which camera, microphone and speaker this person chose, and whether they were on. Remembered on this device by id and,
// because browsers renew ids, by label too.
export type DeviceKind = 'camera' | 'microphone' | 'speaker';
type Chosen = { id: string; label: string };
export type Choice = {
  cameraOn: boolean;
  microphoneOn: boolean;
  devices: Partial<Record<DeviceKind, Chosen>>;
};

const KEY = 'perangkat-rapat';
const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

/** `cameraUnchosen`: for somebody who never chose. */
export function readChoice({ cameraUnchosen = true } = {}): Choice {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Choice>;
    return {
      cameraOn: kept.cameraOn ?? cameraUnchosen,
      microphoneOn: kept.microphoneOn !== false,
      devices: typeof kept.devices === 'object' ? kept.devices : {},
    };
  } catch {
    return { cameraOn: cameraUnchosen, microphoneOn: true, devices: {} };
  }
}

export function keepChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage refused: the choice lasts as long as the page.
  }
}

export type DeviceList = Record<DeviceKind, Chosen[]>;

/** The devices of this machine. Labels are empty until a permission is given. */
export async function listDevices(): Promise<DeviceList> {
  const list: DeviceList = { camera: [], microphone: [], speaker: [] };
  const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  for (const { kind, deviceId, label } of found) if (deviceId !== '') list[KINDS[kind]].push({ id: deviceId, label });
  return list;
}

/** The remembered device if it is still here: by id, else by label. */
export function remembered(choice: Choice, kind: DeviceKind, list: DeviceList): string | undefined {
  const wanted = choice.devices[kind];
  if (!wanted) return undefined;
  return (list[kind].find(({ id }) => id === wanted.id) ?? list[kind].find(({ label }) => label !== '' && label === wanted.label))?.id;
}
