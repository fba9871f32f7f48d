import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch, upload } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { BankOutcome, BankPayment, StatementResult, Suggestion } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { timelineKey } from '@/shared/tasks/queries';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import { kindsBody, kindsOf } from '../kinds';
import { money } from '../queries';
import type { BankSearch } from '../search';

const bank = [...money, 'bank'] as const;

/** The keys under which the screens of agreements read: a payment pays their instalments. */
const agreements = ['agreements'] as const;

export const paymentsKey = [...bank, 'payments'] as const;

/** What the API is asked for: payments to be decided unless the address says otherwise. */
export function asked({ q, state, statementId, donorId, sort }: BankSearch) {
  return {
    q,
    statementId,
    donorId,
    ...(state !== 'any' && { state: state ?? ('proposed' as const) }),
    sort: sort ?? ('-date' as const),
  };
}

export function readPayments(
  filter: ReturnType<typeof asked>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/bank/entries', { params: { query: { ...filter, ...page } }, signal }));
}

export const statementsQuery = queryOptions({
  queryKey: [...bank, 'statements'],
  queryFn: ({ signal }) =>
    data(api.GET('/bank/statements', { params: { query: { limit: 200 } }, signal })),
});

export const sureQuery = queryOptions({
  queryKey: [...bank, 'sure'],
  queryFn: ({ signal }) => data(api.GET('/bank/sure', { signal })),
});

export const expectedQuery = (donorId: string, around: string) =>
  queryOptions({
    queryKey: [...bank, 'expected', donorId, around],
    queryFn: ({ signal }) =>
      data(api.GET('/bank/expected', { params: { query: { donorId, around } }, signal })),
    enabled: donorId !== '',
  });

export function sendStatement(file: File, dryRun: boolean) {
  const form = new FormData();
  form.append('file', file);
  return upload<StatementResult>('/bank/statements', { dryRun }, form);
}

const at = ({ id, rev }: { id: string; rev: number }) => ({ path: { id }, header: ifMatch(rev) });

/**
 * A write of payments; every figure, and what agreements expect, is asked for again. What was refused is said
 * in a corner, since the row or the note that asked may be gone by then; `inForm` says that a form shows it.
 */
export function useBankWrite<V, T>(
  write: (value: V) => Promise<T>,
  onSaved: (saved: T, value: V) => void,
  inForm = false,
) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(
      [money, agreements, timelineKey].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  return useMutation({
    mutationFn: write,
    onSuccess: (saved: T, value: V) => {
      onSaved(saved, value);
      return refresh();
    },
    onError: (error) => {
      if (!inForm) sayFailed(error);
      // Where somebody was quicker, the list shows what they decided.
      return isStatus(error, 412) ? refresh() : undefined;
    },
  });
}

export function useReopen() {
  return useBankWrite(
    (marks: { id: string; rev: number }[]) =>
      data(
        api.POST('/bank/reopen', { body: { items: marks.map(({ id, rev }) => ({ id, rev })) } }),
      ),
    ({ done, refused }: BankOutcome) => {
      const [first] = refused;
      if (first) sayFailed(new TypeError(first.message));
      if (done.length > 0) sayDone(`${plural(done.length, 'payment')} to be decided again.`);
    },
  );
}

/** What a payment becomes. */
export interface Booking {
  payment: BankPayment;
  donorId: string;
  expectedId: string;
  kinds: ReturnType<typeof kindsBody>;
}

export const bookingOf = (payment: BankPayment, as: Suggestion): Booking => ({
  payment,
  donorId: as.donorId,
  expectedId: as.expectedId ?? '',
  kinds: kindsBody(kindsOf(as)),
});

export function useAccept(inForm = false) {
  const reopen = useReopen();
  return useBankWrite(
    ({ payment, donorId, expectedId, kinds }: Booking) =>
      data(
        api.POST('/bank/entries/{id}/accept', {
          params: at(payment),
          body: { donorId, expectedId, ...kinds },
        }),
      ),
    (saved: BankPayment) =>
      sayUndoable(`Booked as income of ${saved.donorName ?? 'the donor'}.`, () =>
        reopen.mutate([saved]),
      ),
    inForm,
  );
}

export function useIgnore() {
  const reopen = useReopen();
  return useBankWrite(
    ({ payment, reason }: { payment: BankPayment; reason: string }) =>
      data(api.POST('/bank/entries/{id}/ignore', { params: at(payment), body: { reason } })),
    (saved: BankPayment) => sayUndoable('Ignored: it is no income.', () => reopen.mutate([saved])),
    true,
  );
}

/** Imports of gifts, and what of them no payout has had yet. */
export const giftsQuery = (currency: string) =>
  queryOptions({
    queryKey: [...bank, 'gifts', currency],
    queryFn: ({ signal }) =>
      data(api.GET('/bank/gifts', { params: { query: { currency } }, signal })),
  });

export function usePayOut() {
  const reopen = useReopen();
  return useBankWrite(
    ({ payment, ...body }: { payment: BankPayment; importIds: string[]; last: boolean }) =>
      data(api.POST('/bank/entries/{id}/payout', { params: at(payment), body })),
    (saved: BankPayment) =>
      sayUndoable('A payout: its gifts are income already.', () => reopen.mutate([saved])),
    true,
  );
}

/** "2 were already there from march.xml." */
export function alreadyWords({ already }: Pick<StatementResult, 'already'>): string {
  if (already.length === 0) return '';
  const list = already.map(({ name, count }) => `${count} from ${name}`).join(', ');
  return `Already there: ${list}.`;
}
