// The browser's own dialog for passkeys. The library is read when somebody presses the button: nobody else downloads it.
import type { BodyOf, ReplyOf } from '../../shared/endpoint.ts';
import type { getWays, postPasskeys, postPasskeysStart, postPasskeyStart } from '../../shared/sign-in.ts';
import { useRead } from '../platform/api.ts';

export type Shown = import('../../shared/sign-in.ts').PasskeyShown;
type Made = BodyOf<typeof postPasskeys>['made'];
export type Trouble = 'cancelled' | 'exists' | 'unable' | 'failed';

const TROUBLES: Record<string, Trouble> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'exists',
  NotSupportedError: 'unable',
  ConstraintError: 'unable',
};
const troubleOf = (error: unknown): Trouble => TROUBLES[error instanceof Error ? error.name : ''] ?? 'failed';

export async function makePasskey(asked: ReplyOf<typeof postPasskeysStart>): Promise<{ made: Made } | { trouble: Trouble }> {
  try {
    const { startRegistration } = await import('@simplewebauthn/browser');
    return { made: await startRegistration({ optionsJSON: asked }) };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

export async function showPasskey(asked: ReplyOf<typeof postPasskeyStart>): Promise<{ shown: Shown } | { trouble: Trouble }> {
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return { shown: await startAuthentication({ optionsJSON: asked }) };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

/** Whether passkeys work here; if not, why: the address in numbers (and the one to open instead), the address, the browser. Undefined until known. */
export type Here = { can: true } | { can: false; why: 'number'; open: string } | { can: false; why: 'address' | 'browser' };
export function usePasskeysHere(): Here | undefined {
  const { value } = useRead<typeof getWays>('/api/session/ways', {});
  if (!value) return undefined;
  if (value.passkeysAt !== null) return { can: false, why: 'number', open: value.passkeysAt };
  if (!value.passkeys) return { can: false, why: 'address' };
  return window.PublicKeyCredential === undefined ? { can: false, why: 'browser' } : { can: true };
}
