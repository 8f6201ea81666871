// `npm run restore -- FILE --into DATABASE_URL | --data FOLDER`: a backup into an empty database, and how long it took.
import { command } from './setup.mjs';

await command(async () => (await import('./backup.ts')).restore);
