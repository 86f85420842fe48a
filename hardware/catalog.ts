/** The catalogue of device models: rows of data. A new device of a known make is a new row and nothing else. */
import { hold, idle, length, meaning, serialFields } from './catalog-fields.ts';
import type { OptionField } from './catalog-options.ts';
import { keyboardEnds } from './codec/hid-keyboard.ts';
import type { DeviceAddress, SerialOptions } from './ports.ts';

export interface DeviceModel {
  id: string;
  /** Make and kind, in English; screens translate by `id`. */
  label: string;
  kind: 'reader' | 'document-reader' | 'printer' | 'relay' | 'inputs';
  /** Where it may be; `sim` puts the same driver and codec on simulated bytes. */
  addresses: readonly DeviceAddress['kind'][];
  driver:
    | 'rdm6300'
    | 'id12'
    | 'text-line'
    | 'hid-keyboard'
    | 'hid-pos'
    | 'sam-v'
    | 'escpos'
    | 'lcus'
    | 'lcus-hid'
    | 'usb-relay'
    | 'inputs'
    | 'osdp';
  /** The line's settings where they are not options. */
  serial?: SerialOptions;
  /** USB identities by which it may be recognised; `product` is its USB product string, where that tells. */
  usb: readonly { vendorId: number; productId: number; product?: string }[];
  /** HID usage page and usage by which it may be recognised. */
  hidUsage?: { page: number; id: number };
  options: readonly OptionField[];
  /** Relay channels, inputs; 0 when it has none. */
  channels: number;
  inputs: number;
  /** A bus of many readers: the addresses, both included, that one on it may have. Absent: one reader, number 0. */
  bus?: { first: number; last: number };
  /** Whether the board can tell that a relay switched. */
  confirms: boolean;
  /** Whether its reads tell the printed form of the card number. */
  tellsForm: boolean;
  /** What the installer has to know, in English. */
  note?: string;
}

/** Bridges between USB and a serial line; any serial device may stand behind one. */
const ch340 = { vendorId: 0x1a86, productId: 0x7523 };
const bridges = [
  ch340,
  { vendorId: 0x0403, productId: 0x6001 }, // FTDI FT232R
  { vendorId: 0x10c4, productId: 0xea60 }, // Silicon Labs CP2102
  { vendorId: 0x067b, productId: 0x2303 }, // Prolific PL2303
];

const line9600: SerialOptions = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

const reader = { kind: 'reader', channels: 0, inputs: 0, confirms: false, tellsForm: true } as const;
const relay = { kind: 'relay', inputs: 0, tellsForm: false, options: [] } as const;
const boards = [1, 2, 4, 8] as const;

