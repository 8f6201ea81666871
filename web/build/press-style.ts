// `pers.css`, the style of the pages that the server makes: tokens, type and kit of the office, and what is theirs alone. One file, at one
// address, because no bundle links it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const PARTS = ['ui/tokens.css', 'ui/fallback.css', 'ui/fonts.css', 'ui/base.css', 'press-pages/pers.css'];
const FONT = 'plus-jakarta-sans.woff2';

export function pressStyle(): Plugin {
  let root = '';
  const whole = async (font: string): Promise<string> => {
    const parts = await Promise.all(PARTS.map(async (part) => readFile(join(root, part), 'utf8')));
    return parts
      .join('\n')
      .replaceAll(/^@import .*$/gm, '')
      .replaceAll(`./fonts/${FONT}`, font);
  };
  return {
    name: 'press-style',
    configResolved(config) {
      root = config.root;
    },
    configureServer(server) {
      server.middlewares.use('/pers.css', (_request, response, next) => {
        whole(`/ui/fonts/${FONT}`).then((css) => response.setHeader('content-type', 'text/css').end(css), next);
      });
    },
    async generateBundle(_options, bundle) {
      const font = Object.values(bundle).find((file) => file.type === 'asset' && file.names.includes(FONT))?.fileName;
      if (font === undefined) this.error(`${FONT} is in no bundle`);
      this.emitFile({ type: 'asset', fileName: 'pers.css', source: await whole(`/${font}`) });
    },
  };
}
