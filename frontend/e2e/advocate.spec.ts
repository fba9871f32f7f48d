import { audit } from './support/look';
import { another, expect, test, type Client } from './support/test';

interface Found {
  items: { id: string; rev: number; name: string }[];
}
interface Threads {
  items: { id: string; rev: number; subject: string; sharing: string }[];
}

async function named(client: Client, q: string) {
  const { items } = await client.get<Found>(`/stakeholders?q=${encodeURIComponent(q)}`);
  const one = items[0];
  if (!one) throw new Error(`nobody is called ${q}`);
  return one;
}

test('the list is filtered, sorted and searched, and the address keeps it', async ({
  as,
  house,
}) => {
  const page = await as('advocate');
  const client = await house.client('advocate');
  const ofRole = await client.get<Found>('/stakeholders?role=mep');
  const german = await client.get<Found>('/stakeholders?role=mep&country=DE');
  expect(german.items.length).toBeLessThan(ofRole.items.length);
  await page.goto('/stakeholders');
  const table = page.getByRole('table', { name: 'Stakeholders' });
  const rows = table.locator('tbody tr[data-index]');
  await expect(rows.first()).toBeVisible();

  await page.goto('/stakeholders?role=mep');
  await expect(rows).toHaveCount(ofRole.items.length);
  await page.goto('/stakeholders?role=mep&country=DE');
  await expect(rows).toHaveCount(german.items.length);
  await page.reload();
  await expect(rows).toHaveCount(german.items.length);
  await expect(page.getByRole('button', { name: 'Country is Germany', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();

  await table.getByRole('button', { name: 'Name' }).click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows.first()).toContainText('Фундація');

  // an ending, without the umlaut
  await page.getByRole('searchbox', { name: 'Name, email or words' }).fill('roder');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Anneliese Röder');
  await expect(page).toHaveURL(/q=roder/);
});

test('a stakeholder is made, changed, put into the trash and taken back', async ({ as, allow }) => {
  allow(422, /\/stakeholders$/);
  const page = await as('advocate');
  await page.goto('/stakeholders');
  await page.getByRole('link', { name: 'New', exact: true }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Give a name.')).toBeVisible();

  await page.getByText('Person', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Marta Krčméry');
  await page.getByRole('group', { name: 'Roles' }).getByText('Media').click();
  await page.getByLabel('Country').selectOption('SK');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByRole('textbox', { name: 'Email address 1', exact: true }).fill('not an address');
  await page.getByRole('textbox', { name: 'Notes' }).fill('Writes about seasonal work.');
  await page.getByRole('button', { name: 'Create' }).click();
  // the server's word on a field stands beside that field
  await expect(page.getByRole('textbox', { name: 'Email address 1', exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await page
    .getByRole('textbox', { name: 'Email address 1', exact: true })
    .fill('marta@presse.example.org');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Marta Krčméry' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'marta@presse.example.org' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Slovakia');

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Marta Krčméryová');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Marta Krčméryová' })).toBeVisible();

  await page.getByRole('button', { name: 'Trash' }).click();
  await expect(page.getByText('Marta Krčméryová is in the trash.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Stakeholders' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Restored.')).toBeVisible();

  await page.getByRole('searchbox', { name: 'Name, email or words' }).fill('krcmery');
  await page.getByRole('link', { name: 'Marta Krčméryová' }).click();
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('link', { name: 'Trash' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeVisible();
  await page.getByRole('button', { name: 'Restore Marta Krčméryová' }).click();
  await expect(page.getByRole('button', { name: 'Restore Marta Krčméryová' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Stakeholders' }).last().click();
  await page.getByRole('searchbox', { name: 'Name, email or words' }).fill('krcmery');
  await expect(page.getByRole('link', { name: 'Marta Krčméryová' })).toBeVisible();
});

test('who saves second is shown what the first one saved', async ({ as, house, allow }) => {
  allow(412, /\/stakeholders\//);
  const page = await as('advocate');
  const colleague = await house.client('fundraiser');
  const one = await named(colleague, 'Victim Support Europe');
  await page.goto(`/stakeholders/${one.id}/edit`);
  await page.getByRole('textbox', { name: 'Notes' }).fill('Mine: met in Brussels.');

  const { id, rev, createdAt, updatedAt, sortName, trashedAt, ...fields } = await colleague.get<
    Record<string, unknown>
  >(`/stakeholders/${one.id}`);
  await colleague.send(
    'PUT',
    `/stakeholders/${String(id)}`,
    { ...fields, website: 'https://victim-support.example.org' },
    Number(rev),
  );
  expect([createdAt, updatedAt, sortName, trashedAt]).toBeDefined();

  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog', { name: /Somebody else saved this/ });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('https://victim-support.example.org');
  await audit(page, 'conflict');
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByText('Mine: met in Brussels.')).toBeVisible();
  await expect(page.getByRole('link', { name: /victim-support\.example\.org/ })).toBeVisible();
});

test('Ctrl-K finds a stakeholder, a call and a conversation', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const searches = [
    ['roder', 'Stakeholders', 'Anneliese Röder', /\/stakeholders\/.+/],
    ['hotlines', 'Calls', /hotlines/, /\/calls\/.+/],
    ['seasonal', 'Mail', 'Joint statement on seasonal workers', /\/mail\/.+/],
  ] as const;
  for (const [words, group, title, address] of searches) {
    await page.keyboard.press('Control+K');
    const field = page.getByRole('combobox', {
      name: /Search stakeholders, meetings, calls and mail/,
    });
    await field.fill(words);
    const list = page.getByRole('listbox', { name: 'Results' });
    await expect(list.getByText(group, { exact: true })).toBeVisible();
    const hit = list.getByRole('option', { name: title }).first();
    await expect(hit).toBeVisible();
    if (words === 'roder') {
      await audit(page, 'palette');
      await field.press('Enter');
    } else {
      await hit.click();
    }
    await expect(page).toHaveURL(address);
    await expect(field).toHaveCount(0);
  }
});

test('a formatted message is shut in, and nothing is fetched from its sender', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/mail');
  await page.getByRole('link', { name: 'Joint statement on seasonal workers' }).click();
  await expect(
    page.getByRole('heading', { name: 'Joint statement on seasonal workers' }),
  ).toBeVisible();
  await page.getByRole('button', { name: /Noor van Dijk/ }).click();
  const frame = page.getByTitle('Message from Noor van Dijk');
  await expect(frame).toBeVisible();
  const sandbox = (await frame.getAttribute('sandbox')) ?? 'none';
  expect(sandbox).not.toMatch(/none|allow-scripts|allow-same-origin|allow-forms|allow-top/);
  await expect(frame.contentFrame().getByText('joint statement')).toBeVisible();
  await expect(frame.contentFrame().locator('img[src^="http"]')).toHaveCount(0);
  // that no request leaves is watched in every test
  await page.getByRole('button', { name: 'Show as plain text' }).first().click();
  await expect(frame).toHaveCount(0);
});

test('a conversation is shared step by step, and a colleague sees as much', async ({
  as,
  house,
  browser,
}) => {
  const page = await as('advocate');
  const jonas = await house.client('fundraiser');
  const subject = 'Meeting in Strasbourg';
  const seenByJonas = async () => (await jonas.get<Threads>('/threads?limit=100')).items;
  const before = await seenByJonas();
  expect(before.map((one) => one.subject)).not.toContain(subject);

  await page.goto('/mail');
  await page.getByRole('link', { name: subject }).click();
  const share = page.getByRole('button', { name: /^Sharing: / });
  await expect(share).toHaveAccessibleName(/Private/);
  const steps = [
    ['Who and when', before.length + 1, false],
    ['Subject', before.length + 1, true],
    ['Everything', before.length + 1, true],
  ] as const;
  for (const [label, count, withSubject] of steps) {
    await share.click();
    await page.getByRole('radio', { name: label }).click();
    await page.getByRole('button', { name: `Share: ${label}` }).click();
    await expect(share).toHaveAccessibleName(new RegExp(`Sharing: ${label}`));
    const seen = await seenByJonas();
    expect(seen).toHaveLength(count);
    expect(seen.some((one) => one.subject === subject)).toBe(withSubject);
  }

  const colleague = await another(browser, house, 'fundraiser');
  await colleague.goto('/mail');
  await colleague.getByRole('link', { name: subject }).click();
  await expect(colleague.getByText(/Shared with you/)).toBeVisible();
  await expect(colleague.getByText('Tuesday after the vote').first()).toBeVisible();
  await colleague.context().close();

  await share.click();
  await page.getByRole('radio', { name: 'Private' }).click();
  await page.getByRole('button', { name: 'Share: Private' }).click();
  await expect(share).toHaveAccessibleName(/Private/);
  expect(await seenByJonas()).toHaveLength(before.length);
});

test('conversations of others do not exist', async ({ as, house, allow }) => {
  const page = await as('advocate');
  const theirs = await (await house.client('fundraiser')).get<Threads>('/threads?limit=100');
  const hidden = theirs.items.find((one) => one.subject.startsWith('Core support'));
  expect(hidden?.sharing).toBe('private');
  await page.goto('/mail');
  await expect(page.getByRole('link', { name: 'Meeting in Strasbourg' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Core support/ })).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Subject or words' }).fill('trustees');
  await expect(page.getByText('No conversation matches.')).toBeVisible();

  allow(404, /\/threads\//);
  await page.goto(`/mail/${hidden?.id ?? ''}`);
  await expect(page.getByRole('region', { name: 'Reading' })).not.toContainText('Core support');
  expect(await (await house.client('advocate')).status(`/threads/${hidden?.id ?? ''}`)).toBe(404);
  // money is not the advocate's
  await page.goto('/funding');
  await expect(page.getByRole('heading', { name: 'Not part of your role' })).toBeVisible();
});
