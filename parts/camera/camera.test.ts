import { afterEach, expect, it, vi } from 'vitest';
import { cameraState } from './camera.ts';

afterEach(() => vi.unstubAllGlobals());

const devices = (...kinds: string[]) => ({
  mediaDevices: { enumerateDevices: async () => kinds.map((kind) => ({ kind })) },
});

it.each([
  ['ready', devices('audioinput', 'videoinput')],
  ['none', devices('audioinput')],
  // In a page that came without TLS a browser knows no devices.
  ['none', {}],
  ['none', { mediaDevices: { enumerateDevices: () => Promise.reject(new Error('not allowed')) } }],
])('a camera that was not opened yet is %s', async (state, navigator) => {
  vi.stubGlobal('navigator', navigator);
  expect(await cameraState()).toBe(state);
});
