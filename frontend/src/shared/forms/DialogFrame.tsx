import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';
import { Dialog } from '@/shared/ui/Dialog';
import { SubmitButton } from './SubmitButton';

interface DialogFrameProps {
  title: string;
  problem: string;
  busy: boolean;
  /** What the button says. */
  action?: string;
  /** The button takes something away. */
  danger?: boolean;
  /** What the other button says. */
  cancel?: string;
  size?: string;
  onSubmit: (event?: SubmitEvent<HTMLFormElement>) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, with its two buttons. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, problem, busy, action = 'Save', cancel = 'Cancel', danger = false } = props;
  const { size = 'md', onSubmit, onClose, children } = props;
  return (
    <Dialog opened onClose={onClose} title={title} size={size}>
      <FormProblem message={problem} />
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <SubmitButton busy={busy} {...(danger && { color: 'red.9' })}>
              {action}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
