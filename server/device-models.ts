/** The hardware's catalogue as screens need it: the contract may not know the hardware, nor the hardware the contract. */
import { catalog } from '../hardware/index.ts';
import type { DeviceModel } from './contract/devices.ts';

export const deviceModels: readonly DeviceModel[] = catalog.map((model) => ({
  id: model.id,
  label: model.label,
  kind: model.kind,
  addressKinds: [...model.addresses],
  ...(model.channels > 0 ? { channels: model.channels } : {}),
  ...(model.inputs > 0 ? { inputs: model.inputs } : {}),
  ...(model.bus ? { bus: model.bus } : {}),
  ...(model.kind === 'relay' ? { confirms: model.confirms } : {}),
  ...(model.note === undefined ? {} : { note: model.note }),
  options: model.options.map((field) => ({
    name: field.name,
    type: typeof field.default === 'number' ? 'number' : 'string',
    default: field.default,
    ...(field.kind === 'choice' ? { choices: [...field.choices] } : {}),
    ...(field.kind === 'integer' ? { min: field.min, max: field.max } : {}),
  })),
}));
