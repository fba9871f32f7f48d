import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { makeQueryClient } from '@/app/queries';
import { makeRouter } from '@/app/router';
import { theme } from '@/app/theme/theme';
import type { Problem, Session } from '@/shared/api/types';

/** What a request is answered with: a body, or a refusal. */
export interface Answer {
  status?: number;
  problem?: Problem;
  body?: unknown;
}
/** Answers by "METHOD /path", the path below the API's base and without its query. */
export type Answers = Record<string, (request: Request) => Answer | Promise<Answer>>;

export const administrator: Session = {
  account: { id: 'me', email: 'anna@example.org', name: 'Anna Berg', role: 'administrator' },
  digest: true,
  currency: 'EUR',
  permissions: [
    'stakeholders:read',
    'stakeholders:write',
    'calls:read',
    'calls:write',
    'finance:read',
    'finance:write',
    'mail:read',
    'mail:write',
    'admin:read',
    'admin:write',
  ],
};

export const board: Session = {
  account: { id: 'me', email: 'karl@example.org', name: 'Karl Weiß', role: 'board' },
  digest: true,
  currency: 'EUR',
  permissions: ['stakeholders:read', 'calls:read', 'finance:read'],
};

export const emptyList = { items: [], total: 0 };

function respond({ status = 200, problem, body }: Answer): Response {
  const code = problem && status === 200 ? 500 : status;
  return new Response(JSON.stringify(problem ?? body ?? {}), {
    status: code,
    headers: { 'Content-Type': problem ? 'application/problem+json' : 'application/json' },
  });
}

/** Opens the whole application at an address, against answers instead of a server. */
export function openApp(address: string, session: Session | null, answers: Answers) {
  const asked: string[] = [];
  const fetcher = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = input instanceof Request ? input : new Request(String(input), init);
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace('/api/v1', '');
    asked.push(`${request.method} ${path}${search}`);
    const answer = answers[`${request.method} ${path}`];
    if (answer) return respond(await answer(request));
    if (path === '/session' && session) return respond({ body: session });
    if (path === '/session') {
      return respond({ status: 401, problem: { detail: 'Please sign in.' } });
    }
    if (path === '/session/hints') return respond({ body: { needsSetup: false } });
    return respond({
      status: 404,
      problem: { detail: `Nothing answers ${request.method} ${path}.` },
    });
  });
  const client = makeQueryClient(() => undefined);
  client.setDefaultOptions({ queries: { retry: false, gcTime: Infinity } });
  const router = makeRouter(client, createMemoryHistory({ initialEntries: [address] }));
  // The page that says "loading" would come by a timer, which may outlive the test and its window.
  router.update({ ...router.options, defaultPendingMs: 1e9 });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} env="test">
        <Notifications />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { router, asked, fetcher, client };
}
