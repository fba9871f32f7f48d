import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import type { DiligenceCase } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { sayDone } from '@/shared/ui/say';
import { Preview } from './Preview';
import { at, useWrite } from './queries';

/** The second person looks at what the decision does, and agrees. */
export function AgreeDialog({ one, onClose }: { one: DiligenceCase; onClose: () => void }) {
  const [remark, setRemark] = useState('');
  const [problem, setProblem] = useState('');
  const decide = useWrite(() =>
    data(api.POST('/diligence/cases/{id}/decision', { params: at(one), body: { remark } })),
  );
  if (!one.proposal) return null;
  return (
    <DialogFrame
      title="Agree to the decision"
      action="Agree"
      {...{ problem, onClose }}
      busy={decide.isPending}
      onSubmit={(event) => {
        event?.preventDefault();
        decide
          .mutateAsync(undefined)
          .then(() => {
            sayDone('The decision is made.');
            onClose();
          })
          .catch((error: unknown) => setProblem(sentenceOf(error)));
      }}
    >
      <Preview one={one} outcome={one.proposal.outcome} expiresOn={one.proposal.expiresOn} />
      <Textarea
        label="Remark"
        autosize
        minRows={2}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
    </DialogFrame>
  );
}
