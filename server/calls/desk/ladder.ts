// What happens at which second, per sifat: as the portal begins, until an administrator sets it otherwise. Pure.
import type { GatewayChannel, LadderStep } from '../../../shared/calls.ts';
import type { Sifat } from '../../../shared/meetings.ts';
import { refuse } from '../../platform/refusal.ts';

const GATEWAYS: GatewayChannel[] = ['sms', 'whatsapp', 'sip', 'email'];
const step = (afterSeconds: number, act: LadderStep['act'], channels: LadderStep['channels'] = []): LadderStep => ({ afterSeconds, act, channels });

export const DEFAULT_LADDERS: Record<Sifat, readonly LadderStep[]> = {
  sangat_segera: [
    step(0, 'dering', ['tab', 'push', ...GATEWAYS]),
    step(20, 'dering_ulang'),
    step(45, 'kanal', GATEWAYS),
    step(45, 'dering_ulang'),
    step(120, 'pengganti'),
    step(240, 'piket'),
  ],
  segera: [
    step(0, 'dering', ['tab', 'push']),
    step(30, 'dering_ulang'),
    step(60, 'kanal', GATEWAYS),
    step(60, 'dering_ulang'),
    step(120, 'pengganti'),
    step(300, 'piket'),
  ],
  biasa: [step(0, 'dering', ['tab', 'push']), step(60, 'dering_ulang'), step(300, 'kanal', GATEWAYS), step(600, 'pengganti')],
};
export const DEFAULT_BASIS = 'Bawaan portal';

/** Begins with ringing at second 0, rings first once only, seconds never go down; a step by channel names its channels. */
export function checkLadder(steps: readonly LadderStep[]): void {
  const inOrder = steps.every((s, n) => (n === 0) === (s.act === 'dering') && s.afterSeconds >= (steps[n - 1]?.afterSeconds ?? 0));
  if (!inOrder || steps[0]?.afterSeconds !== 0) refuse('ladder.order');
  const bare = steps.findIndex((s) => s.act === 'kanal' && s.channels.length === 0);
  if (bare >= 0) refuse('input.invalid', {}, [{ path: `steps.${bare}.channels`, message: 'Pilih sedikitnya satu saluran untuk langkah ini.' }]);
}
