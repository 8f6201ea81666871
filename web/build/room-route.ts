// In the development server: `/r` and `/siaran` and everything below are the pages of the rooms, as the portal serves them.
import type { Plugin } from 'vite';

export function roomRoute(): Plugin {
  return {
    name: 'room-route',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/([rm](\/|\?|$)|periksa(\?|$))/.test(request.url ?? '')) request.url = '/room.html';
        if (/^\/siaran(\/|\?|$)/.test(request.url ?? '')) request.url = '/siaran.html';
        next();
      });
    },
  };
}
