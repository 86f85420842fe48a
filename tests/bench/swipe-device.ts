/**
 * The device's side of the bench, a process of its own: what the server does after its command has left must not
 * delay the clock that waits for it. Each line on its input starts
 * a piece, whose milliseconds from frame to ON command it prints as JSON.
 */
import { SerialPort } from 'serialport';
import { encodeLcus } from '../../hardware/codec/lcus.ts';
import { encodeRdm6300 } from '../../hardware/codec/rdm6300.ts';
import { parseCredentialKey } from '../../hardware/credential.ts';
import { crowdCard } from '../small-school.ts';

const [readerPath = '', relayPath = '', samples = '0'] = process.argv.slice(2);
const warmUp = 8;
const on = Buffer.from(encodeLcus(1, true));
const off = Buffer.from(encodeLcus(1, false));
// A tag that is still held is one swipe: enough of them that each has been away for longer than that.
const frames = Array.from({ length: 8 }, (_, index) => frameOf(crowdCard(index)));

const tag = await openPort(readerPath);
const relay = await openPort(relayPath);
const times: number[] = [];
let seen = Buffer.alloc(0);
let wake = () => {};
relay.on('data', (chunk: Buffer) => {
  seen = Buffer.concat([seen, chunk]);
  wake();
});

process.stdout.write('ready\n');
process.stdin.on('data', () => void piece());

async function piece(): Promise<void> {
  times.length = 0;
  seen = Buffer.alloc(0);
  for (let count = 0; count < warmUp + Number(samples); count++) {
    const begun = performance.now();
    tag.write(frames[count % frames.length]);
    await until(on);
    if (count >= warmUp) times.push(performance.now() - begun);
    await until(off);
  }
  process.stdout.write(`${JSON.stringify(times)}\n`);
}

/** A swipe that is refused or lost would be waited for for ever: the run must end with words instead. */
async function until(bytes: Buffer): Promise<void> {
  const late = setTimeout(() => {
    process.stderr.write(`No ${bytes.toString('hex')} at the relay within 10 s of a swipe.\n`);
    process.exit(1);
  }, 10_000);
  for (;;) {
    const at = seen.indexOf(bytes);
    if (at >= 0) {
      seen = seen.subarray(at + bytes.length);
      clearTimeout(late);
      return;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

function frameOf(key: string): Buffer {
  const credential = parseCredentialKey(key);
  const frame = credential && encodeRdm6300(credential, 'rdm6300');
  if (!frame) throw new Error(`no frame for ${key}`);
  return Buffer.from(frame);
}

function openPort(path: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: 9600 }, (error) => (error ? reject(error) : resolve(port)));
  });
}
