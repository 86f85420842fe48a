/** Use case: a person opens a lane by hand. */
import type { Clock, RelayResult } from '../../hardware/ports.ts';
import type { By } from '../contract/events.ts';
import { releaseWithinMs } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import type { Recorder } from '../events/recorder.ts';
import type { Lanes } from './lanes.ts';

export interface OpenLaneDeps {
  recorder: Pick<Recorder, 'record'>;
  lanes: Pick<Lanes, 'lane' | 'release'>;
  clock: Pick<Clock, 'monotonic'>;
}

/**
 * The record stands before the relay moves; what became of it follows as `lane.release-outcome`. `seq` is absent
 * while the store takes no records. A lane in lockdown can be opened by hand, one that is out of service can't.
 * Throws not-found, conflict.
 */
export async function openLane(
  { recorder, lanes, clock }: OpenLaneDeps,
  laneId: string,
  by: By,
): Promise<{ seq?: number; relay: RelayResult['outcome'] }> {
  const notAfter = clock.monotonic() + releaseWithinMs;
  const lane = lanes.lane(laneId);
  if (!lane) throw new RequestError('not-found', 'There is no such lane.');
  if (lane.posture === 'disabled')
    throw new RequestError('conflict', 'This lane is out of service.', {
      why: 'lane.disabled',
      params: { lane: lane.name },
    });
  if (lane.outputDeviceId === null)
    throw new RequestError('conflict', 'This lane has no relay to open it.', {
      why: 'lane.no-relay',
      params: { lane: lane.name },
    });
  const data = { gateId: lane.gateId, laneId };
  const recorded = await recorder.record({ type: 'lane.opened', data, ...by });
  const seq = recorded.durable === 'log' ? recorded.event.seq : undefined;
  const { outcome } = await lanes.release(laneId, { kind: 'hand', seq, notAfter });
  return { ...(seq === undefined ? {} : { seq }), relay: outcome };
}
