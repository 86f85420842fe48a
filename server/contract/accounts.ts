import { z } from 'zod';
import { capability, role } from './capabilities.ts';
import { byId, type Route } from './route.ts';
import { name } from './text.ts';
import { id, instant } from './words.ts';

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, '3 to 32 letters, digits, dots, dashes or underscores');

export const password = z.string().min(10, 'at least 10 characters').max(128, 'at most 128 characters');

export const session = z.object({
  account: z.object({ id, name: z.string(), username: z.string(), role }),
  capabilities: z.array(capability),
  mustChangePassword: z.boolean(),
  expiresAt: z.number(),
});
export type Session = z.infer<typeof session>;

export const signIn = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(128),
});
export const changePassword = z.object({ current: z.string().min(1).max(128), next: password });

export const account = z.object({
  id,
  name: z.string(),
  username: z.string(),
  role,
  suspended: z.boolean(),
  mustChangePassword: z.boolean(),
  /** When a temporary password runs out, or has. */
  temporaryUntil: instant.optional(),
  lastSignInAt: z.number().optional(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof account>;

/** A kiosk is a paired device, not an account of a person: it is never given out here. */
export const personRole = role.exclude(['kiosk']);

export const newAccount = z.object({ name, username, role: personRole });
export const accountPatch = z.object({ role: personRole, suspended: z.boolean() }).partial();

/** Shown once; the person must choose an own one at the first sign-in, which must be before `account.temporaryUntil`. */
export const temporaryPassword = z.object({ account, temporaryPassword: z.string() });

export const accountRoutes = {
  'session.get': {
    method: 'GET',
    path: '/session',
    allow: 'session',
    summary: 'Who is signed in, and what they may do; asking renews the session',
    response: session,
  },
  'session.start': {
    method: 'POST',
    path: '/session',
    allow: 'public',
    summary: 'Sign in',
    perMinute: 20,
    body: signIn,
    response: session,
  },
  'session.end': { method: 'DELETE', path: '/session', allow: 'session', summary: 'Sign out' },
  'session.change-password': {
    method: 'PUT',
    path: '/session/password',
    allow: 'session',
    summary: 'Change the own password; other sessions end',
    perMinute: 10,
    body: changePassword,
  },
  'accounts.list': {
    method: 'GET',
    path: '/accounts',
    allow: 'accounts.manage',
    summary: 'All accounts',
    response: z.array(account),
  },
  'accounts.add': {
    method: 'POST',
    path: '/accounts',
    allow: 'accounts.manage',
    summary: 'Add an account',
    body: newAccount,
    reason: 'optional',
    response: temporaryPassword,
  },
  'accounts.change': {
    method: 'PATCH',
    path: '/accounts/:id',
    allow: 'accounts.manage',
    summary: 'Change the role, suspend, restore',
    params: byId,
    body: accountPatch,
    reason: 'required',
    response: account,
  },
  'accounts.reset': {
    method: 'POST',
    path: '/accounts/:id/reset',
    allow: 'accounts.manage',
    summary: 'New temporary password; all sessions end',
    params: byId,
    reason: 'required',
    response: temporaryPassword,
  },
} as const satisfies Record<string, Route>;
