import { describe, expect, it } from 'vitest';
import { bodyOf } from '../contract/route.ts';
import { openApi } from './openapi.ts';
import { routeList } from './test-http.ts';

interface Operation {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}
const document = JSON.parse(JSON.stringify(openApi('1.2.3'))) as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
};

/** Follows `#/a/b` from the root. */
function resolve(ref: string): unknown {
  expect(ref).toMatch(/^#\//);
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
}

function walk(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Record<string, unknown>);
  for (const each of Object.values(node)) walk(each, visit);
}

describe('openApi', () => {
  it('says which version it describes', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  });

  it.each(routeList)('describes %s', (name, route) => {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const operation = document.paths[path]?.[route.method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    expect(operation?.security).toEqual(route.allow === 'public' ? [] : [{ session: [] }]);
    expect(Boolean(operation?.requestBody)).toBe(Boolean(bodyOf(route) ?? route.upload));
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const described = operation?.parameters?.filter((each) => each.in === 'path') ?? [];
    expect(described.map((each) => each.name)).toEqual(inPath);
    expect(described.every((each) => each.required)).toBe(true);
    expect(operation?.responses[route.response ? '200' : '204']).toBeDefined();
    if (route.allow !== 'public')
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['401', '403']));
  });

  it('has nothing that the table has not', () => {
    const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    expect(described).toHaveLength(routeList.length);
  });

  it('refers only to what is there', () => {
    const refs: string[] = [];
    walk(document, (node) => {
      if (typeof node.$ref === 'string') refs.push(node.$ref);
    });
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of new Set(refs)) expect(resolve(ref), ref).toBeDefined();
  });

  it('gives each field its type', () => {
    const limit = document.paths['/log']?.get?.parameters?.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({ required: false });
    const body = JSON.stringify(document.paths['/setup']?.post?.requestBody);
    expect(body).toContain('"start":{"type":"string","enum":["sample","empty"]}');
  });
});
