import { expect, it } from 'vitest';
import { csvCell } from './saveCsv';

it('never hands a formula to a spreadsheet', () => {
  expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  expect(csvCell('@cmd')).toBe("'@cmd");
  expect(csvCell(-12.5)).toBe('-12.5');
});

it('quotes what would break a row', () => {
  expect(csvCell('Müller, Söhne')).toBe('"Müller, Söhne"');
  expect(csvCell('plain')).toBe('plain');
});
