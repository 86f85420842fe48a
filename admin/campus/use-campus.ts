/** Gates, lanes, readers and devices with what they are doing now, for every screen that names one. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import type { Campus } from '../../server/contract/gates.ts';
import { useApi } from '../api.ts';
import { useDeviceStatuses, useLaneStates } from '../LiveProvider.tsx';
import { type CampusTree, campusTree, newerStatus, withLaneStates } from './campus-tree.ts';

export interface CampusNow {
  campus: Campus;
  devices: Device[];
  models: ReadonlyMap<string, DeviceModel>;
  tree: CampusTree;
}

/** Changes of state are told at once; frames are only counted, so the counts are asked for. */
const countMs = 3_000;

/** `data` is absent until all of it is there; `error` only while nothing can be shown. */
export function useCampus(): { data: CampusNow | undefined; error: unknown; retry: () => void } {
  const campus = useApi('campus.get');
  const devices = useApi('devices.list', undefined, {
    // An error stands until somebody tries again, instead of coming and going.
    refetchInterval: ({ state }) => (state.data === undefined ? false : countMs),
  });
  const models = useApi('devices.models');
  const states = useLaneStates();
  const statuses = useDeviceStatuses();
  const data = useMemo(() => {
    if (!campus.data || !devices.data || !models.data) return undefined;
    const now = withLaneStates(campus.data, [...states.values()]);
    const listed = devices.data.map((device): Device => {
      const status = newerStatus(statuses.get(device.id), device.status);
      return status ? { ...device, status } : device;
    });
    return {
      campus: now,
      devices: listed,
      models: new Map(models.data.map((model) => [model.id, model])),
      tree: campusTree(now, listed),
    };
  }, [campus.data, devices.data, models.data, states, statuses]);
  const asked = [campus, devices, models];
  return {
    data,
    error: data ? undefined : asked.find(({ error }) => error)?.error,
    retry: () => {
      for (const each of asked) if (each.error) void each.refetch();
    },
  };
}

export interface Names {
  /** Gate and lane; a word for "unknown" when it isn't there any more. */
  lane: (id: string | null | undefined) => string;
  gate: (id: string | null | undefined) => string;
  device: (id: string | null | undefined) => string;
  reader: (id: string | null | undefined) => string;
}

/** Names by id, for screens that only need to say where. */
export function useNames(): Names {
  const { t } = useTranslation('campus');
  const campus = useApi('campus.get').data;
  const devices = useApi('devices.list').data;
  return useMemo(() => {
    const gates = new Map(campus?.gates.map(({ id, name }) => [id, name]));
    const lanes = new Map(campus?.lanes.map((lane) => [lane.id, lane]));
    const readers = new Map(campus?.readers.map(({ id, name }) => [id, name]));
    const named = new Map(devices?.map(({ id, name }) => [id, name]));
    const unknown = (id: string | null | undefined) => {
      if (!campus || !devices) return '…';
      return id ? t('events:removed', { id: id.slice(0, 8) }) : t('gone');
    };
    const gate: Names['gate'] = (id) => gates.get(id ?? '') ?? unknown(id);
    return {
      gate,
      lane: (id) => {
        const lane = lanes.get(id ?? '');
        return lane ? t('lane-of-gate', { gate: gate(lane.gateId), lane: lane.name }) : unknown(id);
      },
      device: (id) => named.get(id ?? '') ?? unknown(id),
      reader: (id) => readers.get(id ?? '') ?? unknown(id),
    };
  }, [campus, devices, t]);
}
