/** Serial ports and pseudo-terminals. The only file that imports `serialport`. */
import type { SerialPort } from 'serialport';
import type { ByteLink, FoundDevice, LinkFault, LinkOpener, SerialOptions, UsbIdentity } from '../ports.ts';
import { followDevice, shared } from './follow.ts';
import { endAtHangup } from './serial-hangup.ts';
import { cannotLoad, systemFault } from './system-fault.ts';
import { linuxSerialPort } from './usb-port.ts';

const usual: SerialOptions = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

/** @param sys where Linux tells of its devices. */
export function serialOpener(sys = '/sys'): LinkOpener {
  const list = shared(() => listPorts(sys));
  return {
    list,
    async open(address, serial = usual) {
      if (address.kind !== 'serial') throw unsupported(`a ${address.kind} address is no serial port`);
      const path = await followDevice(address, list);
      const { SerialPort: Port } = await load();
      return openPort(new Port({ path, ...serial, autoOpen: false, lock: true }), path);
    },
  };
}

/** Loaded when first needed: where it does not load, everything else still runs. */
async function load(): Promise<typeof import('serialport')> {
  try {
    return await import('serialport');
  } catch (reason) {
    throw cannotLoad('serialport', 'Run "npm rebuild @serialport/bindings-cpp".', reason);
  }
}

async function listPorts(sys: string): ReturnType<LinkOpener['list']> {
  try {
    const { SerialPort: Port } = await load();
    const ports = await Port.list();
    return { found: ports.map((port) => foundPort(port, sys)) };
  } catch (reason) {
    return { found: [], problem: listProblem(reason) };
  }
}

function listProblem(reason: unknown): LinkFault {
  const { code, detail } = systemFault('serial ports', reason);
  // On Linux the list comes from udevadm, which containers and small systems do not have.
  return detail.includes('udevadm')
    ? unsupported(`serial ports can't be listed without udev (${detail}); enter their paths by hand`)
    : { code, detail };
}

type Port = Awaited<ReturnType<typeof SerialPort.list>>[number];

function foundPort(port: Port, sys: string): FoundDevice {
  const usb = identityOf(port, sys);
  return {
    path: port.path,
    address: usb ? { kind: 'serial', usb } : { kind: 'serial', path: port.path },
    ...(port.manufacturer ? { manufacturer: port.manufacturer } : {}),
    models: [],
  };
}

function identityOf(
  { path, vendorId, productId, serialNumber, locationId }: Port,
  sys: string,
): UsbIdentity | undefined {
  const ids = {
    vendorId: Number.parseInt(vendorId ?? '', 16),
    productId: Number.parseInt(productId ?? '', 16),
  };
  if (Number.isNaN(ids.vendorId) || Number.isNaN(ids.productId)) return undefined;
  // macOS and Windows tell the place in the list itself.
  const port = linuxSerialPort(path, sys) ?? locationId;
  return { ...ids, ...(serialNumber ? { serialNumber } : {}), ...(port ? { port } : {}) };
}

async function openPort(port: SerialPort, path: string): Promise<ByteLink> {
  const listeners: ((fault?: LinkFault) => void)[] = [];
  let ended = false;
  function end(fault?: LinkFault): void {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener(fault);
  }
  // `close` carries an error exactly when the system took the port away.
  port.on('close', (reason?: Error | null) =>
    end(reason ? { code: 'unplugged', detail: lost(path, reason) } : undefined),
  );
  port.on('error', (reason) => {
    end(systemFault(path, reason));
    if (port.isOpen) port.close(() => undefined);
  });

  await new Promise<void>((resolve, reject) => {
    port.open((reason) => (reason ? reject(systemFault(path, reason)) : resolve()));
  });

  endAtHangup(port.port);
  return {
    onData: (listener) => void port.on('data', listener),
    onClose: (listener) => void listeners.push(listener),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (ended || !port.isOpen) {
          reject({ code: 'unplugged', detail: `${path} is closed` } satisfies LinkFault);
          return;
        }
        port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (reason) => {
          if (reason) reject(systemFault(path, reason));
          else resolve();
        });
      }),
    setBaudRate: (baudRate) =>
      new Promise((resolve, reject) => {
        port.update({ baudRate }, (reason) => (reason ? reject(systemFault(path, reason)) : resolve()));
      }),
    close: () =>
      new Promise((resolve) => {
        if (!port.isOpen) {
          resolve();
          return;
        }
        port.close(() => resolve());
      }),
  };
}

function lost(path: string, reason: Error): string {
  return `${path} went away (${reason.message})`;
}

function unsupported(detail: string): LinkFault {
  return { code: 'unsupported', detail };
}
