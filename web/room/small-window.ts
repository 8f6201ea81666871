// The small window above other applications: whoever speaks, and the two buttons that matter. Where a page may open a window of its own it has
// the buttons; else the browser shows the picture alone.
import { RoomEvent, Track, type RemoteVideoTrack, type Room } from 'livekit-client';
import type { Stage } from './media.ts';

type Words = { mute: string; unmute: string; leave: string; nobody: string };
type Pip = { requestWindow: (size: { width: number; height: number }) => Promise<Window>; window: Window | null };
const own = (): Pip | undefined => (window as unknown as { documentPictureInPicture?: Pip }).documentPictureInPicture;

export const canOpenSmall = (): boolean => own() !== undefined || document.pictureInPictureEnabled;

export async function openSmall(stage: Stage, { title, words, leave }: { title: string; words: Words; leave: () => void }): Promise<void> {
  const pip = own();
  if (!pip) return lone(stage.room);
  if (pip.window) return pip.window.close();
  const view = await pip.requestWindow({ width: 360, height: 270 });
  const { document: page } = view;
  page.title = title;
  // By the object model: a style in the text would need a wider policy.
  Object.assign(page.body.style, {
    margin: '0',
    display: 'grid',
    gridTemplateRows: '1fr auto',
    height: '100vh',
    background: '#0d1212',
    color: '#fff',
    font: '15px system-ui',
  });
  const video = page.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  Object.assign(video.style, { width: '100%', height: '100%', objectFit: 'contain', minHeight: '0' });
  const row = page.createElement('div');
  Object.assign(row.style, { display: 'flex', gap: '8px', padding: '8px' });
  const button = (act: () => void): HTMLButtonElement => {
    const one = page.createElement('button');
    one.type = 'button';
    Object.assign(one.style, { flex: '1', minHeight: '44px', border: '0', borderRadius: '8px', background: '#26312f', color: '#fff', font: 'inherit' });
    one.addEventListener('click', act);
    row.append(one);
    return one;
  };
  const microphone = button(() => void stage.own.turn('microphone', !stage.own.snapshot().on.microphone));
  const out = button(() => {
    view.close();
    leave();
  });
  out.textContent = words.leave;
  out.style.background = '#8c2f25';
  page.body.append(video, row);

  const draw = (): void => void (microphone.textContent = stage.own.snapshot().on.microphone ? words.mute : words.unmute);
  const stopPicture = follow(stage.room, video, (there) => void (page.body.dataset['empty'] = there ? '' : words.nobody));
  const stopOwn = stage.own.subscribe(draw);
  draw();
  view.addEventListener('pagehide', () => {
    stopPicture();
    stopOwn();
  });
  stage.room.once(RoomEvent.Disconnected, () => view.close());
}

async function lone(room: Room): Promise<void> {
  if (document.pictureInPictureElement) return document.exitPictureInPicture();
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  const stop = follow(room, video, () => {});
  video.addEventListener('leavepictureinpicture', stop, { once: true });
  await video.play().catch(() => {});
  await video.requestPictureInPicture().catch(stop);
}

/** Whoever spoke last and has a picture is in this element, until the returned function is called. */
function follow(room: Room, video: HTMLVideoElement, tell: (there: boolean) => void): () => void {
  let shown: RemoteVideoTrack | null = null;
  function pick(): void {
    const [best] = [...room.remoteParticipants.values()]
      .flatMap((one) => {
        const screen = one.getTrackPublication(Track.Source.ScreenShare)?.videoTrack;
        const camera = one.getTrackPublication(Track.Source.Camera)?.videoTrack;
        const track = screen ?? camera;
        return track ? [{ track: track as RemoteVideoTrack, spoke: one.lastSpokeAt?.getTime() ?? 0, screen: screen ? 1 : 0 }] : [];
      })
      .toSorted((a, b) => b.screen - a.screen || b.spoke - a.spoke);
    const next = best?.track ?? null;
    tell(next !== null);
    if (next === shown) return;
    shown?.detach(video);
    next?.attach(video);
    shown = next;
  }
  const events = [RoomEvent.ActiveSpeakersChanged, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed] as const;
  for (const event of events) room.on(event, pick);
  pick();
  return () => {
    for (const event of events) room.off(event, pick);
    shown?.detach(video);
  };
}
