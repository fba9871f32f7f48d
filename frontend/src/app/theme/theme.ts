import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  Drawer,
  Menu,
  Modal,
  NativeSelect,
  SegmentedControl,
  Table,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one accent. White on shade 7 is 7.5:1, on shade 6, which the dark scheme fills with, 5.6:1. */
const pine: MantineColorsTuple = [
  '#eef7f5',
  '#d8ece8',
  '#aed6ce',
  '#7fc1b5',
  '#4fa698',
  '#2f8a7e',
  '#1c7469',
  '#0f5f57',
  '#0b4c46',
  '#083a35',
];

/** Neutrals with a little warmth, so that long tables do not glare. */
const gray: MantineColorsTuple = [
  '#f7f7f4',
  '#f0f0ec',
  '#e5e5df',
  '#d6d6cf',
  '#b9bab2',
  '#8f918a',
  '#666963',
  '#50534e',
  '#373a36',
  '#1f2320',
];

const dark: MantineColorsTuple = [
  '#d7dad6',
  '#b7bcb7',
  '#9aa19c',
  '#5f6863',
  '#3c4440',
  '#2f3733',
  '#232a27',
  '#181d1b',
  '#131716',
  '#0d100f',
];

const sans = '"Source Sans 3 Variable", "Source Sans 3", "Segoe UI", system-ui, sans-serif';
const serif = '"Source Serif 4 Variable", "Source Serif 4", Georgia, serif';

export const theme = createTheme({
  colors: { pine, gray, dark },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 4,
  fontFamily: sans,
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace',
  fontSizes: { xs: '12.5px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '36px' },
  headings: {
    fontFamily: serif,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '1.2' },
      h2: { fontSize: '19px', lineHeight: '1.3' },
      h3: { fontSize: '16px', lineHeight: '1.35' },
    },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    // The first item has the focus, as the pattern of menus says, not an empty element before it.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    // The head of a dialog is a <header>, which is not a second banner of the page.
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: { header: { role: 'none' } },
        styles: { title: { fontSize: 17, fontWeight: 600 } },
      },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: false, openDelay: 300 } }),
  },
});

/** Where Mantine's own choices miss WCAG AA, ours take their place. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1f2320',
    '--mantine-color-dimmed': '#5c605a',
    '--mantine-color-placeholder': '#6a6e67',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0f5f57',
    '--mantine-color-default-border': '#c6c7bf',
  },
  dark: {
    '--mantine-color-body': '#161b19',
    '--mantine-color-text': '#dfe3df',
    '--mantine-color-dimmed': '#a3aaa5',
    '--mantine-color-placeholder': '#949c96',
    '--mantine-color-error': '#ff9b92',
    '--mantine-color-anchor': '#7fc1b5',
    '--mantine-color-default-border': '#434c47',
    '--mantine-color-default': '#1d2321',
    '--mantine-color-default-hover': '#262d2a',
  },
});
