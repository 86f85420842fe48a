/** `/api/openapi.json`, OpenAPI 3.1, made from the route table: what is described is what is served. */
import { z } from 'zod';
import { type ProblemCode, problem, problemCode, statusOf } from '../contract/problem.ts';
import { bodyOf, type Route } from '../contract/route.ts';
import { type RouteName, routes } from '../contract/routes.ts';

type Json = Record<string, unknown>;

/** The cookie's name over plain HTTP; over HTTPS it begins with `__Secure-`. */
const cookieName = 'xiaomen.session_token';

export function openApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Xiaomen', version, description: 'Campus access control and visitor registration.' },
    servers: [{ url: '/api' }],
    tags: [...new Set(Object.keys(routes).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } },
      schemas: { Problem: jsonSchema(problem, 'output') },
      responses: Object.fromEntries(problemCode.options.map((code) => [code, problemResponse(code)])),
    },
  };
}

function operation(name: RouteName, route: Route): Json {
  const { allow, summary, upload, response } = route;
  const body = bodyOf(route);
  const parameters = [...parametersOf('path', route.params), ...parametersOf('query', route.query)];
  const content = upload
    ? Object.fromEntries(upload.contentTypes.map((type) => [type, {}]))
    : body && { 'application/json': { schema: jsonSchema(body, 'input') } };
  return {
    operationId: name,
    tags: [tagOf(name)],
    summary,
    ...(allow === 'public' || allow === 'session'
      ? {}
      : { description: `Needs the capability \`${allow}\`.` }),
    'x-capability': allow,
    security: allow === 'public' ? [] : [{ session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: { ...success(response), ...problems(route) },
  };
}

function success(response: Route['response']): Json {
  if (!response) return { '204': { description: 'Done.' } };
  const content =
    response === 'bytes' ? { '*/*': {} } : { 'application/json': { schema: jsonSchema(response, 'output') } };
  return { '200': { description: 'Done.', content } };
}

/** Several codes may share a status; the first named stands for them, as each carries its own code. */
function problems(route: Route): Json {
  const codes: ProblemCode[] = ['too-many-requests', 'internal', 'store-unavailable'];
  if (route.allow !== 'public') codes.unshift('not-signed-in', 'not-allowed');
  if (route.method !== 'GET') codes.unshift('not-allowed', 'conflict');
  const body = bodyOf(route) ?? route.upload;
  if (route.params || route.query || body) codes.unshift('invalid-request');
  if (body) codes.unshift('too-large', 'unsupported-media-type');
  if (route.params) codes.unshift('not-found');
  const byStatus = new Map(codes.map((code) => [String(statusOf[code]), code]));
  return Object.fromEntries(
    [...byStatus].map(([status, code]) => [status, { $ref: `#/components/responses/${code}` }]),
  );
}

function problemResponse(code: ProblemCode): Json {
  return {
    description: `${statusOf[code]} \`${code}\``,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** Of several ways to ask, the parameters of all; required is what none can do without. */
function parametersOf(where: 'path' | 'query', schema: Route['query']): Json[] {
  const ways: readonly z.ZodObject[] = !schema ? [] : 'shape' in schema ? [schema] : schema.options;
  const fields = new Map<string, z.ZodType>(
    ways.flatMap(({ shape }) => Object.entries(shape) as [string, z.ZodType][]),
  );
  return [...fields].map(([name, field]) => ({
    name,
    in: where,
    required:
      where === 'path' || (ways.every(({ shape }) => name in shape) && !field.safeParse(undefined).success),
    schema: jsonSchema(field, 'input'),
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  // 2020-12 is the dialect of OpenAPI 3.1. Numbers in a query come as text and are unknown as input: any.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  });
  return rest as Json;
}

const tagOf = (name: string) => name.split('.')[0] ?? name;
