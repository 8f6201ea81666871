// Traces by OpenTelemetry, for who collects them. Read only when an endpoint is configured: this is the only file that knows it. A span
// says what kind of work it was and how it ended; never an address with its values, a statement, a person or a token.
import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tracing } from './traced.ts';

/** The standard variables (OTEL_EXPORTER_OTLP_…, OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES …) are read by the library. `url`: for tests. */
export function createTracing({ version, url }: { version: string; url?: string }): Tracing {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'portal', 'service.version': version }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(url === undefined ? {} : { url }))],
  });
  const tracer = provider.getTracer('portal');
  const current = new AsyncLocalStorage<Context>();
  const requests = new WeakMap<FastifyRequest, Span>();

  async function span<T>(name: string, attributes: Record<string, string>, work: () => Promise<T>): Promise<T> {
    const parent = current.getStore() ?? ROOT_CONTEXT;
    const one = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
    try {
      return await current.run(trace.setSpan(parent, one), work);
    } catch (error) {
      fail(one, error);
      throw error;
    } finally {
      one.end();
    }
  }

  function requestsOf(app: FastifyInstance): void {
    app.addHook('onRequest', (request, _reply, done) => {
      const parent = parentOf(request);
      const one = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method } }, parent);
      requests.set(request, one);
      current.run(trace.setSpan(parent, one), done);
    });
    app.addHook('onResponse', async (request, reply) => {
      const one = requests.get(request);
      const route = request.routeOptions.url ?? 'none';
      one?.updateName(`${request.method} ${route}`);
      one?.setAttributes({ 'http.route': route, 'http.response.status_code': reply.statusCode, 'portal.request_id': request.id });
      if (reply.statusCode >= 500) one?.setStatus({ code: SpanStatusCode.ERROR });
      one?.end();
    });
  }

  return { span, requestsOf, stop: () => provider.shutdown() };
}

/** Its kind only: a message may hold what somebody wrote. */
function fail(span: Span, error: unknown): void {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const kind = [code, name].find((word) => typeof word === 'string') ?? 'unknown';
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', kind.slice(0, 60));
}

/** W3C `traceparent`, from a trusted proxy only: from anybody else it would join strangers' work together. */
function parentOf(request: FastifyRequest): Context {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(request.headers['traceparent'] ?? '')) ?? [];
  if (!traceId || !spanId || !flags || (request.ips?.length ?? 0) < 2 || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT;
  const sampled = (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) !== 0;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true });
}
