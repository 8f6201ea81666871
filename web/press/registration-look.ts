// Shape and tone of a registration's state.
import type { RegistrationState } from '../../shared/press-desk.ts';
import type { MarkShape, Tone } from '../ui/marks.tsx';

export const LOOK: Record<RegistrationState, readonly [MarkShape, Tone]> = {
  menunggu: ['half', 'wait'],
  diterima: ['full', 'good'],
  ditolak: ['dash', 'quiet'],
  dicabut: ['dots', 'alarm'],
};
