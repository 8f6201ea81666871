// `npm run verify [-- --root N=HEX] [-- --json]`: checks the ledger of this portal, running or not.
import { command } from './setup.mjs';

await command(async () => (await import('./verify.ts')).verify);
