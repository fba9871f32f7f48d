import { addDays, today } from '../src/shared/format/date';
import { look } from './support/look';
import { expect, test } from './support/test';

test.beforeEach(() => test.setTimeout(240_000));

const day = addDays(today(), -3);
const short = day.slice(2).replaceAll('-', '');
const name = 'Lantern Friends Rotterdam';

/** The same two gifts as one bank gives them out: in XML, and in the older text format. */
const camt = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>9</Id>
<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>
${[
  ['310.00', name, 'Collection of spring'],
  ['45.50', 'A. Voorbeeld', 'Gift'],
]
  .map(
    ([amount, payer, text]) =>
      `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${payer}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  )
  .join('')}
</Stmt></BkToCstmrStmt></Document>`;
const mt940 = [
  ':20:STARTUMS',
  ':25:NL91ABNA0417164300EUR',
  ':28C:00009/001',
  `:60F:C${short}EUR100,00`,
  `:61:${short}${short.slice(2)}CR310,00NTRFNONREF//77120`,
  ':86:/NAME/LANTERN FRIENDS ROTT/REMI/COLLECTION OF SPRING',
  `:61:${short}${short.slice(2)}CR45,50NTRFNONREF//77121`,
  ':86:/NAME/A. VOORBEELD/REMI/GIFT',
  `:62F:C${short}EUR455,50`,
  '-',
].join('\r\n');

const file = (title: string, text: string) => ({
  name: title,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

interface Found {
  items: { id: string }[];
  total: number;
}

test('a statement comes in once, whichever format brings it, and its payments are decided', async ({
  as,
  allow,
  house,
}) => {
  allow(422, /\/bank\/statements/);
  const client = await house.client('fundraiser');
  const { items: trusts } = await client.get<Found>(
    '/stakeholders?q=sigrid+rausing&kind=organisation',
  );
  const lines = async () =>
    (await client.get<Found>(`/income?donorId=${trusts[0]?.id ?? ''}&sourceType=public&limit=1`))
      .total;
  const page = await as('fundraiser');
  await page.goto('/funding/bank');
  await page.getByRole('link', { name: 'Import statements' }).click();
  const input = page.getByLabel('Bank statements');
  await input.setInputFiles([file('spring.xml', camt), file('no-statement.txt', 'donor,amount')]);
  const spring = page.getByRole('region', { name: 'spring.xml' });
  await expect(spring).toContainText('2 new payments. Nothing is saved yet.');
  await expect(page.getByRole('region', { name: 'no-statement.txt' })).toContainText(
    'This is neither a CAMT.053 file (XML) nor an MT940 file.',
  );
  await look(page, 'two files, one of them no statement');
  await spring.getByRole('button', { name: 'Import 2 payments' }).click();
  await expect(spring).toContainText('2 payments imported.');

  // The same days in the other format: everything is there, and from where is said.
  await input.setInputFiles([file('spring.sta', mt940)]);
  const again = page.getByRole('region', { name: 'spring.sta' });
  await expect(again).toContainText('Nothing in it is new. Already there: 2 from spring.xml.');
  await expect(again.getByText('already there from spring.xml').first()).toBeVisible();
  await expect(again.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await look(page, 'a statement that is there already');

  // A stranger's gift is booked by hand.
  await page.getByRole('link', { name: 'spring.xml' }).click();
  const payments = page.getByRole('table', { name: 'Payments' });
  const friends = payments.getByRole('row').filter({ hasText: name });
  await expect(friends).toContainText('Nobody is known by this name or account.');
  await friends.getByRole('button', { name: /^Book/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Donor' }).fill('Sigrid');
  await page.getByRole('option', { name: /Sigrid Rausing/ }).click();
  await dialog.getByLabel('Earmarking').selectOption('soft');
  await dialog.getByLabel('Restriction').selectOption('unrestricted');
  await dialog.getByLabel('Source type').selectOption('public');
  await look(page, 'booking a payment by hand');
  await dialog.getByRole('button', { name: 'Book' }).click();
  await expect(friends).toContainText('Income of Sigrid Rausing Trust');

  // Another is none, for a reason; and is taken back.
  const gift = payments.getByRole('row').filter({ hasText: 'A. Voorbeeld' });
  await gift.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Ignore…' }).click();
  await dialog.getByLabel('Why it is no income').fill('Booked elsewhere');
  await dialog.getByRole('button', { name: 'Ignore it' }).click();
  await expect(gift).toContainText('No income: Booked elsewhere');
  await gift.getByRole('button', { name: /^Take back/ }).click();
  await expect(gift.getByRole('button', { name: /^Book/ })).toBeVisible();
  await look(page, 'payments of a statement');

  // The whole statement is taken back, with the income that it became.
  const before = await lines();
  await page.goto('/funding/bank/statements');
  await page.getByRole('button', { name: 'Revert spring.xml' }).click();
  await dialog.getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByText('spring.xml has been taken back.')).toBeVisible();
  expect(await lines()).toBe(before - 1);
});

interface Agreements {
  items: { number?: string; instalments: { state: string; kind: string }[] }[];
}

test('what is sure is accepted together, pays its instalment, and is undone', async ({
  as,
  house,
}) => {
  const page = await as('fundraiser');
  const client = await house.client('fundraiser');
  const interim = async () => {
    const { items } = await client.get<Agreements>('/agreements?limit=100');
    return items
      .find(({ number }) => number === '101146203')
      ?.instalments.find(({ kind }) => kind === 'interim')?.state;
  };
  await page.goto('/funding/bank');
  const payments = page.getByRole('table', { name: 'Payments' });
  const commission = payments.getByRole('row').filter({ hasText: 'DG HOME' });
  await expect(commission).toContainText('Referral across borders, due');
  await expect(commission).toContainText('The reference 101146203 is in the payment.');
  await look(page, 'payments to be decided');
  await page.getByRole('button', { name: 'Accept what is sure' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row').filter({ hasText: 'DG HOME' })).toBeVisible();
  await look(page, 'what is sure');
  await dialog.getByRole('button', { name: /^Accept \d+ payment/ }).click();
  await expect(dialog).toBeHidden();
  await expect(commission).toHaveCount(0);
  expect(await interim()).toBe('paid');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(commission).toContainText('Referral across borders, due');
  expect(await interim()).not.toBe('paid');
});

test('a payout of gifts that are booked makes no income, notes what was kept, and is taken back', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const stamp = Date.now();
  const campaign = `Lanterns at sea ${stamp}`;
  await client.send('POST', '/stakeholders', {
    kind: 'organisation',
    name: campaign,
    roles: ['donor'],
  });
  const page = await as('fundraiser');
  await page.goto('/funding/import/gifts');
  await page.getByRole('combobox', { name: 'Campaign' }).fill(campaign);
  await page.getByRole('option', { name: campaign }).click();
  await page
    .getByLabel('File of gifts')
    .setInputFiles(
      file(
        `sea ${stamp}.csv`,
        `Payment ID,Date,Amount,Fee,Currency\ns1,${addDays(day, -9)},80.00,2.00,EUR\ns2,${addDays(day, -8)},40.00,1.00,EUR`,
      ),
    );
  await page.getByLabel(/^Fees are borne by/).selectOption({ label: 'Secretariat' });
  await page.getByRole('button', { name: 'Import 2 gifts' }).click();
  await expect(page.getByText('2 gifts imported.')).toBeVisible();
  const { items: pools } = await client.get<Found>(`/stakeholders?q=${stamp}`);
  const year = day.slice(0, 4);
  const figures = async () =>
    JSON.stringify([
      await client.get(`/income?donorId=${pools[0]?.id ?? ''}`),
      await client.get(`/finance/dependence?year=${year}`),
      await client.get(`/finance/realisation?year=${year}`),
    ]);
  const before = await figures();

  // Two payments: what the gifts came to after fees, and less, in which they are named.
  await page.goto('/funding/bank/statements');
  const statement = camt
    .replace('310.00', '117.00')
    .replace(name, 'Rosa Payments')
    .replace('45.50', '100.00')
    .replace('A. Voorbeeld', 'Other Payments')
    .replace('>Gift<', `>PAYOUT ${campaign.toUpperCase()}<`);
  await page.getByLabel('Bank statements').setInputFiles([file(`sea ${stamp}.xml`, statement)]);
  await page.getByRole('button', { name: 'Import 2 payments' }).click();
  await page.getByRole('link', { name: `sea ${stamp}.xml` }).click();
  const payments = page.getByRole('table', { name: 'Payments' });
  const whole = payments.getByRole('row').filter({ hasText: 'Rosa Payments' });
  await expect(whole).toContainText(`Payout of gifts: ${campaign}`);
  await expect(whole).toContainText('It is exactly what the gifts of');
  const part = payments.getByRole('row').filter({ hasText: 'Other Payments' });
  await expect(part).toContainText(`The payment names ${campaign}.`);
  await look(page, 'payments that may be payouts');

  await whole.getByRole('button', { name: /^Payout/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Payout of gifts' });
  await expect(dialog).toContainText('It is exactly what is left of these gifts.');
  await dialog.getByRole('button', { name: 'It is their payout' }).click();
  await expect(whole).toContainText(`Payout of gifts: ${campaign}`);
  expect(await figures()).toBe(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(whole.getByRole('button', { name: /^Payout/ })).toBeVisible();

  await part.getByRole('button', { name: /^Payout/ }).click();
  await expect(dialog).toContainText('After it, EUR 17.00 is left of these gifts.');
  await dialog.getByLabel(/Nothing more comes of them/).check();
  await look(page, 'a payout of which the platform kept a part');
  await dialog.getByRole('button', { name: 'It is their payout' }).click();
  await expect(part).toContainText('EUR 17.00 kept by the platform');
  // Nothing is left of these gifts, so the other payment is none of them.
  await expect(whole).not.toContainText('Payout of gifts');
  expect(await figures()).toBe(before);
  await look(page, 'a payout at the bank');
  await part.getByRole('button', { name: /^Take back/ }).click();
  await expect(whole).toContainText(`Payout of gifts: ${campaign}`);
  expect(await figures()).toBe(before);
});
