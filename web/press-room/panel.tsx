// What is called beside the stage; the interpreter stays in sight.
import type { ReactNode } from 'react';
import { useWords } from '../platform/words.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { pressRoomWords } from '../words/press-room.ts';

export function Panel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { close } = useWords(pressRoomWords);
  return (
    <SidePanel title={title} close={close} onClose={onClose}>
      {children}
    </SidePanel>
  );
}
