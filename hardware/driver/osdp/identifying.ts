/** Who a PD is, what it can do and how it stands: before there is a session, and of everything that it says. Pure. */
import type { Command } from '../../codec/osdp/command.ts';
import { maxFrameBytes } from '../../codec/osdp/frame.ts';
import { readCapabilities } from '../../codec/osdp/identity.ts';
import type { Reply } from '../../codec/osdp/reply.ts';
import { keyNames, type Pd } from './pd.ts';

const rxSize: Command = { kind: 'acurxsize', maxBytes: maxFrameBytes };

export function learnt(pd: Pd, reply: Reply): Pd {
  switch (reply.kind) {
    case 'pdid':
      return { ...pd, identity: reply };
    case 'pdcap': {
      const capabilities = readCapabilities(reply);
      const next = { ...pd, capabilities };
      return next.stage.at === 'work' ? { ...next, chores: [...pd.chores, ...reportsOf(next)] } : next;
    }
    case 'lstatr':
      return { ...pd, tamper: reply.tamper, powerFault: reply.powerFault };
    case 'rstatr': {
      const [attached] = reply.readers;
      return attached ? { ...pd, attached } : pd;
    }
    case 'istatr':
      return { ...pd, inputs: reply.active };
    case 'ostatr':
      return { ...pd, outputs: reply.on };
    default:
      return pd;
  }
}

/** The next step of getting to know it, after this command was answered. */
export function identified(pd: Pd, said: Command['kind'], now: number): Pd {
  const { stage } = pd;
  if (stage.at !== 'identifying') return pd;
  if (said === 'poll') return { ...pd, stage: { at: 'identifying', by: 'id' } };
  if (said === 'id') return { ...pd, stage: { at: 'identifying', by: 'cap' } };
  const [key] = keyNames(pd, now);
  if (key && pd.capabilities?.secureChannel !== false) {
    return { ...pd, stage: { at: 'challenging', with: key }, sequence: 0 };
  }
  const next: Pd = { ...pd, stage: { at: 'work', with: 'nothing' }, pollAt: now };
  return { ...next, chores: [{ kind: 'lstat' }, { kind: 'rstat' }, rxSize, ...reportsOf(next)] };
}

/** What is asked at the beginning of a secure session. Another PD may have been put in its place. */
export function choresOf({ stage }: Pd): Command[] {
  const installing = stage.at === 'work' && stage.with === 'default';
  if (installing) return [];
  return [{ kind: 'id' }, { kind: 'cap' }, { kind: 'lstat' }, { kind: 'rstat' }, rxSize];
}

/**
 * Of one that was gone, no output stays on, and a pulse that still runs ends by itself. One that only lost its session
 * says what its outputs do.
 */
function reportsOf({ capabilities, away }: Pd): Command[] {
  const { inputs = 0, outputs = 0 } = capabilities ?? {};
  const commands: Command[] = inputs > 0 ? [{ kind: 'istat' }] : [];
  if (outputs === 0) return commands;
  const off = (output: number) => ({ output, action: 'off-after-timer' as const, timerMs: 0 });
  return [
    ...commands,
    away ? { kind: 'out', outputs: Array.from({ length: outputs }, (_, at) => off(at)) } : { kind: 'ostat' },
  ];
}
