/** Vehicle plates of mainland China, GA 36-2018: without spaces and the dot, letters upper case. */

const province = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]';
/** No I and no O, which read as digits. */
const letter = '[A-HJ-NP-Z]';
const serial = '[A-HJ-NP-Z0-9]';

const plates = [
  // Blue and yellow: the last place may say what the vehicle is: trailer, learner, police, Hong Kong, Macao, consulate.
  new RegExp(`^${province}${letter}${serial}{4}[A-HJ-NP-Z0-9挂学警港澳领]$`),
  // New energy, small vehicles: D or F and what of it; large ones end in it.
  new RegExp(`^${province}${letter}[A-HJK]${serial}\\d{4}$`),
  new RegExp(`^${province}${letter}\\d{5}[A-HJK]$`),
  // Embassies.
  /^使\d{6}$/,
  /^\d{6}使$/,
  // The armed police and the forces.
  new RegExp(`^WJ${province}?\\d{4}[\\dA-Z]$`),
  /^[A-Z]{2}\d{5}$/,
];

export function tidyPlate(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s·•・.-]/g, '')
    .toUpperCase();
}

/** Whether it can be a plate; of a tidied one. */
export function isPlate(plate: string): boolean {
  return plates.some((form) => form.test(plate));
}
