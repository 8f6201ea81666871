// What the blur of a background needs at run time (the segmentation's code, model and graph), from the installed package into a folder of our own
// whose name holds their hash. Nobody else's host is ever asked. Imported by `virtual:background-files`: the address of the folder.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FROM = dirname(fileURLToPath(import.meta.resolve('@mediapipe/selfie_segmentation/selfie_segmentation.js')));
// Browsers without SIMD (before 2023) get no blur: theirs would be five megabytes more, and too slow.
// The library asks for the general model before it is told of the landscape one, which is a third faster and the one in use.
const FILES = [
  'selfie_segmentation.binarypb',
  'selfie_segmentation.tflite',
  'selfie_segmentation_landscape.tflite',
  'selfie_segmentation_solution_simd_wasm_bin.js',
  'selfie_segmentation_solution_simd_wasm_bin.wasm',
];
const ID = 'virtual:background-files';
const DEV = '/latar';

export function backgroundFiles(): Plugin {
  let address = DEV;
  return {
    name: 'background-files',
    async buildStart() {
      if (this.meta.watchMode) return;
      const files = await Promise.all(FILES.map(async (name) => ({ name, source: await readFile(join(FROM, name)) })));
      const hash = createHash('sha256');
      for (const { source } of files) hash.update(source);
      const folder = `assets/latar-${hash.digest('base64url').slice(0, 8)}`;
      address = `/${folder}`;
      for (const { name, source } of files) this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source });
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export default ${JSON.stringify(address)};` : undefined),
    configureServer(server) {
      address = DEV;
      server.middlewares.use(DEV, (request, response, next) => {
        const name = FILES.find((one) => request.url === `/${one}`);
        if (name === undefined) return next();
        if (name.endsWith('.wasm')) response.setHeader('content-type', 'application/wasm');
        if (name.endsWith('.js')) response.setHeader('content-type', 'text/javascript');
        readFile(join(FROM, name)).then((source) => response.end(source), next);
      });
    },
  };
}
