import { readFile } from 'node:fs/promises';
import { audit, look, settled } from './support/look';
import { expect, test } from './support/test';

interface Found {
  items: { id: string; rev: number }[];
}

test('tasks are added, changed, ticked off and taken back, and go out as shown', async ({
  as,
  house,
}) => {
  test.slow();
  const page = await as('advocate');
  await page.goto('/tasks');
  const table = page.getByRole('table', { name: 'Tasks' });
  await expect(table).toContainText('Collect the members');
  await page.getByRole('link', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is to be done').fill('Draft the joint letter');
  await dialog.getByLabel('Due on').fill('2026-03-29');
  await dialog.getByRole('combobox', { name: 'Stakeholders' }).fill('odihr');
  await page.getByRole('option', { name: 'ODIHR' }).click();
  await page.keyboard.press('Tab');
  await audit(page, 'a new task');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = table.getByRole('row').filter({ hasText: 'Draft the joint letter' });
  await expect(row).toContainText('29 Mar 2026');
  await expect(row).toContainText('Overdue');
  await expect(row).toContainText('ODIHR');
  await look(page, 'tasks');

  await row.getByRole('link', { name: 'Draft the joint letter' }).click();
  await dialog.getByLabel('Notes').click();
  await page.keyboard.type('**Two** pages:\n\n- one by @lind');
  const colleagues = page.getByRole('listbox', { name: 'Colleagues' });
  await colleagues.getByRole('option', { name: 'Jonas Lindqvist' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  // Shown as it is read, to be written on.
  await row.getByRole('link', { name: 'Draft the joint letter' }).click();
  await expect(dialog.getByRole('listitem')).toHaveText('one by @Jonas Lindqvist');
  await expect(dialog.locator('strong')).toHaveText('Two');
  await look(page, 'a task with notes');
  await dialog.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByRole('textbox', { name: 'Notes' }).press('ControlOrMeta+End');
  // In a private task only who may read it can be mentioned.
  await dialog.getByLabel('Only its owner and its author may read it').check();
  await expect(dialog).toContainText('A private text mentions nobody.');
  await dialog.getByLabel('Only its owner and its author may read it').uncheck();
  await expect(dialog.getByLabel('Notes')).toHaveValue(/one by @Jonas Lindqvist\s*$/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);

  await page.getByText('Overdue', { exact: true }).first().click();
  await expect(page).toHaveURL(/where=.*overdue/);
  await page.getByRole('button', { name: 'Export' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const csv = await readFile(await (await waiting).path(), 'utf8');
  expect(csv).toContain('What,Due,Owner,Stakeholders');
  expect(csv).toContain('Draft the joint letter,2026-03-29,Katarzyna Wójcik,ODIHR');

  await row.getByRole('checkbox', { name: /^Done/ }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  await row.getByRole('checkbox', { name: /^Done/ }).click();
  await expect(row).toHaveCount(0);

  // In the timeline, and in the column of the list.
  const client = await house.client('advocate');
  const found = await client.get<Found>('/stakeholders?q=odihr&kind=organisation');
  await page.goto(`/stakeholders/${found.items[0]?.id ?? ''}`);
  const done = page.getByRole('article').filter({ hasText: 'Draft the joint letter' });
  await expect(done.getByRole('listitem')).toHaveText('one by @Jonas Lindqvist');
  await expect(done.locator('strong')).toHaveText('Two');
  await page.goto('/tasks?q=joint&where=["state","is","done"]&columns=title,notes');
  const line = table.getByRole('row').filter({ hasText: 'Draft the joint letter' });
  await expect(line).toContainText('Two pages: one by @Jonas Lindqvist');
  await look(page, 'notes in a list of tasks');
});

test('the Done box stands as it was set while the list is read again, and goes back when the server refuses', async ({
  as,
  house,
  allow,
}) => {
  const client = await house.client('advocate');
  // Tasks are not deleted, and a second try must not find the first one's.
  const title = `Quillfeather ${Date.now()}`;
  await client.send('POST', '/tasks', { title });
  const page = await as('advocate');
  // Whatever a box is set to, also between two frames that are painted.
  await page.addInitScript((name) => {
    const said: string[] = [];
    Object.assign(window, { said });
    const box = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'checked');
    if (!box) throw new Error('a box has no checked');
    Object.defineProperty(HTMLInputElement.prototype, 'checked', {
      ...box,
      set(this: HTMLInputElement, on: boolean) {
        if (this.ariaLabel === name) said.push(on ? 'done' : 'open');
        box.set?.call(this, on);
      },
    });
  }, `Done: ${title}`);
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
  await page.goto(`/tasks?whose=all&state=any&q=${title}&columns=title,state`);
  const row = page.getByRole('table', { name: 'Tasks' }).getByRole('row', { name: title });
  const box = row.getByRole('checkbox', { name: `Done: ${title}` });
  await expect(row).toContainText('Open');

  await said();
  await box.click();
  await expect(page.getByText(`Done: ${title}`)).toBeVisible();
  await expect(row.getByText('Done', { exact: true })).toBeVisible();
  await settled(page);
  await expect(box).toBeChecked();
  expect(new Set(await said())).toEqual(new Set(['done']));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByText('Open', { exact: true })).toBeVisible();
  await expect(box).not.toBeChecked();

  // Somebody else has changed it meanwhile.
  allow(412, /\/state$/);
  const { items } = await client.get<Found>(`/tasks?q=${title}`);
  const [task] = items;
  if (!task) throw new Error('the task is gone');
  const changed = { title, due: '2030-01-31' };
  await client.send('PUT', `/tasks/${task.id}`, changed, task.rev);
  await said();
  await box.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(box).not.toBeChecked();
  expect(await said()).toContain('done');
  // What they wrote has come, and can be ticked off.
  await box.click();
  await expect(row.getByText('Done', { exact: true })).toBeVisible();
});

test('a template is written and becomes tasks around a day', async ({ as }) => {
  test.slow();
  const page = await as('advocate');
  await page.goto('/tasks/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Round table');
  await dialog.getByLabel('The day that it counts from').fill('Day of the round table');
  await dialog.getByRole('textbox', { name: 'Task 1' }).fill('Send the invitations');
  await dialog.getByRole('spinbutton', { name: 'Days' }).fill('-30');
  await audit(page, 'a template');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('table', { name: 'Task templates' })).toContainText('Round table');
  await look(page, 'task templates');
  await page.getByRole('button', { name: 'Apply Round table' }).click();
  await dialog.getByRole('combobox', { name: 'Stakeholder' }).fill('odihr');
  await page.getByRole('option', { name: 'ODIHR' }).click();
  await dialog.getByLabel('Day of the round table').fill('2026-05-01');
  await dialog.getByRole('button', { name: 'Add the tasks' }).click();
  await expect(page.getByText('1 task was added.')).toBeVisible();
  await page.goto('/tasks?q=invitations');
  await expect(page.getByRole('table', { name: 'Tasks' })).toContainText('1 Apr 2026');

  await page.goto('/tasks/templates');
  const templates = page.getByRole('table', { name: 'Task templates' });
  const remove = async () => {
    await page.getByRole('button', { name: 'Actions: Round table' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(templates).not.toContainText('Round table');
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(templates).toContainText('Round table');
  await remove();
});
