import type { KeyboardEvent } from 'react';

/** Arrow up and down walk from row to row of a list, from link to link. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const target = event.target;
  if (!(target instanceof HTMLElement) || target.tagName !== 'A') return;
  const row = target.closest<HTMLElement>('[data-index]');
  if (!row) return;
  const index = Number(row.dataset['index']) + (event.key === 'ArrowDown' ? 1 : -1);
  const link = event.currentTarget.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  if (!link) return;
  event.preventDefault();
  link.focus();
  link.scrollIntoView({ block: 'nearest' });
}
