/** Whether the system may show notices of these pages; one answer for the whole browser. */
import { useSyncExternalStore } from 'react';
import { createStore } from '../store.ts';

/** `never`: this browser has none, or gives them to HTTPS alone. */
export type Permission = NotificationPermission | 'never';

const present = (): Permission =>
  'Notification' in globalThis && globalThis.isSecureContext ? Notification.permission : 'never';
const permission = createStore<Permission>(present());

export function usePermission(): Permission {
  return useSyncExternalStore(permission.subscribe, permission.get);
}

/** Asks the person; browsers let that be asked from a press of a button alone. */
export async function askPermission(): Promise<void> {
  if (permission.get() === 'never') return;
  await Notification.requestPermission().catch(() => 'denied');
  permission.set(present());
}

export interface SystemNotice {
  /** Another one with the same takes its place, from another window too. */
  tag: string;
  title: string;
  body: string;
  lang: string;
  onClick: () => void;
}

/** The notice, to be closed; undefined where the system shows none, and the page has to. */
export function showNotice({ onClick, title, ...how }: SystemNotice): { close(): void } | undefined {
  if (present() !== 'granted') return undefined;
  try {
    const notice = new Notification(title, { ...how, requireInteraction: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onClick();
    };
    return notice;
  } catch {
    // Telephones have them for service workers alone.
    return undefined;
  }
}
