// Each request has an id: it stands in its lines of the log (`reqId`), in the reference of a failure, and in `x-request-id` of its answer.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

const WELL_FORMED = /^[\w-]{8,64}$/;

export const newRequestId = (): string => randomBytes(6).toString('hex');

/** A trusted proxy may have named the request already; anybody else's name could stand in for another's. */
export function heedRequestId(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && WELL_FORMED.test(given) && (request.ips?.length ?? 0) > 1) {
      request.id = given;
      request.log = app.log.child({ reqId: given });
    }
    done();
  });
}
