import { readFileSync } from 'node:fs';
import path from 'node:path';
import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { makeRouter } from './router';

const e2e = path.resolve(import.meta.dirname, '../../e2e');
const read = (file: string) => readFileSync(path.join(e2e, file), 'utf8');

/** Screens that a browser test opens on its way, as nothing of the demonstration leads to them, and looks at. */
const elsewhere: Record<string, string> = {
  '/setup': 'first-start.spec.ts',
  '/stakeholders/import/$id': 'imports.spec.ts',
};
/** Only leads on to the first of the settings that one may see. */
const leadsOn = '/settings';

it('has every screen looked at in a browser, at a desk and on a phone', () => {
  const looked = new Set(
    [...read('screens.spec.ts').matchAll(/['`](\/[^'`?]*)/g)].map(([, at]) => at),
  );
  const routes = Object.keys(makeRouter(new QueryClient()).routesByPath).filter(
    (route) => route !== leadsOn && !(route in elsewhere),
  );
  expect(routes.length).toBeGreaterThan(60);
  // A row says "*" where the route has a record's id; whatever leads nowhere is one route.
  const missing = routes.filter(
    (route) => !looked.has(route === '/$' ? '/nowhere' : route.replace(/\$\w+/, '*')),
  );
  expect(missing).toEqual([]);
  for (const file of Object.values(elsewhere)) expect(read(file)).toContain('look(page');
});
