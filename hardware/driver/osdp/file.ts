/** A file for a reader, fragment by fragment, between everything else. Source: SIA OSDP 2.2, section 6.26 and 7.25. */
import type { FileStatusReply } from '../../codec/osdp/file-transfer.ts';
import type { ReaderResult } from '../../osdp-ports.ts';
import type { Clock } from '../../ports.ts';
import { resultOf } from './ask-result.ts';
import type { Ask, AskResult } from './pd.ts';

export interface FileParts {
  clock: Clock;
  ask(ask: Pick<Ask, 'command' | 'rank'> & { notAfter: number }): Promise<AskResult>;
  /** The longest message that the reader takes; undefined when it has not said. */
  receiveBuffer: number | undefined;
  onProgress(done: number, total: number): void;
}

export interface FileJob {
  result: Promise<ReaderResult>;
  cancel(): void;
}

/** Header, block, MAC, check, the fragment's own head, and what encryption adds. */
const overhead = 5 + 2 + 1 + 11 + 16 + 4 + 2;
/** What every reader takes. */
const usualBuffer = 128;
const longestFragment = 1_024;
/** A fragment may wait for a busy bus, and its reader may be away for a while. */
const patienceMs = 60_000;
/** After its last byte a reader may work on a file for so long: one that never says that it has finished has failed. */
const finishWithinMs = 10 * 60_000;

export function sendFile(parts: FileParts, { type, bytes }: { type: number; bytes: Uint8Array }): FileJob {
  const { clock } = parts;
  let cancelled = false;
  let wake = () => {};
  /** A reader may ask for more than a minute, and who stops it does not wait for that. */
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancelTimer = clock.after(ms, resolve);
      wake = () => {
        cancelTimer();
        resolve();
      };
    });
  const say = (command: Ask['command']) =>
    parts.ask({ command, rank: 'slow', notAfter: clock.monotonic() + patienceMs });

  async function run(): Promise<ReaderResult> {
    let offset = 0;
    let buffer = parts.receiveBuffer || usualBuffer;
    let sentAt: number | undefined;
    for (;;) {
      if (cancelled) {
        await say({ kind: 'abort' });
        return { outcome: 'stopped' };
      }
      const size = Math.max(1, Math.min(longestFragment, buffer - overhead));
      const fragment = bytes.subarray(offset, offset + size);
      const result = await say({ kind: 'filetransfer', type, total: bytes.length, offset, fragment });
      if (result.kind !== 'answered') return resultOf(result);
      if (result.reply.kind !== 'ftstat') return { outcome: 'refused', detail: result.reply.kind };
      offset += fragment.length;
      if (!cancelled) parts.onProgress(offset, bytes.length);
      const { status, delayMs, maxMessage }: FileStatusReply = result.reply;
      if (maxMessage > 0) buffer = maxMessage;
      if (status === 'processed' || status === 'rebooting') return { outcome: 'done', detail: status };
      if (status !== 'proceed' && status !== 'finishing') return { outcome: 'refused', detail: status };
      if (offset >= bytes.length) sentAt ??= clock.monotonic();
      if (sentAt !== undefined && clock.monotonic() - sentAt >= finishWithinMs) {
        await say({ kind: 'abort' });
        return { outcome: 'unfinished' };
      }
      // Past the end, empty fragments ask whether it has finished.
      if (!cancelled && (delayMs > 0 || offset >= bytes.length))
        await wait(Math.max(delayMs, finishingMs(offset, bytes)));
    }
  }
  return {
    result: run(),
    cancel() {
      cancelled = true;
      wake();
    },
  };
}

const finishingMs = (offset: number, bytes: Uint8Array): number => (offset >= bytes.length ? 200 : 0);
