import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Each browser app: where its sources stand, and the path that the server serves it under. */
const apps = {
  admin: { base: '/' },
  kiosk: { base: '/kiosk/' },
} as const;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `vite build` makes the admin app, `vite build --mode kiosk` the kiosk. */
export default defineConfig(({ mode }) => {
  const app = mode === 'kiosk' ? 'kiosk' : 'admin';
  const server = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;
  return {
    root: here(app),
    base: apps[app].base,
    cacheDir: here('node_modules/.vite'),
    plugins: [react()],
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
        output: {
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
