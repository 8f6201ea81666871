// Preloaded into the portal's own process, beside it: how late its event loop came since the first connection. Printed on SIGUSR2, milliseconds.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const begin = () => {
  delay.reset();
  unsubscribe('net.server.socket', begin);
};
subscribe('net.server.socket', begin);
process.on('SIGUSR2', () => console.log(`\n[lingkar ${JSON.stringify({ p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 })}]`));
