// OpenAPI 3.1 from the very routes that are served, and a page to read it on.
import { z } from 'zod';
import { refusals, type RefusalCode } from '../../shared/refusals.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { isFile, type Route } from './serve.ts';

const always: readonly RefusalCode[] = ['portal.unavailable', 'portal.busy'];

export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { endpoint } of routes) (paths[endpoint.path.replace(/:(\w+)/g, '{$1}')] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portal Rapat Pemda',
      version,
      description: 'Times are ISO 8601 instants in UTC; days are calendar days in the office\'s zone. Refusals: `{"error":{"code","message","fields"?}}`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sesi' },
        link: { type: 'apiKey', in: 'header', name: 'x-tautan' },
        pass: { type: 'apiKey', in: 'cookie', name: 'pers' },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string', enum: Object.keys(refusals) },
                message: { type: 'string' },
                fields: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['path', 'message'],
                    properties: { path: { type: 'string' }, message: { type: 'string' } },
                  },
                },
                values: { type: 'object' },
              },
            },
          },
        },
      },
    },
  };
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

function operation(endpoint: Endpoint): Record<string, unknown> {
  const parameters = [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')];
  if (endpoint.once) parameters.push({ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 8, maxLength: 100 } });
  const codes: RefusalCode[] = [...(endpoint.refusals ?? []), ...always];
  if (endpoint.who !== 'anyone' && endpoint.who !== 'visitor') codes.push('session.required');
  if (Array.isArray(endpoint.who)) codes.push('role.missing');
  if (endpoint.params || endpoint.query || endpoint.body) codes.push('input.invalid');
  if (endpoint.once) codes.push('once.other_act', 'once.done', 'input.invalid');
  if (endpoint.fresh) codes.push('session.fresh_needed');
  // Where one that is over is refused, so is one that was called off or has not begun.
  if (codes.includes('meeting.ended')) codes.push('meeting.cancelled', 'meeting.not_started');
  // An id may be nobody's wherever one can be named.
  if (endpoint.params || endpoint.query || endpoint.body) codes.push('not_found');
  if (endpoint.who === 'member' || endpoint.who === 'visitor') codes.push('link.revoked', 'link.other_device');
  if (endpoint.method !== 'GET') codes.push('origin.refused');
  if (endpoint.method !== 'GET' && (endpoint.who === 'anyone' || endpoint.who === 'visitor') && !codes.includes('limit.reached')) codes.push('limit.reached');
  if (endpoint.body) codes.push('input.not_json', 'input.too_large', 'input.media_type');
  const responses: Record<string, unknown> = { ...success(endpoint) };
  for (const status of new Set(codes.map((code) => refusals[code][0]))) {
    const those = [...new Set(codes)].filter((code) => refusals[code][0] === status);
    responses[status] = { description: those.join(', '), content: refused(endpoint, those) };
  }
  return {
    operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[^a-zA-Z0-9](\w)/g, (_, c: string) => c.toUpperCase()).replace(/\W/g, '')}`,
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[2] ?? 'portal'],
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: {
          [endpoint.bodyType ?? 'application/json']: { schema: schemaOf(endpoint.body, 'input') },
        },
      },
    }),
    security:
      endpoint.who === 'anyone'
        ? []
        : endpoint.who === 'visitor'
          ? [{}, { session: [] }, { link: [] }, { pass: [] }]
          : endpoint.who === 'member'
            ? [{ session: [] }, { link: [] }]
            : [{ session: [] }],
    ...(Array.isArray(endpoint.who) && { 'x-roles': endpoint.who }),
    responses,
  };
}

/** With the very codes: another one is not as documented. A page says no as a page. */
function refused(endpoint: Endpoint, codes: readonly RefusalCode[]): Record<string, unknown> {
  const { reply } = endpoint;
  const code = { properties: { error: { properties: { code: { enum: codes } } } } };
  const refusal = { allOf: [{ $ref: '#/components/schemas/Refusal' }, code] };
  const also = endpoint.also === refusals[codes[0]!][0] && reply !== undefined && !isFile(reply);
  return {
    'application/json': { schema: also ? { anyOf: [schemaOf(reply, 'output'), refusal] } : refusal },
    ...(isFile(reply) && reply.file === 'text/html' && { 'text/html': { schema: { type: 'string' } } }),
  };
}

function success(endpoint: Endpoint): Record<string, unknown> {
  if (endpoint.reply === undefined) return { '204': { description: 'Done.' } };
  if (isFile(endpoint.reply))
    return {
      '200': {
        description: 'A file.',
        // A file of JSON is read as what it holds, by whoever checks it.
        content: { [endpoint.reply.file]: { schema: endpoint.reply.file === 'application/json' ? {} : { type: 'string', format: 'binary' } } },
      },
    };
  return {
    '200': {
      description: 'As asked.',
      content: { 'application/json': { schema: schemaOf(endpoint.reply, 'output') } },
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !field.safeParse(undefined).success,
    schema: schemaOf(field, 'input'),
  }));
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export function docsPage(routes: readonly Route[]): string {
  const sections = [...groupBy(routes, tagOf)]
    .map(([tag, list]) => `<section><h2>${escape(tag)}</h2>${list.map(({ endpoint }) => entry(endpoint)).join('')}</section>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API · Portal Rapat Pemda</title><link rel="stylesheet" href="/docs.css"><main><h1>Portal Rapat Pemda: API</h1><p>OpenAPI 3.1: <a href="/api/openapi.json">/api/openapi.json</a>. Times are ISO 8601 instants in UTC; days are calendar days in the office’s zone. Writes need the portal’s own <code>Origin</code>.</p>${sections}</main></html>`;
}

const tagOf = ({ endpoint }: Route): string => endpoint.path.split('/')[2] ?? 'portal';
function groupBy(routes: readonly Route[], key: (route: Route) => string): Map<string, Route[]> {
  const map = new Map<string, Route[]>();
  for (const route of routes) map.set(key(route), [...(map.get(key(route)) ?? []), route]);
  return map;
}

function entry(endpoint: Endpoint): string {
  const who = Array.isArray(endpoint.who) ? endpoint.who.join(', ') : (endpoint.who as string);
  const part = (title: string, schema: z.ZodType | undefined, io: 'input' | 'output'): string =>
    schema ? `<details><summary>${title}</summary><pre tabindex="0">${escape(JSON.stringify(schemaOf(schema, io), null, 2))}</pre></details>` : '';
  const refused = endpoint.refusals?.map((code) => `<code>${refusals[code][0]} ${code}</code>`).join(' ');
  return `<article><h3><code>${endpoint.method} ${escape(endpoint.path)}</code></h3><p>${escape(endpoint.summary)}</p><p class="who">Who: ${escape(who)}${refused ? ` · Refusals: ${refused}` : ''}</p>${part('Query', endpoint.query, 'input')}${part('Body', endpoint.body, 'input')}${part('Reply', isFile(endpoint.reply) ? undefined : endpoint.reply, 'output')}</article>`;
}