export const catalog: readonly DeviceModel[] = [
  {
    ...reader,
    id: 'rdm6300',
    label: 'RDM6300 / RDM630 125 kHz reader (EM4100)',
    addresses: ['serial', 'sim'],
    driver: 'rdm6300',
    serial: line9600,
    usb: bridges,
    options: [hold(300)],
  },
  {
    ...reader,
    id: 'id12',
    label: 'ID-12LA / ID-20LA 125 kHz reader (EM4100)',
    addresses: ['serial', 'sim'],
    driver: 'id12',
    serial: line9600,
    usb: bridges,
    options: [hold(300)],
    note: 'Format select pin set to ASCII.',
  },
  {
    ...reader,
    id: 'text-line',
    label: 'Serial reader or QR scanner that sends lines of text',
    addresses: ['serial', 'sim'],
    driver: 'text-line',
    usb: bridges,
    options: [
      ...serialFields,
      { name: 'prefix', label: 'Sent before each read', kind: 'text', default: '', maxLength: 8 },
      { name: 'suffix', label: 'Sent after each read', kind: 'text', default: '\r', maxLength: 8 },
      ...meaning('text'),
      idle(50),
      length,
      hold(1_500),
    ],
  },
  {
    ...reader,
    id: 'hid-keyboard',
    label: 'USB reader that types (keyboard wedge)',
    addresses: ['hid', 'sim'],
    driver: 'hid-keyboard',
    usb: [
      { vendorId: 0xffff, productId: 0x0035 }, // Sycreader and many unnamed 125 kHz readers
      { vendorId: 0x08ff, productId: 0x0009 }, // HXGCoLtd
    ],
    hidUsage: { page: 0x01, id: 0x06 },
    options: [
      {
        name: 'end',
        label: 'Typed after each read',
        kind: 'choice',
        default: 'enter',
        choices: keyboardEnds,
      },
      ...meaning('8H10D'),
      idle(100),
      length,
      hold(300),
    ],
    note:
      'Linux also hands the keystrokes to the console and to whatever window has the focus. Keep them from both by ' +
      'a udev rule (Linux 5.11 or newer): SUBSYSTEM=="input", KERNEL=="input*", ATTRS{idVendor}=="ffff", ' +
      'ATTRS{idProduct}=="0035", ATTR{inhibited}="1", and let the server open the reader: KERNEL=="hidraw*", ' +
      'ATTRS{idVendor}=="ffff", ATTRS{idProduct}=="0035", GROUP="plugdev", MODE="0660". Windows lets no program ' +
      'open a keyboard: use a reader with a serial or HID POS interface there.',
  },
  {
    ...reader,
    id: 'hid-pos',
    label: 'USB HID POS bar code and QR scanner',
    addresses: ['hid', 'sim'],
    driver: 'hid-pos',
    usb: [],
    hidUsage: { page: 0x8c, id: 0x02 },
    options: [...meaning('text'), idle(100), length, hold(1_500)],
    note: 'Set the scanner to its HID POS interface with the set-up code in its manual.',
  },
  {
    ...reader,
    kind: 'document-reader',
    id: 'sam-v',
    label: 'Resident ID card reader (SAM_V module, serial)',
    addresses: ['serial', 'sim'],
    driver: 'sam-v',
    usb: bridges,
    options: [
      {
        name: 'baudRate',
        label: 'Baud rate',
        kind: 'choice',
        default: 115200,
        choices: [9600, 19200, 38400, 57600, 115200],
      },
    ],
    tellsForm: false,
    note:
      "The reader must have a serial interface, or one over USB that the system shows as a serial port: the makers' " +
      'own USB interface (0400:C35A) is none. Photos are not read: there is no open decoder for them.',
  },
  {
    ...reader,
    kind: 'printer',
    id: 'escpos',
    label: 'Receipt printer (ESC/POS, serial or network)',
    addresses: ['serial', 'tcp', 'sim'],
    driver: 'escpos',
    usb: bridges,
    options: [
      {
        name: 'baudRate',
        label: 'Baud rate',
        kind: 'choice',
        default: 9600,
        choices: [9600, 19200, 38400, 57600, 115200],
      },
      {
        name: 'paper',
        label: 'Width of the paper in millimetres',
        kind: 'choice',
        default: 80,
        choices: [80, 58],
      },
    ],
    tellsForm: false,
    note:
      'The printer must have its Chinese fonts (GB 18030) and answer for its state. On the network it is the port 9100. ' +
      'One on USB must be one that the system shows as a serial port: set it to "virtual COM".',
  },
  ...boards.map(
    (channels): DeviceModel => ({
      ...relay,
      id: `lcus-${channels}`,
      label: `LCUS-${channels} serial relay board`,
      addresses: ['serial', 'sim'],
      driver: 'lcus',
      serial: line9600,
      usb: [ch340],
      channels,
      confirms: false,
      note: 'This board cannot be read back: an opening is known to be sent, not to have happened.',
    }),
  ),
  ...boards.map(
    (channels): DeviceModel => ({
      ...relay,
      id: `lcus-hid-${channels}`,
      label: `LCUS-${channels} relay board, USB HID variant`,
      addresses: ['hid', 'sim'],
      driver: 'lcus-hid',
      usb: [{ vendorId: 0x5131, productId: 0x2007 }],
      channels,
      confirms: false,
      note: 'This board cannot be read back: an opening is known to be sent, not to have happened.',
    }),
  ),
  ...boards.map(
    (channels): DeviceModel => ({
      ...relay,
      id: `usb-relay-${channels}`,
      label: `USBRelay${channels} USB HID relay board`,
      addresses: ['hid', 'sim'],
      driver: 'usb-relay',
      usb: [{ vendorId: 0x16c0, productId: 0x05df, product: `USBRelay${channels}` }],
      channels,
      confirms: true,
    }),
  ),
  {
    ...reader,
    id: 'osdp-bus',
    label: 'OSDP readers on an RS-485 bus',
    addresses: ['serial', 'tcp', 'sim'],
    driver: 'osdp',
    bus: { first: 0, last: 126 },
    usb: bridges,
    options: [
      {
        name: 'baudRate',
        label: 'Baud rate',
        kind: 'choice',
        default: 9600,
        choices: [9600, 19200, 38400, 57600, 115200, 230400],
      },
      hold(300),
    ],
    tellsForm: false,
    note:
      'Two wires, A to A and B to B, with a 120 ohm resistor at each end of the line, and a common ground. Every ' +
      'reader has an address of its own.',
  },
  {
    id: 'sim-inputs',
    label: 'Simulated inputs: door position switches and exit buttons',
    kind: 'inputs',
    addresses: ['sim'],
    driver: 'inputs',
    usb: [],
    options: [{ name: 'inputs', label: 'Inputs', kind: 'integer', default: 4, min: 1, max: 8 }],
    channels: 0,
    inputs: 8,
    confirms: false,
    tellsForm: false,
  },
];

export function findModel(id: string): DeviceModel | undefined {
  return catalog.find((model) => model.id === id);
}
