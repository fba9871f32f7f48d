import { useNavigate } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useWrite } from './queries';

export function OpenCaseDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const open = useOpenCase();
  const { form, problem, busy, submit } = useDialogForm(
    { stakeholderId: '' },
    ({ stakeholderId }) => open.mutateAsync(stakeholderId),
    ({ id }) => void navigate({ to: '/funding/diligence/$id', params: { id } }),
  );
  return (
    <DialogFrame
      title="Open a case"
      action="Open"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <StakeholderSelect
        label="Donor"
        kinds={['organisation', 'person']}
        required
        description="The donor is held against the EU’s sanctions list at once."
        {...form.getInputProps('stakeholderId')}
      />
    </DialogFrame>
  );
}

/** Opens a case of a donor. */
export const useOpenCase = () =>
  useWrite((stakeholderId: string) =>
    data(api.POST('/diligence/cases', { body: { stakeholderId } })),
  );
