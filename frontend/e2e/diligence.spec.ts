import { addDays, today } from '../src/shared/format/date';
import { look } from './support/look';
import { expect, test } from './support/test';

// Each of these looks at several screens in four settings.
test.beforeEach(() => test.setTimeout(300_000));

interface Found {
  items: { id: string; name: string }[];
}

test('a donor is looked at, a match is judged, one proposes, another agrees, and the agreement warns no more', async ({
  as,
  house,
  allow,
}) => {
  allow(422, /(proposal|judgement)$/);
  const client = await house.client('fundraiser');
  const { items } = await client.get<Found>('/stakeholders?q=meridian&kind=organisation');
  const donor = items[0]?.id ?? '';
  const page = await as('fundraiser');

  // The agreement warns, and leads to the case.
  await page.goto('/funding/agreements?q=Hospitality');
  await expect(page.getByText(/Due diligence open|No due diligence/)).toBeVisible();
  await page.getByRole('link', { name: 'Hospitality says no' }).click();
  await expect(page.getByText('Due diligence of Hotel Group Meridian Nord')).toBeVisible();
  await page.getByRole('link', { name: 'See the case' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Hotel Group Meridian Nord' }),
  ).toBeVisible();

  // What is not answered and not judged stands in the way.
  const decision = page.getByRole('region', { name: 'Decision' });
  await expect(decision).toContainText('Left to do');
  await decision.getByRole('button', { name: 'Propose a decision' }).click();
  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByText(/possible match on the sanctions list is not judged/),
  ).toBeVisible();
  await look(page, 'a decision that cannot be made yet');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // A name alone does not judge: a second identifier does.
  const hit = page.getByRole('article', { name: /Meridian Nord/ });
  await expect(hit).toContainText('Another country');
  await hit.getByRole('button', { name: 'Judge', exact: true }).click();
  await dialog.getByLabel('Reason').fill('A company of the Emirates; ours is Swedish.');
  await dialog.getByLabel('With ours it is').fill(' ');
  await dialog.getByLabel('On the list it is').fill('FZE-48812');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText(/A name alone confirms nothing/)).toBeVisible();
  await look(page, 'a match that is judged');
  await dialog.getByLabel('With ours it is').fill('556677-8899, Swedish register');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(hit.getByText('Somebody else', { exact: true })).toBeVisible();

  // Answers.
  for (const fine of await page.getByRole('radio', { name: 'No concern' }).all()) {
    const group = fine.locator('xpath=ancestor::*[@role="radiogroup"]');
    if ((await group.getByRole('radio', { checked: true }).count()) === 0) {
      await group.getByText('No concern').click();
    }
  }
  await page.getByRole('button', { name: 'Save answers' }).click();
  await expect(decision).toContainText('All is answered');

  // One proposes.
  await decision.getByRole('button', { name: 'Propose a decision' }).click();
  await dialog.getByLabel('Accept with conditions').check();
  await dialog
    .getByLabel('Reason')
    .fill('Money for hotels’ staff training; no link to the listed company.');
  await dialog.getByLabel('Conditions').last().fill('No say in what we publish.');
  await dialog.getByLabel('Holds until').fill(addDays(today(), 400));
  await expect(dialog.getByText('Hospitality says no')).toBeVisible();
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click();
  const proposed = page.getByRole('region', { name: 'Proposed decision' });
  await expect(proposed).toContainText('once another person');
  await expect(proposed.getByRole('button', { name: 'Agree' })).toHaveCount(0);
  const address = page.url();

  // Another agrees.
  const second = await as('board');
  await second.goto(address);
  await second.getByRole('button', { name: 'Agree' }).click();
  await look(second, 'agreeing to a decision');
  await second.getByRole('dialog').getByRole('button', { name: 'Agree' }).click();
  await expect(second.getByRole('region', { name: 'Decision' })).toContainText(
    'Dimitra Papadaki agreed',
  );

  // The donor and the agreement follow.
  await page.goto(`/stakeholders/${donor}`);
  await expect(page.getByRole('region', { name: 'Due diligence' })).toContainText(
    'Cleared with conditions',
  );
  await look(page, 'due diligence on the page of a donor');
  await page.goto('/funding/agreements?q=Hospitality');
  await expect(page.getByRole('link', { name: 'Hospitality says no' })).toBeVisible();
  await expect(page.getByText(/Due diligence open|No due diligence/)).toHaveCount(0);
});

test('the questions are changed for the cases to come, and the list says of when it is', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const { version } = await client.get<{ version: number }>('/diligence/policy');
  const page = await as('fundraiser');
  await page.goto('/funding/diligence/policy');
  await expect(page.getByRole('region', { name: 'EU sanctions list' })).toContainText('Entries');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page
    .getByRole('textbox', { name: /^Question \d+$/ })
    .last()
    .fill('Does it pay its taxes?');
  await page.getByRole('button', { name: 'Save questions' }).click();
  await expect(page.getByText(`Version ${version + 1}`, { exact: true })).toBeVisible();
  await page.goto('/funding/diligence?runsOut=true');
  await expect(page.getByText('Ministry of Foreign Affairs of Norway')).toBeVisible();
  await look(page, 'cases that run out');
});
