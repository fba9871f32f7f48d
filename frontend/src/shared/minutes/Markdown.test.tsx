import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import Markdown from './Markdown';

function shown(text: string, mentions: string[] = [], line = false): HTMLElement {
  const { container } = render(
    <MantineProvider>
      <main>
        <Markdown text={text} mentions={mentions} line={line} />
      </main>
    </MantineProvider>,
  );
  return container.querySelector('main') ?? container;
}
const links = (page: HTMLElement) =>
  [...page.querySelectorAll('a')].map((link) => link.getAttribute('href'));

it('shows lists, bold words and single line breaks', () => {
  const page = shown('They **agreed**:\n\n- two pages\n- by May\n\nOne\nTwo');
  expect(page.querySelector('strong')?.textContent).toBe('agreed');
  expect([...page.querySelectorAll('li')].map((item) => item.textContent)).toEqual([
    'two pages',
    'by May',
  ]);
  expect(page.querySelectorAll('br')).toHaveLength(1);
});

it('leaves the first ranks of headings to the page', () => {
  const page = shown('# Decisions\n\n## Next');
  expect(page.querySelectorAll('h1, h2')).toHaveLength(0);
  expect(page.querySelector('h3')?.textContent).toBe('Decisions');
  expect(page.querySelector('h4')?.textContent).toBe('Next');
});

it('shows HTML as it is written, and nothing of it takes effect', () => {
  const html =
    '<script>alert(1)</script>\n\n<img src=x onerror="alert(1)"> <b onclick="x()">see <annex></b>\n\n<iframe src="https://evil.example"></iframe>';
  const page = shown(html);
  expect(page.querySelectorAll('script, img, b, iframe, annex, [onclick], [onerror]')).toHaveLength(
    0,
  );
  expect(page.textContent).toContain('<script>alert(1)</script>');
  expect(page.textContent).toContain('see <annex>');
});

it('makes no link of what could run or stays here, and keeps its words', () => {
  const page = shown(
    [
      '[a](javascript:alert(1))',
      '[b](JaVaScRiPt:alert(1))',
      '[c](java&#10;script:alert(1))',
      '[d](data:text/html,x)',
      '[e](vbscript:x)',
      '[f](/api/v1/session)',
      '[g](//evil.example)',
      '[h][r]',
      '<javascript:alert(1)>',
      '[i](file:///etc/passwd)',
      '',
      '[r]: javascript:alert(1)',
    ].join('\n'),
  );
  expect(links(page)).toEqual([]);
  for (const word of 'abcdefghi') expect(page.textContent).toContain(word);
});

it('links pages elsewhere and addresses of mail, without telling where from', () => {
  const page = shown(
    '[rules](https://example.org/rules), https://example.org/a, ana@example.org, [ring](mailto:b@example.org)',
  );
  expect(links(page)).toEqual([
    'https://example.org/rules',
    'https://example.org/a',
    'mailto:ana@example.org',
    'mailto:b@example.org',
  ]);
  for (const link of page.querySelectorAll('a')) {
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link.getAttribute('target')).toBe('_blank');
  }
});

it('fetches no picture', () => {
  const page = shown('![a map](https://example.org/map.png)');
  expect(page.querySelectorAll('img')).toHaveLength(0);
  expect(page.textContent).toContain('a map');
});

it('sets mentions apart, and only of those who are mentioned', () => {
  const page = shown('- **@Jonas Lindqvist** asks @Ana.\n- [@Ana](https://example.org)', [
    'Jonas Lindqvist',
    'Ana',
  ]);
  const mentions = [...page.querySelectorAll('span')].map((one) => one.textContent);
  expect(mentions).toEqual(['@Jonas Lindqvist', '@Ana']);
  expect(shown('Ask @Ana.').querySelectorAll('span')).toHaveLength(0);
});

it('leaves the words, what is bold and who is mentioned in a line', () => {
  const page = shown(
    '# Next\n\n- **two** pages\n- [rules](https://example.org), says @Ana\n\nOne\nTwo',
    ['Ana'],
    true,
  );
  expect(page.textContent.replace(/\s+/g, ' ').trim()).toBe(
    'Next two pages rules, says @Ana One Two',
  );
  expect(page.querySelector('strong')?.textContent).toBe('two');
  expect(page.querySelector('span')?.textContent).toBe('@Ana');
  expect(page.querySelectorAll('h3, p, ul, li, a, br')).toHaveLength(0);
});
