// `npm run retention [-- --destroy --by "Nama, jabatan" --basis "Nomor berita acara"]`: what is past its time; and its destruction.
import { command } from './setup.mjs';

await command(async () => (await import('./retention.ts')).retention);
