// Writing together: opens the shared text while it is on the screen, and hands its editors and its state to whoever lays them out.
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useMe } from '../../platform/session.tsx';
import { PartEditor } from './part-editor.tsx';
import { openText, type SharedText, type TextState } from './shared-text.ts';

export type Desk = { state: TextState; part: (key: string, label: string) => ReactNode };

const over = new Set<TextState['saving']>(['frozen', 'right', 'session']);
const nothing: TextState = { saving: 'connecting', here: [] };
const never = (): (() => void) => () => {};

export default function Writing({ meetingId, children }: { meetingId: string; children: (desk: Desk) => ReactNode }) {
  const me = useMe();
  const [text, setText] = useState<SharedText | null>(null);
  useEffect(() => {
    const opened = openText(meetingId, me.id);
    setText(opened);
    return () => {
      setText(null);
      opened.close();
    };
  }, [meetingId, me.id]);
  const state = useSyncExternalStore(text?.onState ?? never, text?.state ?? (() => nothing));
  return children({
    state,
    part: (key, label) => text && <PartEditor key={key} text={text} field={key} label={label} readOnly={over.has(state.saving)} />,
  });
}
