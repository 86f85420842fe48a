/** Typed events of the hardware: what throws in one listener reaches neither the next listener nor the driver. */
import type { Cancel, HardwareEvents } from './ports.ts';

type Listeners = { [K in keyof HardwareEvents]: Set<(payload: HardwareEvents[K]) => void> };

export interface HardwareBus {
  on<K extends keyof HardwareEvents>(event: K, listener: (payload: HardwareEvents[K]) => void): Cancel;
  emit<K extends keyof HardwareEvents>(event: K, payload: HardwareEvents[K]): void;
}

export function hardwareBus(onListenerError: (error: unknown) => void): HardwareBus {
  const listeners: Listeners = {
    read: new Set(),
    document: new Set(),
    status: new Set(),
    input: new Set(),
    'relay-stuck': new Set(),
    keypad: new Set(),
    'reader-status': new Set(),
    'reader-key': new Set(),
    progress: new Set(),
    printer: new Set(),
  };
  return {
    on(event, listener) {
      // A listener added twice is two subscriptions, each with its own cancel.
      const entry: typeof listener = (payload) => listener(payload);
      listeners[event].add(entry);
      return () => void listeners[event].delete(entry);
    },
    emit(event, payload) {
      for (const listener of [...listeners[event]]) {
        try {
          listener(payload);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
  };
}
