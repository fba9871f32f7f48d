import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useWrite } from './queries';

export function OpenCaseDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [donor, setDonor] = useState('');
  const [problem, setProblem] = useState('');
  const open = useOpenCase();
  return (
    <DialogFrame
      title="Open a case"
      action="Open"
      problem={problem}
      busy={open.isPending}
      onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault();
        if (!donor) {
          setProblem('Choose the donor.');
          return;
        }
        open
          .mutateAsync(donor)
          .then(({ id }) => navigate({ to: '/funding/diligence/$id', params: { id } }))
          .catch((error: unknown) => setProblem(sentenceOf(error)));
      }}
    >
      <StakeholderSelect
        label="Donor"
        kinds={['organisation', 'person']}
        value={donor}
        onChange={setDonor}
        required
        description="The donor is held against the EU’s sanctions list at once."
      />
    </DialogFrame>
  );
}

/** Opens a case of a donor. */
export const useOpenCase = () =>
  useWrite((stakeholderId: string) =>
    data(api.POST('/diligence/cases', { body: { stakeholderId } })),
  );
