import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import './pass.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// The service worker serves what stands below `/pass/`; without HTTPS a browser gives none.
if (location.pathname === '/pass') location.replace(`/pass/${location.hash}`);
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/pass/sw.js', { scope: '/pass/' });
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
