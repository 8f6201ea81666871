// `npm run setup:recording`: what recording needs beside the portal. Without it everything else works.
import { command } from './setup.mjs';

await command(async () => (await import('./recording/build.ts')).setupRecording);
