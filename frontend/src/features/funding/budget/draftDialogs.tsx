import { useNavigate } from '@tanstack/react-router';
import { api, data, ifMatch } from '@/shared/api/client';
import type { BudgetVersion } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';
import { totalOf } from './lines';
import { useCurrency } from '@/shared/session/session';

interface DraftDialogProps {
  of: BudgetVersion;
  onClose: () => void;
}

const at = ({ id, rev }: BudgetVersion) => ({
  params: { path: { id }, header: ifMatch(rev) },
});

/** Records that the board adopted a draft, as it stands. */
export function AdoptDialog({ of, onClose }: DraftDialogProps) {
  const currency = useCurrency();
  const adopt = useMoneyWrite(
    () => data(api.POST('/budgets/{id}/adopt', at(of))),
    'The budget is adopted.',
  );
  const { problem, busy, submit } = useDialogForm({}, () => adopt.mutateAsync(undefined), onClose);
  return (
    <DialogFrame
      title="Has the board adopted it?"
      action="It has"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <p style={{ margin: 0 }}>
        {plural(of.lines.length, 'line')}, {formatMajorMoney(totalOf(of.lines), currency)} together.
        It is frozen from now on and takes the place of the version of {of.year} that was adopted
        before. What changes later is a new version.
      </p>
    </DialogFrame>
  );
}

export function RemoveDraftDialog({ of, onClose }: DraftDialogProps) {
  const navigate = useNavigate();
  const remove = useMoneyWrite(async () => {
    await data(api.DELETE('/budgets/{id}', at(of)));
    await navigate({ to: '/funding/budget', search: { year: of.year } });
  }, 'The draft is removed.');
  const { problem, busy, submit } = useDialogForm({}, () => remove.mutateAsync(undefined), onClose);
  return (
    <DialogFrame
      title="Remove the draft?"
      action="Remove"
      danger
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <p style={{ margin: 0 }}>
        Version {of.number} of {of.year} and its {plural(of.lines.length, 'line')} will be gone.
      </p>
    </DialogFrame>
  );
}
