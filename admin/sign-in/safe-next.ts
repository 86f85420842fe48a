/** Where to go after signing in: a path of this site, never another host that an address names. Pure. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/')) return '/';
  // `//host` and `/\host` leave the site.
  if (/^\/[/\\]/.test(next) || next.startsWith('/sign-in')) return '/';
  return next;
}
