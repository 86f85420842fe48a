/** How each make of relay board switches one channel, and what it can say about it afterwards. */
import { encodeLcus } from '../codec/lcus.ts';
import {
  decodeUsbRelayState,
  encodeUsbRelay,
  isUsbRelayOn,
  type UsbRelayState,
  usbRelayStateReport,
} from '../codec/usb-relay.ts';
import { asLinkFault } from '../errors.ts';
import type { ByteLink, RelayResult } from '../ports.ts';

export interface Switched extends RelayResult {
  /** The board's own word on every channel, where it gives one. */
  states?: boolean[];
}

export interface Switching {
  channels: number;
  readsBack: boolean;
  /** `channel` is 1-based. Never rejects. */
  set(link: ByteLink, channel: number, on: boolean): Promise<Switched>;
}

/** LCUS boards take commands and say nothing; the HID variant wants a report id of 0 in front. */
export function lcusSwitching(channels: number, wire: 'serial' | 'hid'): Switching {
  return {
    channels,
    readsBack: false,
    async set(link, channel, on) {
      const command = encodeLcus(channel, on);
      try {
        await link.write(wire === 'hid' ? Uint8Array.of(0, ...command) : command);
        return { outcome: 'sent' };
      } catch (reason) {
        // Some of the bytes may have left before the write failed.
        return { outcome: 'unknown', detail: asLinkFault(reason).detail };
      }
    },
  };
}

/** 16c0:05df boards hold their state, and tell it by a feature report. */
export function usbRelaySwitching(channels: number): Switching {
  return {
    channels,
    readsBack: true,
    async set(link, channel, on) {
      let failure: string | undefined;
      try {
        await feature(link.writeFeature)(encodeUsbRelay({ channel, on }));
      } catch (reason) {
        // What the board says next counts for more than what the write said.
        failure = asLinkFault(reason).detail;
      }
      let state: UsbRelayState | undefined;
      try {
        const { id, length } = usbRelayStateReport;
        state = decodeUsbRelayState(await feature(link.readFeature)(id, length));
      } catch (reason) {
        return { outcome: 'unknown', detail: failure ?? asLinkFault(reason).detail };
      }
      if (!state)
        return { outcome: 'unknown', detail: failure ?? 'the state report of the board is unreadable' };
      const states = Array.from({ length: channels }, (_, index) => isUsbRelayOn(state, index + 1));
      if (states[channel - 1] === on) return { outcome: 'confirmed', states };
      const detail = failure ?? `the board says that channel ${channel} is still ${on ? 'off' : 'on'}`;
      return { outcome: 'fault', detail, states };
    },
  };
}

function feature<F>(report: F | undefined): F {
  if (report) return report;
  throw asLinkFault({ code: 'unsupported', detail: 'this link has no feature reports' });
}
