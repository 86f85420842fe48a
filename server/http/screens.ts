/** The built screens: files whose name carries a hash are kept for ever, pages never. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

export interface ScreenFolders {
  /** Served at `/`. */
  admin: string;
  /** Served at `/kiosk`. */
  kiosk: string;
  /** Served at `/pass`. */
  pass: string;
}

export function screens({ admin, ...others }: ScreenFolders): Router {
  const router = Router();
  for (const [name, folder] of Object.entries(others)) {
    if (existsSync(join(folder, 'index.html'))) router.use(`/${name}`, screen(folder));
  }
  router.use(screen(admin));
  return router;
}

function screen(folder: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: false,
    }),
  );
  router.use(express.static(folder, { index: false, cacheControl: false, setHeaders: notKept }));
  // Any other path is a view of the one page, which finds its way by the address.
  router.get('/{*view}', (_request, response, next) => {
    notKept(response);
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error) => {
      if (error) next(error);
    });
  });
  return router;
}

function notKept(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-store');
}
