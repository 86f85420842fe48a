import { expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf, type Route } from './route.ts';
import { routes } from './routes.ts';

const all = Object.entries(routes) as [string, Route][];
/** What changes or removes something, by its method; and what is done, by its name. */
const acts = ({ method }: Route, name: string) =>
  ['PUT', 'PATCH', 'DELETE'].includes(method) || ['lanes.open', 'accounts.reset'].includes(name);
/** Done to oneself; a picture is all bytes, and where it takes the place of another its reason stands in the query. */
const without = ['session.end', 'session.change-password', 'people.set-photo'];

it('every change and every removal asks for a reason', () => {
  const silent = all.filter(([name, route]) => acts(route, name) && route.reason !== 'required');
  expect(silent.map(([name]) => name).sort()).toEqual(without.toSorted());
});

it('the reason stands beside members of its own, and is a member of every such body', () => {
  for (const [name, route] of all.filter(([, { reason }]) => reason !== undefined)) {
    expect(route.body === undefined || route.body instanceof z.ZodObject, name).toBe(true);
    const body = bodyOf(route) as z.ZodObject;
    expect(Object.keys(body.shape), name).toContain('reason');
    expect(body.shape.reason?.safeParse(undefined).success, name).toBe(route.reason === 'optional');
    if (route.body) expect(Object.keys((route.body as z.ZodObject).shape), name).not.toContain('reason');
  }
});
