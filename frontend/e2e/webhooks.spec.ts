import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { look } from './support/look';
import { expect, test } from './support/test';

interface Arrival {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Another program, which hears of changes and answers as the test wants. */
async function receiver() {
  const arrived: Arrival[] = [];
  const manner = { status: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      arrived.push({ headers: request.headers, body });
      response.writeHead(manner.status).end('<b>noted</b>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/piper`;
  return { url, arrived, manner, close: () => server.close() };
}

/** As the README says that one verifies a delivery. */
function isSigned({ headers, body }: Arrival, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return (
    headers['webhook-signature'] ===
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  );
}

test('a webhook is added, tried, fails, and what failed is sent again', async ({ as, house }) => {
  const other = await receiver();
  const page = await as('administrator');
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'New webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Partner directory');
  await dialog.getByLabel('Address').fill(other.url);
  await dialog.getByRole('checkbox', { name: 'Send the record too' }).check();
  await look(page, 'a new webhook');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partner directory');

  await page.getByRole('button', { name: 'Send a test' }).click();
  const log = page.getByRole('region', { name: 'Deliveries' });
  await expect(log.getByRole('row').filter({ hasText: 'test' })).toContainText('Delivered');
  expect(other.arrived.map((one) => isSigned(one, secret))).toEqual([true]);

  // A change arrives with the record; when the program is out of order the log says so.
  other.manner.status = 500;
  const advocate = await house.client('advocate');
  await advocate.send('POST', '/stakeholders', { kind: 'organisation', name: 'Webhook Trust' });
  const row = log.getByRole('row').filter({ hasText: 'stakeholder.created' });
  await expect(row).toContainText('The address answered 500.');
  await row.getByRole('button', { name: 'Attempts at stakeholder.created' }).click();
  await expect(log).toContainText('<b>noted</b>');
  await look(page, 'a webhook and its log');
  expect(other.arrived[1]?.body).toContain('Webhook Trust');

  // What happens while it is paused waits, and goes out when it is resumed.
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Paused by Inês Carvalho.');
  other.manner.status = 204;
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(row).toContainText('Delivered');
  expect(other.arrived.map((one) => isSigned(one, secret))).toEqual([true, true, true]);

  await page.getByRole('button', { name: 'Replay stakeholder.created' }).click();
  await expect.poll(() => other.arrived.length).toBe(4);
  expect(other.arrived[3]?.headers['webhook-id']).toBe(other.arrived[1]?.headers['webhook-id']);

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Webhooks');
  await expect(page.getByText('Partner directory', { exact: true })).toHaveCount(0);
  other.close();
});

test('only administrators see webhooks', async ({ as, house }) => {
  expect(await (await house.client('fundraiser')).status('/webhooks')).toBe(403);
  const page = await as('advocate');
  await page.goto('/settings/webhooks');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not part of your role');
});
