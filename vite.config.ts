// Three pages: the office (`index.html`), and two lean entries of their own: the meeting room (`room.html`) and the press room (`siaran.html`). `npm start` serves dist/web.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { backgroundFiles } from './web/build/background-files.ts';
import { compress } from './web/build/compress.ts';
import { preloadMedia } from './web/build/preload-media.ts';
import { pressStyle } from './web/build/press-style.ts';
import { roomRoute } from './web/build/room-route.ts';

const portal = `http://127.0.0.1:${process.env['PORT'] ?? 8080}`;

export default defineConfig({
  root: 'web',
  plugins: [react(), roomRoute(), preloadMedia(), pressStyle(), backgroundFiles(), compress()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Data addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: 'web/index.html', room: 'web/room.html', siaran: 'web/siaran.html' },
      output: {
        codeSplitting: {
          groups: [
            { name: 'portal', test: /web\/platform\/(call|clock|dom|language|live-socket|new-key|server-time)\.ts$/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'livekit', test: /node_modules\/livekit-client\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: portal, ws: true },
      '/rtc': { target: portal, ws: true },
      '/healthz': { target: portal },
    },
  },
});
