import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  maxLines,
  onlyIn,
  pureFiles,
  purePackages,
  screenFolders,
  type Zone,
  zones,
} from './architecture.ts';

interface Source {
  file: string;
  text: string;
  /** What it imports of this repository, as paths from its root. */
  own: string[];
  /** Packages and Node's own modules. */
  packages: string[];
}

const sources = ['server', 'admin', 'kiosk', 'parts', 'pass', 'hardware', 'prisma']
  .filter((folder) => existsSync(folder))
  .flatMap(filesBelow)
  .map(readSource);
const byFile = new Map(sources.map((source) => [source.file, source]));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = code.matchAll(
    /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  const named = [...statements].map((match) => match[1] ?? match[2] ?? '');
  return {
    file,
    text,
    own: named.filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(file), name))),
    packages: named.filter((name) => !name.startsWith('.')),
  };
}

const isTest = (file: string) => /\.test\.tsx?$|\/test-[a-z-]+\.ts$|-helper\.ts$|\/testing\.ts$/.test(file);
const product = sources.filter(({ file }) => !isTest(file));

/** Whether `target` stands in the same zone and, where the zone is several folders, in the same of them. */
function isOwn({ files }: Zone, file: string, target: string): boolean {
  const there = files.exec(target);
  return there !== null && there[1] === files.exec(file)?.[1];
}

describe('imports', () => {
  it('finds the files and their imports at all', () => {
    expect(product.length).toBeGreaterThan(150);
    expect(byFile.get('server/app.ts')?.own).toContain('server/campus.ts');
    expect(byFile.get('hardware/link/serial.ts')?.packages).toContain('serialport');
  });

  it('every file belongs to a zone and imports only what its zone may', () => {
    const faults = product.flatMap(({ file, own, packages }) => {
      const zone = zones.find((each) => each.files.test(file));
      if (!zone) return [`${file} belongs to no zone`];
      const forbidden = [
        ...own.filter(
          (target) => !isOwn(zone, file, target) && !zone.mayImport.some((rule) => rule.test(target)),
        ),
        ...packages.filter((name) => !zone.packages.some((rule) => rule.test(name))),
      ];
      return forbidden.map((target) => `${file} (${zone.name}) imports ${target}`);
    });
    expect(faults).toEqual([]);
  });

  it('a package that opens a device or a socket stands in one place', () => {
    const faults = product.flatMap(({ file, packages }) =>
      packages
        .filter((name) => onlyIn[name] && !onlyIn[name].test(file))
        .map((name) => `${file} imports ${name}`),
    );
    expect(faults).toEqual([]);
  });

  it('a pure file imports types, the contract and other pure files only', () => {
    const faults = pureFiles.flatMap((file) => {
      const source = byFile.get(file);
      if (!source) return [`${file} is gone`];
      const values = [...source.own, ...source.packages].filter((target) => importsValues(source, target));
      const impure = values.filter(
        (target) =>
          !pureFiles.includes(target) &&
          !purePackages[file]?.test(target) &&
          !/^server\/contract\/|^hardware\/credential\.ts$|^zod$/.test(target),
      );
      return impure.map((target) => `${file} imports ${target}`);
    });
    expect(faults).toEqual([]);
  });

  it('screens never import each other', () => {
    const screenOf = (file: string) => screenFolders.find((folder) => file.startsWith(`${folder}/`));
    const faults = product.flatMap(({ file, own }) => {
      const mine = screenOf(file);
      if (!mine) return [];
      return own
        .filter((target) => screenOf(target) !== undefined && screenOf(target) !== mine)
        .map((target) => `${file} imports ${target}`);
    });
    expect(faults).toEqual([]);
  });

  it('has no cycle', () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: string[]) => {
      if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file)) return;
      for (const target of byFile.get(file)?.own ?? []) walk(target, [...path, file]);
      done.add(file);
    };
    for (const { file } of product) walk(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('files', () => {
  it(`none is over ${maxLines} lines`, () => {
    const long = product.filter(({ text }) => text.split('\n').length > maxLines + 1).map(({ file }) => file);
    expect(long).toEqual([]);
  });

  it('none only hands on what another file exports', () => {
    const barrels = product
      .filter(({ text }) => {
        const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim();
        return (
          code !== '' &&
          code.split(';').every((part) => part.trim() === '' || /^export\s[^=]*\sfrom\s/.test(part.trim()))
        );
      })
      .map(({ file }) => file);
    expect(barrels).toEqual([]);
  });
});

/** Whether anything but types is taken from that file. */
function importsValues({ file, text }: Source, target: string): boolean {
  return [...text.matchAll(/import\s+(type\s)?([^'";]*?)\sfrom\s'([^']+)'/g)].some(
    ([, type, names = '', from = '']) => {
      const named = from.startsWith('.') ? normalize(join(dirname(file), from)) : from;
      if (named !== target || type) return false;
      return names
        .replace(/[{}]/g, '')
        .split(',')
        .some((name) => name.trim() !== '' && !name.trim().startsWith('type '));
    },
  );
}
