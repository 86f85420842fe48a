/** Who a PD is and what it can do: PDID and PDCAP. Source: SIA OSDP 2.2, sections 7.4 and 7.5 and Annex B. */
import { readU24, readU32, records, type Shape, u8, u24, u32 } from './payload.ts';

export interface PdidReply {
  kind: 'pdid';
  /** The maker's IEEE number, 24 bits. */
  vendor: number;
  model: number;
  version: number;
  /** 32 bits. */
  serial: number;
  firmware: { major: number; minor: number; build: number };
}

export const pdidShape: Shape<PdidReply> = {
  id: 0x45,
  encode: ({ vendor, model, version, serial, firmware: { major, minor, build } }) => [
    ...u24(vendor),
    ...u8(model),
    ...u8(version),
    ...u32(serial),
    ...u8(major),
    ...u8(minor),
    ...u8(build),
  ],
  decode(data) {
    if (data.length !== 12) return 'length';
    const [major = 0, minor = 0, build = 0] = data.subarray(9);
    return {
      kind: 'pdid',
      vendor: readU24(data, 0),
      model: data[3] ?? 0,
      version: data[4] ?? 0,
      serial: readU32(data, 5),
      firmware: { major, minor, build },
    };
  },
};

/** Function codes of capabilities. Annex B. */
export const capabilities = {
  contactStatus: 1,
  outputControl: 2,
  cardFormat: 3,
  ledControl: 4,
  audibleOutput: 5,
  textOutput: 6,
  timeKeeping: 7,
  /** Compliance bit 0: CRC. */
  check: 8,
  /** Compliance bit 0: AES-128. */
  security: 9,
  /** Both bytes together are a number of bytes. */
  receiveBuffer: 10,
  largestMessage: 11,
  smartCard: 12,
  readers: 13,
  biometrics: 14,
  securePinEntry: 15,
  osdpVersion: 16,
} as const;

export interface Capability {
  /** One of `capabilities`, or one that came later. */
  code: number;
  compliance: number;
  count: number;
}

export interface PdcapReply {
  kind: 'pdcap';
  capabilities: Capability[];
}

export const pdcapShape: Shape<PdcapReply> = {
  id: 0x46,
  encode: (reply) =>
    reply.capabilities.flatMap(({ code, compliance, count }) => [
      ...u8(code),
      ...u8(compliance),
      ...u8(count),
    ]),
  decode(data) {
    const list = records(
      data,
      3,
      ([code = 0, compliance = 0, count = 0]): Capability => ({
        code,
        compliance,
        count,
      }),
    );
    return typeof list === 'string' ? list : { kind: 'pdcap', capabilities: list };
  },
};

/** What a PD says that it can do, in the words that an ACU goes by; undefined or 0 where it says nothing. */
export function readCapabilities({ capabilities: list }: PdcapReply) {
  const find = (code: number) => list.find((capability) => capability.code === code);
  const size = (code: number) => {
    const found = find(code);
    return found && found.compliance | (found.count << 8);
  };
  return {
    crc: ((find(capabilities.check)?.compliance ?? 0) & 1) !== 0,
    secureChannel: ((find(capabilities.security)?.compliance ?? 0) & 1) !== 0,
    inputs: find(capabilities.contactStatus)?.count ?? 0,
    outputs: find(capabilities.outputControl)?.count ?? 0,
    leds: find(capabilities.ledControl)?.count ?? 0,
    buzzer: (find(capabilities.audibleOutput)?.compliance ?? 0) > 0,
    textDisplays: find(capabilities.textOutput)?.count ?? 0,
    readers: find(capabilities.readers)?.count ?? 0,
    receiveBuffer: size(capabilities.receiveBuffer),
    largestMessage: size(capabilities.largestMessage),
  };
}
