/** A card number as people know it: in the forms that are printed on cards, and read back from them. */
import {
  type Credential,
  credentialKey,
  em4100Forms,
  formatEm4100,
  guessEm4100,
  parseCredentialKey,
  parseEm4100,
  textCredential,
} from '../../hardware/credential.ts';

/** The number of a canonical key in each form that it has enough bits for; empty for what is no key. */
export function printedForms(key: string): { form: string; text: string }[] {
  const credential = parseCredentialKey(key);
  if (!credential) return [];
  const { technology, bits, value } = credential;
  if (technology === 'text') return [{ form: 'text', text: value }];
  if (technology === 'wiegand') return [{ form: `W${bits}`, text: value }];
  return em4100Forms.flatMap((form) => {
    const text = formatEm4100(credential, form);
    return text === undefined ? [] : [{ form, text }];
  });
}

/** What a typed card number may be: ten digits may be three different tags, and the person has to say which. */
export function previewTyped(typed: string): { form: string; key: string }[] {
  const guesses = guessEm4100(typed).map(({ form, credential }) => ({
    form,
    key: credentialKey(credential),
  }));
  const text = textCredential(typed.trim());
  return text ? [...guesses, { form: 'text', key: credentialKey(text) }] : guesses;
}

/** A number typed in a form that the person named; undefined when it is not that form. */
export function parseTyped(typed: string, form: string): Credential | undefined {
  if (form === 'text') return textCredential(typed.trim());
  const known = em4100Forms.find((each) => each === form);
  return known && parseEm4100(typed, known);
}
