// After the build: `.br` and `.gz` beside every text file, so that the portal sends the smallest without compressing anything itself.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(m?js|css|html|svg|json|webmanifest|txt|wasm)$/;
/** Below this many bytes a compressed copy saves no packet. */
const WORTH = 512;

export function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      const files = (await readdir(folder, { recursive: true })).filter((name) => TEXT.test(name));
      for (const name of files) await compressFile(join(folder, name));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const text = await readFile(path);
  if (text.length < WORTH) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(text, {
      params: {
        // Megabytes of machine code would take a minute at the highest.
        [constants.BROTLI_PARAM_QUALITY]: path.endsWith('.wasm') ? 9 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      },
    }),
    promisify(gzip)(text, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
