import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { MentionText } from './MentionText';

function Field({ start }: { start: string }) {
  const [text, setText] = useState(start);
  return (
    <MentionText
      label="Note"
      value={text}
      onChange={setText}
      names={['Ana Lima', 'Anton', 'Jonas']}
    />
  );
}

function open(start = '') {
  render(
    <MantineProvider env="test">
      <Field start={start} />
    </MantineProvider>,
  );
  return userEvent.setup();
}
const field = () => screen.getByLabelText<HTMLTextAreaElement>('Note');
const offers = () => screen.queryAllByRole('option').map((one) => one.textContent);

it('offers names behind an @, and the arrows and Enter choose one', async () => {
  const user = open();
  await user.type(field(), 'Ask @an');
  expect(offers()).toEqual(['Ana Lima', 'Anton']);
  expect(field().getAttribute('role')).toBe('combobox');
  await user.keyboard('{ArrowDown}');
  expect(screen.getByRole('option', { selected: true }).textContent).toBe('Anton');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(field().value).toBe('Ask @Ana Lima ');
  expect(offers()).toEqual([]);
  expect(field().getAttribute('role')).toBeNull();
  await user.keyboard('today');
  expect(field().value).toBe('Ask @Ana Lima today');
});

it('closes on Escape and stays closed while the name is typed on', async () => {
  const user = open();
  await user.type(field(), '@j{Escape}');
  expect(offers()).toEqual([]);
  await user.keyboard('o{Enter}');
  expect(field().value).toBe('@jo\n');
  await user.keyboard('@j');
  expect(offers()).toEqual(['Jonas']);
});

it('leaves Enter alone where nobody is offered', async () => {
  const user = open();
  await user.type(field(), 'a@an{Enter}@nobody{Enter}b');
  expect(field().value).toBe('a@an\n@nobody\nb');
});

it('puts the name in the place of what was typed, before a full stop', async () => {
  const user = open('Ask .');
  await user.type(field(), '@jo', { initialSelectionStart: 4, initialSelectionEnd: 4 });
  await user.click(screen.getByRole('option', { name: 'Jonas' }));
  expect(field().value).toBe('Ask @Jonas.');
});
