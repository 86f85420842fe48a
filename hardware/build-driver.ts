/** From a row of the catalogue to its driver and codec. */
import { repeatFilter } from './codec/debounce.ts';
import { paperOf } from './codec/escpos/page.ts';
import { keyboardDecoder } from './codec/hid-keyboard.ts';
import { hidPosDecoder } from './codec/hid-pos.ts';
import { interpretLine, lineForm } from './codec/line-meaning.ts';
import { rdm6300Decoder } from './codec/rdm6300.ts';
import { textLineDecoder } from './codec/text-line.ts';
import { type CheckedDevice, integer, keyboardEnd, lineMeaning, textLineOptions } from './device-config.ts';
import { documentReaderDriver } from './driver/document-reader.ts';
import type { Driver } from './driver/driver.ts';
import { inputsDriver } from './driver/inputs.ts';
import { osdpDriver } from './driver/osdp/driver.ts';
import { printerDriver } from './driver/printer.ts';
import { readerDriver } from './driver/reader.ts';
import { relayBoardDriver } from './driver/relay-board.ts';
import { lcusSwitching, usbRelaySwitching } from './driver/switching.ts';
import type { HardwareBus } from './events.ts';
import type { OsdpKeyStore } from './osdp-ports.ts';
import type { Clock } from './ports.ts';

/** A frame of 16 bytes takes 17 ms at 9600 baud. */
const frameIdleMs = 100;

/** What only buses with a secure channel need. */
export interface Secrets {
  keys: OsdpKeyStore;
  /** Not to be guessed. */
  randomBytes(count: number): Uint8Array;
}

export function buildDriver(
  { id, model, values, readers }: CheckedDevice,
  clock: Clock,
  bus: HardwareBus,
  secrets: Secrets,
): Driver {
  const reader = {
    deviceId: id,
    clock,
    isNews: repeatFilter(integer(values, 'holdMs')),
    onRead: (read: Parameters<typeof bus.emit<'read'>>[1]) => bus.emit('read', read),
  };
  const idleMs = integer(values, 'idleMs');
  const maxLength = integer(values, 'maxLength');
  const board = {
    clock,
    onStuck: (channel: number, detail: string) =>
      bus.emit('relay-stuck', { output: { deviceId: id, channel }, at: clock.now(), detail }),
  };

  switch (model.driver) {
    case 'rdm6300':
    case 'id12':
      return readerDriver({
        ...reader,
        decoder: rdm6300Decoder(),
        interpret: (credential) => credential,
        formOf: () => '10H',
        idleMs: frameIdleMs,
      });
    case 'text-line': {
      const options = textLineOptions(values);
      return readerDriver({
        ...reader,
        decoder: textLineDecoder(options),
        interpret: (line) => interpretLine(line, options),
        formOf: (credential) => lineForm(credential, options),
        idleMs,
      });
    }
    case 'hid-keyboard': {
      const meaning = lineMeaning(values);
      return readerDriver({
        ...reader,
        decoder: keyboardDecoder({ end: keyboardEnd(values), maxLength }),
        interpret: (line) => interpretLine(line, meaning),
        formOf: (credential) => lineForm(credential, meaning),
        idleMs,
      });
    }
    case 'hid-pos': {
      const meaning = lineMeaning(values);
      return readerDriver({
        ...reader,
        decoder: hidPosDecoder({ maxLength }),
        interpret: ({ text }) => interpretLine(text, meaning),
        formOf: (credential) => lineForm(credential, meaning),
        idleMs,
      });
    }
    case 'sam-v':
      return documentReaderDriver({ deviceId: id, clock, onDocument: (read) => bus.emit('document', read) });
    case 'escpos':
      return printerDriver({
        clock,
        paper: paperOf[values.paper === 58 ? 58 : 80],
        baudRate: integer(values, 'baudRate'),
        onCondition: (condition) => bus.emit('printer', { deviceId: id, condition, at: clock.now() }),
      });
    case 'lcus':
      return relayBoardDriver({ ...board, switching: lcusSwitching(model.channels, 'serial') });
    case 'lcus-hid':
      return relayBoardDriver({ ...board, switching: lcusSwitching(model.channels, 'hid') });
    case 'usb-relay':
      return relayBoardDriver({ ...board, switching: usbRelaySwitching(model.channels) });
    case 'osdp':
      return osdpDriver({
        deviceId: id,
        clock,
        readers,
        baudRate: integer(values, 'baudRate'),
        store: secrets.keys,
        randomBytes: secrets.randomBytes,
        isNews: reader.isNews,
        emit: bus.emit,
      });
    case 'inputs':
      return inputsDriver({ deviceId: id, clock, onInput: (change) => bus.emit('input', change) });
  }
}
