/** A read that is no credential: refused, recorded with what was received, and no swipe after it is any worse off. */
import { expect, it } from 'vitest';
import { systemClock } from '../hardware/index.ts';
import { startCampus } from './harness.ts';
import { openPtyDevice, ptyPair } from './pty.ts';
import { ids } from './small-school.ts';
import { nextEvent, untilState } from './until.ts';

it('is denied as malformed and stands in the log', async () => {
  const line = await ptyPair();
  const reader = await openPtyDevice(line.devicePath);
  const campus = await startCampus({
    clock: systemClock,
    reader: { kind: 'serial', path: line.hostPath },
    readerModel: { model: 'text-line', options: { radix: '10H' } },
    doors: false,
  });
  try {
    const { hardware, swipesDone } = campus.app.campus;
    await untilState(hardware, ids.readerIn, 'online');
    for (const text of ['no number\r\n', '0A00000001\r\n']) {
      const read = nextEvent(hardware, 'read');
      await reader.write(Buffer.from(text));
      await read;
      await swipesDone();
    }
    const [denied, granted] = await campus.events('passage.denied', 'passage.granted');
    expect(denied?.data).toMatchObject({
      reason: 'malformed-credential',
      laneId: ids.lane,
      readKey: `charset:${Buffer.from('no number').toString('hex').toUpperCase()}`,
    });
    expect(granted?.data).toMatchObject({ cardholderId: 'person-ok' });
  } finally {
    await campus.close();
    await reader.close();
    await line.close();
  }
});
