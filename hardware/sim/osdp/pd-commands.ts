/** What a simulated PD does at each command: the PD afterwards, and its reply. */
import type { Command } from '../../codec/osdp/command.ts';
import type { FileTransferCommand } from '../../codec/osdp/file-transfer.ts';
import { anyAddress } from '../../codec/osdp/frame.ts';
import type { MalformedPayload } from '../../codec/osdp/payload.ts';
import { nak, type Reply } from '../../codec/osdp/reply.ts';
import { light, outputsAt, sound, switchOutputs, write } from './panel.ts';
import type { Pd } from './pd-state.ts';

export interface Done {
  pd: Pd;
  reply: Reply;
}

const malformedNaks = { unknown: 'unknown-command', length: 'length', value: 'record' } as const;

export function execute(pd: Pd, command: Command | MalformedPayload, at: number): Done {
  const { panel } = pd;
  const acknowledged = (next: Pd): Done => ({ pd: next, reply: { kind: 'ack' } });
  switch (command.kind) {
    case 'malformed':
      return { pd, reply: nak(malformedNaks[command.fault]) };
    case 'poll': {
      const [event, ...events] = pd.events;
      return { pd: { ...pd, polled: true, events }, reply: event ?? { kind: 'ack' } };
    }
    case 'id':
      return { pd, reply: { kind: 'pdid', ...pd.identity } };
    case 'cap':
      return { pd, reply: { kind: 'pdcap', capabilities: [...pd.capabilities] } };
    case 'lstat':
      return { pd, reply: { kind: 'lstatr', tamper: pd.tamper, powerFault: pd.powerFault } };
    case 'istat':
      return { pd, reply: { kind: 'istatr', active: [...pd.inputs] } };
    case 'ostat':
      return { pd, reply: { kind: 'ostatr', on: outputsAt(panel, at) } };
    case 'rstat':
      return { pd, reply: { kind: 'rstatr', readers: ['normal'] } };
    case 'out': {
      const switched = switchOutputs(panel, command, at);
      if (!switched) return { pd, reply: nak('record') };
      const next = { ...pd, panel: switched };
      return pd.outAnswer === 'ack' ? acknowledged(next) : execute(next, { kind: 'ostat' }, at);
    }
    case 'led':
      return acknowledged({ ...pd, panel: light(panel, command, at) });
    case 'buz':
      return acknowledged({ ...pd, panel: sound(panel, command, at) });
    case 'text':
      return acknowledged({ ...pd, panel: write(panel, command, at) });
    case 'comset': {
      if (command.address >= anyAddress || command.baudRate === 0) return { pd, reply: nak('record') };
      const { address, baudRate } = { ...command, ...pd.faults.ownPlace };
      return { pd: { ...pd, address, baudRate }, reply: { kind: 'com', address, baudRate } };
    }
    case 'keyset':
      if (!pd.session) return { pd, reply: nak('secure-channel-conditions') };
      return acknowledged({ ...pd, key: command.key, installing: false });
    case 'acurxsize':
      return acknowledged({ ...pd, acuMaxBytes: command.maxBytes });
    case 'filetransfer':
      return receiveFile(pd, command);
    case 'abort': {
      const { file, ...kept } = pd;
      return acknowledged(kept);
    }
    case 'keepactive':
      return acknowledged(pd);
    case 'mfg':
      // Says the same again, to its own maker's words alone.
      return command.vendor === pd.identity.vendor
        ? { pd, reply: { ...command, kind: 'mfgrep' } }
        : { pd, reply: nak('unknown-command') };
    case 'chlng':
    case 'scrypt':
      // Without their security blocks they are nothing.
      return { pd, reply: nak('secure-channel-conditions') };
  }
}

function receiveFile(pd: Pd, { type, total, offset, fragment }: FileTransferCommand): Done {
  const before = offset === 0 ? { type, total, received: 0, parts: [] } : pd.file;
  const fits = before && before.type === type && before.total === total && before.received === offset;
  const asks = pd.file && fragment.length === 0;
  const file =
    asks || !fits
      ? pd.file
      : { ...before, received: offset + fragment.length, parts: [...before.parts, fragment] };
  const whole = file !== undefined && file.received === file.total;
  const end = pd.faults.neverFinishes ? 'finishing' : 'processed';
  const status = !asks && !fits ? 'aborted' : whole ? end : 'proceed';
  return {
    pd: file ? { ...pd, file } : pd,
    reply: {
      kind: 'ftstat',
      status,
      interleave: true,
      leaveSecureChannel: false,
      pollResponse: pd.events.length > 0,
      delayMs: pd.fileDelayMs,
      maxMessage: pd.fileMaxMessage,
    },
  };
}
