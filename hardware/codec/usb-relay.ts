/**
 * dcttech USB-HID relay boards, USB identity 16c0:05df, product string `USBRelay1` .. `USBRelay8`.
 *
 * Command, output or feature report, 9 bytes with the report id that hidapi wants in front:
 *   00 | FF on, FD off, FE all on, FC all off | channel, 1-based, 0 for all | 00 x 6
 * State, feature report 01, 8 bytes (or 9 where the platform leaves the report id in front):
 *   name, 5 ASCII characters | 00 | 00 | bit mask, bit 0 = channel 1
 *
 * Source: darrylb123/usbrelay, libusbrelay.c, `operate_relay` and `get_board_features`. FE and FC are the CMD_ALL_ON
 * and CMD_ALL_OFF of public V-USB hidtool programs for these boards, and not in that driver.
 */
const commandBytes = 9;
const stateBytes = 8;
const nameBytes = 5;
const maskAt = 7;
const codes = { on: 0xff, off: 0xfd, allOn: 0xfe, allOff: 0xfc } as const;

/** The feature report that holds the state, and the bytes to ask for, its id included. */
export const usbRelayStateReport = { id: 0x01, length: stateBytes + 1 } as const;

/** `channel` is 1-based, as printed on the board. */
export type UsbRelayCommand = { channel: number; on: boolean } | { all: boolean };

export interface UsbRelayState {
  /** The board's own name, at most five characters. */
  name: string;
  /** Bit 0 is channel 1. */
  mask: number;
}

/** 9 bytes, report id 0 in front. `channel` 1..8; a RangeError otherwise. */
export function encodeUsbRelay(command: UsbRelayCommand): Uint8Array {
  const report = new Uint8Array(commandBytes);
  if ('all' in command) {
    report[1] = command.all ? codes.allOn : codes.allOff;
    return report;
  }
  const { channel, on } = command;
  if (!Number.isInteger(channel) || channel < 1 || channel > 8)
    throw new RangeError(`no relay channel ${channel}`);
  report[1] = on ? codes.on : codes.off;
  report[2] = channel;
  return report;
}

/** The board's side: a command with or without the report id 0 in front; undefined when it is none. */
export function decodeUsbRelayCommand(report: Uint8Array): UsbRelayCommand | undefined {
  const body = report.length === commandBytes && report[0] === 0 ? report.subarray(1) : report;
  const [code, channel = 0] = body;
  if (body.length !== commandBytes - 1) return undefined;
  if (code === codes.allOn || code === codes.allOff) return { all: code === codes.allOn };
  if ((code !== codes.on && code !== codes.off) || channel < 1 || channel > 8) return undefined;
  return { channel, on: code === codes.on };
}

/**
 * Reads the state report of any platform. The first byte tells whether the report id was left in front: it is
 * 00 or 01 then, and never a character of a name. Undefined when neither reading gives a name.
 */
export function decodeUsbRelayState(report: Uint8Array): UsbRelayState | undefined {
  const shift = (report[0] ?? 0) <= usbRelayStateReport.id ? 1 : 0;
  const mask = report[shift + maskAt];
  // A name shorter than five characters is filled up with zeros.
  const name = /^([ -~]{1,5})\0*$/.exec(
    String.fromCharCode(...report.subarray(shift, shift + nameBytes)),
  )?.[1];
  return mask === undefined || name === undefined ? undefined : { name, mask };
}

/** The board's answer: 8 bytes, or 9 with the report id in front when `withReportId`. */
export function encodeUsbRelayState(state: UsbRelayState, withReportId = true): Uint8Array {
  const report = new Uint8Array(stateBytes);
  report.set(new TextEncoder().encode(state.name).subarray(0, nameBytes));
  report[maskAt] = state.mask;
  return withReportId ? Uint8Array.of(usbRelayStateReport.id, ...report) : report;
}

/** Whether a channel, 1-based, is on. */
export function isUsbRelayOn(state: UsbRelayState, channel: number): boolean {
  return ((state.mask >> (channel - 1)) & 1) === 1;
}
