import { Alert } from '@mantine/core';
import type { MoneyCheck } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';

interface MoneyProps {
  /** How the donor of the money stands; absent where nobody asks any more. */
  check: MoneyCheck | undefined;
}

/** What due diligence says of the money on a page: it warns and never stands in the way. */
export function MoneyNotice({ check }: MoneyProps) {
  const mayOpen = useMay('funding:write');
  if (!check?.warning && !check?.notice) return null;
  return (
    <Alert
      color={check.warning ? 'red' : 'yellow'}
      variant="light"
      mb="md"
      title={`Due diligence of ${check.donorName}`}
    >
      {check.warning ?? check.notice}{' '}
      {check.caseId ? (
        <TextLink to="/funding/diligence/$id" params={{ id: check.caseId }} underline="always">
          See the case
        </TextLink>
      ) : (
        mayOpen && (
          <TextLink
            to="/stakeholders/$id"
            params={{ id: check.donorId }}
            hash="diligence"
            underline="always"
          >
            Open a case
          </TextLink>
        )
      )}
    </Alert>
  );
}

const marks: Record<MoneyCheck['state'], string> = {
  missing: 'No due diligence',
  open: 'Due diligence open',
  expired: 'Due diligence ran out',
  refused: 'Donor refused',
  cleared: 'Sanctions match',
  conditions: 'Sanctions match',
};

/** The same as a mark in a list. */
export function MoneyMark({ check }: MoneyProps) {
  if (!check?.warning) return null;
  return (
    <div>
      <Tag tone={check.state === 'refused' ? 'bad' : 'warn'}>{marks[check.state]}</Tag>
    </div>
  );
}
