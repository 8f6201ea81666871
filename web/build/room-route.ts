// In the development server: `/r` and everything below is the room's page, as the portal serves it.
import type { Plugin } from 'vite';

export function roomRoute(): Plugin {
  return {
    name: 'room-route',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/r(\/|\?|$)/.test(request.url ?? '')) request.url = '/room.html';
        next();
      });
    },
  };
}
