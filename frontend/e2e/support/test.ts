import {
  test as base,
  expect,
  request,
  type APIRequestContext,
  type Browser,
  type Page,
} from '@playwright/test';
import { houseOf } from './houses';

export const people = {
  administrator: {
    name: 'Inês Carvalho',
    email: 'ines@lanterna.example.org',
    password: 'lanterna-demo-ines',
  },
  fundraiser: {
    name: 'Jonas Lindqvist',
    email: 'jonas@lanterna.example.org',
    password: 'lanterna-demo-jonas',
  },
  advocate: {
    name: 'Katarzyna Wójcik',
    email: 'katarzyna@lanterna.example.org',
    password: 'lanterna-demo-katarzyna',
  },
  board: {
    name: 'Dimitra Papadaki',
    email: 'dimitra@lanterna.example.org',
    password: 'lanterna-demo-dimitra',
  },
} as const;
export type Role = keyof typeof people;

/** A client of the API that is signed in, beside the browser. */
export interface Client {
  get: <T>(path: string) => Promise<T>;
  send: (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    rev?: number,
  ) => Promise<void>;
  status: (path: string) => Promise<number>;
}

interface Fixtures {
  /** Lets an answer of 400 and above pass that the test provokes. */
  allow: (status: number, path: RegExp) => void;
  /** Opens a page that is signed in as somebody. */
  as: (role: Role) => Promise<Page>;
}
interface House {
  url: string;
  client: (role: Role) => Promise<Client>;
  state: (role: Role) => Promise<State>;
}
type State = Awaited<ReturnType<APIRequestContext['storageState']>>;

export const test = base.extend<Fixtures, { house: House }>({
  house: [
    async ({}, use, { parallelIndex }) => {
      const url = houseOf(parallelIndex);
      const open = new Map<Role, Promise<APIRequestContext>>();
      const context = (role: Role) => {
        const known = open.get(role) ?? signIn(url, role);
        open.set(role, known);
        return known;
      };
      await use({
        url,
        client: async (role) => clientOf(await context(role)),
        state: async (role) => (await context(role)).storageState(),
      });
      for (const one of open.values()) await (await one).dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ house }, use) => use(house.url),

  allow: [
    async ({ context, house }, use) => {
      const allowed: { status: number; path: RegExp }[] = [];
      const troubles: string[] = [];
      const watch = watcher(house.url, troubles, allowed);
      context.on('page', watch);
      for (const page of context.pages()) watch(page);
      await use((status, path) => allowed.push({ status, path }));
      expect(troubles, 'errors in the browser, failed requests, requests to elsewhere').toEqual([]);
    },
    { auto: true },
  ],

  as: async ({ page, context, house }, use) => {
    await use(async (role) => {
      await context.addCookies((await house.state(role)).cookies);
      return page;
    });
  },
});
export { expect };

async function signIn(url: string, role: Role): Promise<APIRequestContext> {
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { Origin: url } });
  const { email, password } = people[role];
  const answer = await context.post('/api/v1/session', { data: { email, password } });
  expect(answer.status(), `signing in as ${email}`).toBe(200);
  return context;
}

function clientOf(context: APIRequestContext): Client {
  return {
    get: async <T>(path: string) => {
      const answer = await context.get(`/api/v1${path}`);
      expect(answer.status(), path).toBe(200);
      return (await answer.json()) as T;
    },
    send: async (method, path, body, rev) => {
      const answer = await context.fetch(`/api/v1${path}`, {
        method,
        ...(body !== undefined && { data: body }),
        ...(rev !== undefined && { headers: { 'If-Match': `"${rev}"` } }),
      });
      expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
    },
    status: async (path) => (await context.get(`/api/v1${path}`)).status(),
  };
}

/**
 * What is not a fault: answers are looked at on their own; a refused page is logged by the router as
 * well; and the frame of a mail runs no script, the test's own neither.
 */
const expected =
  /^(Failed to load resource|NotForThisRole|Blocked script execution in '\S+\/html')/;

/** Every test fails for what a user would not see but a developer should. */
function watcher(
  url: string,
  troubles: string[],
  allowed: readonly { status: number; path: RegExp }[],
) {
  return (page: Page) => {
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !expected.test(text)) {
        troubles.push(`console: ${text}`);
      }
    });
    page.on('request', (asked) => {
      const at = asked.url();
      if (!at.startsWith(url) && !/^(data|blob|about):/.test(at)) troubles.push(`elsewhere: ${at}`);
    });
    page.on('response', (answer) => {
      const path = answer.url().replace(url, '');
      if (answer.status() < 400) return;
      if (allowed.some((one) => one.status === answer.status() && one.path.test(path))) return;
      troubles.push(`${answer.status()} ${answer.request().method()} ${path}`);
    });
  };
}

/** A second person at another machine. */
export async function another(browser: Browser, house: House, role: Role): Promise<Page> {
  const context = await browser.newContext({
    baseURL: house.url,
    storageState: await house.state(role),
  });
  return context.newPage();
}
