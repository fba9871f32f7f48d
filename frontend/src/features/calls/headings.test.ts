import { expect, it } from 'vitest';
import { fitHeadings } from './headings';

it('puts a foreign text’s headings below ours, without gaps', () => {
  expect(fitHeadings('<h1>A</h1><p>h1 &lt;h1&gt;</p><h4 class="x">B</h4><h1>C</h1>')).toBe(
    '<h3>A</h3><p>h1 &lt;h1&gt;</p><h4 class="x">B</h4><h3>C</h3>',
  );
  expect(fitHeadings('<p>none</p><hr>')).toBe('<p>none</p><hr>');
});
