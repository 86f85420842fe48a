import { useTranslation } from 'react-i18next';
import type { DeviceModel } from '../../server/contract/devices.ts';
import { modelFamily } from './device-words.ts';

/** Names and notes of the catalogue in the user's language; the catalogue's own for models that have no text yet. */
export function useModelWords(): {
  label: (id: string, model: DeviceModel | undefined) => string;
  note: (model: DeviceModel) => string | undefined;
} {
  const { t } = useTranslation('gates');
  return {
    label: (id, model) =>
      t(`model.label.${modelFamily(id)}`, { channels: model?.channels, defaultValue: model?.label ?? id }),
    note: (model) =>
      t(`model.note.${modelFamily(model.id)}`, { defaultValue: model.note ?? '' }) || undefined,
  };
}
