// The pages of the rooms ask for the media code together with their first script, not after it: on a weak link that saves a round trip.
// Everything else (React, the room's screen, the font) comes after the media code, so that it does not compete with it.
import type { Plugin } from 'vite';

const MEDIA = 'web/room/media.ts';

export function preloadMedia(): Plugin {
  return {
    name: 'preload-media',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, filename }) {
        if (!bundle || !/(room|siaran)\.html$/.test(filename)) return undefined;
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const media = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(MEDIA));
        if (!media) throw new Error(`no chunk is made from ${MEDIA}`);
        const needed = new Set([media.fileName]);
        for (const file of needed) for (const imported of chunks.find((chunk) => chunk.fileName === file)?.imports ?? []) needed.add(imported);
        return [...needed]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}
