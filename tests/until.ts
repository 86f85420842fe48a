/** Waiting for what the hardware tells, without a sleep and without a poll. */
import type { DeviceStatus, Hardware, HardwareEvents } from '../hardware/ports.ts';

/** The next event that fits. */
export function nextEvent<K extends keyof HardwareEvents>(
  hardware: Hardware,
  event: K,
  fits: (payload: HardwareEvents[K]) => boolean = () => true,
): Promise<HardwareEvents[K]> {
  return new Promise((resolve) => {
    const cancel = hardware.on(event, (payload) => {
      if (!fits(payload)) return;
      cancel();
      resolve(payload);
    });
  });
}

/** Resolves when the device is in that state, now or later. */
export function untilState(
  hardware: Hardware,
  deviceId: string,
  state: DeviceStatus['state'],
): Promise<DeviceStatus> {
  const now = hardware.statuses().find((status) => status.deviceId === deviceId);
  if (now?.state === state) return Promise.resolve(now);
  return nextEvent(hardware, 'status', (status) => status.deviceId === deviceId && status.state === state);
}
