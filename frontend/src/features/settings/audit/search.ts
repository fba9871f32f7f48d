import { count, text } from '@/shared/list/search';

export interface AuditSearch {
  collection?: string | undefined;
  recordId?: string | undefined;
  by?: string | undefined;
  rows?: number | undefined;
}

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  return {
    collection: text(raw, 'collection'),
    recordId: text(raw, 'recordId'),
    by: text(raw, 'by'),
    rows: count(raw, 'rows'),
  };
}
