// `npm run verify [-- --root N=HEX] [-- --json]`: checks the ledger of this portal, running or not.
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
const { verify } = await import('./verify.ts');
process.exitCode = await verify(process.argv.slice(2));
