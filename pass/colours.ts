import type { PassPage } from '../server/contract/passes.ts';

/** Each carries white letters. */
export const colours: Record<PassPage['type']['colour'], string> = {
  blue: '#1c63b8',
  green: '#1f7a3d',
  orange: '#b35300',
  purple: '#6a3aa8',
  red: '#b3202a',
  grey: '#56646e',
};
