import { describe, expect, it } from 'vitest';
import { createSetupToken, setupUrl } from './setup-token.ts';

describe('the set-up token', () => {
  it('carries 32 random bytes, fit for a link', () => {
    const texts = Array.from({ length: 50 }, () => createSetupToken().text);
    for (const text of texts) expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(texts).size).toBe(50);
  });

  it('is known only by its own text, whatever the length of the other', () => {
    const { text, token } = createSetupToken();
    expect(token.matches(text)).toBe(true);
    for (const wrong of ['', 'x', `${text} `, text.slice(1), text.toUpperCase(), createSetupToken().text])
      expect(token.matches(wrong)).toBe(false);
  });

  it('does not keep its text', () => {
    const { text, token } = createSetupToken();
    expect(JSON.stringify(token)).not.toContain(text);
  });

  it('travels in a part of the link that is sent to nobody', () => {
    const { text } = createSetupToken();
    const url = new URL(setupUrl('http://localhost:8080', text));
    expect(url.pathname + url.search).toBe('/setup');
    expect(new URLSearchParams(url.hash.slice(1)).get('token')).toBe(text);
  });

  it('is good once', () => {
    const { text, token } = createSetupToken();
    token.use();
    expect(token.used).toBe(true);
    expect(token.matches(text)).toBe(false);
  });
});
