/** Use case: what is plugged in now, and which of it is set up already. */
import type { z } from 'zod';
import { lastingAddress } from '../../hardware/address.ts';
import type { Hardware } from '../../hardware/ports.ts';
import type { found as foundSchema } from '../contract/devices.ts';
import type { Reader } from '../db.ts';
import { deviceOf, sameAddress } from './device-rows.ts';

export async function scan({
  reader,
  hardware,
}: {
  reader: Reader;
  hardware: Pick<Hardware, 'scan'>;
}): Promise<z.output<typeof foundSchema>> {
  const [{ found, problems }, rows] = await Promise.all([hardware.scan(), reader.device.findMany()]);
  const devices = rows.map((row) => deviceOf(row));
  return {
    problems,
    found: found.map((each) => {
      const { path, manufacturer, product, models } = each;
      // A device may be set up by its identity, or by the path where it is now.
      const device = devices.find(({ address }) => sameAddress(address, { ...each.address, path }));
      return {
        address: lastingAddress(each, found),
        path,
        models,
        ...(manufacturer === undefined ? {} : { manufacturer }),
        ...(product === undefined ? {} : { product }),
        ...(device ? { deviceId: device.id } : {}),
      };
    }),
  };
}
