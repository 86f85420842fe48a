import type { ThemeConfig } from 'antd';

/**
 * The one palette. Every text colour keeps at least 4.5:1 on white and on `canvas`. Result colours are never
 * alone: an icon and a word stand with them.
 */
export const palette = {
  ink: '#17212b',
  'ink-soft': '#475563',
  line: '#d5dce3',
  canvas: '#f4f6f8',
  paper: '#ffffff',
  primary: '#1a5276',
  'primary-soft': '#e7f0f6',
  good: '#14703a',
  'good-soft': '#e5f4ea',
  bad: '#b3201a',
  'bad-soft': '#fdecea',
  warn: '#8a5200',
  'warn-soft': '#fff4e0',
  /** A surface, with ink on it. */
  amber: '#ffb733',
  calm: '#475563',
  'calm-soft': '#eceff2',
} as const;

/** The palette as CSS variables `--xm-<name>`. */
export function applyPalette(element: HTMLElement): void {
  for (const [name, colour] of Object.entries(palette)) element.style.setProperty(`--xm-${name}`, colour);
}

const font =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Sizes for a mouse, or for fingers: at least 44 pixels for whatever is pressed. */
const sizes = {
  mouse: { controlHeight: 38, controlHeightSM: 30, controlHeightLG: 46 },
  touch: { controlHeight: 44, controlHeightSM: 44, controlHeightLG: 48 },
} as const;

const themeFor = (size: (typeof sizes)[keyof typeof sizes]): ThemeConfig => ({
  token: {
    ...size,
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    // The ring around what has the focus; antd's own is too pale to be seen on white.
    colorPrimaryBorder: palette.primary,
    colorSuccess: palette.good,
    colorError: palette.bad,
    colorWarning: palette.warn,
    // antd mixes these from the strong colours, and gets mud.
    colorSuccessBg: palette['good-soft'],
    colorSuccessBorder: '#9fcdb0',
    colorErrorBg: palette['bad-soft'],
    colorErrorBorder: '#e8aaa6',
    colorWarningBg: palette['warn-soft'],
    colorWarningBorder: '#e3c48f',
    colorInfoBg: palette['primary-soft'],
    colorInfoBorder: '#a9c6d9',
    colorTextBase: palette.ink,
    colorTextSecondary: palette['ink-soft'],
    colorTextTertiary: palette['ink-soft'],
    colorTextDescription: palette['ink-soft'],
    colorTextPlaceholder: '#5d6b78',
    // What can't be pressed yet must still be read.
    colorTextDisabled: '#66727e',
    colorBgContainerDisabled: palette['calm-soft'],
    colorBgLayout: palette.canvas,
    colorBorder: '#8995a1',
    colorBorderSecondary: palette.line,
    borderRadius: 8,
    fontFamily: font,
    fontSize: 15,
    // Without motion nothing ends that antd could wait for, so it is told.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
  components: {
    Button: { paddingInlineSM: 10 },
    Menu: { itemHeight: 44, itemBorderRadius: 8, itemSelectedBg: palette['primary-soft'] },
    // Room for an error of a field above the next one's label.
    Form: { itemMarginBottom: 32, verticalLabelPadding: '0 0 4px' },
    Modal: { titleFontSize: 18 },
    Segmented: {
      trackBg: '#dde3e8',
      itemColor: palette['ink-soft'],
      itemSelectedBg: palette.paper,
      itemSelectedColor: palette.primary,
    },
    Table: { headerBg: palette['calm-soft'], cellPaddingBlock: 12 },
  },
});

export const themes = { mouse: themeFor(sizes.mouse), touch: themeFor(sizes.touch) };
