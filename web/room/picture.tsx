// Moving pictures: somebody else's camera or screen, and one's own camera as in a mirror.
import { VideoTrack } from '@livekit/components-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Stage } from './media.ts';
import type { PersonTile } from './tiles.ts';

export function Picture({ of, label }: { of: NonNullable<PersonTile['camera']>; label: string }) {
  return <VideoTrack className="picture-track" trackRef={of} aria-label={label} />;
}

export function Mirror({ stage, label }: { stage: Stage; label: string }) {
  const element = useRef<HTMLVideoElement>(null);
  const { on, pictures } = useSyncExternalStore(stage.own.subscribe, stage.own.snapshot);
  useEffect(() => (element.current ? stage.own.mirror(element.current) : undefined), [stage, on.camera, pictures]);
  return <video className="picture-track mirrored" ref={element} muted playsInline autoPlay aria-label={label} />;
}
