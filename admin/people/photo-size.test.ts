import { describe, expect, it } from 'vitest';
import { fitted, isPhotoType } from './photo-size.ts';

describe('fitted', () => {
  it('keeps the shape and never enlarges', () => {
    expect(fitted(4000, 3000, 1000)).toEqual({ width: 1000, height: 750 });
    expect(fitted(300, 200, 1000)).toEqual({ width: 300, height: 200 });
    expect(fitted(5000, 1, 1000)).toEqual({ width: 1000, height: 1 });
  });
});

describe('isPhotoType', () => {
  it('knows what the server takes', () => {
    expect(isPhotoType('image/jpeg')).toBe(true);
    expect(isPhotoType('image/heic')).toBe(false);
  });
});
