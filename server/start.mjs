// `npm start`: what is missing is put there, then the portal runs in this very process, so that signals concern one pid.
import { buildWeb, checkNode, install, loadEnvironment, root } from './setup.mjs';

process.chdir(root);
try {
  checkNode();
  loadEnvironment();
  await install();
  await buildWeb();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./main.ts');
await main();
