import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startTexts } from './texts.ts';
import './kiosk.css';
import './screens/screens.css';
import './screens/guard.css';
import './print.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// The service worker serves what stands below `/kiosk/`.
if (location.pathname === '/kiosk') location.replace(`/kiosk/${location.search}`);
await startTexts();
// Without HTTPS a browser gives no service worker, no camera and no cipher: App says so.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/kiosk/sw.js', { scope: '/kiosk/' });
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
