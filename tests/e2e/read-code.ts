/** QR codes out of pictures, by another program than the one that drew them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

export interface SeenCode {
  text: string;
  /** Modules a side are 17 and four times this. */
  version: string;
  level: string;
}

/** The one QR code in a picture (PNG); undefined where there is none. */
export async function readCode(picture: Uint8Array): Promise<SeenCode | undefined> {
  const [seen] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return seen && { text: seen.text, version: seen.version, level: seen.ecLevel };
}
