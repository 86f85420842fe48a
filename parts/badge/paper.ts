/** Which paper a printer holds. */
export const papers = ['thermal-80', 'sticker', 'a4'] as const;
export type Paper = (typeof papers)[number];

/** A kiosk's: its address says so, `/kiosk/?paper=a4`. */
export function paperOf(search: string): Paper {
  const named = new URLSearchParams(search).get('paper');
  return papers.find((each) => each === named) ?? 'thermal-80';
}
