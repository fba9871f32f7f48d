import { look } from './support/look';
import { expect, test, type Client } from './support/test';

// Each looks at several screens in four settings.
test.slow();

interface Found {
  items: { id: string; rev: number; name: string }[];
}

const named = async (client: Client, q: string) =>
  (await client.get<Found>(`/stakeholders?q=${encodeURIComponent(q)}`)).items;

async function make(client: Client, name: string, address: string) {
  await client.send('POST', '/stakeholders', {
    kind: 'person',
    name,
    country: 'LV',
    emails: [{ address }],
  });
  const one = (await named(client, name))[0];
  if (!one) throw new Error(`${name} was not made`);
  await client.send('POST', '/interactions', {
    kind: 'note',
    title: `Lunch with ${name}`,
    minutes: `Write to ${address}.`,
    stakeholderIds: [one.id],
  });
  return one;
}

test('what is held about a person is exported', async ({ as, house }) => {
  const client = await house.client('administrator');
  const one = await make(client, 'Ilze Kalniņa', 'ilze@upe.example.org');
  const page = await as('administrator');
  await page.goto(`/stakeholders/${one.id}`);
  await page.getByRole('link', { name: 'Privacy…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Ilze Kalniņa/ })).toBeVisible();
  await look(page, 'privacy of a person');
  await page.getByRole('button', { name: 'Make the export' }).click();
  await expect(page.getByRole('link', { name: 'Download the archive' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Interactions/ })).toBeVisible();
  await look(page, 'subject export');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the archive' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('subject-export.zip');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const zip = Buffer.concat(chunks);
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  expect(zip.includes('data.json') && zip.includes('index.html')).toBe(true);
});

test('a person is erased after a plan, and no screen knows them any more', async ({
  as,
  house,
  allow,
}) => {
  const client = await house.client('administrator');
  const one = await make(client, 'Mārtiņš Ozoliņš', 'martins@ozols.example.org');
  allow(422, /privacy/);
  const page = await as('administrator');
  await page.goto(`/settings/privacy/person/${one.id}`);
  await page.getByRole('button', { name: 'Plan the erasure' }).click();
  await expect(page.getByRole('button', { name: 'Erase for good' })).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByRole('row', { name: /Interactions/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Texts' })).toContainText('Erased person');
  await look(page, 'plan of an erasure');

  await page.getByRole('combobox', { name: 'Legal ground' }).click();
  await page.getByRole('option', { name: /Objection/ }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Ozoliņš asked us to.');
  await page.getByRole('textbox', { name: /Type the name/ }).fill('Mārtiņš Ozoliņš');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(
    page.getByText('Say it without the name: this record is kept.', { exact: true }),
  ).toBeVisible();
  await page.getByRole('textbox', { name: 'Reason' }).fill('They asked us to.');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('heading', { name: 'What was done' })).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Erased person');
  await look(page, 'an erasure that is done');

  expect(await named(client, 'ozolins')).toHaveLength(0);
  expect(await client.status(`/stakeholders/${one.id}`)).toBe(404);
  for (const path of [
    '/search?q=ozolins',
    '/audit?limit=200',
    '/interactions?limit=200',
    '/privacy/requests',
  ]) {
    expect(JSON.stringify(await client.get(path)), path).not.toMatch(/Ozoli|ozols/);
  }
  await page.goto('/settings/privacy');
  await page.getByRole('textbox', { name: /Find a request/ }).fill('martins@ozols.example.org');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('link', { name: /Erased person/ })).toHaveCount(1);
});

test('forms warn of sensitive words, and rules remove nothing before a dry run', async ({
  as,
  allow,
}) => {
  const page = await as('administrator');
  await page.goto('/stakeholders/new');
  await page.getByRole('textbox', { name: 'Notes' }).fill('She is pregnant.');
  await expect(page.getByText('“pregnant” (health)')).toBeVisible();

  allow(422, /retention/);
  await page.goto('/settings/privacy/retention');
  const rule = page.getByRole('switch', { name: 'Stakeholders in the trash: on' });
  await rule.click({ force: true });
  await expect(page.getByText(/Make a dry run with 365 days first/)).toBeVisible();
  await page.getByRole('button', { name: 'Make a dry run' }).click();
  await expect(page.getByText(/would go/).first()).toBeVisible();
  await rule.click({ force: true });
  await expect(rule).toBeChecked();
  await rule.click({ force: true });
  await expect(rule).not.toBeChecked();
});
