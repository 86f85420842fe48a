/** Which models a device that is plugged in may be. */
import { catalog, type DeviceModel } from './catalog.ts';
import type { FoundDevice } from './ports.ts';

export function recogniseModels(found: FoundDevice): string[] {
  const { kind } = found.address;
  return catalog
    .filter((model) => model.addresses.includes(kind) && matches(model, found))
    .map(({ id }) => id);
}

function matches(model: DeviceModel, { address, product, hidUsage }: FoundDevice): boolean {
  if (model.hidUsage && hidUsage?.page === model.hidUsage.page && hidUsage.id === model.hidUsage.id)
    return true;
  const usb = 'usb' in address ? address.usb : undefined;
  return model.usb.some(
    (known) =>
      known.vendorId === usb?.vendorId &&
      known.productId === usb.productId &&
      (known.product === undefined || known.product === product?.trim()),
  );
}
