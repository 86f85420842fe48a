/** Our own line drawings, so that a word is not all that tells a button from its neighbour. */
const paths = {
  appointment: 'M8 4v6M24 4v6M4 9h24v19H4zM4 14h24M11 21l4 4 7-8',
  register: 'M12 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM2 29c0-6 4-10 10-10s10 4 10 10M25 11v10M20 16h10',
  guardian:
    'M11 13a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM3 29v-5c0-4 3-7 8-7s8 3 8 7v5M24 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM19 29v-3c0-2 2-4 5-4s6 2 6 4v3',
  'sign-out': 'M13 28H4V4h9M20 23l8-7-8-7M28 16H11',
  card: 'M3 6h26v20H3zM11 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6 22c1-4 9-4 10 0M19 12h7M19 17h7',
  back: 'M20 4 8 16l12 12',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="k-icon" viewBox="0 0 32 32" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
