import { Button, MantineProvider, Menu } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { Dialog } from './Dialog';

function Screen({ inside, menu = false }: { inside: ReactNode; menu?: boolean }) {
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  return (
    <>
      {menu ? (
        <Menu>
          <Menu.Target>
            <Button>Actions</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={show}>Change</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button onClick={show}>Add</Button>
      )}
      {open && (
        <Dialog
          opened
          onClose={() => setOpen(false)}
          title="New"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          {inside}
        </Dialog>
      )}
    </>
  );
}

function open(screenOf: ReactNode) {
  render(<MantineProvider env="test">{screenOf}</MantineProvider>);
  return userEvent.setup();
}
const focused = (element: () => HTMLElement) =>
  waitFor(() => expect(document.activeElement).toBe(element()));

it('opens on its first field and gives the focus back to what opened it', async () => {
  const user = open(<Screen inside={<input aria-label="Amount" />} />);
  await user.tab();
  await user.keyboard('{Enter}');
  await focused(() => screen.getByLabelText('Amount'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await focused(() => screen.getByRole('button', { name: 'Add' }));
});

it('opens where its form says', async () => {
  const user = open(
    <Screen
      inside={
        <>
          <input aria-label="Kind" />
          <input aria-label="Amount" data-autofocus />
        </>
      }
    />,
  );
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await focused(() => screen.getByLabelText('Amount'));
});

it('gives the focus back to the button of the menu that it was opened from', async () => {
  const user = open(<Screen menu inside={<button type="button">Cancel</button>} />);
  await user.tab();
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: 'Change' }));
  await focused(() => screen.getByRole('button', { name: 'Cancel' }));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await focused(() => screen.getByRole('button', { name: 'Actions' }));
});
