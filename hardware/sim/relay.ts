/**
 * Simulated relay boards. They have a supply of their own, which is the worst case: with the cable pulled, a relay
 * that was on stays on.
 */
import { lcusDecoder } from '../codec/lcus.ts';
import { decodeUsbRelayCommand, encodeUsbRelayState, usbRelayStateReport } from '../codec/usb-relay.ts';
import type { Cancel, LinkFault } from '../ports.ts';
import { type SimParts, simBody } from './body.ts';
import type { Wire } from './rude-line.ts';
import type { SimulatedUnit } from './unit.ts';

/** The relays themselves, and those who watch them. */
function relays(count: number) {
  const states = Array.from({ length: count }, () => false);
  const listeners = new Set<(channel: number, on: boolean) => void>();
  return {
    states,
    set(channel: number, on: boolean): void {
      if (states[channel - 1] === undefined || states[channel - 1] === on) return;
      states[channel - 1] = on;
      for (const listener of [...listeners]) listener(channel, on);
    },
    onChannel(listener: (channel: number, on: boolean) => void): Cancel {
      const entry: typeof listener = (channel, on) => listener(channel, on);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}

/** Takes LCUS bytes and says nothing; a damaged or lost command is a relay that does not move. */
export function simLcus(
  parts: SimParts,
  model: string,
  channels: number,
  wire: 'serial' | 'hid',
): SimulatedUnit {
  const board = relays(channels);
  const decoder = lcusDecoder();
  const line: Wire = {
    stream: wire === 'serial',
    damage: (message) => message.map((bytes) => bytes.with(-1, ((bytes.at(-1) ?? 0) + 1) & 0xff)),
  };
  const body = simBody(parts, line, {
    received(bytes) {
      // The report id in front of a HID command is no part of it.
      const command = wire === 'hid' && bytes[0] === 0 ? bytes.subarray(1) : bytes;
      for (const item of decoder.push(command)) {
        if (item.ok) board.set(item.frame.channel, item.frame.on);
      }
    },
  });
  return {
    open: body.open,
    device: {
      model,
      channels: () => [...board.states],
      onChannel: board.onChannel,
      misbehave: body.misbehave,
    },
  };
}

/** Holds its state and tells it by feature report 1. */
export function simUsbRelay(parts: SimParts, model: string, channels: number): SimulatedUnit {
  const board = relays(channels);
  const line: Wire = {
    stream: false,
    // Cut off before the state mask.
    damage: (message) => message.map((report) => report.subarray(0, 4)),
    noise: () => [],
  };
  const body = simBody(parts, line, {
    received: () => undefined,
    async writeFeature(report) {
      const command = decodeUsbRelayCommand(report);
      if (!command) throw stall;
      if ('channel' in command) board.set(command.channel, command.on);
      else for (const index of board.states.keys()) board.set(index + 1, command.all);
    },
    async readFeature(reportId) {
      if (reportId !== usbRelayStateReport.id) throw stall;
      const mask = board.states.reduce((bits, on, index) => (on ? bits | (1 << index) : bits), 0);
      return body.answer(encodeUsbRelayState({ name: 'SIMUL', mask }));
    },
  });
  return {
    open: body.open,
    device: {
      model,
      channels: () => [...board.states],
      onChannel: board.onChannel,
      misbehave: body.misbehave,
    },
  };
}

const stall: LinkFault = { code: 'io', detail: 'the board does not know this report' };
