import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { bodyText, eventHash, genesisHash, newSalt, noteDigest } from './chain.ts';

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the chain', () => {
  it('hashes as documented', () => {
    expect(genesisHash('school-1')).toBe(digest('xiaomen:genesis:v1\nschool-1'));
    expect(eventHash('ab', '{"seq":1}')).toBe(digest('xiaomen:event:v1\nab\n{"seq":1}'));
    expect(noteDigest('00ff', '校门')).toBe(
      createHmac('sha256', Buffer.from([0, 255]))
        .update('校门', 'utf8')
        .digest('hex'),
    );
  });

  it('can be checked by hand, with the command in the documentation', () => {
    const body = '{"data":{"why":"校门 %s"},"seq":1}';
    const command = `printf 'xiaomen:event:v1\\n%s\\n%s' "$1" "$2" | sha256sum`;
    const output = execFileSync('sh', ['-c', command, 'sh', 'cafe', body], { encoding: 'utf8' });
    expect(output.split(' ')[0]).toBe(eventHash('cafe', body));
  });

  it('gives each note a salt of its own', () => {
    expect(newSalt()).toMatch(/^[0-9a-f]{64}$/);
    expect(newSalt()).not.toBe(newSalt());
  });

  it('writes the body as canonical JSON does', () => {
    const body = fc.record(
      {
        school: fc.string(),
        seq: fc.nat(),
        at: fc.integer(),
        type: fc.constantFrom('lane.rex', 'passage.granted'),
        v: fc.nat(9),
        data: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
        actorId: fc.string(),
        spilled: fc.constant(true as const),
        noteDigest: fc.constant('ab12'),
      },
      { requiredKeys: ['school', 'seq', 'at', 'type', 'v', 'data'] },
    );
    fc.assert(
      fc.property(body, (each) => {
        expect(bodyText(each, canonicalJson(each.data))).toBe(canonicalJson(each));
      }),
    );
  });
});
