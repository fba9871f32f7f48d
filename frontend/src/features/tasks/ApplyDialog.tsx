import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import type { Template } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';
import { Dialog } from '@/shared/ui/Dialog';
import { useApplyTemplate } from './templates';

interface ApplyDialogProps {
  template: Template | null;
  onClose: () => void;
}

/** Makes the tasks of a template for a stakeholder and a day. */
export function ApplyDialog({ template, onClose }: ApplyDialogProps) {
  return (
    <Dialog opened={template !== null} onClose={onClose} title={`Apply ${template?.name ?? ''}`}>
      {template && <ApplyForm template={template} onClose={onClose} />}
    </Dialog>
  );
}

function ApplyForm({ template, onClose }: { template: Template; onClose: () => void }) {
  const [whom, setWhom] = useState<string[]>([]);
  const [anchor, setAnchor] = useState(today());
  const [key] = useState(() => crypto.randomUUID());
  const apply = useApplyTemplate();
  const [stakeholderId = ''] = whom;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply.mutate({ template, stakeholderId, anchor, key }, { onSuccess: onClose });
      }}
    >
      <FormProblem message={apply.error ? sentenceOf(apply.error) : ''} />
      <Stack gap="sm">
        <StakeholderPicker label="Stakeholder" maxValues={1} value={whom} onChange={setWhom} />
        <TextInput
          type="date"
          required
          label={template.anchor || 'The day that it counts from'}
          value={anchor}
          onChange={(event) => setAnchor(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton disabled={!stakeholderId} busy={apply.isPending}>
            Add the tasks
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
