import { audit, look, settled } from './support/look';
import { another, expect, test } from './support/test';
import type { Locator, Page } from '@playwright/test';

interface Made {
  id: string;
  rev: number;
}
interface Habits {
  rev: number;
  templates: { stage: string; templateId: string }[];
}
interface Found {
  items: { id: string; rev: number; title: string; stage: string }[];
}

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Drags as a hand does: down, a little way so that the drag begins, there, and up. */
async function drag(page: Page, what: Locator, to: Locator) {
  const from = await what.boundingBox();
  const place = await to.boundingBox();
  if (!from || !place) throw new Error('not on the screen');
  await page.mouse.move(from.x + 30, from.y + 14);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 24, { steps: 4 });
  await page.mouse.move(place.x + place.width / 2, place.y + 120, { steps: 12 });
  await page.mouse.up();
  await expect(what.locator('..')).not.toHaveCSS('position', 'fixed'); // it has come to rest
}

test('a card is dragged by mouse and by keyboard, and a loss needs a reason', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const { items: donors } = await client.get<Found>('/stakeholders?q=bosch&kind=organisation');
  const title = `Helpline for Bosch ${Date.now()}`;
  await client.send('POST', '/opportunities', {
    title,
    donorId: donors[0]?.id,
    ask: { minor: 1_234_500, currency: 'EUR' },
    deadline: '2020-01-01',
    key: title,
  });
  const page = await as('fundraiser');
  await page.goto(`/pipeline?q=${title}`);
  const card = page.getByRole('link', { name: title });
  await expect(column(page, 'Prospect')).toContainText('EUR 12 k');
  await drag(page, card, column(page, 'Cultivation'));
  await expect(column(page, 'Cultivation').getByRole('link')).toContainText(title);
  await expect(column(page, 'Cultivation')).toContainText(/[23] k weighted/);

  await card.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(column(page, 'Concept note').getByRole('link')).toContainText(title);
  await expect(column(page, 'Cultivation')).toContainText('None');
  await audit(page, 'board');

  // An award needs a submission: the column does not take it.
  await drag(page, card, column(page, 'Awarded'));
  await expect(column(page, 'Concept note').getByRole('link')).toContainText(title);

  await drag(page, card, column(page, 'Declined'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Move to declined' }).click();
  await expect(dialog).toContainText('Say why nothing came of it.');
  await audit(page, 'dialog of a loss');
  await dialog.getByLabel('Reason').selectOption('budget');
  await dialog.getByRole('button', { name: 'Move to declined' }).click();
  await expect(column(page, 'Declined').getByRole('link')).toContainText(title);

  await card.click();
  await expect(page.getByRole('region', { name: 'Why nothing came of it' })).toContainText(
    'They had too little money',
  );
  await expect(page.getByRole('region', { name: 'Stages' })).toContainText(
    'Concept note → Declined',
  );
});

test('a card that somebody else has moved goes back', async ({ as, house, allow, browser }) => {
  allow(412, /\/stage$/);
  const client = await house.client('fundraiser');
  await client.send('POST', '/opportunities', { title: 'Quillfeather appeal' });
  const page = await as('fundraiser');
  await page.goto('/pipeline?q=quillfeather');
  const card = page.getByRole('link', { name: /Quillfeather appeal/ });
  await settled(page);
  const { items } = await client.get<Found>('/opportunities?q=quillfeather');
  const one = items[0] as Made;
  await client.send(
    'PUT',
    `/opportunities/${one.id}`,
    { title: 'Quillfeather appeal II' },
    one.rev,
  );
  await drag(page, card, column(page, 'Withdrawn'));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').selectOption('capacity');
  await dialog.getByRole('button', { name: 'Move to withdrawn' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else has changed it');
  await expect(column(page, 'Prospect').getByRole('link')).toContainText('Quillfeather appeal II');

  // A phone shows one column at a time, and moves by a list.
  const phone = await another(browser, house, 'fundraiser');
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto('/pipeline?q=quillfeather');
  await expect(phone.getByLabel('Stage')).toHaveValue('prospect');
  await phone.getByLabel(/^Move Quillfeather/).selectOption('withdrawn');
  await expect(phone.getByRole('dialog')).toContainText('Reason');
  await phone.context().close();
});

test('an opportunity is written down, changed, and its work and decision recorded', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const { items: calls } = await client.get<Found>('/calls?limit=1&state=open');
  const page = await as('fundraiser');
  await page.goto(`/calls/${calls[0]?.id ?? ''}`);
  await page.getByRole('link', { name: 'Convert to opportunity' }).click();
  await expect(page.getByLabel('Title')).toHaveValue(calls[0]?.title ?? '');
  await page.getByLabel('Title').fill('Marigold bid');
  await page.getByRole('combobox', { name: 'Donor' }).fill('dg just');
  await page.getByRole('option', { name: /DG JUST/ }).click();
  await page.getByLabel('Ask', { exact: true }).fill('1234.5');
  await page.getByLabel('Currency').selectOption('GBP');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Marigold bid' })).toBeVisible();
  await expect(page.getByText('GBP 1,234.50')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Probability' })).toContainText(/of \d+ times/);

  await page.getByRole('button', { name: 'Record the decision' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reasons').fill('It is our theme.');
  await dialog.getByLabel('Fits our strategy').selectOption('5');
  await audit(page, 'go or no-go');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Go or no-go' })).toContainText('It is our theme.');

  await page.getByLabel('Days', { exact: true }).fill('1.5');
  await page.getByLabel('What for').fill('Reading the call');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Effort' })).toContainText('1.5 days');
  await audit(page, 'opportunity');

  await page.goto(`/calls/${calls[0]?.id ?? ''}`);
  await expect(page.getByRole('region', { name: 'In our pipeline' })).toContainText('Marigold bid');
});

test('an advocate reads the pipeline without amounts, and the board moves nothing', async ({
  as,
  house,
}) => {
  const client = await house.client('advocate');
  for (const path of ['/opportunities', '/pipeline/board', '/pipeline/returns']) {
    expect(JSON.stringify(await client.get<unknown>(path)), path).not.toContain('"minor"');
  }
  expect(await client.status('/opportunities?sort=ask')).toBe(422);
  const page = await as('advocate');
  await page.goto('/pipeline');
  await expect(column(page, 'Submitted').getByRole('link').first()).toBeVisible();
  await expect(page.locator('#main')).not.toContainText(/EUR|GBP/);
  await page.goto('/pipeline?as=table');
  await expect(page.getByRole('table', { name: 'Opportunities' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'New opportunity' })).toHaveCount(0);
});

test('a stage brings the tasks of its template', async ({ as, house }) => {
  const client = await house.client('fundraiser');
  const template = `Before we ask ${Date.now()}`;
  await client.send('POST', '/task-templates', {
    name: template,
    items: [{ title: `Call them ${template}`, days: 2 }],
  });
  const { items: donors } = await client.get<Found>('/stakeholders?q=bosch&kind=organisation');
  const page = await as('fundraiser');
  const dialog = page.getByRole('dialog');
  const before = await client.get<Habits>('/pipeline/templates');
  try {
    await page.goto('/pipeline');
    await page.getByRole('button', { name: 'Tasks by stage' }).click();
    await dialog.getByLabel('Cultivation').selectOption({ label: template });
    await look(page, 'tasks by stage');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await client.send('POST', '/opportunities', {
      title: `Asked ${template}`,
      donorId: donors[0]?.id,
      stage: 'cultivation',
      key: template,
    });
    await page.goto(`/tasks?q=${encodeURIComponent(template)}`);
    await expect(page.getByText(`Call them ${template}`).first()).toBeVisible();
  } finally {
    const { rev } = await client.get<Habits>('/pipeline/templates');
    await client.send('PUT', '/pipeline/templates', { templates: before.templates }, rev);
  }
});
