import { today } from '../src/shared/format/date';
import { audit, look } from './support/look';
import { expect, test } from './support/test';

test.beforeEach(() => test.setTimeout(240_000));

test('a line is written, given back in part, split and reversed', async ({ as, allow }) => {
  allow(422, /\/income\/[^/]+\/(split|refund)$/);
  const page = await as('fundraiser');
  await page.goto('/funding/income');
  const dialog = page.getByRole('dialog');
  const write = async (amount: string, day: string) => {
    await page.getByRole('button', { name: 'New line' }).click();
    await page.getByRole('menuitem', { name: 'Service' }).click();
    await dialog.getByRole('combobox', { name: 'Who pays for it' }).fill('Sigrid');
    await page.getByRole('option', { name: /Sigrid Rausing/ }).click();
    await dialog.getByLabel('Received on').fill(day);
    await dialog.getByRole('textbox', { name: 'Amount', exact: true }).fill(amount);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
  };
  const line = (amount: string) =>
    page.getByRole('table', { name: 'Income lines' }).getByRole('row').filter({ hasText: amount });
  const ask = async (amount: string, deed: string) => {
    await line(amount)
      .first()
      .getByRole('button', { name: /^Actions/ })
      .click();
    await page.getByRole('menuitem', { name: deed }).click();
  };
  await write('777.31', today());
  await page.goto('/funding/income?q=Sigrid&sourceType=services');
  await expect(line('EUR 777.31').first()).toContainText('Services');

  // More than came cannot be given back; a part of it can.
  await ask('EUR 777.31', 'Refund…');
  await dialog.getByRole('textbox', { name: 'Given back', exact: true }).fill('777.32');
  await dialog.getByRole('button', { name: 'Write the refund' }).click();
  await expect(dialog.getByText('No more than EUR 777.31 can be given back.')).toBeVisible();
  await audit(page, 'a refund that is too large');
  await dialog.getByRole('textbox', { name: 'Given back', exact: true }).fill('77.31');
  await dialog.getByRole('button', { name: 'Write the refund' }).click();
  await expect(line('EUR -77.31')).toContainText('refund');

  // Another is split to the cent.
  await write('100.01', today());
  await ask('EUR 100.01', 'Split…');
  await dialog.getByLabel('Amount').nth(0).fill('60');
  await dialog.getByLabel('Amount').nth(1).fill('40');
  await expect(dialog.getByRole('status')).toContainText('EUR 0.01 in no part yet');
  await dialog.getByRole('button', { name: 'Split', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('The parts add up to EUR 100.00');
  await dialog.getByLabel('Amount').nth(1).fill('40.01');
  await expect(dialog.getByRole('status')).toContainText('The parts add up to the payment.');
  await look(page, 'splitting a payment');
  await dialog.getByRole('button', { name: 'Split', exact: true }).click();
  await expect(line('EUR 40.01')).toContainText('part of a payment');

  // A line of long ago is taken back by another; what closing its year would do is only looked at.
  await write('55.55', '2004-05-06');
  await page.getByRole('button', { name: 'Close a year' }).click();
  await expect(dialog.getByText('Locked')).toBeVisible();
  await look(page, 'closing a year');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await ask('EUR 55.55', 'Reverse…');
  await dialog.getByLabel('Why').fill('Written twice');
  await dialog.getByRole('button', { name: 'Reverse it' }).click();
  await expect(line('EUR -55.55')).toContainText('takes a line back');
  await expect(line('EUR 55.55')).toContainText('taken back');
  await expect(line('EUR 55.55').getByRole('button', { name: /^Actions/ })).toHaveCount(0);
});

interface Books {
  years: { year: number; closed: boolean }[];
}
interface Lines {
  items: unknown[];
}

test('a closed line says so and offers only what corrects it, until its year is opened again', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const { years } = await client.get<Books>('/books');
  const oldest = years.at(-1)?.year ?? 0;
  expect((await client.get<Lines>(`/income?year=${oldest}&limit=1`)).items).toHaveLength(1);
  const page = await as('fundraiser');
  try {
    await page.goto(`/funding/income?year=${oldest}`);
    await page.getByRole('button', { name: 'Close a year' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Fiscal year').selectOption(String(oldest));
    await dialog.getByRole('button', { name: `Close ${oldest}` }).click();
    await expect(dialog).toBeHidden();
    const row = page.getByRole('table', { name: 'Income lines' }).getByRole('row').nth(1);
    await expect(row).toContainText('year closed');
    await row.getByRole('button', { name: /^Actions/ }).click();
    await expect(page.getByRole('menuitem')).toHaveText(['Refund…', 'Reverse…']);
    await page.keyboard.press('Escape');

    // Opened again for a reason, which stays on record.
    await page.getByRole('button', { name: 'Close a year' }).click();
    await dialog.getByRole('button', { name: 'Open a closed year again…' }).click();
    await dialog.getByLabel('Closed year').selectOption(String(oldest));
    await dialog.getByLabel('Why it is opened again').fill('An invoice turned up');
    await look(page, 'opening a year again');
    await dialog.getByRole('button', { name: 'Open it' }).click();
    await expect(dialog.getByText(`${oldest} opened again by`)).toContainText(
      'An invoice turned up',
    );
    await expect(row).not.toContainText('year closed');
  } finally {
    const { years: now } = await client.get<Books>('/books');
    if (now.some(({ year, closed }) => year === oldest && closed))
      await client.send('POST', `/books/${oldest}/reopen`, { reason: 'for the other tests' });
  }
});
