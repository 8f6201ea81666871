import type { ReactNode } from 'react';
import { SidePanel } from '../ui/side-panel.tsx';
import { useWords } from './use-words.ts';

export function Panel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { close } = useWords();
  return (
    <SidePanel title={title} close={close} onClose={onClose}>
      {children}
    </SidePanel>
  );
}
