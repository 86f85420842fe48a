import { z } from 'zod';
import { busReaderStatus } from './readers.ts';
import { byId, type Route } from './route.ts';
import { name, text } from './text.ts';
import { id, instant } from './words.ts';

export const deviceAddress = z.object({
  kind: z.enum(['serial', 'hid', 'tcp', 'sim']),
  /** Of a network address, `host:port`. */
  path: z.string().max(400).optional(),
  usb: z
    .object({
      vendorId: z.number().int().min(0).max(0xffff),
      productId: z.number().int().min(0).max(0xffff),
      serialNumber: z.string().max(200).optional(),
      /** Where it is plugged in: followed there alone. */
      port: z.string().max(200).optional(),
    })
    .optional(),
});
export type DeviceAddress = z.infer<typeof deviceAddress>;

export const linkFault = z.object({
  code: z.enum(['not-found', 'ambiguous', 'permission', 'busy', 'unplugged', 'io', 'unsupported']),
  detail: z.string(),
});

/** `paper-low` still prints; the others after it do not. */
export const printerCondition = z.enum(['ready', 'paper-low', 'paper-out', 'cover-open', 'error', 'offline']);

export const deviceStatus = z.object({
  deviceId: id,
  state: z.enum(['connecting', 'online', 'offline']),
  since: instant,
  fault: linkFault.optional(),
  frames: z.number().int(),
  frameErrors: z.number().int(),
  lastFrameAt: instant.optional(),
  readsBack: z.boolean().optional(),
  channels: z.array(z.boolean().nullable()).optional(),
  /** Of a bus, those that are set up on it; `state` above is that of the line. */
  readers: z.array(busReaderStatus).optional(),
  /** Of a printer, while it is online. */
  printer: printerCondition.optional(),
  /** A reader that refuses more than people can cause: since when, and how many of those are only counted. */
  flood: z.object({ since: instant, counted: z.number().int() }).optional(),
});
export type DeviceStatus = z.infer<typeof deviceStatus>;

const options = z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean()]));

export const device = z.object({
  id,
  name,
  model: z.string(),
  address: deviceAddress,
  options,
  status: deviceStatus.optional(),
});
export type Device = z.infer<typeof device>;

export const deviceInput = z.object({
  name,
  model: z.string().max(64),
  address: deviceAddress,
  options: options.default({}),
});
export const devicePatch = z.object({ name, address: deviceAddress, options }).partial();

/** A row of the hardware catalogue, as screens need it. */
export const deviceModel = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['reader', 'document-reader', 'printer', 'relay', 'inputs']),
  addressKinds: z.array(z.enum(['serial', 'hid', 'tcp', 'sim'])),
  channels: z.number().int().optional(),
  inputs: z.number().int().optional(),
  /** A bus of many readers: the numbers that one on it may have. Absent: one reader, number 0. */
  bus: z.object({ first: z.number().int(), last: z.number().int() }).optional(),
  /** Whether a relay board can tell its state. */
  confirms: z.boolean().optional(),
  note: z.string().optional(),
  options: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['string', 'number', 'boolean']),
      default: z.union([z.string(), z.number(), z.boolean()]),
      choices: z.array(z.union([z.string(), z.number()])).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ),
});
export type DeviceModel = z.infer<typeof deviceModel>;

export const found = z.object({
  found: z.array(
    z.object({
      /** What to set it up with: it leads to this device again, and to no other. */
      address: deviceAddress,
      path: z.string(),
      manufacturer: z.string().optional(),
      product: z.string().optional(),
      models: z.array(z.string()),
      /** The device already set up at this address. */
      deviceId: id.optional(),
    }),
  ),
  problems: z.array(linkFault),
});

/** A read as the test swipe and the enrolment show it; the number is not kept. */
export const seenRead = z.object({
  deviceId: id,
  reader: z.number().int(),
  at: instant,
  key: z.string().optional(),
  malformed: z.enum(['parity', 'length', 'charset', 'checksum']).optional(),
  form: z.string().optional(),
  /** Forms of a card number that a text, or a read that fits no setting, may be: the notation is set wrongly then. */
  looksLike: z.array(z.string()).optional(),
  /** The number in its usual printed forms. */
  printed: z.array(z.object({ form: z.string(), text: z.string() })),
  /** Whose it already is, and whether it was reported lost. */
  cardholder: z.object({ id, name: z.string() }).optional(),
  lost: z.literal(true).optional(),
});
export type SeenRead = z.infer<typeof seenRead>;

/** On a bus: which of its readers; the first when absent. */
const onBus = { reader: z.number().int().min(0).max(126).optional() };

/** Hold this card to a simulated reader, press its keys, open it, or move a simulated switch. */
export const simulate = z.union([
  z.object({ present: z.object({ key: z.string().max(200) }), ...onBus }),
  z.object({
    input: z.object({ number: z.number().int().min(0).max(63), active: z.boolean() }),
    ...onBus,
  }),
  z.object({ press: z.string().regex(/^[0-9*#]{1,16}$/), ...onBus }),
  z.object({ tamper: z.boolean(), ...onBus }),
  z.object({ unplugged: z.boolean() }),
  /** Lay a made-up resident identity card on a simulated reader of documents, or take it away (null). */
  z.object({ card: z.object({ name: text(15), number: text(18) }).nullable() }),
]);

export const deviceRoutes = {
  'devices.list': {
    method: 'GET',
    path: '/devices',
    allow: 'gates.read',
    summary: 'Devices and their status',
    response: z.array(device),
  },
  'devices.models': {
    method: 'GET',
    path: '/devices/models',
    allow: 'gates.read',
    summary: 'The catalogue of device models',
    response: z.array(deviceModel),
  },
  'devices.scan': {
    method: 'GET',
    path: '/devices/plugged-in',
    allow: 'devices.manage',
    summary: 'What is plugged in now',
    response: found,
  },
  'devices.add': {
    method: 'POST',
    path: '/devices',
    allow: 'devices.manage',
    summary: 'Add a device',
    body: deviceInput,
    reason: 'optional',
    response: device,
  },
  'devices.change': {
    method: 'PATCH',
    path: '/devices/:id',
    allow: 'devices.manage',
    summary: 'Change a device',
    params: byId,
    body: devicePatch,
    reason: 'required',
    response: device,
  },
  'devices.remove': {
    method: 'DELETE',
    path: '/devices/:id',
    allow: 'devices.manage',
    summary: 'Remove a device that no lane uses',
    params: byId,
    reason: 'required',
  },
  'devices.simulate': {
    method: 'POST',
    path: '/devices/:id/simulate',
    allow: 'devices.simulate',
    summary: 'Use a simulated device',
    params: byId,
    body: simulate,
  },
} as const satisfies Record<string, Route>;
