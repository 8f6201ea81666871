import type { Kind } from '../room/own-devices.ts';
import type { Join } from './visit.ts';

/** What the word of somebody of the crew lets them send. */
export const kindsOf = ({ right }: Join['you']): Kind[] =>
  right === 'speaker' || right === 'host' ? ['microphone', 'camera'] : right === 'signer' ? ['camera'] : [];
