import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeUsbRelayCommand,
  decodeUsbRelayState,
  encodeUsbRelay,
  encodeUsbRelayState,
  isUsbRelayOn,
} from './usb-relay.ts';

describe('USB-HID relay commands', () => {
  it('are nine bytes with report id 0 in front', () => {
    expect(encodeUsbRelay({ channel: 2, on: true })).toEqual(Uint8Array.of(0, 0xff, 2, 0, 0, 0, 0, 0, 0));
    expect(encodeUsbRelay({ channel: 2, on: false })).toEqual(Uint8Array.of(0, 0xfd, 2, 0, 0, 0, 0, 0, 0));
    expect(encodeUsbRelay({ all: true })).toEqual(Uint8Array.of(0, 0xfe, 0, 0, 0, 0, 0, 0, 0));
    expect(encodeUsbRelay({ all: false })).toEqual(Uint8Array.of(0, 0xfc, 0, 0, 0, 0, 0, 0, 0));
    expect(() => encodeUsbRelay({ channel: 9, on: true })).toThrow(RangeError);
    expect(() => encodeUsbRelay({ channel: 0, on: true })).toThrow(RangeError);
  });

  it('are read by the board with and without the report id', () => {
    for (const command of [
      { channel: 1, on: true },
      { channel: 8, on: false },
      { all: true },
      { all: false },
    ]) {
      expect(decodeUsbRelayCommand(encodeUsbRelay(command))).toEqual(command);
      expect(decodeUsbRelayCommand(encodeUsbRelay(command).subarray(1))).toEqual(command);
    }
    expect(decodeUsbRelayCommand(Uint8Array.of(0, 0xff, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
    expect(decodeUsbRelayCommand(Uint8Array.of(0, 0xff, 9, 0, 0, 0, 0, 0, 0))).toBeUndefined();
    expect(decodeUsbRelayCommand(Uint8Array.of(0, 0xfa, 1, 0, 0, 0, 0, 0, 0))).toBeUndefined();
    expect(decodeUsbRelayCommand(Uint8Array.of(0xff, 1))).toBeUndefined();
  });
});

describe('USB-HID relay state', () => {
  const bytes = [0x36, 0x51, 0x4d, 0x42, 0x53, 0, 0, 0x05];

  it('is read with and without the report id in front', () => {
    const state = { name: '6QMBS', mask: 0x05 };
    expect(decodeUsbRelayState(Uint8Array.from(bytes))).toEqual(state);
    // Nine bytes were asked for and eight came: the ninth is left at zero.
    expect(decodeUsbRelayState(Uint8Array.of(...bytes, 0))).toEqual(state);
    expect(decodeUsbRelayState(Uint8Array.of(1, ...bytes))).toEqual(state);
    expect(decodeUsbRelayState(Uint8Array.of(0, ...bytes))).toEqual(state);
    expect([1, 2, 3, 8].map((channel) => isUsbRelayOn(state, channel))).toEqual([true, false, true, false]);
  });

  it('comes back from the simulated board, short names too', () => {
    const name = fc.stringMatching(/^[!-~]{1,5}$/);
    fc.assert(
      fc.property(name, fc.nat(255), fc.boolean(), (own, mask, withReportId) => {
        expect(decodeUsbRelayState(encodeUsbRelayState({ name: own, mask }, withReportId))).toEqual({
          name: own,
          mask,
        });
      }),
    );
  });

  it.each([
    [[]],
    [[1]],
    [[1, ...bytes.slice(0, 7)]],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0]],
    [[2, ...bytes]],
    [[0x41, 0, 0x42, 0, 0, 0, 0, 1]],
  ])('is not made out of %j', (report) => {
    expect(decodeUsbRelayState(Uint8Array.from(report))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (report) => {
        decodeUsbRelayState(report);
        decodeUsbRelayCommand(report);
      }),
    );
  });
});
