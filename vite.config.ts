import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import pack from './package.json' with { type: 'json' };

/** Each browser app: where its sources stand, and the path that the server serves it under. */
const apps = {
  admin: { base: '/' },
  kiosk: { base: '/kiosk/' },
  pass: { base: '/pass/' },
} as const;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tells an app's service worker which files it is to keep; a change in any of them makes it another worker. */
const keptFiles = (page: string): Plugin => ({
  name: 'kept-files',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js'];
    if (worker?.type !== 'chunk') throw new Error(`the service worker of ${page} is missing`);
    const files = Object.keys(bundle).filter((file) => file.startsWith('assets/'));
    const html = bundle['index.html'];
    const mark = createHash('sha256')
      .update(JSON.stringify(files.sort()))
      .update(html?.type === 'asset' ? html.source : '')
      .digest('hex')
      .slice(0, 16);
    worker.code = `const SCREEN = ${JSON.stringify({ page, mark, files })};\n${worker.code}`;
  },
});

/** `vite build` makes the admin app, `vite build --mode kiosk` the kiosk, `--mode pass` the page of a visitor's pass. */
export default defineConfig(({ mode }) => {
  const app = mode === 'kiosk' || mode === 'pass' ? mode : 'admin';
  const server = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;
  return {
    root: here(app),
    base: apps[app].base,
    define: { XIAOMEN_VERSION: JSON.stringify(pack.version) },
    cacheDir: here('node_modules/.vite'),
    plugins: app === 'admin' ? [react()] : [react(), keptFiles(apps[app].base)],
    server: {
      host: '127.0.0.1',
      proxy: { '^/api/': server, '/socket.io': { target: server, ws: true } },
    },
    build: {
      outDir: here(`dist/${app}`),
      emptyOutDir: true,
      // School PCs keep a browser for years; this is what React 19 and antd 6 still run on.
      target: ['chrome107', 'edge107', 'firefox104', 'safari16'],
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        ...(app === 'admin' ? {} : { input: { index: here(`${app}/index.html`), sw: here('kiosk/sw.ts') } }),
        output: {
          // A service worker's address never changes.
          entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          codeSplitting: {
            groups: [
              {
                name: 'react',
                test: /node_modules\/(react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack)\//,
                priority: 20,
              },
              { name: 'zod', test: /node_modules\/zod\//, priority: 20 },
              { name: 'contract', test: /\/server\/contract\//, priority: 20 },
            ],
          },
        },
      },
    },
  };
});
