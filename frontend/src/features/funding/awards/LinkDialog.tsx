import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { AwardParty } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { at, useAwardsWrite } from './queries';

interface LinkDialogProps {
  party: AwardParty;
  onClose: () => void;
}

const OTHER = 'other';
const NOBODY = 'nobody';
const AUTOMATIC = 'automatic';

function chosen({ stakeholderId, nobody, suggestions }: AwardParty): string {
  if (nobody) return NOBODY;
  if (!stakeholderId) return AUTOMATIC;
  return suggestions.some((one) => one.id === stakeholderId) ? stakeholderId : OTHER;
}

/** Says which stakeholder a funder is. */
export function LinkDialog({ party, onClose }: LinkDialogProps) {
  // A save goes onto what the form began from, whatever is read behind it.
  const [base] = useState(party);
  const link = useAwardsWrite(({ who, stakeholderId }: { who: string; stakeholderId: string }) => {
    const nobody = who === NOBODY;
    const id = who === OTHER ? stakeholderId : who === AUTOMATIC || nobody ? '' : who;
    return data(
      api.PUT('/award-parties/{id}', {
        params: at(base),
        body: { nobody, ...(id && { stakeholderId: id }) },
      }),
    );
  }, 'Saved.');
  const { form, problem, busy, submit } = useDialogForm(
    { who: chosen(base), stakeholderId: base.stakeholderId ?? '' },
    link.mutateAsync,
    onClose,
    // The field of another stakeholder is not there for a suggestion that has gone meanwhile.
    (path) => path === 'who',
  );
  return (
    <DialogFrame title={`Who is ${party.name}?`} {...{ problem, busy, onClose }} onSubmit={submit}>
      <Radio.Group label="It is" {...form.getInputProps('who')}>
        <Stack gap="xs" mt={6}>
          {party.suggestions.map((one) => (
            <Radio key={one.id} value={one.id} label={one.name} description={one.describe} />
          ))}
          <Radio
            value={OTHER}
            label={party.suggestions.length > 0 ? 'another stakeholder' : 'one of our stakeholders'}
          />
          <Radio value={NOBODY} label="none of our stakeholders" />
          <Radio
            value={AUTOMATIC}
            label="whoever has its number, or its name and country"
            description="Piper looks by itself, later stakeholders included."
          />
        </Stack>
      </Radio.Group>
      {form.getValues().who === OTHER && (
        <StakeholderSelect
          label="Stakeholder"
          kinds={['organisation', 'person']}
          required
          {...form.getInputProps('stakeholderId')}
        />
      )}
    </DialogFrame>
  );
}
