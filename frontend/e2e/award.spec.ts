import { audit } from './support/look';
import { expect, test } from './support/test';

test('an award becomes its agreement, once', async ({ as, house, allow }) => {
  allow(422, /\/agreements$/); // a second agreement of one award
  const client = await house.client('fundraiser');
  const { items: donors } = await client.get<{ items: { id: string }[] }>(
    '/stakeholders?q=bosch&kind=organisation',
  );
  await client.send('POST', '/opportunities', {
    title: 'Foxglove programme',
    donorId: donors[0]?.id,
    programme: 'Integration',
    stage: 'awarded',
    ask: { minor: 12_345_600, currency: 'CHF' },
    coFinancing: { points: 2000, amount: { minor: 500_000, currency: 'CHF' } },
    overhead: 700,
    from: '2027-01-01',
    to: '2028-12-31',
    earmarking: 'soft',
    key: 'foxglove',
  });
  const page = await as('fundraiser');
  await page.goto('/pipeline?as=table&q=foxglove');
  await page.getByRole('link', { name: 'Foxglove programme' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Foxglove programme' })).toBeVisible();
  await audit(page, 'an award without an agreement');
  await page.getByRole('link', { name: 'Make the agreement' }).click();

  // What the award says is taken over.
  await expect(page.getByLabel('Title')).toHaveValue('Foxglove programme');
  await expect(page.getByRole('combobox', { name: 'Donor' })).toHaveValue(/Bosch/);
  await expect(page.getByLabel('Programme')).toHaveValue('Integration');
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('123,456');
  await expect(page.getByLabel('Currency').first()).toHaveValue('CHF');
  await expect(page.getByLabel('Term begins')).toHaveValue('2027-01-01');
  await expect(page.getByLabel('Term ends')).toHaveValue('2028-12-31');
  await expect(page.getByLabel('Earmarking')).toHaveValue('soft');
  await expect(page.getByLabel(/^Overhead/).first()).toHaveValue(/^7/);
  await audit(page, 'an agreement from an award');
  const form = page.url();
  await page.getByRole('button', { name: 'Add agreement' }).click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('CHF 123,456.00');

  // Each knows the other.
  await page.getByRole('link', { name: 'Foxglove programme' }).click();
  await expect(page.getByRole('region', { name: 'Stages' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Make the agreement' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Agreement');

  // The form of somebody who was slower says why nothing is made.
  await page.goto(form);
  await page.getByRole('button', { name: 'Add agreement' }).click();
  await expect(page.getByText(/This award has its agreement already/)).toBeVisible();
});

test('a card that is carried to the awards leads on to its agreement', async ({ as, house }) => {
  const client = await house.client('fundraiser');
  const { items: donors } = await client.get<{ items: { id: string }[] }>(
    '/stakeholders?q=bosch&kind=organisation',
  );
  await client.send('POST', '/opportunities', {
    title: 'Sundial fund',
    donorId: donors[0]?.id,
    stage: 'submitted',
    ask: { minor: 500_000, currency: 'EUR' },
  });
  const page = await as('fundraiser');
  await page.goto('/pipeline?q=sundial');
  await page.getByRole('link', { name: /Sundial fund/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.getByRole('dialog').getByRole('button', { name: 'Move to awarded' }).click();
  const said = page.getByText('Sundial fund is awarded.');
  await expect(said).toBeVisible();
  await audit(page, 'an award by drag');
  await page.getByRole('button', { name: 'Make the agreement' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Sundial fund');
  await expect(said).toHaveCount(0);
});
