import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

configure({
  asyncUtilTimeout: 20_000,
  // Without the whole page in it, a failure can be read.
  getElementError: (message) => new Error(message ?? 'The element was not found.'),
});

afterEach(cleanup);

// What Mantine and the virtual lists ask of a browser and the test's does not have.
const nothing = vi.fn();

vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: nothing,
  removeEventListener: nothing,
}));

vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = nothing;
    unobserve = nothing;
    disconnect = nothing;
  },
);

Object.defineProperty(document, 'fonts', {
  value: { addEventListener: nothing, removeEventListener: nothing },
});
