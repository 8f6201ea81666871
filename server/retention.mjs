// `npm run retention [-- --destroy --by "Nama, jabatan" --basis "Nomor berita acara"]`: what is past its time; and its destruction.
import { checkNode, install, loadEnvironment, root } from './setup.mjs';

process.chdir(root);
try {
  checkNode();
  loadEnvironment();
  await install();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
const { retention } = await import('./retention.ts');
process.exitCode = await retention(process.argv.slice(2));
