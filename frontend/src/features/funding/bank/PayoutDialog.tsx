import { Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BankPayment, BookedGifts } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/number';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { GiftChoice } from './GiftChoice';
import { giftsQuery, usePayOut } from './queries';
import { Summary } from './Summary';
import classes from './bank.module.css';

interface PayoutDialogProps {
  payment: BankPayment;
  onClose: () => void;
}

/** Says which gifts a payment pays out. They are income already, so it is none. */
export function PayoutDialog({ payment, onClose }: PayoutDialogProps) {
  const { currency, minor } = payment.amount;
  const gifts = useQuery(giftsQuery(currency));
  const payOut = usePayOut();
  const suggested = payment.suggestions.find(({ payout }) => payout)?.payout ?? [];
  const { form, problem, busy, submit } = useDialogForm(
    { importIds: suggested, last: false },
    (values) => payOut.mutateAsync({ payment, ...values }),
    onClose,
  );
  const { importIds, last } = form.values;
  const money = (sum: number) => formatMoney({ minor: sum, currency });
  return (
    <DialogFrame
      title="Payout of gifts"
      action="It is their payout"
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Summary of={payment} />
      <Ready query={gifts} loading={<LoadingRows rows={3} />}>
        {({ items }) => {
          const open = items.filter(
            ({ left, importId }) => left.minor !== 0 || suggested.includes(importId),
          );
          if (open.length === 0) return <NoGifts currency={currency} />;
          const over = leftOf(open, importIds) - minor;
          return (
            <Stack gap="sm">
              <GiftChoice
                gifts={open}
                value={importIds}
                onChange={(ids) => form.setFieldValue('importIds', ids)}
                error={form.errors['importIds']}
              />
              {importIds.length > 0 && (
                <p className={classes.verdict} data-bad={over < 0 || undefined} aria-live="polite">
                  {over === 0 && 'It is exactly what is left of these gifts.'}
                  {over > 0 && `After it, ${money(over)} is left of these gifts.`}
                  {over < 0 &&
                    `It is ${money(-over)} more than is left of these gifts. Choose all that it pays out; if they are not in the books yet, import their file first.`}
                </p>
              )}
              {importIds.length > 0 && over > 0 && (
                <Checkbox
                  label={`Nothing more comes of them: the platform has kept ${money(over)}`}
                  description="It is noted here and not booked. A fee that the platform’s list does not have is added to the expenses."
                  checked={last}
                  onChange={(event) => form.setFieldValue('last', event.currentTarget.checked)}
                />
              )}
            </Stack>
          );
        }}
      </Ready>
    </DialogFrame>
  );
}

/** What is left of the imports that are chosen, in minor units. */
const leftOf = (gifts: BookedGifts[], ids: string[]) =>
  gifts
    .filter(({ importId }) => ids.includes(importId))
    .reduce((sum, { left }) => sum + left.minor, 0);

function NoGifts({ currency }: { currency: string }) {
  return (
    <EmptyState title={`No gifts in ${currency} wait for a payout.`}>
      <TextLink to="/funding/import/gifts">Import the platform’s list</TextLink> first: by it the
      gifts become income, and this payment their payout.
    </EmptyState>
  );
}
