import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';

interface DialogFrameProps {
  title: string;
  problem: string;
  busy: boolean;
  /** What the button says. */
  action?: string;
  size?: string;
  onSubmit: (event?: SubmitEvent<HTMLFormElement>) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, with its two buttons. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, problem, busy, action = 'Save', size = 'md', onSubmit, onClose, children } = props;
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <FormProblem message={problem} />
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
