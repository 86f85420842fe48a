/** Which paper the printer of this kiosk holds: its address says so, `/kiosk/?paper=a4`. */
const papers = ['thermal-80', 'sticker', 'a4'] as const;
export type Paper = (typeof papers)[number];

export function paperOf(search: string): Paper {
  const named = new URLSearchParams(search).get('paper');
  return papers.find((each) => each === named) ?? 'thermal-80';
}

export const paper = (): Paper => paperOf(location.search);
