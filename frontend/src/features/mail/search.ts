import { count, text } from '@/shared/list/search';

export interface MailSearch {
  q?: string | undefined;
  stakeholder?: string | undefined;
  mailbox?: string | undefined;
  rows?: number | undefined;
}

export function mailSearch(raw: Record<string, unknown>): MailSearch {
  return {
    q: text(raw, 'q'),
    stakeholder: text(raw, 'stakeholder'),
    mailbox: text(raw, 'mailbox'),
    rows: count(raw, 'rows'),
  };
}
