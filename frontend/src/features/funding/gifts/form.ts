import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { upload } from '@/shared/api/client';
import type { GiftField, GiftImportResult } from '@/shared/api/types';
import { money } from '../queries';

/** What a person says of a file of gifts. */
export interface GiftForm {
  donorId: string;
  currency: string;
  earmarking: string;
  restriction: string;
  projectId: string;
  /** Undefined: as the server finds them. */
  columns: Partial<Record<GiftField, string>> | undefined;
}

/** What is said of a file to begin with. */
export const blank = (currency: string): GiftForm => ({
  donorId: '',
  currency,
  earmarking: 'unearmarked',
  restriction: 'unrestricted',
  projectId: '',
  columns: undefined,
});

/** What a column may say, in the order in which people look for it. */
export const giftFields: { field: GiftField; label: string; required?: boolean; hint?: string }[] =
  [
    { field: 'date', label: 'Day', required: true },
    { field: 'gross', label: 'Given', required: true, hint: 'before any fee' },
    {
      field: 'paymentId',
      label: 'Number of the payment',
      required: true,
      hint: 'only its hash is kept',
    },
    { field: 'fee', label: 'Fee' },
    { field: 'net', label: 'Net', hint: 'checked against gross less fee' },
    { field: 'currency', label: 'Currency' },
    { field: 'state', label: 'Refunded', hint: 'a state, yes or no, or the amount' },
    { field: 'refundedOn', label: 'Refunded on' },
  ];

export const asQuery = ({ columns, ...form }: GiftForm) => ({
  ...form,
  ...(columns && { columns: JSON.stringify(columns) }),
});

export function asBody(file: File): FormData {
  const body = new FormData();
  body.append('file', file);
  return body;
}

export const send = (file: File, form: GiftForm, dryRun: boolean) =>
  upload<GiftImportResult>('/income/gifts/import', { ...asQuery(form), dryRun }, asBody(file));

/** A code, or none where a column says it: not one that is being typed. */
export const isCurrency = (text: string) => /^([A-Z]{3})?$/.test(text);

/**
 * What an import would bring: asked for anew with every change of the form and of the books. Each time the whole file goes
 * up, so not for half a currency, and not once it is being imported.
 */
export const giftPlanQuery = (file: File | null, form: GiftForm, sent: boolean) =>
  queryOptions({
    queryKey: [...money, 'gift-plan', file?.name, file?.size, file?.lastModified, form],
    queryFn: () => (file ? send(file, form, true) : null),
    enabled: file !== null && form.donorId !== '' && isCurrency(form.currency) && !sent,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
