import { look } from './support/look';
import { expect, test, type Client, type Role } from './support/test';

/** Every screen of every role: no error, no WCAG breach, nothing beyond the edge, in four settings. */
interface Screen {
  name: string;
  path: string | ((client: Client) => Promise<string>);
  title: string | RegExp;
}
interface Listed {
  items: { id: string; kind?: string; deadlines?: unknown[]; subject?: string; name?: string }[];
}

const first =
  (list: string, path: string, fits: (one: Listed['items'][number]) => boolean = () => true) =>
  async (client: Client) => {
    const { items } = await client.get<Listed>(list);
    const one = items.find(fits);
    if (!one) throw new Error(`${list} has nothing for this screen`);
    return path.replace('*', one.id);
  };

const screens: Record<Role, Screen[]> = {
  administrator: [
    { name: 'home', path: '/', title: /^Good / },
    { name: 'account', path: '/account', title: 'Inês Carvalho' },
    { name: 'accounts', path: '/settings/accounts', title: 'Accounts' },
    { name: 'mailboxes', path: '/settings/mailboxes', title: 'Mailboxes' },
    { name: 'guardrail', path: '/settings/guardrail', title: /uardrail/ },
    { name: 'sources', path: '/settings/sources', title: 'Sources of calls' },
    { name: 'jobs', path: '/settings/jobs', title: 'Jobs' },
    { name: 'run', path: first('/runs', '/settings/jobs/runs/*'), title: / run$/ },
    { name: 'privacy', path: '/settings/privacy', title: 'Privacy' },
    {
      name: 'requests of a person',
      path: first(
        '/stakeholders?q=aubrey',
        '/settings/privacy/person/*',
        (one) => one.kind === 'person',
      ),
      title: /Clémence Aubrey/,
    },
    {
      name: 'subject export',
      path: first('/privacy/requests?kind=export', '/settings/privacy/requests/*'),
      title: /./,
    },
    {
      name: 'plan of an erasure',
      path: first('/privacy/requests?state=planned', '/settings/privacy/requests/*'),
      title: /./,
    },
    {
      name: 'an erasure that is done',
      path: first('/privacy/requests?kind=erasure&state=done', '/settings/privacy/requests/*'),
      title: /Erased person/,
    },
    { name: 'words that warn', path: '/settings/privacy/words', title: 'Words that warn' },
    { name: 'retention', path: '/settings/privacy/retention', title: 'Retention' },
    { name: 'review', path: '/settings/privacy/reviews', title: 'Review' },
    { name: 'webhooks', path: '/settings/webhooks', title: 'Webhooks' },
    { name: 'webhook', path: first('/webhooks', '/settings/webhooks/*'), title: 'Newsletter list' },
    { name: 'audit', path: '/settings/audit', title: 'Audit log' },
    { name: 'about', path: '/settings/about', title: 'About' },
    { name: 'no such page', path: '/nowhere', title: 'Nothing here' },
  ],
  fundraiser: [
    { name: 'home', path: '/', title: /^Good / },
    { name: 'calls', path: '/calls', title: 'Calls' },
    { name: 'calls, none found', path: '/calls?q=xylophone', title: 'Calls' },
    {
      name: 'call',
      path: first('/calls?limit=100', '/calls/*', (call) => (call.deadlines?.length ?? 0) > 1),
      title: /./,
    },
    { name: 'pipeline', path: '/pipeline', title: 'Pipeline' },
    { name: 'pipeline, as a table', path: '/pipeline?as=table', title: 'Pipeline' },
    { name: 'pipeline, none found', path: '/pipeline?q=xylophone', title: 'Pipeline' },
    { name: 'opportunity', path: first('/opportunities', '/pipeline/*'), title: /./ },
    { name: 'new opportunity', path: '/pipeline/new', title: 'New opportunity' },
    {
      name: 'edit an opportunity',
      path: first('/opportunities', '/pipeline/*/edit'),
      title: /^Edit /,
    },
    { name: 'funding', path: '/funding', title: 'Funding' },
    { name: 'funding, direct', path: '/funding?view=direct', title: 'Funding' },
    { name: 'funding, an empty year', path: '/funding?from=1999&to=2001', title: 'Funding' },
    { name: 'funding, accrued', path: '/funding?basis=accrued', title: 'Funding' },
    { name: 'forecast', path: '/funding/forecast?basis=accrued', title: 'Forecast' },
    {
      name: 'a month of the forecast',
      path: async (client) => {
        const { months } = await client.get<{ months: string[] }>('/finance/forecast');
        return `/funding/forecast?month=${months[1]}`;
      },
      title: 'Forecast',
    },
    { name: 'what if', path: '/funding/what-if', title: 'What if' },
    { name: 'budget', path: '/funding/budget', title: 'Budget' },
    { name: 'budget, an empty year', path: '/funding/budget?year=1999', title: 'Budget' },
    {
      name: 'version of a budget',
      path: first('/budgets', '/funding/budgets/*'),
      title: /^Budget of /,
    },
    { name: 'expenses', path: '/funding/expenses', title: 'Expenses' },
    { name: 'expenses, none found', path: '/funding/expenses?year=1999', title: 'Expenses' },
    { name: 'import of expenses', path: '/funding/expenses/import', title: 'Import expenses' },
    { name: 'projects and funds', path: '/funding/projects', title: 'Projects and funds' },
    { name: 'reserves', path: '/funding/reserves', title: 'Reserves' },
    { name: 'board packs', path: '/funding/board', title: 'Board packs' },
    { name: 'links to charts', path: '/funding/embeds', title: 'Links to charts' },
    { name: 'income', path: '/funding/income', title: 'Income' },
    { name: 'import', path: '/funding/import', title: 'Import income' },
    { name: 'import of gifts', path: '/funding/import/gifts', title: 'Import gifts' },
    { name: 'fees', path: '/funding/fees', title: 'Membership fees' },
    { name: 'fees, none found', path: '/funding/fees?q=xylophone', title: 'Membership fees' },
    { name: 'bank', path: '/funding/bank', title: 'Bank' },
    { name: 'bank, none found', path: '/funding/bank?q=xylophone', title: 'Bank' },
    { name: 'bank statements', path: '/funding/bank/statements', title: 'Bank statements' },
    { name: 'agreements', path: '/funding/agreements', title: 'Agreements' },
    {
      name: 'agreements, none found',
      path: '/funding/agreements?q=xylophone',
      title: 'Agreements',
    },
    { name: 'new agreement', path: '/funding/agreements/new', title: 'New agreement' },
    {
      name: 'agreement',
      path: first('/agreements?state=running', '/funding/agreements/*'),
      title: /./,
    },
    {
      name: 'edit an agreement',
      path: first('/agreements?state=draft', '/funding/agreements/*/edit'),
      title: /^Edit /,
    },
    { name: 'obligations', path: '/funding/obligations', title: 'Obligations' },
    {
      name: 'rules for requirements',
      path: '/funding/obligations/rules',
      title: 'Rules for requirements',
    },
    { name: 'obligations, a month', path: '/funding/obligations?grid=true', title: 'Obligations' },
    { name: 'strings', path: '/funding/strings', title: 'Strings' },
    { name: 'due diligence', path: '/funding/diligence', title: 'Due diligence' },
    {
      name: 'due diligence, none found',
      path: '/funding/diligence?q=xylophone',
      title: 'Due diligence',
    },
    {
      name: 'an open case',
      path: first('/diligence/cases?q=meridian', '/funding/diligence/*'),
      title: 'Hotel Group Meridian Nord',
    },
    {
      name: 'a decided case',
      path: first('/diligence/cases?state=decided', '/funding/diligence/*'),
      title: /./,
    },
    { name: 'funders', path: '/funding/funders', title: 'Funders' },
    { name: 'funders, none found', path: '/funding/funders?q=xylophone', title: 'Funders' },
    { name: 'funder', path: first('/funders', '/funding/funders/*'), title: /./ },
    {
      name: 'funder, a year without awards',
      path: first('/funders', '/funding/funders/*?year=1999'),
      title: /./,
    },
    { name: 'import of awards', path: '/funding/funders/import', title: 'Import awards' },
    {
      name: 'awards that were imported',
      path: first(
        '/award-imports?limit=200',
        '/funding/funders/import/*',
        (one) => one.name === 'funders.json',
      ),
      title: 'funders.json',
    },
    {
      name: 'donor who funds others',
      path: first('/stakeholders?q=oak', '/stakeholders/*', (one) => one.kind === 'organisation'),
      title: 'Oak Foundation',
    },
    {
      name: 'questions of due diligence',
      path: '/funding/diligence/policy',
      title: 'Questions and list',
    },
  ],
  advocate: [
    { name: 'home', path: '/', title: /^Good / },
    { name: 'stakeholders', path: '/stakeholders', title: 'Stakeholders' },
    { name: 'tasks', path: '/tasks?whose=all', title: 'Tasks' },
    { name: 'new task', path: '/tasks?task=new', title: 'Tasks' },
    { name: 'task templates', path: '/tasks/templates', title: 'Task templates' },
    { name: 'bulk edits', path: '/stakeholders/edits', title: 'Bulk edits' },
    { name: 'bulk edits of tasks', path: '/tasks/edits', title: 'Bulk edits' },
    { name: 'bulk edits of agreements', path: '/funding/agreements/edits', title: 'Bulk edits' },
    { name: 'bulk edits of the pipeline', path: '/pipeline/edits', title: 'Bulk edits' },
    { name: 'possible duplicates', path: '/stakeholders/duplicates', title: 'Possible duplicates' },
    { name: 'merge, none chosen', path: '/stakeholders/merge', title: 'Merge two records' },
    {
      name: 'merge',
      path: first('/stakeholders?q=roder', '/stakeholders/merge?stays=*'),
      title: 'Merge two records',
    },
    { name: 'import of stakeholders', path: '/stakeholders/import', title: 'Import stakeholders' },
    { name: 'continuity', path: '/continuity', title: 'Continuity' },
    { name: 'search', path: '/search?q=roder', title: 'Search' },
    { name: 'search, nothing found', path: '/search?q=xylophone', title: 'Search' },
    { name: 'trash', path: '/stakeholders?trashed=true', title: 'Trash' },
    {
      name: 'person',
      path: first('/stakeholders?q=roder', '/stakeholders/*', (one) => one.kind === 'person'),
      title: 'Anneliese Röder',
    },
    {
      name: 'organisation',
      path: first('/stakeholders?kind=organisation&role=member', '/stakeholders/*'),
      title: /./,
    },
    { name: 'new stakeholder', path: '/stakeholders/new', title: 'New stakeholder' },
    {
      name: 'edit',
      path: first('/stakeholders?q=roder', '/stakeholders/*/edit'),
      title: /^Edit /,
    },
    { name: 'mail', path: '/mail', title: 'Mail' },
    {
      name: 'thread',
      path: first('/threads', '/mail/*', (one) => one.subject?.startsWith('Joint') ?? false),
      title: 'Mail',
    },
    { name: 'mailboxes', path: '/settings/mailboxes', title: 'Mailboxes' },
  ],
  board: [
    { name: 'home', path: '/', title: /^Good / },
    { name: 'pipeline', path: '/pipeline', title: 'Pipeline' },
    { name: 'funding', path: '/funding', title: 'Funding' },
    { name: 'board packs', path: '/funding/board', title: 'Board packs' },
    { name: 'board pack', path: first('/board/packs?state=done', '/funding/board/*'), title: /./ },
    { name: 'links to charts', path: '/funding/embeds', title: 'Links to charts' },
    { name: 'funders', path: '/funding/funders', title: 'Funders' },
    { name: 'refusal', path: '/mail', title: 'Not part of your role' },
  ],
};

test.describe.configure({ mode: 'parallel' }); // they only look

test('sign in', async ({ page }) => {
  await page.goto('/signin');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await look(page, 'sign in');
});

for (const [role, list] of Object.entries(screens) as [Role, Screen[]][]) {
  for (const { name, path, title } of list) {
    test(`${role}: ${name}`, async ({ as, house }) => {
      const page = await as(role);
      const client = await house.client(role);
      await page.goto(typeof path === 'string' ? path : await path(client));
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeAttached();
      await look(page, `${role}: ${name}`);
    });
  }
}
