/** The secure channel from the ACU's side: which key is tried, what its refusal means, and how a key is changed. Pure. */
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import { acceptCcrypt, acceptRmac } from '../../codec/osdp/handshake.ts';
import type { OsdpKey } from '../../codec/osdp/key.ts';
import {
  type Ask,
  type AskResult,
  begun,
  type Effect,
  keyNamed,
  keyNames,
  type Pd,
  type PdKeys,
  type Step,
  settled,
} from './pd.ts';

/** Two in a row under every key are no accident of the line. */
const lostAfter = 2;
const lostEveryMs = 400;
const againMs = 50;

/** @param before with what the step was judged by. @param pd after the exchange. */
export function shakeHands(before: Pd, pd: Pd, frame: ReceivedFrame, now: number): Step {
  const { stage, challenge } = before;
  if (stage.at === 'challenging') {
    const key = keyNamed(before, stage.with);
    if (!key || !challenge) return { pd: begun(pd, now), effects: [] };
    const kind = stage.with === 'default' ? 'default' : 'own';
    const proof = acceptCcrypt({ key, kind, randomA: challenge }, frame);
    if (!proof.ok) return stepRefused(before, now);
    const { scrypt } = proof;
    const next: Pd = { ...pd, stage: { at: 'proving', with: stage.with, pd: proof.pd, scrypt } };
    // Nothing comes between the two steps.
    return { pd: { ...next, urgent: true, dueAt: now }, effects: [] };
  }
  if (stage.at !== 'proving') return { pd, effects: [] };
  const agreed = acceptRmac(stage.pd, frame);
  return agreed.ok ? secured({ ...pd, session: agreed.session }, stage.with, now) : stepRefused(before, now);
}

function secured(before: Pd, name: NonNullable<ReturnType<typeof keyNames>[number]>, now: number): Step {
  // The key that opened the channel says whether a KEYSET was done.
  const known = before.asks.filter(
    ({ command, doubted }) => command.kind === 'keyset' && (name === 'next' || doubted),
  );
  const result: AskResult = name === 'next' ? { kind: 'answered', reply: { kind: 'ack' } } : { kind: 'lost' };
  const settledNow = known.map((ask) => settled(ask, result));
  const asks = before.asks.filter((ask) => !known.includes(ask));
  const pd: Pd = { ...before, asks, stage: { at: 'work', with: name }, refusals: 0, pollAt: now };
  if (name === 'default') return { pd, effects: [...settledNow, { kind: 'key-wanted' }] };
  const held: Pd = { ...pd, keyState: 'held', enrolUntil: 0 };
  const key = keyNamed(pd, name);
  const changing = pd.asks.some(({ command }) => command.kind === 'keyset');
  if (!key || (name === 'current' && (!pd.keys.next || changing))) return { pd: held, effects: settledNow };
  // Which of the two keys the PD holds after an unanswered KEYSET is known now.
  const keys: PdKeys = { current: key };
  const told: Effect[] = name === 'next' ? [{ kind: 'key-told', key: 'set' }] : [];
  return {
    pd: { ...held, keys, stage: { at: 'work', with: 'current' } },
    effects: [{ kind: 'keys', keys }, ...told, ...settledNow],
  };
}

/** It does not hold this key: the next one is tried, and after the last one nothing is, but the same again. */
export function stepRefused(before: Pd, now: number): Step {
  const { stage, keys, keyState } = before;
  const names = keyNames(before, now);
  const tried = stage.at === 'challenging' || stage.at === 'proving' ? stage.with : undefined;
  const next = tried && names[names.indexOf(tried) + 1];
  const pd = begun(before, now);
  if (next) return { pd: { ...pd, stage: { at: 'challenging', with: next }, dueAt: now }, effects: [] };
  if (!keys.current && !keys.next) {
    // Only a person had it tried: the next try is for a person, too.
    return { pd: { ...pd, enrolUntil: 0, dueAt: now }, effects: [{ kind: 'key-told', key: 'refused' }] };
  }
  const refusals = before.refusals + 1;
  const lost = refusals >= lostAfter;
  return {
    pd: { ...pd, refusals, keyState: lost ? 'lost' : keyState, dueAt: now + (lost ? lostEveryMs : againMs) },
    effects: lost && keyState !== 'lost' ? [{ kind: 'key-told', key: 'lost' }] : [],
  };
}

/** The PD has taken a key: from now on there is no other. */
export function keysetDone(pd: Pd, ask: Ask, key: OsdpKey, now: number): Step {
  const keys: PdKeys = { current: key };
  const next = begun({ ...pd, keys, keyState: 'held', enrolUntil: 0, dueAt: now }, now);
  return {
    pd: next,
    effects: [
      { kind: 'keys', keys },
      { kind: 'key-told', key: 'set' },
      settled(ask, { kind: 'answered', reply: { kind: 'ack' } }),
    ],
  };
}

/**
 * It said so without signing it, as a PD does that drops its session first, and as anybody on the line could: both keys
 * are kept, and the handshake shows which of them it holds.
 */
export function keysetDoubted(pd: Pd, ask: Ask, now: number): Step {
  const asks = [{ ...ask, doubted: true }, ...pd.asks];
  return { pd: begun({ ...pd, asks, dueAt: now }, now), effects: [] };
}

export function keysetRefused(pd: Pd, effects: readonly Effect[], now: number): Step {
  const keys: PdKeys = pd.keys.current ? { current: pd.keys.current } : {};
  return {
    pd: begun({ ...pd, keys, enrolUntil: 0, dueAt: now }, now),
    effects: [...effects, { kind: 'keys', keys }, { kind: 'key-told', key: 'refused' }],
  };
}
