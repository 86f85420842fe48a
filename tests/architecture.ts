/** The import rules as data: what each zone may import of this repository, and which packages. */

export interface Zone {
  name: string;
  /**
   * The files of the zone; the first zone that matches a file is its zone. With a group in it, files that differ in the
   * group are not each other's own.
   */
  files: RegExp;
  /** Files of this repository that it may import, beside its own. */
  mayImport: RegExp[];
  /** Packages it may import; `node:` stands for Node's own modules. */
  packages: RegExp[];
}

const hardwareWords = /^hardware\/(ports|osdp-ports|address|credential|document|errors|paper)\.ts$/;
const contract = /^server\/contract\//;
const parts = /^parts\//;
const serverGround = /^server\/(db|errors|log|make-folder)\.ts$/;
const prisma = [/^@prisma\//, /^node:/];
const browser = [
  /^zod$/,
  /^react/,
  /^antd/,
  /^@ant-design\//,
  /^@tanstack\//,
  /^i18next/,
  /^socket\.io-client$/,
  /^dayjs/,
  /\.css$/,
];

/** What one noun may use of another; the rest of a folder is its own affair. */
const publicFiles =
  /^server\/(events\/[a-z-]+|access\/(directory|pin-tries)|accounts\/accounts|school\/school|visits\/pass-(fact|token))\.ts$/;
/** The web calls every use case. */
const nouns = /^server\/(events|access|gates|alarms|people|visits|kiosks|accounts|school)\/[a-z-]+\.ts$/;

export const zones: Zone[] = [
  {
    // The secure channel is part of the bytes, and the cipher it needs is a pure function of Node's own.
    name: 'hardware/codec/osdp',
    files: /^hardware\/codec\/osdp\//,
    mayImport: [hardwareWords, /^hardware\/codec\//],
    packages: [/^node:crypto$/],
  },
  { name: 'hardware/codec', files: /^hardware\/codec\//, mayImport: [hardwareWords], packages: [] },
  {
    name: 'hardware/driver',
    files: /^hardware\/driver\//,
    mayImport: [hardwareWords, /^hardware\/codec\//, /^hardware\/keep-open\.ts$/],
    packages: [],
  },
  {
    name: 'hardware/link/serial',
    files: /^hardware\/link\/serial\.ts$/,
    mayImport: [hardwareWords, /^hardware\/(link\/|catalog)/],
    packages: [/^serialport$/, /^node:/],
  },
  {
    name: 'hardware/link/hid',
    files: /^hardware\/link\/hid\.ts$/,
    mayImport: [hardwareWords, /^hardware\/(link\/|catalog)/],
    packages: [/^node-hid$/, /^node:/],
  },
  {
    name: 'hardware/link/tcp',
    files: /^hardware\/link\/tcp\.ts$/,
    mayImport: [hardwareWords, /^hardware\/(link\/|catalog)/],
    packages: [/^node:net$/],
  },
  {
    name: 'hardware/link',
    files: /^hardware\/link\//,
    mayImport: [hardwareWords, /^hardware\/catalog/],
    packages: [/^node:/],
  },
  {
    name: 'hardware/sim',
    files: /^hardware\/sim\//,
    mayImport: [/^hardware\/(?!link\/)/],
    packages: [/^node:/],
  },
  { name: 'hardware', files: /^hardware\//, mayImport: [/^hardware\//], packages: [/^node:/] },
  { name: 'server/contract', files: contract, mayImport: [], packages: [/^zod$/, /^mrz$/] },
  {
    name: 'server/http',
    files: /^server\/http\//,
    mayImport: [contract, serverGround, nouns, hardwareWords],
    packages: [/^express/, /^socket\.io$/, /^helmet$/, /^zod$/, /^node:/],
  },
  {
    name: 'server/events',
    files: /^server\/events\//,
    mayImport: [contract, serverGround, hardwareWords],
    packages: [...prisma, /^zod$/],
  },
  {
    name: 'server/accounts',
    files: /^server\/accounts\//,
    mayImport: [contract, serverGround, hardwareWords, publicFiles],
    packages: [...prisma, /^better-auth/],
  },
  {
    name: 'server/noun',
    files: /^server\/(access|gates|alarms|people|visits|kiosks|school|live)\//,
    mayImport: [contract, serverGround, hardwareWords, publicFiles],
    packages: [...prisma, /^zod$/, /^csv-parse\/sync$/, /^write-excel-file\/node$/, /^qrcode$/],
  },
  {
    name: 'server',
    files: /^server\//,
    mayImport: [/^server\//, /^hardware\//, /^prisma\//],
    packages: [/./],
  },
  {
    name: 'prisma',
    files: /^prisma\//,
    mayImport: [/^prisma\//, contract, /^hardware\/credential\.ts$/, /^server\/(events|db)/],
    packages: [/^node:/, /^prisma/],
  },
  {
    name: 'admin/ui',
    files: /^admin\/ui\//,
    mayImport: [/^admin\/api\.ts$/],
    packages: browser,
  },
  // What the kiosk, the administration and a telephone's page show alike.
  {
    name: 'parts',
    files: /^parts\//,
    mayImport: [contract],
    packages: [/^react$/, /^qrcode$/, /^signature_pad$/, /\.css$/],
  },
  { name: 'admin', files: /^admin\//, mayImport: [contract, parts], packages: browser },
  {
    name: 'kiosk',
    files: /^kiosk\//,
    mayImport: [contract, parts],
    packages: [...browser, /^idb$/, /^qrcode$/, /^signature_pad$/, /^zxing-wasm\//],
  },
  {
    // Small, since it comes over a telephone's network.
    name: 'pass',
    files: /^pass\//,
    mayImport: [contract, parts],
    packages: [/^react/, /^qrcode$/, /\.css$/],
  },
];

/** Packages that open a device or a socket: each in the one zone named. */
export const onlyIn: Record<string, RegExp> = {
  serialport: /^hardware\/link\/serial\.ts$/,
  'node-hid': /^hardware\/link\/hid\.ts$/,
  express: /^server\/http\//,
  'socket.io': /^server\/http\//,
  'better-auth': /^server\/accounts\//,
};

/** A file with a decision in it: no clock, no store, no socket, only types, the contract and other pure files. */
export const pureFiles = [
  'kiosk/flow/answers.ts',
  'kiosk/flow/card.ts',
  'kiosk/flow/draft.ts',
  'kiosk/flow/flow.ts',
  'kiosk/flow/guard.ts',
  'kiosk/flow/idle.ts',
  'kiosk/flow/moves.ts',
  'parts/badge/paper.ts',
  'parts/scanner/wedge.ts',
  'pass/standing.ts',
  'server/access/decide.ts',
  'server/access/explain.ts',
  'server/access/facts.ts',
  'server/access/pass-rules.ts',
  'server/access/presence-state.ts',
  'server/access/refusal-flood.ts',
  'server/access/rule.ts',
  'server/access/rules.ts',
  'server/access/schedule.ts',
  'server/access/time-zone.ts',
  'server/alarms/alarm-rules.ts',
  'server/demo/plan.ts',
  'server/events/canonical.ts',
  'server/gates/lane-monitor.ts',
  'server/gates/release-match.ts',
  'server/visits/badge.ts',
  'server/visits/base45.ts',
  'server/visits/due.ts',
  'server/visits/name-match.ts',
  'server/visits/pass-token.ts',
  'server/visits/visit-state.ts',
];

/** What a pure file may take of Node beside: a signature is a function of its key and bytes. */
export const purePackages: Record<string, RegExp> = { 'server/visits/pass-token.ts': /^node:crypto$/ };

/** One folder a screen; what several share stands beside them. */
export const screenFolders = [
  'admin/access',
  'admin/accounts',
  'admin/alarms',
  'admin/gates',
  'admin/hosting',
  'admin/lane-screen',
  'admin/live-log',
  'admin/people',
  'admin/set-up',
  'admin/sign-in',
  'admin/visitors',
];

export const maxLines = 300;
