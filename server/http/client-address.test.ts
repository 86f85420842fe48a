import type { IncomingMessage } from 'node:http';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

function from(peer: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress: peer }, headers, connection: { remoteAddress: peer } } as IncomingMessage;
}

describe('the address of a client', () => {
  const cases: [peer: string, forwarded: string | undefined, expected: string][] = [
    ['10.0.0.7', undefined, '10.0.0.7'],
    ['10.0.0.7', '192.0.2.1', '10.0.0.7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['::ffff:127.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['::1', '198.51.100.4, 192.0.2.1, 127.0.0.1', '192.0.2.1'],
    ['::1', '127.0.0.1', '127.0.0.1'],
  ];

  it.each(cases)(
    'behind a proxy, from %s for %s, is the one that Express sees',
    (peer, forwarded, expected) => {
      expect(clientAddress(from(peer, forwarded), true)).toBe(expected);
      const app = express().set('trust proxy', 'loopback');
      const request = Object.assign(Object.create(app.request) as object, from(peer, forwarded), { app });
      expect((request as unknown as { ip: string }).ip).toBe(expected);
    },
  );

  it('is never taken from the header without a proxy', () => {
    expect(clientAddress(from('127.0.0.1', '192.0.2.1'), false)).toBe('127.0.0.1');
  });
});
