// `npm run backup -- FILE|FOLDER [--secrets]`: everything the database holds, in one file, while the portal runs.
import { command } from './setup.mjs';

await command(async () => (await import('./backup.ts')).backup);
