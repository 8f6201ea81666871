// When the certificate ends that people meet at the portal's own address. Looked at beside the work, some times a day.
import { connect } from 'node:tls';

const FRESH_MS = 6 * 3_600_000;
const WAIT_MS = 5_000;

export function createCertificate(origin: string | null) {
  const address = origin?.startsWith('https:') ? new URL(origin) : null;
  let known: { endsAt: Date | null; at: number } = { endsAt: null, at: -Infinity };

  /** What was known last; another look begins when that is old. */
  function endsAt(): Date | null {
    if (address && performance.now() - known.at > FRESH_MS) {
      known = { ...known, at: performance.now() };
      void look(address).then((at) => (known = { endsAt: at ?? known.endsAt, at: known.at }));
    }
    return known.endsAt;
  }
  return { endsAt };
}

/** Whoever signed it: a certificate that browsers refuse ends one day too. */
function look({ hostname, port }: URL): Promise<Date | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname, rejectUnauthorized: false }, () => {
      const at = new Date(socket.getPeerCertificate().valid_to);
      resolve(Number.isNaN(at.getTime()) ? null : at);
      socket.destroy();
    });
    socket.setTimeout(WAIT_MS, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve(null));
  });
}
